#include "http/httpexchange.h"

#include "http/socketerror.h"

#include <QAbstractSocket>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

/// The message of a timeout is the number of seconds, for the sentence that is made of it.
QString inSeconds(std::chrono::milliseconds span)
{
    return QString::number(double(span.count()) / 1000);
}

} // namespace

HttpExchange::HttpExchange(QAbstractSocket &socket, const HttpLimits &limits,
                           const HttpPatience &patience, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_reader(limits)
    , m_patience(patience)
{
    m_deadline.setSingleShot(true);
    m_silence.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fail(Error::Kind::Timeout, Cause::TimeoutDeadline, inSeconds(m_patience.deadline));
    });
    connect(&m_silence, &QTimer::timeout, this, [this] {
        fail(Error::Kind::Timeout, Cause::TimeoutIdle, inSeconds(m_patience.silence));
    });
}

HttpExchange::~HttpExchange() = default;

void HttpExchange::start(const QByteArray &request)
{
    m_requestSize = request.size();
    connect(&m_socket, &QIODevice::readyRead, this, &HttpExchange::read);
    connect(&m_socket, &QIODevice::bytesWritten, this, &HttpExchange::countSent);
    connect(&m_socket, &QAbstractSocket::disconnected, this, &HttpExchange::connectionEnded,
            Qt::QueuedConnection);
    connect(&m_socket, &QAbstractSocket::errorOccurred, this, &HttpExchange::socketFailed,
            Qt::QueuedConnection);
    m_deadline.start(m_patience.deadline);
    m_silence.start(m_patience.silence);
    m_reading = true; // flushing may read as well, and nothing is to end from within this call
    const bool taken = m_socket.write(request) == request.size();
    m_socket.flush();
    m_reading = false;
    if (!taken)
        QMetaObject::invokeMethod(this, &HttpExchange::connectionEnded, Qt::QueuedConnection);
    else if (m_socket.bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &HttpExchange::read, Qt::QueuedConnection);
}

void HttpExchange::stop()
{
    m_ended = true;
    m_deadline.stop();
    m_silence.stop();
    m_socket.disconnect(this);
}

void HttpExchange::countSent(qint64 bytes)
{
    const bool before = m_bytesSent >= m_requestSize;
    m_bytesSent += bytes;
    if (!before && m_bytesSent >= m_requestSize)
        Q_EMIT sent();
}

void HttpExchange::setPaused(bool paused)
{
    if (paused == m_paused || m_ended)
        return;
    m_paused = paused;
    if (paused) {
        m_deadlineLeft = m_deadline.remainingTime();
        m_deadline.stop();
        m_silence.stop();
        return;
    }
    m_deadline.start(std::max(m_deadlineLeft, 0));
    m_silence.start(m_patience.silence);
    QMetaObject::invokeMethod(this, &HttpExchange::read, Qt::QueuedConnection);
}

void HttpExchange::read()
{
    if (m_reading) // a listener reads on from within a signal of ours
        return;
    m_reading = true;
    std::array<char, 64 << 10> buffer;
    while (!m_ended && !m_paused && m_socket.bytesAvailable() > 0) {
        const qint64 size = m_socket.read(buffer.data(), buffer.size());
        if (size <= 0)
            break;
        m_silence.start(m_patience.silence);
        if (!m_begun) {
            m_begun = true;
            Q_EMIT firstByte();
        }
        m_reader.feed(QByteArrayView(buffer.data(), size));
        announce();
    }
    m_reading = false;
    if (!m_ended && !m_paused && m_socket.state() != QAbstractSocket::ConnectedState)
        connectionEnded();
}

/// Says what the bytes just read have brought.
void HttpExchange::announce()
{
    using State = HttpReplyReader::State;
    const State state = m_reader.state();
    if (state != State::Head && m_reader.head().status && !m_headAnnounced
        && (state != State::Failed || m_reader.bodyReceived() > 0)) {
        m_headAnnounced = true;
        Q_EMIT headRead();
    }
    if (m_reader.bodyReceived() > 0 && !m_ended)
        Q_EMIT bodyRead();
    if (state == State::Failed)
        end(m_reader.error());
    else if (state == State::Complete && (m_reader.excess() > 0 || m_socket.bytesAvailable() > 0))
        fail(Error::Kind::Protocol, Cause::HttpMalformed, u"bytes follow the reply"_s);
    else if (state == State::Complete)
        end({});
}

void HttpExchange::connectionEnded()
{
    if (m_ended || m_paused)
        return;
    if (m_socket.bytesAvailable() > 0 && !m_reading) {
        read();
        return;
    }
    const bool already = m_reader.state() == HttpReplyReader::State::Complete;
    if (!already && m_reader.close() == HttpReplyReader::State::Failed)
        end(m_reader.error());
    else
        end({});
}

void HttpExchange::socketFailed()
{
    if (m_ended || m_paused)
        return;
    if (m_socket.error() == QAbstractSocket::RemoteHostClosedError || m_socket.bytesAvailable() > 0)
        connectionEnded();
    else
        end(socketError(m_socket, SocketPhase::Exchanging));
}

void HttpExchange::fail(Error::Kind kind, Cause cause, const QString &message)
{
    end(Error::of(kind, cause, message));
}

void HttpExchange::end(const Error &error)
{
    if (m_ended)
        return;
    stop();
    m_error = error;
    Q_EMIT finished();
}
