#include "http/httpreply.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxInterim = 8; ///< 1xx replies before the real one
constexpr std::size_t maxFields = 1000;
constexpr QByteArrayView statusPrefix("HTTP/1.");

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Source: RFC 9110, 5.6.2 (tchar).
bool isTokenChar(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

/// What may stand in a field's value or a reason: visible, blank, tab, and bytes above 0x7F.
bool isText(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

/// nullopt when a digit is wrong or the number does not fit 60 bits.
std::optional<qint64> readNumber(QByteArrayView digits, int base)
{
    if (digits.isEmpty())
        return std::nullopt;
    qint64 value = 0;
    for (const char c : digits) {
        int digit = -1;
        if (isDigit(c))
            digit = c - '0';
        else if (base == 16 && ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'))
            digit = (c | 0x20) - 'a' + 10;
        if (digit < 0 || value > (qint64(1) << 56))
            return std::nullopt;
        value = value * base + digit;
    }
    return value;
}

Error::Kind kindOf(Cause cause)
{
    return cause == Cause::NetClosed ? Error::Kind::Connection : Error::Kind::Protocol;
}

/// TLS records begin with their type; alert and handshake are what a TLS port says to plain HTTP.
bool looksLikeTls(char first)
{
    return first == '\x15' || first == '\x16';
}

} // namespace

HttpReplyReader::HttpReplyReader(const HttpLimits &limits)
    : m_limits(limits)
{ }

HttpReplyReader::State HttpReplyReader::fail(Cause cause, const QString &message)
{
    m_error = Error::of(
        kindOf(cause), cause, message,
        HttpDetails{.status = m_head.status,
                    .reason = QString::fromLatin1(m_head.reason),
                    .contentType = QString::fromLatin1(m_head.header("Content-Type"))});
    m_line.clear();
    return m_state = State::Failed;
}

HttpReplyReader::State HttpReplyReader::feed(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && m_state != State::Failed && m_state != State::Complete)
        take(bytes);
    if (m_state == State::Complete)
        m_excess += bytes.size();
    return m_state;
}

void HttpReplyReader::take(QByteArrayView &bytes)
{
    if (m_step == Step::Data)
        takeData(bytes);
    else if (takeLine(bytes))
        readLine();
}

void HttpReplyReader::takeData(QByteArrayView &bytes)
{
    const bool open = m_bodyKind == BodyKind::UntilClose;
    const qint64 room = open ? m_limits.maxBody - m_bodyReceived : m_remaining;
    const auto part = bytes.first(std::min<qint64>(room, bytes.size()));
    bytes = bytes.sliced(part.size());
    m_body.append(part.data(), part.size());
    m_bodyReceived += part.size();
    if (open) {
        if (!bytes.isEmpty())
            fail(Cause::HttpTooLarge, u"the body is larger than %1 bytes"_s.arg(m_limits.maxBody));
        return;
    }
    m_remaining -= part.size();
    if (m_remaining > 0)
        return;
    if (m_bodyKind == BodyKind::Chunked)
        m_step = Step::ChunkEnd;
    else
        complete();
}

/// True when m_line holds a whole line, without its CRLF. Bytes are judged in their order, so that
/// it makes no difference how they were cut up on their way.
bool HttpReplyReader::takeLine(QByteArrayView &bytes)
{
    const bool head = m_step == Step::StatusLine || m_step == Step::Fields;
    qsizetype &used = head ? m_headBytes : m_extraBytes;
    const qsizetype newline = bytes.indexOf('\n');
    const qsizetype wanted = newline < 0 ? bytes.size() : newline + 1;
    // A chunk's size line and its end cost nothing; what is written beside it does.
    const qsizetype room = m_limits.maxHead - used - m_line.size();
    const auto part = bytes.first(std::clamp<qsizetype>(room, 0, wanted));
    bytes = bytes.sliced(part.size());
    m_line.append(part.data(), part.size());
    if (m_step == Step::StatusLine && !m_line.isEmpty()) {
        const auto start = QByteArrayView(m_line).first(
            std::min(m_line.size(), statusPrefix.size()));
        if (start != statusPrefix.first(start.size())) {
            fail(Cause::HttpMalformed,
                 looksLikeTls(m_line.front())
                     ? u"the answer is TLS, not HTTP: this port expects https"_s
                     : u"the answer does not begin as an HTTP/1.1 reply does"_s);
            return false;
        }
    }
    if (part.size() < wanted) {
        fail(Cause::HttpHeadTooLarge,
             (head ? u"the head is larger than %1 bytes"_s
                   : u"chunk extensions and trailers are larger than %1 bytes"_s)
                 .arg(m_limits.maxHead));
        return false;
    }
    if (newline < 0)
        return false;
    if (!m_line.endsWith("\r\n")) {
        fail(Cause::HttpMalformed, u"a line ends with a line feed alone"_s);
        return false;
    }
    used += m_step == Step::ChunkSize || m_step == Step::ChunkEnd ? 0 : m_line.size();
    m_line.chop(2);
    return true;
}

void HttpReplyReader::readLine()
{
    switch (m_step) {
    case Step::StatusLine:
        readStatusLine();
        break;
    case Step::Fields:
        m_line.isEmpty() ? endHead() : readField();
        break;
    case Step::ChunkSize:
        readChunkSize();
        break;
    case Step::ChunkEnd:
        if (m_line.isEmpty())
            m_step = Step::ChunkSize;
        else
            fail(Cause::HttpMalformed, u"a chunk is longer than its size"_s);
        break;
    case Step::Trailers:
        m_line.isEmpty() ? complete() : readField();
        break;
    case Step::Data:
        break;
    }
    m_line.clear();
}

/// `HTTP/1.1 200 OK`. The reason may be empty, its blank too: HTTP.sys leaves both out.
void HttpReplyReader::readStatusLine()
{
    const QByteArrayView line(m_line);
    const bool shaped = line.size() >= 12 && isDigit(line[7]) && line[8] == ' ' && isDigit(line[9])
        && isDigit(line[10]) && isDigit(line[11]) && (line.size() == 12 || line[12] == ' ');
    const int status = shaped ? int(*readNumber(line.sliced(9, 3), 10)) : 0;
    if (!shaped || status < 100 || status > 599 || !isText(line)) {
        fail(Cause::HttpMalformed, u"the status line is malformed"_s);
        return;
    }
    m_head = HttpHead{.status = status,
                      .reason = line.sliced(std::min<qsizetype>(13, line.size())).toByteArray(),
                      .minorVersion = line[7] - '0'};
    m_step = Step::Fields;
}

void HttpReplyReader::readField()
{
    const QByteArrayView line(m_line);
    const qsizetype colon = line.indexOf(':');
    const auto name = line.first(std::max<qsizetype>(colon, 0));
    if (name.isEmpty() || !std::all_of(name.begin(), name.end(), isTokenChar)) {
        fail(Cause::HttpMalformed,
             line[0] == ' ' || line[0] == '\t' ? u"a header line is folded"_s
                                               : u"a header line has no valid name"_s);
        return;
    }
    const auto value = line.sliced(colon + 1);
    if (!isText(value)) {
        fail(Cause::HttpMalformed, u"a header has control characters in its value"_s);
        return;
    }
    if (m_step == Step::Trailers)
        return;
    if (m_head.headers.size() >= maxFields) {
        fail(Cause::HttpHeadTooLarge, u"the head has more than %1 fields"_s.arg(maxFields));
        return;
    }
    m_head.headers.emplace_back(name.toByteArray(), value.trimmed().toByteArray());
}

void HttpReplyReader::endHead()
{
    if (m_head.status < 200) {
        if (m_head.status == 101 || ++m_interim > maxInterim)
            fail(Cause::HttpMalformed, u"an interim reply that nobody asked for"_s);
        m_head = {};
        m_step = Step::StatusLine;
        return;
    }
    const auto codings = m_head.all("Transfer-Encoding");
    const auto lengths = m_head.all("Content-Length");
    if (!codings.empty()) {
        const bool chunked = codings.size() == 1
            && codings.front().compare("chunked", Qt::CaseInsensitive) == 0;
        if (!chunked || m_head.minorVersion == 0)
            fail(Cause::HttpMalformed, u"the transfer coding is not chunked alone"_s);
        else if (!lengths.empty())
            fail(Cause::HttpMalformed, u"both Transfer-Encoding and Content-Length are given"_s);
        else
            beginBody(BodyKind::Chunked);
        return;
    }
    if (!lengths.empty())
        readContentLength(lengths);
    else
        beginBody(BodyKind::UntilClose);
}

/// The same length said more than once, in one field or several, is one length.
void HttpReplyReader::readContentLength(const std::vector<QByteArray> &values)
{
    for (const QByteArray &value : values) {
        for (const QByteArray &item : value.split(',')) {
            const auto length = readNumber(item.trimmed(), 10);
            if (!length || (m_contentLength && *m_contentLength != *length)) {
                m_contentLength.reset();
                fail(Cause::HttpMalformed, u"Content-Length is not one number"_s);
                return;
            }
            m_contentLength = length;
        }
    }
    beginBody(BodyKind::Length);
}

void HttpReplyReader::beginBody(BodyKind kind)
{
    m_bodyKind = m_head.status == 204 || m_head.status == 304 ? BodyKind::None : kind;
    m_state = State::Body;
    m_step = m_bodyKind == BodyKind::Chunked ? Step::ChunkSize : Step::Data;
    m_remaining = m_bodyKind == BodyKind::Length ? *m_contentLength : 0;
    if (m_remaining > m_limits.maxBody)
        fail(Cause::HttpTooLarge,
             u"the body has %1 bytes, more than %2"_s.arg(m_remaining).arg(m_limits.maxBody));
    else if (m_bodyKind == BodyKind::None || (m_bodyKind == BodyKind::Length && !m_remaining))
        complete();
}

/// `1A;name=value`. Blanks after the size are borne: some embedded servers pad it to a fixed width.
void HttpReplyReader::readChunkSize()
{
    QByteArrayView line(m_line);
    const qsizetype semicolon = line.indexOf(';');
    auto digits = semicolon < 0 ? line : line.first(semicolon);
    m_extraBytes += line.size() - digits.size();
    while (!digits.isEmpty() && (digits.back() == ' ' || digits.back() == '\t'))
        digits.chop(1);
    const auto size = readNumber(digits, 16);
    if (!size || !isText(line)) {
        fail(Cause::HttpMalformed, u"a chunk's size is malformed"_s);
    } else if (*size > m_limits.maxBody - m_bodyReceived) {
        fail(Cause::HttpTooLarge, u"the body is larger than %1 bytes"_s.arg(m_limits.maxBody));
    } else {
        m_remaining = *size;
        m_step = *size > 0 ? Step::Data : Step::Trailers;
    }
}

void HttpReplyReader::complete()
{
    m_state = State::Complete;
}

HttpReplyReader::State HttpReplyReader::close()
{
    if (m_state == State::Failed || m_state == State::Complete)
        return m_state;
    if (m_state == State::Body && m_bodyKind == BodyKind::UntilClose)
        return m_state = State::Complete;
    if (m_state == State::Head && m_headBytes + m_line.size() == 0)
        return fail(Cause::NetClosed, u"the connection was closed without a reply"_s);
    return fail(Cause::HttpTruncated,
                m_contentLength
                    ? u"%1 of %2 bytes arrived"_s.arg(m_bodyReceived).arg(*m_contentLength)
                    : u"the connection was closed within the reply"_s);
}

QByteArray HttpReplyReader::takeBody()
{
    return std::exchange(m_body, {});
}

bool HttpReplyReader::keepAlive() const
{
    if (m_state != State::Complete || m_excess > 0 || m_bodyKind == BodyKind::UntilClose)
        return false;
    return m_head.minorVersion > 0 ? !m_head.hasToken("Connection", "close")
                                   : m_head.hasToken("Connection", "keep-alive");
}

Result<HttpReplyFile> readHttpReply(const QByteArray &bytes, const HttpLimits &limits)
{
    HttpReplyReader reader(limits);
    reader.feed(bytes);
    if (reader.close() == HttpReplyReader::State::Failed)
        return reader.error();
    if (reader.excess() > 0)
        return Error::of(Error::Kind::Protocol, Cause::HttpMalformed,
                         u"%1 bytes follow the reply"_s.arg(reader.excess()));
    return HttpReplyFile{.head = reader.head(), .body = reader.takeBody()};
}
