#include "demo/httpgate.h"

namespace {

HttpAnswer status(int number)
{
    HttpAnswer answer;
    answer.status = number;
    return answer;
}

QByteArray bytes(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

HttpAnswer notFound()
{
    HttpAnswer answer = status(404);
    answer.contentType = "text/html; charset=us-ascii";
    answer.body = "<!DOCTYPE html>\r\n<html><head><title>Not Found</title></head>\r\n"
                  "<body><h2>Not Found</h2>\r\n<p>Nothing answers at this address.</p>\r\n"
                  "</body></html>\r\n";
    return answer;
}

QByteArray charsetOf(const QByteArray &contentType)
{
    const qsizetype at = contentType.toLower().indexOf("charset=");
    if (at < 0)
        return "utf-8";
    QByteArray name = contentType.mid(at + 8).toLower();
    if (const qsizetype end = name.indexOf(';'); end >= 0)
        name.truncate(end);
    name.replace('"', "");
    return name.trimmed();
}

QByteArray mediaOf(const QByteArray &contentType)
{
    return contentType.left(contentType.indexOf(';')).trimmed().toLower();
}

} // namespace

HttpGate::HttpGate(const Personality &as, QString userName, Secret password)
    : m_as(as)
    , m_signIn(as, std::move(userName), std::move(password))
{ }

HttpStyle HttpGate::styleOf(const Personality &as)
{
    HttpStyle style;
    style.server = bytes(as.server);
    style.reason = bytes(as.reason);
    style.date = as.date;
    style.closes = as.closes;
    style.keepAliveHeader = as.keepAliveHeader;
    style.chunk = as.chunk;
    return style;
}

bool HttpGate::isWide(const ListenerRequest &request)
{
    return charsetOf(request.header("Content-Type")) == "utf-16";
}

QByteArray HttpGate::contentType(const ListenerRequest &request) const
{
    if (!m_as.contentType.empty())
        return isWide(request) ? "application/soap+xml;charset=UTF-16" : bytes(m_as.contentType);
    const QByteArray sent = request.header("Content-Type");
    return sent.contains(';') ? sent : "application/soap+xml;charset=UTF-8";
}

HttpAnswer HttpGate::plainError(int number) const
{
    HttpAnswer answer = status(number);
    answer.bare = true;
    answer.contentType = "text/plain";
    answer.body = "Error: " + QByteArray::number(number) + "\r\n";
    return answer;
}

HttpAnswer HttpGate::unauthorized()
{
    HttpAnswer answer = m_as.plainErrors ? plainError(401) : status(401);
    answer.headers = m_signIn.challenges();
    if (m_as.kind == Personality::Kind::Amt) {
        answer.bare = true; // with a length, while its SOAP answers come in chunks
        answer.close = true;
        answer.headers.append({"Server", bytes(m_as.server)});
        answer.contentType = "text/html";
        answer.body = "<!DOCTYPE html><html><head><title>Log on</title></head>"
                      "<body><h2>The log on failed.</h2></body></html>";
    }
    return answer;
}

std::optional<HttpAnswer> HttpGate::refuseAddress(const ListenerRequest &request) const
{
    QByteArray path = request.path.toLower();
    if (const qsizetype query = path.indexOf('?'); query >= 0)
        path.truncate(query);
    if (path.endsWith('/') && !m_as.plainErrors)
        path.chop(1);
    if (path != "/wsman" && m_as.paths == Personality::PathRule::WsmanOnly)
        return m_as.plainErrors ? plainError(403) : notFound();
    if (request.method == "POST")
        return std::nullopt;
    if (m_as.plainErrors)
        return plainError(501);
    HttpAnswer answer = status(405);
    answer.headers.emplaceBack("Allow", "POST");
    return answer;
}

std::optional<HttpAnswer> HttpGate::refuseMedia(const ListenerRequest &request) const
{
    const QByteArray type = request.header("Content-Type");
    const QByteArray charset = charsetOf(type);
    const bool soap = mediaOf(type) == "application/soap+xml";
    HttpAnswer answer = status(415);
    switch (m_as.bodies) {
    case Personality::Bodies::Windows:
        if (soap && (charset == "utf-8" || (charset == "utf-16" && m_as.utf16)))
            return std::nullopt;
        return answer;
    case Personality::Bodies::Omi:
        if (!type.isEmpty())
            return std::nullopt; // whatever it is
        answer.silent = true;
        answer.close = true;
        return answer;
    case Personality::Bodies::Openwsman:
        if (soap && type.count(';') > 1) {
            answer.status = 200; // read, answered without a body
            answer.contentType = type;
            return answer;
        }
        if (soap || type.isEmpty())
            return std::nullopt;
        answer.contentType = "application/soap+xml;charset=UTF-8";
        return answer;
    }
    Q_UNREACHABLE();
}

std::optional<HttpAnswer> HttpGate::refuse(const ListenerRequest &request, bool &signedIn)
{
    if (auto answer = refuseAddress(request))
        return answer;
    const bool named = !request.header("Authorization").isEmpty();
    if (!named && m_as.silentWithoutCredentials) {
        HttpAnswer answer;
        answer.silent = true;
        return answer;
    }
    const bool anonymous = m_as.anonymousIdentify
        && request.header("WSMANIDENTIFY").compare("unauthenticated", Qt::CaseInsensitive) == 0;
    signedIn = named && m_signIn.accepts(request);
    if (!signedIn && !anonymous)
        return unauthorized();
    if (auto answer = refuseMedia(request))
        return answer;
    if (request.body.isEmpty() && signedIn && m_as.isWindows())
        return status(200); // the first leg of a sign-in that sends no message yet
    return std::nullopt;
}
