#include "auth/kerberosfacts.h"
#include "auth/sealedmessage.h"
#include "http/authchallenge.h"
#include "http/httpbody.h"
#include "transport/hostchannel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxHeld = 1 << 20;   ///< bytes of a 401's body that are kept
constexpr qint64 maxReserved = 16 << 20; ///< a promise is no reason to take more memory

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

bool isField(const QByteArray &name, QByteArrayView other)
{
    return name.compare(other, Qt::CaseInsensitive) == 0;
}

QByteArray charsetOf(const HttpRequest &http)
{
    for (const auto &[name, value] : http.fields) {
        if (isField(name, "Content-Type") && value.toLower().contains("utf-16"))
            return "UTF-16";
    }
    return "UTF-8";
}

/// The request as the host gets to see it: nobody else reads what it says of its body.
HttpRequest sealedRequest(HttpRequest http, HttpScheme scheme, const QByteArray &body)
{
    std::erase_if(http.fields, [](const auto &field) {
        return isField(field.first, "Content-Type") || isField(field.first, "WSMANIDENTIFY");
    });
    http.fields.emplace_back("Content-Type", sealedContentType(scheme));
    http.body = body;
    return http;
}

/// The head as if the body had come plain.
HttpHead plainHead(HttpHead head, const QByteArray &contentType, qsizetype size)
{
    std::erase_if(head.headers, [](const auto &field) {
        return isField(field.first, "Content-Type") || isField(field.first, "Content-Length")
            || isField(field.first, "Transfer-Encoding");
    });
    head.headers.emplace_back("Content-Type", contentType);
    head.headers.emplace_back("Content-Length", QByteArray::number(size));
    return head;
}

QByteArray contentTypeOf(const SealedMessage &message)
{
    const QByteArray type = message.contentType.isEmpty() ? "application/soap+xml"
                                                          : message.contentType;
    return message.charset.isEmpty() ? type : type + ";charset=" + message.charset;
}

/// What a host that wants a sign-in lacks when nobody was named and there is no ticket.
Cause missingSignIn(const ConnectionOptions &options, const HttpHead &head)
{
    const auto challenges = readChallenges(head.all("WWW-Authenticate"));
    const bool takesTickets = offersScheme(challenges, "Negotiate")
        || offersScheme(challenges, "Kerberos");
    if (options.authentication != Authentication::Automatic || !takesTickets)
        return Cause::AuthRequired;
    const auto ticket = currentTicket();
    if (ticket && ticket->isExpired())
        return Cause::KrbTicketExpired;
    return ticket && ticket->isUsable() ? Cause::KrbAddress : Cause::KrbNoTicket;
}

} // namespace

void HostChannel::send()
{
    m_heldHead = {};
    m_heldBody.clear();
    m_sealedBody.clear();
    m_sealed = isSealing();
    if (m_sealed) {
        sealAndSend();
        return;
    }
    HttpRequest http = m_current->http();
    http.host = hostField(m_shared.options);
    if (m_offer && !m_signIn) {
        const QByteArray pair = m_offer->credential.userName.toUtf8() + ':'
            + m_offer->credential.password.reveal();
        http.fields.emplace_back("Authorization", "Basic " + pair.toBase64());
    } else if (!m_signIn) {
        m_security.mechanism = u"none"_s;
    }
    start(http);
}

void HostChannel::sealAndSend()
{
    m_working = true;
    m_signIn->seal(m_current->http().body, [this](const Result<SealedParts> &parts) {
        m_working = false;
        if (!parts) {
            dropConnection();
            finish(parts.error());
            return;
        }
        const QByteArray body = writeSealedBody(m_scheme, charsetOf(m_current->http()), *parts);
        HttpRequest http = sealedRequest(m_current->http(), m_scheme, body);
        http.host = hostField(m_shared.options);
        start(http);
    });
}

