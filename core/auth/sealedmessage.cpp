#include "auth/sealedmessage.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace {

constexpr char defaultBoundary[] = "Encrypted Boundary";
constexpr qsizetype longestBoundary = 70; ///< RFC 2046
constexpr qsizetype longestLine = 1024;
constexpr int mostLines = 8;
constexpr qsizetype longestHeader = 4096; ///< L: 16 for NTLM, 60 to 76 for Kerberos
constexpr qsizetype mostPadding = 16;

QByteArray protocolName(HttpScheme scheme)
{
    return scheme == HttpScheme::Kerberos ? "application/HTTP-Kerberos-session-encrypted"
                                          : "application/HTTP-SPNEGO-session-encrypted";
}

bool equals(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

Error malformed(const QString &words)
{
    return Error::of(Error::Kind::Protocol, Cause::SealMalformed, words);
}

/// The value of a parameter behind ";", quotes taken off; empty without it.
QByteArray parameter(QByteArrayView text, QByteArrayView name)
{
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf(';');
        QByteArrayView piece = (end < 0 ? text : text.first(end)).trimmed();
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        const qsizetype equal = piece.indexOf('=');
        if (equal < 0 || !equals(piece.first(equal).trimmed(), name))
            continue;
        piece = piece.sliced(equal + 1).trimmed();
        if (piece.size() >= 2 && piece.startsWith('"') && piece.endsWith('"'))
            piece = piece.sliced(1, piece.size() - 2);
        return piece.toByteArray();
    }
    return {};
}

QByteArrayView mediaType(QByteArrayView text)
{
    const qsizetype end = text.indexOf(';');
    return (end < 0 ? text : text.first(end)).trimmed();
}

/// Reads the body from its front by lines, and from where the lengths say.
class Reader
{
public:
    Reader(const QByteArray &body, const QByteArray &boundary)
        : m_rest(body)
        , m_boundary(boundary)
    { }

    Result<SealedMessage> read();

private:
    std::optional<QByteArrayView> takeLine();
    bool isBoundary(QByteArrayView line) const;
    bool isEnd(QByteArrayView rest) const;
    Done readDescription(SealedMessage &message);
    Done readHeader(QByteArrayView line, SealedMessage &message);
    Done readOriginal(QByteArrayView value, SealedMessage &message);
    Done readParts(SealedParts &parts);

    QByteArrayView m_rest;
    QByteArray m_boundary;
    bool m_hasLength = false;
};

std::optional<QByteArrayView> Reader::takeLine()
{
    const qsizetype end = m_rest.first(std::min(m_rest.size(), longestLine)).indexOf("\r\n");
    if (end < 0)
        return std::nullopt;
    const QByteArrayView line = m_rest.first(end);
    m_rest = m_rest.sliced(end + 2);
    return line;
}

bool Reader::isBoundary(QByteArrayView line) const
{
    return line.startsWith("--") && line.sliced(2).trimmed() == QByteArrayView(m_boundary);
}

/// Whether `rest` is the last boundary and nothing else.
bool Reader::isEnd(QByteArrayView rest) const
{
    if (rest.startsWith("\r\n"))
        rest = rest.sliced(2);
    if (!rest.startsWith("--"))
        return false;
    rest = rest.sliced(2);
    if (rest.startsWith(' '))
        rest = rest.sliced(1);
    if (!rest.startsWith(m_boundary))
        return false;
    rest = rest.sliced(m_boundary.size());
    if (rest.startsWith("--"))
        rest = rest.sliced(2);
    for (int ends = 0; ends < 2 && rest.startsWith("\r\n"); ++ends) // OMI writes two
        rest = rest.sliced(2);
    return rest.isEmpty();
}

Result<SealedMessage> Reader::read()
{
    SealedMessage message;
    const auto first = takeLine();
    if (!first || !isBoundary(*first))
        return malformed(u"The sealed message does not begin with its boundary"_s);
    if (const Done done = readDescription(message); !done)
        return done.error();
    if (const Done done = readParts(message.parts); !done)
        return done.error();
    return message;
}

Done Reader::readDescription(SealedMessage &message)
{
    for (int lines = 0; lines < mostLines; ++lines) {
        const auto line = takeLine();
        if (!line)
            return malformed(u"The description of the sealed message has no end"_s);
        if (isBoundary(*line)) {
            if (m_hasLength)
                return {};
            return malformed(u"The sealed message does not say its length"_s);
        }
        if (Done done = readHeader(line->trimmed(), message); !done)
            return done;
    }
    return malformed(u"The description of the sealed message has too many lines"_s);
}

