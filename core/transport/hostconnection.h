#pragma once

#include "common/error.h"
#include "connection/securitystate.h"
#include "transport/transportshared.h"

#include <QSslSocket>
#include <QTimer>

#include <memory>

/// One TCP connection to the host, from the name to a judged certificate. Before `ready` no byte of
/// a request has left. Ends with `failed` or `lost`, once; then it is of no more use.
class HostSocket final : public QObject
{
    Q_OBJECT
public:
    explicit HostSocket(SharedState &shared, QObject *parent = nullptr);
    ~HostSocket() override;

    void open();
    bool isReady() const { return m_step == Step::Ready; }
    bool isTls() const { return m_tls; }
    /// Looks whether the host has closed the connection while nothing was asked of it, or has sent
    /// something unasked, either of which makes it useless.
    bool isStillOpen();
    void setBusy(bool busy) { m_busy = busy; } ///< an exchange owns the socket
    QTcpSocket &socket() { return *m_socket; }
    const SecurityState &security() const { return m_security; }

Q_SIGNALS:
    void connected();
    void encrypted();
    void ready();
    void failed(const Error &error);
    void lost(); ///< closed while no exchange ran

private:
    enum class Step { Closed, Connecting, Handshaking, Judging, Ready, Ended };
    void tcpConnected();
    void tlsEncrypted();
    void judged(const Result<TrustVerdict> &verdict);
    void socketFailed();
    void idleBytes();
    void timedOut();
    void becomeReady();
    void fail(const Error &error);
    void loose();

    SharedState &m_shared;
    const std::unique_ptr<QTcpSocket> m_socket;
    QSslSocket *const m_tls; ///< the same; null without TLS, which takes long to load
    QTimer m_timer;
    SecurityState m_security;
    Step m_step = Step::Closed;
    bool m_busy = false;
    bool m_looking = false;
};
