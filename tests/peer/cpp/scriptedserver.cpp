#include "peer/cpp/scriptedserver.h"

#include <QSslConfiguration>
#include <QSslSocket>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

#include <algorithm>

class ScriptedListener final : public QTcpServer
{
public:
    explicit ScriptedListener(ScriptedServer &server)
        : m_server(server)
    { }

protected:
    void incomingConnection(qintptr descriptor) override { m_server.tcpAccepted(descriptor); }

private:
    ScriptedServer &m_server;
};

struct ScriptedServer::Client
{
    int number = 0;
    QSslSocket socket;
    QByteArray buffer;
    bool raw = false;
};

QByteArray ScriptedRequest::field(const QByteArray &name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

QByteArray httpReply(const QByteArray &body, int status, const QByteArray &fields)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " R\r\n" + fields
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

void ScriptedPeer::write(const QByteArray &bytes) const
{
    if (m_socket)
        m_socket->write(bytes);
}

void ScriptedPeer::reply(const QByteArray &body, int status, const QByteArray &fields) const
{
    write(httpReply(body, status, fields));
}

void ScriptedPeer::close() const
{
    if (m_socket)
        m_socket->disconnectFromHost();
}

void ScriptedPeer::reset() const
{
    if (!m_socket)
        return;
#ifdef Q_OS_UNIX
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
#endif
    m_socket->abort();
}

bool ScriptedPeer::isOpen() const
{
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

ScriptedServer::ScriptedServer(std::optional<TestCertificate> identity, QObject *parent)
    : QObject(parent)
    , m_listener(std::make_unique<ScriptedListener>(*this))
    , m_identity(std::move(identity))
{
    m_listener->listen(QHostAddress::LocalHost);
}

ScriptedServer::~ScriptedServer()
{
    for (const auto &client : m_clients)
        client->socket.disconnect(this);
}

quint16 ScriptedServer::port() const
{
    return m_listener->serverPort();
}

void ScriptedServer::setAnswer(Answer answer)
{
    m_answer = std::move(answer);
}

void ScriptedServer::setAccepted(std::function<bool(const ScriptedPeer &)> accepted)
{
    m_accepted = std::move(accepted);
}

void ScriptedServer::setIdentity(const TestCertificate &identity,
                                 const QList<QSslCertificate> &chain)
{
    m_identity = identity;
    m_chain = chain;
}

int ScriptedServer::bodies(const QByteArray &body) const
{
    return int(std::ranges::count(m_requests, body, &ScriptedRequest::body));
}

void ScriptedServer::closeAll()
{
    for (const auto &client : m_clients)
        client->socket.disconnectFromHost();
}

void ScriptedServer::tcpAccepted(qintptr descriptor)
{
    auto client = std::make_shared<Client>();
    client->number = ++m_connections;
    ++m_open;
    m_clients.push_back(client);
    client->socket.setSocketDescriptor(descriptor);
    client->socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(&client->socket, &QAbstractSocket::disconnected, this, [this] {
        --m_open;
        Q_EMIT disconnected();
    });
    if (m_accepted && !m_accepted(ScriptedPeer(&client->socket)))
        client->raw = true;
    if (!m_identity || client->raw) {
        start(client);
        return;
    }
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QList{m_identity->certificate} + m_chain);
    configuration.setPrivateKey(m_identity->key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    client->socket.setSslConfiguration(configuration);
    connect(&client->socket, &QSslSocket::encrypted, this, [this, client] { start(client); });
    client->socket.startServerEncryption();
}

void ScriptedServer::start(const std::shared_ptr<Client> &client)
{
    connect(&client->socket, &QIODevice::readyRead, this, [this, client] { read(client); });
    if (client->socket.bytesAvailable() > 0)
        read(client);
}

void ScriptedServer::read(const std::shared_ptr<Client> &client)
{
    const QByteArray bytes = client->socket.readAll();
    m_received += bytes.size();
    if (client->raw)
        return;
    client->buffer += bytes;
    for (;;) {
        const qsizetype end = client->buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        ScriptedRequest request{.connection = client->number,
                                .number = int(m_requests.size()) + 1,
                                .head = client->buffer.left(end)};
        const qsizetype size = request.field("Content-Length").toLongLong();
        if (client->buffer.size() < end + 4 + size)
            return;
        request.body = client->buffer.mid(end + 4, size);
        client->buffer.remove(0, end + 4 + size);
        m_requests.push_back(request);
        Q_EMIT requestRead(request.number);
        if (m_answer)
            m_answer(request, ScriptedPeer(&client->socket));
    }
}
