#pragma once

#include "connection/profile.h"
#include "connection/profilestore.h"
#include "session/session.h"

#include <QObject>

#include <functional>
#include <utility>

/// One host in the window: what it is called, its session, and what is known about it. Lives as
/// long as the host stands in the Hosts tree, connected or not.
class HostConnection final : public QObject
{
    Q_OBJECT
public:
    enum class State { Disconnected, Connecting, Connected, Failed };

    /// `profile` may be unsaved (empty id). The trace outlives it.
    HostConnection(const Profile &profile, CredentialSource credentials, TrustDecider trust,
                   Trace &trace, QObject *parent = nullptr);
    ~HostConnection() override;

    const Profile &profile() const { return m_profile; }
    void setProfile(
        const Profile &profile); ///< name, tags, colour; options count from the next connect
    QString name() const;        ///< profile name, else host
    Session *session() const { return m_session; } ///< never null while Connected
    State state() const { return m_state; }
    const Error &error() const { return m_error; } ///< of State::Failed
    /// While Connected: why the newest exchange got no answer (refused, reset, closed, too late);
    /// none once something was answered again, be it with a fault. The session stays usable.
    const Error &lost() const { return m_lost; }
    bool isSaved() const { return !m_profile.summary.id.isEmpty(); }

    /// Ends in Connected or Failed. Goes through the preparation, if one is set: it reads the saved
    /// profile first and then calls openSession().
    void connectToHost();
    using Preparation = std::function<void(HostConnection *)>;
    void setPreparation(Preparation preparation) { m_preparation = std::move(preparation); }
    void openSession();        ///< Identify, signed in, with the options as they are now
    void askAgain();           ///< Identify within the session: is it there again?
    void disconnectFromHost(); ///< cancels what runs; pages keep what they show, dimmed
    void setCredentials(CredentialSource credentials, TrustDecider trust);
    void expectConnect();          ///< Connecting already, while its profile is being read
    void fail(const Error &error); ///< what stood before a connection: the profile cannot be read

Q_SIGNALS:
    void stateChanged();
    void profileChanged();
    void sessionChanged(); ///< a new session, or none
    void lostChanged();    ///< within State::Connected

private:
    void identified(Session *session, const Outcome &outcome);
    void noteAnswer(Session *session, const Outcome &outcome);
    void leave(State state, const Error &error = {});
    void setState(State state);
    Profile m_profile;
    Preparation m_preparation;
    CredentialSource m_credentials;
    TrustDecider m_trust;
    Trace &m_trace;
    Session *m_session = nullptr;
    State m_state = State::Disconnected;
    Error m_error;
    Error m_lost;
};
