#include "session/connectionpool.h"

#include <algorithm>

ConnectionPool::ConnectionPool(const ConnectionOptions &options, CredentialSource credentials,
                               TrustDecider trust, Trace *trace, QObject *parent)
    : QObject(parent)
    , m_context(
          std::make_shared<TransportContext>(options, std::move(credentials), std::move(trust)))
    , m_trace(trace)
    , m_host(options.displayHost())
{ }

ConnectionPool::~ConnectionPool()
{
    // Exchanges before the managers they use.
    const auto exchanges = findChildren<Exchange *>(Qt::FindDirectChildrenOnly);
    for (Exchange *exchange : exchanges) {
        exchange->blockSignals(true);
        delete exchange;
    }
    for (const Connection &connection : m_connections)
        delete connection.manager;
}

Exchange *ConnectionPool::send(const Request &request, const Exchange::Settings &settings)
{
    auto *exchange = new Exchange(this, request, settings, m_trace);
    auto &queue = settings.priority == Operation::Priority::Interactive ? m_interactive
                                                                        : m_background;
    queue.push_back(exchange);
    QMetaObject::invokeMethod(this, &ConnectionPool::dispatch, Qt::QueuedConnection);
    return exchange;
}

int ConnectionPool::freeConnectionFor(const Exchange &exchange)
{
    const int wanted = exchange.m_settings.connection;
    if (wanted >= 0 && wanted < int(m_connections.size()))
        return m_connections[std::size_t(wanted)].current ? -1 : wanted;
    const auto free = std::ranges::find(m_connections, nullptr, &Connection::current);
    if (free != m_connections.end())
        return int(free - m_connections.begin());
    if (int(m_connections.size()) >= m_maxConnections)
        return -1;
    auto *manager = new AccessManager(m_context, this);
    m_connections.push_back({.manager = manager});
    return int(m_connections.size()) - 1;
}

void ConnectionPool::dispatch()
{
    if (m_dispatching)
        return;
    m_dispatching = true;
    for (auto *queue : {&m_interactive, &m_background}) {
        for (auto next = queue->begin(); next != queue->end();) {
            Exchange *exchange = *next;
            const int connection = freeConnectionFor(*exchange);
            if (connection < 0) {
                ++next;
                continue;
            }
            next = queue->erase(next);
            Connection &chosen = m_connections[std::size_t(connection)];
            chosen.current = exchange;
            m_newest = connection;
            exchange->begin(*chosen.manager, connection);
        }
    }
    m_dispatching = false;
}

void ConnectionPool::released(Exchange *exchange)
{
    std::erase(m_interactive, exchange);
    std::erase(m_background, exchange);
    for (Connection &connection : m_connections) {
        if (connection.current == exchange)
            connection.current = nullptr;
    }
    Q_EMIT securityChanged();
    QMetaObject::invokeMethod(this, &ConnectionPool::dispatch, Qt::QueuedConnection);
    if (isIdle())
        Q_EMIT idle();
}

void ConnectionPool::closeConnections()
{
    for (const Connection &connection : m_connections) {
        if (!connection.current)
            connection.manager->disconnectFromHost();
    }
}

bool ConnectionPool::isIdle() const
{
    return m_interactive.empty() && m_background.empty()
        && std::ranges::all_of(m_connections, [](const Connection &c) { return !c.current; });
}

void ConnectionPool::setMaxConnections(int count)
{
    m_maxConnections = std::clamp(count, 1, 16);
}

const ConnectionOptions &ConnectionPool::options() const
{
    return m_context->options();
}

SecurityState ConnectionPool::security() const
{
    return m_newest < 0 ? SecurityState{}
                        : m_connections[std::size_t(m_newest)].manager->security();
}
