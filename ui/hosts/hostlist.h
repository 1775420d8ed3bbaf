#pragma once

#include "connection/profilestore.h"
#include "hosts/hostconnection.h"

#include <QObject>

#include <unordered_map>
#include <unordered_set>
#include <vector>

class HostQuestions;

/// All hosts of the window: one for each saved profile, and those that are not saved. Connects them
/// with what the profile store knows and with what the user answers. Nothing here connects by
/// itself.
class HostList final : public QObject
{
    Q_OBJECT
public:
    HostList(ProfileStore &store, Trace &trace, HostQuestions &questions,
             QObject *parent = nullptr);
    ~HostList() override;

    const std::vector<HostConnection *> &hosts() const { return m_hosts; }
    HostConnection *forProfile(const QString &id) const; ///< null: none; an empty id finds nothing

    /// A host that is not saved (a profile without id), or null when the profile's id is unknown.
    /// The credential is kept in memory for as long as the host stands in the list.
    HostConnection *add(const Profile &profile, const Credential &credential);
    /// For the next connection of a saved host whose store keeps none; forgotten after it.
    void useOnce(HostConnection *host, const Credential &credential);
    void remove(HostConnection *host); ///< disconnects; a saved one comes back with the next sync
    void sync();                       ///< after the store has changed
    /// Removes from memory what is kept until quit: of saved connections, of hosts that are not
    /// saved, and what was typed for one sign-in. What is connected keeps its password until it is
    /// disconnected. How many there were.
    int forgetPasswords();
    ProfileStore &store() const { return m_store; }

Q_SIGNALS:
    void added(HostConnection *host);
    void aboutToRemove(HostConnection *host);
    void stateChanged(HostConnection *host);
    void lostChanged(HostConnection *host); ///< HostConnection::lost
    void profileChanged(HostConnection *host);
    void asking(HostConnection *host, bool asking); ///< a question of its sign-in, while it is open

private:
    HostConnection *create(const Profile &profile, const Credential &credential);
    void prepare(HostConnection *host);
    void loaded(HostConnection *host, const ProfileStore::Loaded &loaded);
    void connectWith(HostConnection *host, const Profile &profile, const Credential &credential);
    CredentialSource credentialSource(HostConnection *host, const Credential &stored);
    TrustDecider trustDecider(HostConnection *host);
    void pin(HostConnection *host, const QByteArray &sha256);

    ProfileStore &m_store;
    Trace &m_trace;
    HostQuestions &m_questions;
    std::vector<HostConnection *> m_hosts;
    std::unordered_map<const HostConnection *, Credential> m_once;
    std::unordered_set<const HostConnection *> m_keeping; ///< not saved, with a password
};