void HostChannel::start(const HttpRequest &http)
{
    const QByteArray request = http.bytes();
    if (request.isEmpty()) {
        if (m_sealed) // the seal's count has gone on without the host
            dropConnection();
        finish(Error::of(Error::Kind::Local, Cause::LocalUsage,
                         u"the request's head has characters that cannot be sent"_s));
        return;
    }
    const auto span = m_shared.options.operationTimeout + m_shared.options.networkDelay;
    m_exchange = new HttpExchange(m_connection->socket(), {}, {.deadline = span, .silence = span},
                                  this);
    SocketReply *reply = m_current;
    reply->setConnection(m_count);
    reply->setRequestSent();
    reply->setSealing(m_sealed ? m_security.sealing : QString());
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
    const HttpHead &head = m_exchange->head();
    if (head.status == 401)
        return;
    if (!m_sealed)
        m_current->setHead(head);
    else if (!isSealedContentType(head.header("Content-Type")))
        sealFailed(Error::of(Error::Kind::Protocol, Cause::SealMissing));
    else if (const qint64 size = m_exchange->contentLength().value_or(0); size <= maxReserved)
        m_sealedBody.reserve(size);
}

void HostChannel::readBody()
{
    const QByteArray body = m_exchange->takeBody();
    if (m_exchange->head().status == 401) {
        m_heldBody += body.left(std::max<qsizetype>(maxHeld - m_heldBody.size(), 0));
        return;
    }
    if (m_sealed) {
        m_sealedBody += body;
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
    const bool forgets = m_signIn && head.hasToken("Persistent-Auth", "false");
    const bool keep = m_exchange->keepAlive() && !forgets;
    dropExchange();
    if (!error && m_sealed && head.status != 401) {
        openSealed(head, keep);
        return;
    }
    if (m_connection)
        m_connection->setBusy(false);
    const bool signedIn = m_signIn != nullptr;
    if (!keep)
        dropConnection();
    if (error) {
        finish(error);
        return;
    }
    if (head.status == 401) {
        m_heldHead = head;
        if (signedIn && !m_current->isAnonymous())
            unauthorized();
        else
            basicRefused();
        return;
    }
    if (isRedirect(head.status)) {
        finish(Error::of(Error::Kind::Protocol, Cause::HttpRedirect, {}, httpDetails(head)));
        return;
    }
    if (m_offer && !signedIn) {
        m_shared.credentials->accepted(m_turn.get());
        m_security.mechanism = m_security.scheme = u"Basic"_s;
        m_security.identity = m_offer->credential.userName;
    }
    finish({});
}

/// The connection counts as busy until the context, which goes with it, has done its work.
void HostChannel::openSealed(const HttpHead &head, bool keep)
{
    const auto message = readSealedBody(head.header("Content-Type"), m_sealedBody);
    m_sealedBody.clear();
    if (!message) {
        sealFailed(message.error());
        return;
    }
    m_working = true;
    m_signIn->unseal(
        message->parts,
        [this, head, keep, type = contentTypeOf(*message)](const Result<QByteArray> &plain) {
            m_working = false;
            if (!plain) {
                sealFailed(plain.error());
                return;
            }
            m_connection->setBusy(false);
            if (!keep)
                dropConnection();
            m_current->setHead(plainHead(head, type, plain->size()));
            m_current->addBody(*plain);
            if (m_current) // who was told may have left
                finish({});
        });
}

void HostChannel::sealFailed(const Error &error)
{
    Error placed = error;
    placed.host = m_shared.options.host;
    m_shared.stop->stop(placed); // also ends what runs here
}

/// A 401 to a request of a connection that is signed in: the host has forgotten that, and has not
/// done what was asked.
void HostChannel::unauthorized()
{
    if (m_sealed && !m_heldBody.isEmpty()) {
        sealFailed(Error::of(Error::Kind::Protocol, Cause::SealMissing));
        return;
    }
    const Error error = authError(Cause::AuthRejected, wayName(m_shared.options), m_heldHead);
    dropConnection();
    if (std::exchange(m_tries.renewed, true))
        finish(error);
    else
        proceed();
}

void HostChannel::basicRefused()
{
    const auto challenges = readChallenges(m_heldHead.all("WWW-Authenticate"));
    const bool basic = challenges.empty() || offersScheme(challenges, "Basic");
    if (!m_offer) {
        publishHeld();
        finish(authError(missingSignIn(m_shared.options, m_heldHead), u"none"_s, m_heldHead));
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
