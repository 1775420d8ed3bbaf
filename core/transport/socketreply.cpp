#include "transport/socketreply.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace {

QNetworkReply::NetworkError networkErrorOfStatus(int status)
{
    switch (status) {
    case 401:
        return QNetworkReply::AuthenticationRequiredError;
    case 403:
        return QNetworkReply::ContentAccessDenied;
    case 404:
        return QNetworkReply::ContentNotFoundError;
    case 405:
        return QNetworkReply::ContentOperationNotPermittedError;
    case 500:
        return QNetworkReply::InternalServerError;
    case 501:
        return QNetworkReply::OperationNotImplementedError;
    case 503:
        return QNetworkReply::ServiceUnavailableError;
    default:
        return status >= 500 ? QNetworkReply::UnknownServerError
            : status >= 400  ? QNetworkReply::UnknownContentError
                             : QNetworkReply::NoError;
    }
}

QNetworkReply::NetworkError networkErrorOf(const Error &error)
{
    switch (error.cause) {
    case Cause::NetDns:
        return QNetworkReply::HostNotFoundError;
    case Cause::NetRefused:
        return QNetworkReply::ConnectionRefusedError;
    case Cause::NetTimeout:
        return QNetworkReply::TimeoutError;
    case Cause::NetClosed:
    case Cause::NetReset:
    case Cause::HttpTruncated:
        return QNetworkReply::RemoteHostClosedError;
    case Cause::NetTlsHandshake:
    case Cause::NetNoCommonTls:
        return QNetworkReply::SslHandshakeFailedError;
    default:
        break;
    }
    switch (error.kind) {
    case Error::Kind::Cancelled:
        return QNetworkReply::OperationCanceledError;
    case Error::Kind::Timeout:
        return QNetworkReply::TimeoutError;
    case Error::Kind::Certificate:
        return QNetworkReply::SslHandshakeFailedError;
    case Error::Kind::Authentication:
        return QNetworkReply::AuthenticationRequiredError;
    case Error::Kind::Protocol:
        return QNetworkReply::ProtocolFailure;
    default:
        return QNetworkReply::UnknownNetworkError;
    }
}

} // namespace

SocketReply::SocketReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request,
                         HttpRequest http, QObject *parent)
    : WsmanReply(parent)
    , m_http(std::move(http))
{
    setOperation(operation);
    setRequest(request);
    setUrl(request.url());
    QNetworkReply::open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

QByteArray SocketReply::requestHead() const
{
    const QByteArray all = m_http.bytes();
    return all.left(all.indexOf("\r\n\r\n") + 2);
}

bool SocketReply::isAnonymous() const
{
    return request().hasRawHeader("WSMANIDENTIFY");
}

void SocketReply::startClock()
{
    m_clock.start();
}

void SocketReply::mark(qint64 ExchangeTimes::*moment)
{
    if (m_clock.isValid())
        m_times.*moment = m_clock.nsecsElapsed() / 1000;
}

void SocketReply::setHead(const HttpHead &head)
{
    m_head = head;
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, head.status);
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, head.reason);
    for (const auto &[name, value] : head.headers)
        setRawHeader(name, hasRawHeader(name) ? rawHeader(name) + ", " + value : value);
    Q_EMIT metaDataChanged();
}

void SocketReply::addBody(const QByteArray &bytes)
{
    if (m_done || bytes.isEmpty())
        return;
    m_pieces.push_back(bytes);
    m_unread += bytes.size();
    Q_EMIT readyRead();
}

qint64 SocketReply::bytesAvailable() const
{
    return m_unread + QNetworkReply::bytesAvailable();
}

qint64 SocketReply::unreadLimit() const
{
    return readBufferSize() > 0 ? std::min(readBufferSize(), maxUnread) : maxUnread;
}

void SocketReply::setReadBufferSize(qint64 size)
{
    QNetworkReply::setReadBufferSize(size);
    if (!isFull())
        Q_EMIT drained();
}

qint64 SocketReply::readData(char *data, qint64 maxSize)
{
    if (m_unread == 0)
        return m_done ? -1 : 0;
    const bool full = isFull();
    qint64 count = 0;
    while (count < maxSize && !m_pieces.empty()) {
        const QByteArray &piece = m_pieces.front();
        const auto size = std::min<qint64>(piece.size() - m_pieceRead, maxSize - count);
        std::memcpy(data + count, piece.constData() + m_pieceRead, std::size_t(size));
        count += size;
        m_pieceRead += size;
        if (m_pieceRead == piece.size()) {
            m_pieces.pop_front();
            m_pieceRead = 0;
        }
    }
    m_unread -= count;
    if (full && !isFull())
        Q_EMIT drained();
    return count;
}

void SocketReply::dropBody()
{
    m_pieces.clear();
    m_pieceRead = 0;
    m_unread = 0;
}

void SocketReply::abort()
{
    if (m_done)
        return;
    dropBody();
    finishLater(Error::cancelled());
    Q_EMIT cancelled();
}

void SocketReply::close()
{
    abort();
    QNetworkReply::close();
}

void SocketReply::finishLater(const Error &error)
{
    if (m_done)
        return;
    m_done = true;
    mark(&ExchangeTimes::finished);
    QMetaObject::invokeMethod(
        this, [this, error] { deliverEnd(error); }, Qt::QueuedConnection);
}

void SocketReply::deliverEnd(const Error &error)
{
    m_error = error;
    const auto network = error ? networkErrorOf(error) : networkErrorOfStatus(m_head.status);
    if (network != NoError)
        setError(network, error ? error.message : QString::fromLatin1(m_head.reason));
    setFinished(true);
    if (network != NoError)
        Q_EMIT errorOccurred(network);
    Q_EMIT readChannelFinished();
    Q_EMIT finished();
}
