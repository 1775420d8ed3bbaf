#include "transport/hostchannel.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int maxOpened = 6; ///< connections in one turn

} // namespace

HostChannel::HostChannel(std::shared_ptr<TransportContext> context, QObject *parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_shared(TransportShared::of(*m_context))
{
    connect(m_shared.stop.get(), &SessionStop::stopped, this, &HostChannel::sessionStopped);
}

HostChannel::~HostChannel()
{
    if (m_turn)
        m_shared.credentials->forget(m_turn.get());
    delete m_handshake;
    delete m_exchange;
    // Also those that only wait for deletion: they speak to the context, which must outlive them.
    qDeleteAll(findChildren<HostSocket *>(Qt::FindDirectChildrenOnly));
}

void HostChannel::enqueue(SocketReply *reply)
{
    connect(reply, &SocketReply::cancelled, this, [this, reply] { leave(reply); });
    connect(reply, &QObject::destroyed, this, &HostChannel::leave);
    m_queue.push_back(reply);
    nextLater();
}

void HostChannel::leave(QObject *reply)
{
    std::erase_if(m_queue, [reply](SocketReply *queued) { return queued == reply; });
    if (m_current != reply)
        return;
    m_current = nullptr;
    if (!m_waiting) // a connection that only waited for a password is as good as before
        dropConnection();
    endTurn();
}

void HostChannel::nextLater()
{
    if (std::exchange(m_nextDue, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_nextDue = false;
            next();
        },
        Qt::QueuedConnection);
}

void HostChannel::next()
{
    if (m_current || m_queue.empty())
        return;
    m_current = m_queue.front();
    m_queue.pop_front();
    if (m_current->isDone()) { // refused before its turn
        endTurn();
        return;
    }
    m_turn = std::make_unique<QObject>();
    m_tries = {};
    m_current->startClock();
    if (m_shared.stop->error())
        finish(m_shared.stop->error());
    else
        proceed();
}

/// Does the next thing that is missing: connection, credential, sign-in, or the exchange itself.
void HostChannel::proceed()
{
    if (!m_current || m_waiting || m_handshake || m_exchange || m_working)
        return;
    const bool used = m_connection && m_connection->isReady() && m_tries.opened == 0;
    if ((used && !m_connection->isStillOpen()) || isSignInOver())
        dropConnection();
    const bool settled = m_signIn || m_current->isAnonymous();
    const auto way = settled ? Result<SignInWay>(SignInWay::None)
                             : signInWay(connectionOptions(), m_shared.lesson);
    if (!way)
        finish(way.error());
    else if (!m_connection)
        openConnection();
    else if (!m_connection->isReady())
        return;
    else if (mustSignIn(*way))
        signIn(*way);
    else
        send();
}

void HostChannel::openConnection()
{
    if (++m_tries.opened > maxOpened) {
        finish(Error::of(Error::Kind::Connection, Cause::NetClosed,
                         u"the host closes every connection before it is used"_s));
        return;
    }
    ++m_count;
    m_connection = new HostSocket(m_shared, this);
    connect(m_connection, &HostSocket::connected, this, [this] {
        if (m_current)
            m_current->mark(&ExchangeTimes::connected);
    });
    connect(m_connection, &HostSocket::encrypted, this, [this] {
        m_security = m_connection->security();
        if (m_current)
            m_current->mark(&ExchangeTimes::encrypted);
    });
    connect(m_connection, &HostSocket::ready, this, &HostChannel::connectionReady);
    connect(m_connection, &HostSocket::failed, this, &HostChannel::connectionFailed);
    connect(m_connection, &HostSocket::lost, this, [this] {
        dropConnection();
        proceed();
    });
    m_connection->open();
}

void HostChannel::connectionReady()
{
    m_security = m_connection->security();
    if (m_connection->isTls()) {
        m_shared.rememberHttps();
        m_shared.returnToHttps();
    } else if (m_shared.lesson.noHttps) {
        m_security.notes.push_back(SecurityNote::NoHttps);
    }
    proceed();
}

void HostChannel::connectionFailed(const Error &error)
{
    const bool tls = m_connection && m_connection->isTls();
    dropConnection();
    if (!m_current)
        return;
    const Done http = !tls      ? Done(error)
        : !m_shared.options.tls ? Done() // another connection has found it out
                                : m_shared.fallToHttp(error);
    if (http) {
        proceed();
        return;
    }
    if (!tls && m_shared.lesson.noHttps)
        m_shared.returnToHttps(); // it is not there at all
    finish(http.error());
}

void HostChannel::dropConnection()
{
    if (SignInHandshake *handshake = std::exchange(m_handshake, nullptr)) {
        handshake->disconnect(this);
        handshake->deleteLater();
    }
    dropExchange();
    m_signIn.reset();
    m_working = false;
    if (!m_connection)
        return;
    HostSocket *connection = std::exchange(m_connection, nullptr);
    connection->disconnect(this);
    m_shared.trust->forget(connection);
    connection->setBusy(true); // its end is no news
    connection->socket().abort();
    connection->deleteLater();
}

void HostChannel::dropExchange()
{
    if (HttpExchange *exchange = std::exchange(m_exchange, nullptr)) {
        exchange->stop();
        exchange->disconnect(this);
        exchange->deleteLater();
    }
}

/// What is under way on this connection cannot be told from what somebody has made up.
void HostChannel::sessionStopped()
{
    dropConnection();
    if (m_current)
        finish(m_shared.stop->error());
}

/// Hands a 401 on after all: nobody will make it good.
void HostChannel::publishHeld()
{
    if (!m_heldHead.status)
        return;
    m_current->setHead(m_heldHead);
    m_current->addBody(m_heldBody);
}

void HostChannel::finish(Error error)
{
    SocketReply *reply = std::exchange(m_current, nullptr);
    if (error && error.host.isEmpty())
        error.host = m_shared.options.host;
    if (reply) {
        reply->disconnect(this);
        reply->finishLater(error);
    }
    endTurn();
}

void HostChannel::endTurn()
{
    m_current = nullptr;
    m_waiting = false;
    m_offer.reset();
    m_heldHead = {};
    m_heldBody.clear();
    m_sealedBody.clear();
    if (auto turn = std::move(m_turn))
        m_shared.credentials->forget(turn.get());
    nextLater();
}

void HostChannel::disconnectFromHost()
{
    const auto queued = m_queue;
    for (SocketReply *reply : queued)
        reply->abort();
    if (m_current)
        m_current->abort();
    dropConnection();
}
