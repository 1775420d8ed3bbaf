#pragma once

#include "common/result.h"
#include "connection/connectionoptions.h"
#include "connection/credential.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

/// A credential as it is given out, with its number: which one of the session's it is.
struct OfferedCredential
{
    Credential credential; ///< with the user's name filled in
    int number = 0;
};

/// The credential of one session. Asks its CredentialSource at most once at a time, and once more
/// after a refusal. Until the host has accepted a credential only one exchange tries it, and the
/// others wait: a wrong password is offered once, however many connections there are. After the
/// last refusal everybody gets the same error.
class CredentialKeeper final : public std::enable_shared_from_this<CredentialKeeper>
{
public:
    CredentialKeeper(const ConnectionOptions &options, CredentialSource source);

    using Given = std::function<void(const Result<OfferedCredential> &)>;
    /// Calls `given` at once or later, never after forget(owner) or the owner's end. Errors:
    /// Cancelled when the user gave up, AuthRejected and AuthNotOffered after a refusal.
    void obtain(QObject *owner, Given given);
    void forget(QObject *owner); ///< gives back what `owner` waits for or tries, undecided

    void accepted(QObject *owner); ///< the host took what `owner` offered
    void refused(QObject *owner, int number, const Error &error);
    void stop(const Error &error); ///< nothing more is offered to this host

private:
    enum class State { None, Asking, Untested, Proven, Stopped };
    struct Waiter
    {
        QPointer<QObject> owner;
        Given given;
    };
    void ask();
    void answered(std::optional<Credential> credential);
    bool isRefused(const Credential &credential) const;
    void serve();
    void serveAll(const Result<OfferedCredential> &result);
    void setStopped(const Error &error);

    const ConnectionOptions m_options;
    CredentialSource m_source;
    State m_state = State::None;
    OfferedCredential m_credential;
    Credential m_refused;
    QPointer<QObject> m_prover; ///< who tries m_credential while it is untested
    int m_refusals = 0;
    Error m_error; ///< of the last refusal
    std::vector<Waiter> m_waiters;
};
