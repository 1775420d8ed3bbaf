#include "http/httpbody.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxStart = 1024;

/// The first characters as Latin-1, enough to know markup by: UTF-16 loses its zero bytes, a byte
/// order mark goes.
QByteArray plainStart(const QByteArray &start)
{
    QByteArray text = start.left(8 * maxStart);
    if (text.startsWith("\xff\xfe") || text.startsWith("\xfe\xff"))
        text.remove(0, 2);
    else if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    text.removeIf([](char c) { return c == '\0'; });
    return text.trimmed();
}

/// Goes past the XML declaration, comments, processing instructions and blanks.
QByteArrayView afterProlog(QByteArrayView text)
{
    for (;;) {
        text = text.trimmed();
        const QByteArrayView end = text.startsWith("<?") ? "?>"
            : text.startsWith("<!--")                    ? "-->"
                                                         : "";
        if (end.isEmpty())
            return text;
        const qsizetype at = text.indexOf(end);
        if (at < 0)
            return {};
        text = text.sliced(at + end.size());
    }
}

bool isNameEnd(char c)
{
    return c == '>' || c == '/' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Local name of the first element; empty when there is none.
QByteArrayView rootName(QByteArrayView text)
{
    text = afterProlog(text);
    if (!text.startsWith('<'))
        return {};
    text = text.sliced(1);
    auto name = text.first(std::find_if(text.begin(), text.end(), isNameEnd) - text.begin());
    return name.sliced(name.indexOf(':') + 1);
}

bool looksLikeHtml(QByteArrayView text)
{
    text = afterProlog(text);
    const auto starts = [text](QByteArrayView word) {
        return text.first(std::min(word.size(), text.size())).compare(word, Qt::CaseInsensitive)
            == 0;
    };
    return starts("<!doctype html") || starts("<html") || starts("<head") || starts("<body");
}

Cause causeOfStatus(int status)
{
    switch (status) {
    case 404:
        return Cause::HttpNotFound;
    case 413:
        return Cause::HttpRequestTooLarge;
    case 503:
        return Cause::HttpServiceUnavailable;
    default:
        return status >= 300 ? Cause::HttpStatus : Cause::Unknown;
    }
}

} // namespace

HttpDetails httpDetails(const HttpHead &head, const QByteArray &start)
{
    return {.status = head.status,
            .reason = QString::fromLatin1(head.reason),
            .contentType = QString::fromLatin1(head.header("Content-Type")),
            .location = QString::fromLatin1(head.header("Location")),
            .start = start.left(maxStart)};
}

std::optional<Error> httpBodyError(const HttpHead &head, const QByteArray &start)
{
    const QByteArray text = plainStart(start);
    const QByteArrayView root = rootName(text);
    const bool typed = root == "!DOCTYPE" && !looksLikeHtml(text) && text.contains("Envelope");
    // An envelope behind a document type is the parser's to refuse, with its own cause.
    if (root == "Envelope" || typed)
        return std::nullopt;
    Cause cause = causeOfStatus(head.status);
    if (cause == Cause::Unknown) {
        if (text.isEmpty())
            cause = Cause::HttpEmpty;
        else if (looksLikeHtml(text)
                 || head.header("Content-Type").toLower().startsWith("text/html"))
            cause = Cause::HttpHtml;
        else
            cause = Cause::HttpNotSoap;
    }
    return Error::of(Error::Kind::Protocol, cause, {}, httpDetails(head, start));
}
