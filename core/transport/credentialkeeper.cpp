#include "transport/credentialkeeper.h"

#include "transport/signinway.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxRefusals = 2; ///< one more question after the first

} // namespace

CredentialKeeper::CredentialKeeper(const ConnectionOptions &options, CredentialSource source)
    : m_options(options)
    , m_source(std::move(source))
{ }

void CredentialKeeper::obtain(QObject *owner, Given given)
{
    m_waiters.push_back({owner, std::move(given)});
    if (m_state == State::None)
        ask();
    else
        serve();
}

void CredentialKeeper::forget(QObject *owner)
{
    std::erase_if(m_waiters, [owner](const Waiter &w) { return !w.owner || w.owner == owner; });
    if (m_prover == owner)
        m_prover = nullptr;
    serve();
}

void CredentialKeeper::accepted(QObject *owner)
{
    if (m_state != State::Untested || m_prover != owner)
        return;
    m_prover = nullptr;
    m_state = State::Proven;
    serve();
}

void CredentialKeeper::refused(QObject *owner, int number, const Error &error)
{
    const bool tried = m_state == State::Untested && m_prover == owner;
    if (number != m_credential.number || (!tried && m_state != State::Proven))
        return; // another connection has learned it first
    m_prover = nullptr;
    m_error = error;
    m_refused = std::exchange(m_credential.credential, {});
    m_state = State::None;
    if (++m_refusals >= maxRefusals)
        setStopped(error);
}

void CredentialKeeper::stop(const Error &error)
{
    m_prover = nullptr;
    setStopped(error);
}

void CredentialKeeper::setStopped(const Error &error)
{
    m_credential.credential = {};
    m_error = error;
    m_state = State::Stopped;
    serve();
}

void CredentialKeeper::ask()
{
    m_state = State::Asking;
    const CredentialRequest request{.host = m_options.host,
                                    .userName = m_options.userName,
                                    .previousRefused = m_refusals > 0,
                                    .ticketUsable = m_refusals == 0 && ticketServes(m_options)};
    // The answer may outlive the session, and may be given twice by mistake.
    auto once = std::make_shared<bool>(false);
    auto answer = [weak = weak_from_this(), once](std::optional<Credential> credential) {
        const auto self = weak.lock();
        if (self && !std::exchange(*once, true))
            self->answered(std::move(credential));
    };
    if (m_source)
        m_source(request, std::move(answer));
    else
        answer(std::nullopt);
}

bool CredentialKeeper::isRefused(const Credential &credential) const
{
    return m_refusals > 0 && credential.userName == m_refused.userName
        && credential.password.reveal() == m_refused.password.reveal();
}

void CredentialKeeper::answered(std::optional<Credential> credential)
{
    if (m_state != State::Asking)
        return;
    if (credential && credential->userName.isEmpty())
        credential->userName = m_options.userName;
    if (credential && !isRefused(*credential)) {
        m_credential = {*std::move(credential), m_credential.number + 1};
        m_state = State::Untested;
        serve();
    } else if (m_refusals > 0) {
        setStopped(m_error);
    } else {
        m_state = State::None;
        serveAll(Error::cancelled());
    }
}

/// Gives to those who wait what there is to give.
void CredentialKeeper::serve()
{
    std::erase_if(m_waiters, [](const Waiter &w) { return !w.owner; });
    if (m_waiters.empty())
        return;
    if (m_state == State::Stopped) {
        serveAll(m_error);
    } else if (m_state == State::Proven) {
        serveAll(m_credential);
    } else if (m_state == State::None) {
        ask();
    } else if (m_state == State::Untested && !m_prover) {
        const Waiter first = std::move(m_waiters.front());
        m_waiters.erase(m_waiters.begin());
        m_prover = first.owner;
        first.given(m_credential);
    }
}

void CredentialKeeper::serveAll(const Result<OfferedCredential> &result)
{
    const auto keep = shared_from_this();
    for (const Waiter &waiter : std::exchange(m_waiters, {}))
        if (waiter.owner)
            waiter.given(result);
}
