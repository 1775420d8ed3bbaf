#include "demo/httpconnection.h"

#include <QSslSocket>
#include <QTimer>

#include <charconv>

namespace {

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 411:
        return "Length Required";
    case 413:
        return "Request Entity Too Large";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version not supported";
    default:
        return "Status";
    }
}

bool isToken(QByteArrayView text)
{
    if (text.isEmpty())
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c > 0x20 && c < 0x7f && !std::strchr("()<>@,;:\\\"/[]?={}", c);
    });
}

qsizetype parseLength(const QByteArray &text)
{
    qsizetype value = -1;
    const char *end = text.constData() + text.size();
    const auto [stop, error] = std::from_chars(text.constData(), end, value);
    return error == std::errc() && stop == end && value >= 0 ? value : -1;
}

} // namespace

HttpConnection::HttpConnection(HttpListener &listener, QTcpSocket *socket, bool tls)
    : m_listener(listener)
    , m_socket(socket)
    , m_tls(tls)
{
    socket->setParent(this);
    connect(socket, &QTcpSocket::readyRead, this, &HttpConnection::read);
    connect(socket, &QTcpSocket::bytesWritten, this, &HttpConnection::noteWritten);
    connect(socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    if (auto *ssl = qobject_cast<QSslSocket *>(socket)) {
        connect(ssl, &QSslSocket::encryptedBytesWritten, this, &HttpConnection::noteWritten);
        connect(ssl, &QSslSocket::errorOccurred, this, [this, ssl] {
            if (!ssl->isEncrypted())
                deleteLater();
        });
    }
}

HttpConnection::~HttpConnection()
{
    m_socket->disconnect(this);
    finishAnswer();
}

void HttpConnection::read()
{
    if (m_closing) {
        m_socket->readAll();
        return;
    }
    const qsizetype room = m_listener.limits().maxHead + m_listener.limits().maxBody;
    m_buffer += m_socket->read(room + 1 - m_buffer.size());
    if (m_busy)
        return;
    if (m_bodyLength < 0 && !readHead())
        return;
    if (m_buffer.size() < m_bodyLength)
        return;
    m_request.body = m_buffer.left(m_bodyLength);
    m_buffer.remove(0, m_bodyLength);
    m_bodyLength = -1;
    answer();
}

bool HttpConnection::readHead()
{
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0 || end > m_listener.limits().maxHead) {
        if (m_buffer.size() > m_listener.limits().maxHead)
            refuse(431);
        return false;
    }
    const QByteArray head = m_buffer.left(end);
    m_buffer.remove(0, end + 4);
    m_request = {};
    m_request.localPort = m_socket->localPort();
    m_request.encrypted = m_tls;

    QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> words = lines.takeFirst().trimmed().split(' ');
    if (words.size() != 3 || !isToken(words[0]) || words[1].isEmpty()) {
        refuse(400);
        return false;
    }
    if (words[2] != "HTTP/1.1") {
        refuse(505);
        return false;
    }
    m_request.method = words[0];
    m_request.path = words[1];
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0 || !isToken(QByteArrayView(line).first(colon))) {
            refuse(400);
            return false;
        }
        m_request.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    return checkFraming();
}

bool HttpConnection::checkFraming()
{
    int status = 0;
    qsizetype length = 0;
    int lengths = 0;
    for (const auto &[name, value] : std::as_const(m_request.headers)) {
        if (name.compare("Content-Length", Qt::CaseInsensitive) == 0) {
            length = parseLength(value);
            ++lengths;
        } else if (name.compare("Transfer-Encoding", Qt::CaseInsensitive) == 0) {
            status = 501;
        } else if (name.compare("Expect", Qt::CaseInsensitive) == 0) {
            status = 417;
        }
    }
    if (!status && m_request.header("Host").isEmpty())
        status = 400;
    if (!status && (lengths > 1 || length < 0))
        status = 400;
    if (!status && lengths == 0 && m_request.method == "POST")
        status = 411;
    if (!status && length > m_listener.limits().maxBody)
        status = 413;
    if (status) {
        refuse(status);
        return false;
    }
    m_bodyLength = length;
    return true;
}

void HttpConnection::refuse(int status)
{
    // What follows on this connection has no known beginning any more.
    HttpAnswer answer;
    answer.status = status;
    answer.close = true;
    m_busy = true;
    write(std::move(answer));
}

