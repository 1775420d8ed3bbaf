#include "auth/channelbinding.h"
#include "http/authchallenge.h"
#include "transport/hostchannel.h"

using namespace Qt::StringLiterals;

namespace {

/// A ticket is not used in its last moments: the request has to reach the host in time.
constexpr int lastSeconds = 5;

/// Somebody has looked at the password and said no; another one may do.
bool isRefusal(Cause cause)
{
    return cause == Cause::AuthRejected || cause == Cause::KrbWrongPassword
        || cause == Cause::KrbUserUnknown;
}

/// No password will do.
bool isEndOfAccount(Cause cause)
{
    return cause == Cause::KrbPasswordExpired || cause == Cause::KrbAccountLocked;
}

/// Kerberos has nothing to do with this user or this computer.
bool saysNothingOfKerberos(Cause cause)
{
    return cause == Cause::AuthUserForm || cause == Cause::KrbConfiguration
        || cause == Cause::KrbRealmUnknown;
}

} // namespace

ConnectionOptions HostChannel::connectionOptions() const
{
    ConnectionOptions options = m_shared.options;
    if (m_connection)
        options.tls = m_connection->isTls();
    return options;
}

bool HostChannel::mustSignIn(SignInWay way) const
{
    return (way == SignInWay::Basic && !m_offer) || (way == SignInWay::Context && !m_signIn);
}

bool HostChannel::isSignInOver() const
{
    if (!m_signIn)
        return false;
    const QDateTime expires = m_signIn->facts().expires;
    return expires.isValid() && QDateTime::currentDateTimeUtc().secsTo(expires) < lastSeconds;
}

void HostChannel::signIn(SignInWay way)
{
    if (!m_offer && (way == SignInWay::Basic || !m_shared.options.userName.isEmpty()))
        getCredential();
    else
        startHandshake();
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
        const auto way = signInWay(connectionOptions(), m_shared.lesson);
        if (way && *way == SignInWay::Basic && m_offer->credential.userName.contains(u':'))
            finish(Error::of(Error::Kind::Local, Cause::OptionsRefused,
                             u"a user name with a colon cannot sign in with Basic"_s,
                             RuleDetails{.rule = u"basic.colon_in_user"_s}));
        else
            proceed();
    });
}

void HostChannel::startHandshake()
{
    if (!m_offer && m_shared.lesson.ticketRefused) {
        finish(m_shared.lesson.ticketRefused);
        return;
    }
    auto wishes = signInFor(connectionOptions(), m_shared.lesson, m_offer);
    if (!wishes) {
        noMechanismLeft(wishes.error());
        return;
    }
    if (m_connection->isTls()) {
        wishes->channelBinding = tlsServerEndPoint(m_connection->security().certificate.der);
        if (wishes->channelBinding.isEmpty())
            m_security.notes.push_back(SecurityNote::NoChannelBinding);
    }
    HttpRequest request = m_current->http();
    request.host = hostField(m_shared.options);
    m_scheme = wishes->scheme;
    m_hasNtlmLeft = wishes->allowKerberos && wishes->allowNtlm;
    const auto span = m_shared.options.operationTimeout + m_shared.options.networkDelay;
    m_handshake = new SignInHandshake(m_connection->socket(), request, *wishes, span, this);
    connect(m_handshake, &SignInHandshake::finished, this, &HostChannel::handshakeFinished);
    m_connection->setBusy(true);
    m_handshake->start();
}

void HostChannel::handshakeFinished(const SignInEnd &end)
{
    SignInHandshake *handshake = std::exchange(m_handshake, nullptr);
    handshake->deleteLater();
    m_connection->setBusy(false);
    m_heldHead = end.head.status == 401 ? end.head : HttpHead();
    m_heldBody = end.head.status == 401 ? end.body : QByteArray();
    if (end.error.cause == Cause::AuthRejected && !end.judged && m_hasNtlmLeft) {
        // The KDC has seen the password, the host only a ticket that it has no use for.
        m_shared.lesson.noKerberos = true;
        startOver();
        return;
    }
    switch (end.kind) {
    case SignInEnd::Kind::Complete:
        m_signIn = handshake->takeContext();
        signedIn();
        proceed();
        break;
    case SignInEnd::Kind::NotOffered:
        notOffered(end);
        break;
    case SignInEnd::Kind::Refused:
        credentialRefused(end.error);
        break;
    case SignInEnd::Kind::Closed:
        if (!std::exchange(m_tries.restarted, true))
            startOver();
        else
            signInFailed(end.error, end.judged);
        break;
    case SignInEnd::Kind::Failed:
        signInFailed(end.error, end.judged);
        break;
    }
}

