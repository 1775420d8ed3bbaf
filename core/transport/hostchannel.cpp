#include "transport/hostchannel.h"

#include "http/authchallenge.h"
#include "http/httpbody.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxOpened = 4;           ///< connections in one turn, before anything was sent
constexpr qsizetype maxHeld = 1 << 20; ///< bytes of a 401's body that are kept

Error authError(Cause cause, const QString &mechanism, const HttpHead &head)
{
    return Error::of(
        Error::Kind::Authentication, cause, QString::fromLatin1(head.reason),
        AuthDetails{.mechanism = mechanism,
                    .offered = schemeNames(readChallenges(head.all("WWW-Authenticate")))});
}

bool isRedirect(int status)
{
    return status >= 300 && status < 400 && status != 304;
}

} // namespace

HostChannel::HostChannel(std::shared_ptr<TransportContext> context, QObject *parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_shared(TransportShared::of(*m_context))
{ }

HostChannel::~HostChannel()
{
    if (m_turn)
        m_shared.credentials->forget(m_turn.get());
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
    m_opened = 0;
    m_current->startClock();
    const ConnectionOptions &options = m_shared.options;
    if (!options.tls && !options.allowClearText && !m_current->isAnonymous())
        finish(Error::of(Error::Kind::Local, Cause::OptionsClearText));
    else
        proceed();
}

/// Does the next thing that is missing: connection, credential, or the exchange itself.
void HostChannel::proceed()
{
    if (!m_current || m_waiting || m_exchange)
        return;
    const bool used = m_connection && m_connection->isReady() && m_opened == 0;
    if (used && !m_connection->isStillOpen())
        dropConnection();
    if (!m_connection)
        openConnection();
    else if (!m_connection->isReady())
        return;
    else if (m_shared.signsIn() && !m_current->isAnonymous() && !m_offer)
        getCredential();
    else
        send();
}

void HostChannel::openConnection()
{
    if (++m_opened > maxOpened) {
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
    m_security.mechanism = u"none"_s;
    proceed();
}

void HostChannel::connectionFailed(const Error &error)
{
    dropConnection();
    if (m_current)
        finish(error);
}

void HostChannel::dropConnection()
{
    dropExchange();
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

void HostChannel::getCredential()
{
    m_waiting = true;
    m_shared.credentials->obtain(m_turn.get(), [this](const Result<OfferedCredential> &credential) {
        m_waiting = false;
        if (!credential) {
            publishHeld();
            finish(credential.error());
            return;
        }
        m_offer = *credential;
        if (m_offer->credential.userName.contains(u':'))
            finish(Error::of(Error::Kind::Local, Cause::OptionsRefused,
                             u"a user name with a colon cannot sign in with Basic"_s,
                             RuleDetails{.rule = u"basic.colon_in_user"_s}));
        else
            proceed();
    });
}

QByteArray HostChannel::requestBytes() const
{
    HttpRequest http = m_current->http();
    if (m_offer) {
        const QByteArray pair = m_offer->credential.userName.toUtf8() + ':'
            + m_offer->credential.password.reveal();
        http.fields.emplace_back("Authorization", "Basic " + pair.toBase64());
    }
    return http.bytes();
}

void HostChannel::send()
{
    const QByteArray request = requestBytes();
    if (request.isEmpty()) {
        finish(Error::of(Error::Kind::Local, Cause::LocalUsage,
                         u"the request's head has characters that cannot be sent"_s));
        return;
    }
    m_heldHead = {};
    m_heldBody.clear();
    if (m_offer) {
        m_security.mechanism = u"Basic"_s;
        m_security.identity = m_offer->credential.userName;
    }
    const auto span = m_shared.options.operationTimeout + m_shared.options.networkDelay;
    m_exchange = new HttpExchange(m_connection->socket(), {}, {.deadline = span, .silence = span},
                                  this);
    SocketReply *reply = m_current;
    reply->setConnection(m_count);
    reply->setRequestSent();
    connect(&m_connection->socket(), &QIODevice::bytesWritten, m_exchange,
            [reply = QPointer(reply)](qint64 bytes) {
                if (reply)
                    reply->addBytesSent(bytes);
            });
    connect(m_exchange, &HttpExchange::sent, reply, [reply] { reply->mark(&ExchangeTimes::sent); });
    connect(m_exchange, &HttpExchange::firstByte, reply,
            [reply] { reply->mark(&ExchangeTimes::firstByte); });
    connect(m_exchange, &HttpExchange::headRead, this, &HostChannel::readHead);
    connect(m_exchange, &HttpExchange::bodyRead, this, &HostChannel::readBody);
    connect(m_exchange, &HttpExchange::finished, this, &HostChannel::exchangeFinished);
    connect(reply, &SocketReply::drained, m_exchange, [this] { m_exchange->setPaused(false); });
    m_connection->setBusy(true);
    m_exchange->start(request);
}

void HostChannel::readHead()
{
    if (m_exchange->head().status != 401)
        m_current->setHead(m_exchange->head());
}

void HostChannel::readBody()
{
    const QByteArray body = m_exchange->takeBody();
    if (m_exchange->head().status == 401) {
        m_heldBody += body.left(std::max<qsizetype>(maxHeld - m_heldBody.size(), 0));
        return;
    }
    m_current->addBody(body);
    if (m_current && m_current->isFull() && m_exchange)
        m_exchange->setPaused(true);
}

void HostChannel::exchangeFinished()
{
    const Error error = m_exchange->error();
    const HttpHead head = m_exchange->head();
    const bool keep = m_exchange->keepAlive();
    dropExchange();
    if (m_connection)
        m_connection->setBusy(false);
    if (!keep)
        dropConnection();
    if (error) {
        finish(error);
        return;
    }
    if (head.status == 401) {
        m_heldHead = head;
        signInRefused();
        return;
    }
    if (isRedirect(head.status)) {
        finish(Error::of(Error::Kind::Protocol, Cause::HttpRedirect, {}, httpDetails(head)));
        return;
    }
    if (m_offer)
        m_shared.credentials->accepted(m_turn.get());
    finish({});
}

void HostChannel::signInRefused()
{
    const auto challenges = readChallenges(m_heldHead.all("WWW-Authenticate"));
    const bool basic = challenges.empty()
        || std::ranges::any_of(challenges, [](const auto &c) { return c.is("Basic"); });
    if (!m_offer) {
        publishHeld();
        finish(authError(Cause::AuthRequired, u"none"_s, m_heldHead));
    } else if (!basic) {
        const Error error = authError(Cause::AuthNotOffered, u"basic"_s, m_heldHead);
        m_shared.credentials->stop(error);
        publishHeld();
        finish(error);
    } else {
        const int number = std::exchange(m_offer, std::nullopt)->number;
        m_shared.credentials->refused(m_turn.get(), number,
                                      authError(Cause::AuthRejected, u"basic"_s, m_heldHead));
        getCredential();
    }
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