void HttpConnection::answer()
{
    finishAnswer(); // a client that sends again has its answer
    m_busy = true;
    emit m_listener.requestRead();
    m_request.arrived = std::chrono::steady_clock::now();
    ask();
}

void HttpConnection::ask()
{
    HttpAnswer answer = m_listener.handler().handle(m_request);
    if (answer.again.count() > 0) {
        m_request.again = true;
        QTimer::singleShot(answer.again, this, &HttpConnection::ask);
        return;
    }
    if (answer.silent) {
        m_busy = false;
        if (answer.close) {
            m_closing = true;
            m_socket->disconnectFromHost();
            return;
        }
        next();
        return;
    }
    if (m_request.header("Connection").compare("close", Qt::CaseInsensitive) == 0)
        answer.close = true;
    if (m_listener.style().closes && !answer.bare)
        answer.close = true;
    send(std::move(answer));
}

void HttpConnection::send(HttpAnswer answer)
{
    if (answer.delay.count() <= 0) {
        write(std::move(answer));
        return;
    }
    m_sent = std::move(answer.sent);
    QTimer::singleShot(answer.delay, Qt::PreciseTimer, this,
                       [this, answer = std::move(answer)]() mutable {
                           answer.sent = std::move(m_sent);
                           write(std::move(answer));
                       });
}

void HttpConnection::write(HttpAnswer answer)
{
    m_sent = std::move(answer.sent);
    QByteArray bytes = head(answer);
    const qsizetype chunk = answer.bare ? 0 : m_listener.style().chunk;
    if (chunk > 0) {
        for (qsizetype at = 0; at < answer.body.size(); at += chunk) {
            const QByteArray part = answer.body.mid(at, chunk);
            bytes += QByteArray::number(part.size(), 16).rightJustified(4, '0').toUpper() + "\r\n"
                + part + "\r\n";
        }
        bytes += "0\r\n\r\n";
    } else {
        bytes += answer.body;
    }
    if (answer.loss != HttpAnswer::Loss::None)
        bytes.truncate(answer.loss == HttpAnswer::Loss::Half ? bytes.size() / 2 : 0);
    m_closing = answer.close || answer.loss != HttpAnswer::Loss::None;
    m_socket->write(bytes);
    m_socket->flush();
    m_busy = false;
    if (m_closing) {
        m_socket->disconnectFromHost();
        return;
    }
    noteWritten();
    next();
}

/// Everything before the body.
QByteArray HttpConnection::head(const HttpAnswer &answer) const
{
    const HttpStyle &style = m_listener.style();
    const bool own = !answer.bare;
    QByteArray bytes;
    bytes.reserve(answer.body.size() + 512);
    bytes += "HTTP/1.1 " + QByteArray::number(answer.status) + ' '
        + (own && !style.reason.isEmpty() ? style.reason : reasonPhrase(answer.status)) + "\r\n";
    if (!answer.contentType.isEmpty())
        bytes += "Content-Type: " + answer.contentType + "\r\n";
    for (const auto &[name, value] : std::as_const(answer.headers))
        bytes += name + ": " + value + "\r\n";
    if (own && !style.server.isEmpty())
        bytes += "Server: " + style.server + "\r\n";
    if (own && style.date) {
        const auto now = QDateTime::currentDateTimeUtc();
        bytes += "Date: "
            + QLocale::c().toString(now, QStringView(u"ddd, dd MMM yyyy HH:mm:ss")).toLatin1()
            + " GMT\r\n";
    }
    if (own && style.closes)
        bytes += "Connection: Close\r\n";
    else if (answer.close)
        bytes += "Connection: close\r\n";
    else if (own && style.keepAliveHeader)
        bytes += "Connection: Keep-Alive\r\n";
    if (own && style.chunk > 0)
        bytes += "Transfer-Encoding: chunked\r\n";
    else
        bytes += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
    return bytes + "\r\n";
}

void HttpConnection::next()
{
    // After the bytes are with the system, so that preparing runs beside the client's parsing.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_listener.handler().idle();
            if (!m_busy && !m_buffer.isEmpty())
                read();
        },
        Qt::QueuedConnection);
}

void HttpConnection::noteWritten()
{
    const auto *ssl = qobject_cast<QSslSocket *>(m_socket);
    const bool all = m_socket->bytesToWrite() == 0 && (!ssl || ssl->encryptedBytesToWrite() == 0);
    if (all && !m_busy)
        finishAnswer();
}

void HttpConnection::finishAnswer()
{
    if (const auto sent = std::exchange(m_sent, {}))
        sent();
}