void HostChannel::signedIn()
{
    const ContextFacts &facts = m_signIn->facts();
    const bool tls = m_connection->isTls();
    m_security.mechanism = mechanismName(facts.mechanism);
    m_security.scheme = QString::fromLatin1(schemeName(m_scheme));
    m_security.identity = facts.identity;
    m_security.service = facts.service;
    m_security.signInExpires = facts.expires;
    if (!tls)
        m_security.sealing = (m_security.mechanism + u' ' + facts.encryption).trimmed();
    if (facts.becameNtlm || m_shared.lesson.noKerberos)
        m_security.notes.push_back(SecurityNote::BecameNtlm);
    if (facts.otherService)
        m_security.notes.push_back(SecurityNote::OtherServiceName);
    if (!tls && facts.mechanism == Mechanism::Ntlm)
        m_security.notes.push_back(SecurityNote::HostUnverified);
    if (m_offer)
        m_shared.credentials->accepted(m_turn.get());
    else
        m_shared.lesson.usedTicket = true;
}

/// The host does not know the scheme. It may know the other one, or only Basic.
void HostChannel::notOffered(const SignInEnd &end)
{
    const ConnectionOptions options = connectionOptions();
    const auto challenges = readChallenges(end.head.all("WWW-Authenticate"));
    const HttpScheme otherScheme = m_scheme == HttpScheme::Negotiate ? HttpScheme::Kerberos
                                                                     : HttpScheme::Negotiate;
    const bool other = offersScheme(challenges, schemeName(otherScheme));
    if (basicMayFollow(options) && !other && offersScheme(challenges, "Basic")) {
        m_shared.lesson.basicOnly = true;
        if (end.keepAlive)
            proceed();
        else
            startOver();
    } else if (other && mayUseKerberos(options) && m_tries.schemes++ == 0) {
        m_shared.lesson.scheme = otherScheme;
        startOver();
    } else {
        signInFailed(end.error);
    }
}

void HostChannel::startOver()
{
    dropConnection();
    proceed();
}

/// It did not come to a clear judgement. A password that the host has seen is not shown again.
void HostChannel::signInFailed(const Error &error, bool judged)
{
    dropConnection();
    const ConnectionOptions &options = m_shared.options;
    const bool password = m_offer && !m_offer->credential.isEmpty();
    const bool withheldNtlm = password && !m_security.tls && !options.unverifiedHost
        && options.authentication != Authentication::Kerberos;
    if (isRefusal(error.cause) && password) {
        credentialRefused(error);
        return;
    }
    if (password && (judged || isEndOfAccount(error.cause) || error.cause == Cause::AuthNotOffered))
        m_shared.credentials->stop(error);
    publishHeld();
    if (withheldNtlm && saysNothingOfKerberos(error.cause))
        finish(unverifiedHost(error.message));
    else
        finish(error);
}

/// Automatic, where everything may travel in the clear, still has Basic.
void HostChannel::noMechanismLeft(const Error &error)
{
    const bool basic = basicMayFollow(connectionOptions()) && !m_connection->isTls();
    if (!basic) {
        signInFailed(error);
        return;
    }
    m_shared.lesson.basicOnly = true;
    proceed();
}

void HostChannel::credentialRefused(const Error &error)
{
    dropConnection(); // what has judged one credential does not judge the next
    if (!m_offer) {
        m_shared.lesson.ticketRefused = error;
        publishHeld();
        finish(error);
        return;
    }
    const int number = std::exchange(m_offer, std::nullopt)->number;
    m_shared.credentials->refused(m_turn.get(), number, error);
    getCredential();
}
