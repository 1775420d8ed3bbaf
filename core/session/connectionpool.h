#pragma once

#include "session/exchange.h"
#include "transport/accessmanager.h"

#include <QObject>

#include <deque>
#include <memory>
#include <vector>

class Trace;

/// The connections of one session: opened as they are needed, at most `maxConnections`, one
/// exchange at a time on each; interactive exchanges go first, in order. What they share (accepted
/// leaf, credential, first refusal) is in the TransportContext.
class ConnectionPool final : public QObject
{
    Q_OBJECT
public:
    ConnectionPool(const ConnectionOptions &options, CredentialSource credentials,
                   TrustDecider trust, Trace *trace, QObject *parent);
    ~ConnectionPool() override;

    Exchange *send(const Request &request, const Exchange::Settings &settings);
    void closeConnections();
    bool isIdle() const; ///< nothing waits and nothing is under way
    int maxConnections() const { return m_maxConnections; }
    void setMaxConnections(int count);
    SecurityState security() const;
    const ConnectionOptions &options() const; ///< lives as long as the pool
    const QString &host() const { return m_host; }

Q_SIGNALS:
    void securityChanged();
    void idle();

private:
    friend class Exchange;
    void released(Exchange *exchange);
    void dispatch();
    int freeConnectionFor(const Exchange &exchange);

    struct Connection
    {
        AccessManager *manager = nullptr;
        Exchange *current = nullptr;
    };
    std::shared_ptr<TransportContext> m_context;
    Trace *m_trace;
    QString m_host;
    std::vector<Connection> m_connections;
    std::deque<Exchange *> m_interactive;
    std::deque<Exchange *> m_background;
    int m_maxConnections = 4;
    int m_newest = -1;
    bool m_dispatching = false;
};