Done Reader::readHeader(QByteArrayView line, SealedMessage &message)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return malformed(u"The description of the sealed message has a line that is no header"_s);
    const QByteArrayView name = line.first(colon).trimmed();
    const QByteArrayView value = line.sliced(colon + 1).trimmed();
    if (equals(name, "Content-Type"))
        message.protocol = mediaType(value).toByteArray();
    else if (equals(name, "OriginalContent"))
        return readOriginal(value, message);
    return {};
}

/// "type=application/soap+xml;charset=UTF-8;Length=1234"
Done Reader::readOriginal(QByteArrayView value, SealedMessage &message)
{
    message.contentType = parameter(value, "type");
    message.charset = parameter(value, "charset");
    const QByteArray length = parameter(value, "Length");
    const bool digits = !length.isEmpty() && length.size() <= 10
        && std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || m_hasLength)
        return malformed(u"The length of the sealed message is no number"_s);
    message.parts.plainLength = length.toLongLong();
    m_hasLength = true;
    return {};
}

Done Reader::readParts(SealedParts &parts)
{
    const auto line = takeLine();
    if (!line
        || !equals(line->trimmed().first(std::min<qsizetype>(13, line->trimmed().size())),
                   "Content-Type:")
        || !equals(mediaType(line->trimmed().sliced(13)), "application/octet-stream"))
        return malformed(u"The sealed message has no sealed part"_s);
    if (m_rest.size() < 4)
        return malformed(u"The sealed part is cut off"_s);
    const auto headerLength = qsizetype(qFromLittleEndian<quint32>(m_rest.data()));
    m_rest = m_rest.sliced(4);
    if (headerLength < 1 || headerLength > longestHeader || headerLength > m_rest.size())
        return malformed(u"The sealed part states a wrong length"_s);
    const QByteArrayView header = m_rest.first(headerLength);
    m_rest = m_rest.sliced(headerLength);
    for (qsizetype padding = 0; padding <= mostPadding; ++padding) {
        const qsizetype length = parts.plainLength + padding;
        if (length > m_rest.size())
            return malformed(u"The sealed message is shorter than it says"_s);
        if (isEnd(m_rest.sliced(length))) {
            parts.header = header.toByteArray();
            parts.data = m_rest.first(length).toByteArray();
            return {};
        }
    }
    return malformed(u"The sealed message goes on behind the length it says"_s);
}

} // namespace

QByteArray sealedContentType(HttpScheme scheme)
{
    return "multipart/encrypted;protocol=\"" + protocolName(scheme) + "\";boundary=\""
        + defaultBoundary + '"';
}

QByteArray writeSealedBody(HttpScheme scheme, const QByteArray &charset, const SealedParts &parts)
{
    QByteArray body;
    body.reserve(parts.header.size() + parts.data.size() + 320);
    body.append("--").append(defaultBoundary).append("\r\nContent-Type: ");
    body.append(protocolName(scheme)).append("\r\nOriginalContent: type=application/soap+xml");
    body.append(";charset=").append(charset);
    body.append(";Length=").append(QByteArray::number(parts.plainLength)).append("\r\n--");
    body.append(defaultBoundary).append("\r\nContent-Type: application/octet-stream\r\n");
    char length[4];
    qToLittleEndian(quint32(parts.header.size()), length);
    body.append(length, sizeof length).append(parts.header).append(parts.data);
    return body.append("--").append(defaultBoundary).append("--\r\n");
}

bool isSealedContentType(const QByteArray &contentType)
{
    return equals(mediaType(contentType), "multipart/encrypted")
        || equals(mediaType(contentType), "multipart/x-multi-encrypted");
}

Result<SealedMessage> readSealedBody(const QByteArray &contentType, const QByteArray &body)
{
    if (!isSealedContentType(contentType))
        return malformed(u"The body is not said to be a sealed message"_s);
    QByteArray boundary = parameter(contentType, "boundary");
    if (boundary.isEmpty())
        boundary = defaultBoundary;
    if (boundary.size() > longestBoundary)
        return malformed(u"The boundary of the sealed message is too long"_s);
    return Reader(body, boundary).read();
}
