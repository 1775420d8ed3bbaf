#pragma once

#include "http/httpreply.h"
#include "http/httprequest.h"

#include <QObject>
#include <QTimer>

#include <chrono>

class QAbstractSocket;

/// How long one exchange may take, counted from the moment its request is written.
struct HttpPatience
{
    std::chrono::milliseconds deadline{65000}; ///< until the reply is complete
    std::chrono::milliseconds silence{65000};  ///< without a byte
};

/// One HTTP/1.1 exchange on one connected socket: writes the request once, in one piece, and reads
/// the reply. It never sends twice and never connects. `finished` comes exactly once, and never
/// from within start(); after it the socket is the owner's again. Who deletes it from within one of
/// its signals uses deleteLater().
///
/// Errors: what HttpReplyReader says (HttpMalformed also for bytes that follow the reply at once),
/// NetClosed when the connection ended before a byte of the reply, NetReset, TimeoutDeadline,
/// TimeoutIdle, HttpTruncated.
class HttpExchange final : public QObject
{
    Q_OBJECT
public:
    HttpExchange(QAbstractSocket &socket, const HttpLimits &limits, const HttpPatience &patience,
                 QObject *parent = nullptr);
    ~HttpExchange() override;

    void start(const QByteArray &request);
    void stop(); ///< no more signals; the connection is then of no more use
    /// The body is read no further until this is false again; both times stand still as well.
    void setPaused(bool paused);

    const HttpHead &head() const { return m_reader.head(); }
    std::optional<qint64> contentLength() const { return m_reader.contentLength(); }
    QByteArray takeBody() { return m_reader.takeBody(); }
    bool keepAlive() const { return !m_error && m_reader.keepAlive(); }
    const Error &error() const { return m_error; }
    qint64 bytesSent() const { return m_bytesSent; } ///< that the socket has passed on

Q_SIGNALS:
    void sent();      ///< all of the request has left
    void firstByte(); ///< the reply has begun
    void headRead();
    void bodyRead(); ///< takeBody() has more
    void finished();

private:
    void read();
    void announce();
    void connectionEnded();
    void socketFailed();
    void countSent(qint64 bytes);
    void fail(Error::Kind kind, Cause cause, const QString &message);
    void end(const Error &error);

    QAbstractSocket &m_socket;
    HttpReplyReader m_reader;
    HttpPatience m_patience;
    QTimer m_deadline;
    QTimer m_silence;
    int m_deadlineLeft = -1; ///< in milliseconds while paused
    qint64 m_requestSize = 0;
    qint64 m_bytesSent = 0;
    bool m_paused = false;
    bool m_begun = false;
    bool m_headAnnounced = false;
    bool m_ended = false;
    bool m_reading = false;
    Error m_error;
};
