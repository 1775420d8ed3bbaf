#pragma once

#include "common/result.h"

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QSslConfiguration>
#include <QTcpServer>

#include <chrono>
#include <functional>
#include <optional>

/// One HTTP/1.1 request as it came: the body is as long as Content-Length said.
struct ListenerRequest
{
    QByteArray method;                            ///< as sent, e.g. "POST"
    QByteArray path;                              ///< the request target, e.g. "/wsman"
    QList<QPair<QByteArray, QByteArray>> headers; ///< values without white space at both ends
    QByteArray body;
    quint16 localPort = 0;
    bool encrypted = false;                        ///< it came over TLS
    std::chrono::steady_clock::time_point arrived; ///< completely
    bool again = false;                            ///< the handler saw it before and said "not now"

    QByteArray header(QByteArrayView name) const; ///< ignoring case; empty when absent
};

struct HttpAnswer
{
    int status = 200;
    QByteArray contentType; ///< empty: no Content-Type is sent
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray body;
    bool close = false; ///< the connection ends after it
    /// What does not arrive: the connection ends instead, as if the way to the host had broken.
    enum class Loss { None, Half, All };
    Loss loss = Loss::None;
    bool bare = false;   ///< without the headers of HttpStyle, as a web server refuses by itself
    bool silent = false; ///< nothing is sent at all, the connection stays open
    std::chrono::milliseconds again{0}; ///< not now: the handler is asked once more after this time
    std::chrono::milliseconds delay{0}; ///< waited before the first byte
    std::function<void()> sent; ///< called once, when the last byte was handed to the system or the
                                ///< connection was lost
};

/// Answers requests. Called in the listener's thread, one request a connection at a time.
class HttpHandler
{
public:
    virtual ~HttpHandler() = default;
    virtual HttpAnswer handle(const ListenerRequest &request) = 0;
    /// Nothing to do: called after an answer was written, when the thread is free for preparation.
    virtual void idle() { }
};

/// How the heads of answers look.
struct HttpStyle
{
    QByteArray server = "Microsoft-HTTPAPI/2.0"; ///< empty: no such header
    QByteArray reason;                           ///< instead of the phrase of the status
    bool date = true;                            ///< a Date header
    bool closes = false;          ///< `Connection: Close` with each answer, and so it is
    bool keepAliveHeader = false; ///< `Connection: Keep-Alive`
    qsizetype chunk = 0;          ///< bodies go out in chunks of so many octets; 0: Content-Length
};

/// What a request may be at most.
struct ListenerLimits
{
    qsizetype maxHead = 64 * 1024;
    qsizetype maxBody = 500 * 1024; ///< more is answered with 413
    int maxConnections = 300;       ///< more are closed at once
};

/// A small HTTP/1.1 server on 127.0.0.1 for hosts that are part of this program: keep-alive,
/// Content-Length requests only (chunked bodies and Expect are refused), plain or TLS. It reads
/// strictly and never buffers more than its limits. It lives in the thread that made it; the
/// handler must outlive it.
class HttpListener final : public QTcpServer
{
    Q_OBJECT
public:
    explicit HttpListener(HttpHandler &handler, QObject *parent = nullptr);

    void setLimits(const ListenerLimits &limits) { m_limits = limits; }
    const ListenerLimits &limits() const { return m_limits; }
    void setStyle(const HttpStyle &style) { m_style = style; }
    const HttpStyle &style() const { return m_style; }
    /// From now on connections begin with a TLS handshake, with the certificate and key in it.
    void setTls(const QSslConfiguration &configuration) { m_tls = configuration; }
    /// Listens on 127.0.0.1; port 0 takes a free one. Kind::Local when it is not to be had.
    Done listenOn(quint16 port);
    HttpHandler &handler() const { return m_handler; }

signals:
    void requestRead(); ///< one more request was read completely: for tests that count

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    HttpHandler &m_handler;
    ListenerLimits m_limits;
    HttpStyle m_style;
    std::optional<QSslConfiguration> m_tls;
    int m_open = 0;
};
