#pragma once

#include "http/httpexchange.h"
#include "transport/hostconnection.h"
#include "transport/socketreply.h"

#include <QPointer>

#include <deque>

/// Runs replies one after the other on one connection: opens it, has the certificate judged, gets
/// the credential, sends once, reads. Everything that AccessManager promises happens here.
class HostChannel final : public QObject
{
    Q_OBJECT
public:
    explicit HostChannel(std::shared_ptr<TransportContext> context, QObject *parent = nullptr);
    ~HostChannel() override;

    void enqueue(SocketReply *reply);
    bool isBusy() const { return m_current || !m_queue.empty(); }
    bool isConnected() const { return m_connection && m_connection->isReady(); }
    SecurityState security() const { return m_security; }
    int connectionCount() const { return m_count; }
    void disconnectFromHost(); ///< what runs ends as cancelled

private:
    void leave(QObject *reply); ///< it was aborted or destroyed
    void nextLater();
    void next();
    void proceed();
    void openConnection();
    void connectionReady();
    void connectionFailed(const Error &error);
    void dropConnection();
    void dropExchange();
    void getCredential();
    void send();
    QByteArray requestBytes() const;
    void readHead();
    void readBody();
    void exchangeFinished();
    void signInRefused();
    void publishHeld();
    void finish(Error error);
    void endTurn();

    std::shared_ptr<TransportContext> m_context;
    SharedState &m_shared;
    std::deque<SocketReply *> m_queue;
    SocketReply *m_current = nullptr;
    std::unique_ptr<QObject> m_turn; ///< stands for the current exchange where it has to wait
    HostSocket *m_connection = nullptr;
    HttpExchange *m_exchange = nullptr;
    std::optional<OfferedCredential> m_offer; ///< what the current exchange signs in with
    HttpHead m_heldHead;                      ///< of a 401 that another credential may make good
    QByteArray m_heldBody;
    SecurityState m_security;
    int m_count = 0;
    int m_opened = 0;       ///< in this turn
    bool m_waiting = false; ///< for a credential
    bool m_nextDue = false;
};
