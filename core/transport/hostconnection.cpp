#include "transport/hostconnection.h"

#include "common/log.h"
#include "http/socketerror.h"

#include <QNetworkProxy>
#include <QSslCipher>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 socketBuffer = 1 << 20; ///< what the socket reads ahead of us at most

QString versionText(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLS 1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLS 1.3"_s;
    default:
        return u"TLS"_s;
    }
}

/// As DNS and certificates write it; address literals stay as they are.
QString asciiHost(const QString &host)
{
    const QString ace = QString::fromLatin1(QUrl::toAce(host));
    return ace.isEmpty() ? host : ace;
}

/// A QSslSocket loads and readies the TLS library as soon as it is made.
std::unique_ptr<QTcpSocket> makeSocket(bool tls)
{
    if (tls)
        return std::make_unique<QSslSocket>();
    return std::make_unique<QTcpSocket>();
}

} // namespace

HostSocket::HostSocket(SharedState &shared, QObject *parent)
    : QObject(parent)
    , m_shared(shared)
    , m_socket(makeSocket(shared.options.tls))
    , m_tls(qobject_cast<QSslSocket *>(m_socket.get()))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HostSocket::timedOut);
    connect(m_socket.get(), &QAbstractSocket::connected, this, &HostSocket::tcpConnected);
    if (m_tls)
        connect(m_tls, &QSslSocket::encrypted, this, &HostSocket::tlsEncrypted);
    connect(m_socket.get(), &QAbstractSocket::errorOccurred, this, &HostSocket::socketFailed);
    connect(m_socket.get(), &QAbstractSocket::disconnected, this, &HostSocket::loose);
    connect(m_socket.get(), &QIODevice::readyRead, this, &HostSocket::idleBytes);
}

HostSocket::~HostSocket()
{
    m_shared.trust->forget(this);
    m_socket->disconnect(this);
    m_socket->abort();
}

void HostSocket::open()
{
    m_step = Step::Connecting;
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setReadBufferSize(socketBuffer);
    const ConnectionOptions &options = m_shared.options;
    const QString host = asciiHost(options.host);
    m_timer.start(options.connectTimeout);
    m_looking = true;
    if (!m_tls) {
        m_socket->connectToHost(host, options.effectivePort());
    } else if (const auto configuration = m_shared.trust->configuration()) {
        m_tls->setSslConfiguration(*configuration);
        m_tls->connectToHostEncrypted(host, options.effectivePort());
    } else {
        QMetaObject::invokeMethod(
            this, [this, error = configuration.error()] { fail(error); }, Qt::QueuedConnection);
    }
    m_looking = false;
}

void HostSocket::tcpConnected()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    Q_EMIT connected();
    if (m_tls)
        m_step = Step::Handshaking;
    else
        becomeReady();
}

void HostSocket::tlsEncrypted()
{
    if (m_step != Step::Handshaking) // no later handshake may change what was judged
        return;
    m_timer.stop();
    m_step = Step::Judging;
    m_security.tls = true;
    m_security.tlsVersion = versionText(m_tls->sessionProtocol());
    m_security.cipher = m_tls->sessionCipher().name();
    const QSslCertificate leaf = m_tls->peerCertificate();
    m_security.certificate = certificateFacts(leaf.toDer());
    Q_EMIT encrypted();
    m_shared.trust->judge(this, leaf, m_tls->sslHandshakeErrors(),
                          [this](const Result<TrustVerdict> &verdict) { judged(verdict); });
}

void HostSocket::judged(const Result<TrustVerdict> &verdict)
{
    if (m_step != Step::Judging)
        return;
    if (!verdict) {
        fail(verdict.error());
        return;
    }
    m_security.pinned = verdict->pinned;
    m_security.trustedOnce = verdict->once;
    m_security.checksSkipped = verdict->skipped;
    m_step = Step::Ready;
    if (isStillOpen())
        becomeReady();
    else // it was closed while the question was open; the answer counts for the next one
        loose();
}

void HostSocket::becomeReady()
{
    m_timer.stop();
    m_step = Step::Ready;
    Q_EMIT ready();
}

bool HostSocket::isStillOpen()
{
    if (m_step != Step::Ready)
        return false;
    m_looking = true;
    // Twice: the last bytes of the host (TLS' goodbye) and the end itself.
    for (int i = 0; i < 2 && m_socket->state() == QAbstractSocket::ConnectedState; ++i)
        m_socket->waitForReadyRead(0);
    m_looking = false;
    return m_socket->state() == QAbstractSocket::ConnectedState && m_socket->bytesAvailable() == 0;
}

void HostSocket::socketFailed()
{
    if (m_step == Step::Connecting || m_step == Step::Handshaking) {
        const Error error = socketError(*m_socket,
                                        m_step == Step::Connecting ? SocketPhase::Connecting
                                                                   : SocketPhase::Handshaking);
        QMetaObject::invokeMethod(
            this, [this, error] { fail(error); }, Qt::QueuedConnection);
    } else if (m_socket->state() != QAbstractSocket::ConnectedState) {
        loose();
    }
}

/// The connection ended, or became useless, where nothing had been asked.
void HostSocket::loose()
{
    if (m_step != Step::Ready || m_busy || m_looking)
        return;
    m_step = Step::Ended;
    Q_EMIT lost();
}

void HostSocket::idleBytes()
{
    if (!m_busy && !m_looking && m_step == Step::Ready && m_socket->bytesAvailable() > 0) {
        qCInfo(logTransport) << "the host sent bytes that nobody asked for";
        m_socket->abort();
        loose();
    }
}

void HostSocket::timedOut()
{
    const auto span = m_shared.options.connectTimeout.count();
    if (m_step == Step::Connecting)
        fail(Error::of(Error::Kind::Connection, Cause::NetTimeout,
                       u"no connection within %1 ms"_s.arg(span)));
    else
        fail(Error::of(Error::Kind::Timeout, Cause::TimeoutDeadline,
                       QString::number(double(span) / 1000)));
}

void HostSocket::fail(const Error &error)
{
    if (m_step == Step::Ended)
        return;
    m_step = Step::Ended;
    m_timer.stop();
    m_socket->abort();
    Q_EMIT failed(error);
}
