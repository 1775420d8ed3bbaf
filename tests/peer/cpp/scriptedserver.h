#pragma once

#include "peer/cpp/testcertificate.h"

#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

/// One request as the server read it: head complete, body as long as its Content-Length.
struct ScriptedRequest
{
    int connection = 0; ///< counts from 1
    int number = 0;     ///< counts from 1 over all connections
    QByteArray head;    ///< without the empty line
    QByteArray body;
    QByteArray field(const QByteArray &name) const; ///< empty when absent
};

/// The server's end of a connection, for an answer to write to.
class ScriptedPeer
{
public:
    explicit ScriptedPeer(QTcpSocket *socket)
        : m_socket(socket)
    { }
    void write(const QByteArray &bytes) const;
    void reply(const QByteArray &body, int status = 200, const QByteArray &fields = {}) const;
    void close() const; ///< after what was written
    void reset() const; ///< at once, with RST
    bool isOpen() const;

private:
    QPointer<QTcpSocket> m_socket;
};

/// A loopback host in the test's own thread. It reads whole requests, keeps them, and calls
/// `answer` for each; or hands over connections and bytes raw. It never asserts: tests do.
class ScriptedServer final : public QObject
{
    Q_OBJECT
public:
    using Answer = std::function<void(const ScriptedRequest &, const ScriptedPeer &)>;

    explicit ScriptedServer(std::optional<TestCertificate> identity = std::nullopt,
                            QObject *parent = nullptr);
    ~ScriptedServer() override;

    quint16 port() const;
    void setAnswer(Answer answer);
    /// Called for a connection before a byte was read; false keeps HTTP off it.
    void setAccepted(std::function<bool(const ScriptedPeer &)> accepted);
    /// The next connections present this one.
    void setIdentity(const TestCertificate &identity, const QList<QSslCertificate> &chain = {});

    const std::vector<ScriptedRequest> &requests() const { return m_requests; }
    int connections() const { return m_connections; } ///< accepted by TCP
    int openConnections() const { return m_open; }
    int bodies(const QByteArray &body) const;           ///< how often exactly this body has come
    qint64 bytesReceived() const { return m_received; } ///< decrypted, over all connections
    void closeAll();

Q_SIGNALS:
    void requestRead(int number);
    void disconnected();

private:
    struct Client;
    void tcpAccepted(qintptr descriptor);
    void start(const std::shared_ptr<Client> &client);
    void read(const std::shared_ptr<Client> &client);
    friend class ScriptedListener;

    std::unique_ptr<QTcpServer> m_listener;
    std::optional<TestCertificate> m_identity;
    QList<QSslCertificate> m_chain;
    Answer m_answer;
    std::function<bool(const ScriptedPeer &)> m_accepted;
    std::vector<ScriptedRequest> m_requests;
    std::vector<std::shared_ptr<Client>> m_clients;
    int m_connections = 0;
    int m_open = 0;
    qint64 m_received = 0;
};

/// "HTTP/1.1 STATUS R", `fields` (each ended by CRLF), Content-Length and the body.
QByteArray httpReply(const QByteArray &body, int status = 200, const QByteArray &fields = {});
