#include "hosts/hostconnection.h"

#include "session/identifyoperation.h"

#include <utility>

namespace {

/// Nothing came, or not all of it: of the way to the host, not of what was asked.
bool isUnanswered(const Error &error)
{
    return error.kind == Error::Kind::Connection || error.kind == Error::Kind::Timeout
        || error.cause == Cause::HttpTruncated;
}

} // namespace

HostConnection::HostConnection(const Profile &profile, CredentialSource credentials,
                               TrustDecider trust, Trace &trace, QObject *parent)
    : QObject(parent)
    , m_profile(profile)
    , m_credentials(std::move(credentials))
    , m_trust(std::move(trust))
    , m_trace(trace)
{ }

HostConnection::~HostConnection() = default; // the session, a child, ends without signals

void HostConnection::setProfile(const Profile &profile)
{
    m_profile = profile;
    Q_EMIT profileChanged();
}

QString HostConnection::name() const
{
    return m_profile.summary.name.isEmpty() ? m_profile.options.displayHost()
                                            : m_profile.summary.name;
}

void HostConnection::setCredentials(CredentialSource credentials, TrustDecider trust)
{
    m_credentials = std::move(credentials);
    m_trust = std::move(trust);
}

void HostConnection::expectConnect()
{
    if (m_state != State::Connected)
        setState(State::Connecting);
}

void HostConnection::fail(const Error &error)
{
    leave(State::Failed, error);
}

void HostConnection::connectToHost()
{
    if (m_session || m_state == State::Connecting)
        return;
    if (m_preparation)
        m_preparation(this);
    else
        openSession();
}

void HostConnection::openSession()
{
    if (m_session)
        return;
    auto *session = new Session(m_profile.options, m_credentials, m_trust, &m_trace, this);
    m_session = session;
    setState(State::Connecting);
    Q_EMIT sessionChanged();
    connect(session, &Session::operationFinished, this,
            [this, session](Operation *, const Outcome &outcome) { noteAnswer(session, outcome); });
    auto *identify = new IdentifyOperation(session);
    connect(identify, &Operation::finished, this,
            [this, session](const Outcome &outcome) { identified(session, outcome); });
    identify->start();
}

void HostConnection::identified(Session *session, const Outcome &outcome)
{
    if (session != m_session)
        return; // of a connection that was given up
    if (outcome)
        setState(State::Connected);
    else if (outcome.error.kind == Error::Kind::Cancelled)
        disconnectFromHost(); // who gives the sign-in up has seen nothing fail
    else
        fail(outcome.error);
}

void HostConnection::askAgain()
{
    if (m_session)
        (new IdentifyOperation(m_session))->start();
}

void HostConnection::noteAnswer(Session *session, const Outcome &outcome)
{
    const Error &error = outcome.error;
    if (session != m_session || m_state != State::Connected || error.kind == Error::Kind::Cancelled
        || error.kind == Error::Kind::Local)
        return; // says nothing of the host
    const bool unanswered = isUnanswered(error);
    const bool changed = unanswered != bool(m_lost) || (unanswered && error.cause != m_lost.cause);
    m_lost = unanswered ? error : Error();
    if (changed)
        Q_EMIT lostChanged();
}

void HostConnection::disconnectFromHost()
{
    leave(State::Disconnected);
}

void HostConnection::leave(State state, const Error &error)
{
    // Session and state change together: whoever hears of one may ask for the other.
    Session *session = std::exchange(m_session, nullptr);
    const bool changed = m_state != state || state == State::Failed;
    m_state = state;
    m_error = error;
    m_lost = {};
    if (session)
        Q_EMIT sessionChanged();
    if (changed)
        Q_EMIT stateChanged();
    if (!session)
        return;
    session->close();
    session->deleteLater(); // one of its operations may be the caller
}

void HostConnection::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    m_error = {};
    m_lost = {};
    Q_EMIT stateChanged();
}
