#pragma once

#include "connection/keychain.h"
#include "connection/profile.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

/// Saved connections: a plain index file (QSaveFile, 0600, `indexPath`) with what the list shows,
/// and one keychain entry a profile with its ConnectionOptions and Credential (JSON, versioned).
/// Signing in reads the entry only; an index that says otherwise about the endpoint is an error for
/// the caller (LocalProfileCorrupt).
///
/// Save: index row `pending`, entry, row `ready`. Remove: row `pending`, entry, row gone. Repair of
/// pending rows only while a canary entry can be read, never on a missing entry alone (a locked
/// keyring says that too).
///
/// Without a keychain (`keychainState`) options without secrets go to a 0600 file beside the index
/// and passwords are asked for each time; `keychainState()` says so and the programs say it aloud.
class ProfileStore : public QObject
{
    Q_OBJECT
public:
    enum class KeychainState { Unknown, Ready, Locked, Absent };

    template<typename T>
    using Answer = std::function<void(Result<T>)>;
    using DoneAnswer = std::function<void(Done)>;

    /// `directory`: where index.json lives (QStandardPaths::AppConfigLocation in the programs).
    ProfileStore(std::unique_ptr<Keychain> keychain, const QString &directory,
                 QObject *parent = nullptr);
    ~ProfileStore() override;

    /// Reads the index. Kind::Local when it cannot be read or is no index (it is then kept under
    /// another name).
    Done open();
    const std::vector<ProfileSummary> &profiles() const; ///< in the list's order
    std::optional<ProfileSummary> find(
        const QString &idOrName) const; ///< id, then exact name, then name ignoring case
    KeychainState keychainState() const;
    void probeKeychain(std::function<void(KeychainState)> answer);
    static QString defaultDirectory();

    struct Loaded
    {
        Profile profile;
        Credential credential; ///< empty unless it is stored (keychain, or remembered until quit)
    };
    void load(const QString &id, Answer<Loaded> answer);
    /// Adds (empty id: one is made) or replaces. An empty credential keeps what is stored unless
    /// `forgetSecret`.
    void save(const Profile &profile, const Credential &credential, bool forgetSecret,
              Answer<QString> answer);
    void remove(const QString &id, DoneAnswer answer);
    void duplicate(const QString &id, const QString &newName, Answer<QString> answer);
    /// Changes only what the index shows (name, folder, tags, color, order).
    Done updateSummary(const ProfileSummary &summary);

    const std::vector<SavedCredential> &credentials() const;
    void saveCredential(const SavedCredential &credential, const Secret &password,
                        Answer<QString> answer);
    void removeCredential(const QString &id,
                          DoneAnswer answer); ///< refused while a profile uses it
    QStringList profilesUsing(const QString &credentialId) const; ///< profile ids
    /// Notes that the user allowed a shared credential on a host.
    void approveHost(const QString &credentialId, const QString &host, DoneAnswer answer);

    /// JSON for another machine, without secrets, secret storage places and credential ids.
    void exportProfiles(const QStringList &ids, Answer<QByteArray> answer);
    struct Import
    {
        int added = 0;
        QStringList skipped; ///< names that exist already with other content are added under a new
                             ///< name, same are skipped
    };
    void importProfiles(const QByteArray &json, Answer<Import> answer);

Q_SIGNALS:
    void changed(); ///< the list
    void keychainStateChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};
