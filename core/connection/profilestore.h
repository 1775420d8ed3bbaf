#pragma once

#include "connection/keychain.h"
#include "connection/profile.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

/// Saved connections: a plain index file (QSaveFile, 0600, `indexPath`) with what the list shows,
/// and one keychain entry a profile ("profile/ID") with its ConnectionOptions and Credential (JSON,
/// versioned). Signing in reads the entry only; an entry of another id, and an index row whose
/// `endpoint` (never written by this program) is not the entry's, are LocalProfileCorrupt.
///
/// Save: index row `pending`, entry, row `ready`. Remove: row `pending`, entry, row gone. open()
/// repairs pending rows only while a canary entry can be read, never on a missing entry alone (a
/// locked keyring says that too): with an entry it becomes ready again; without one a profile that
/// was never complete, or was being removed, goes, and an edited one is Damaged.
///
/// Without a keychain (`keychainState`) options without secrets go to a 0600 file options/ID.json
/// beside the index and passwords are asked for each time; `keychainState()` says so and the
/// programs say it aloud. Saving again once there is a keychain moves them there.
///
/// Asynchronous calls run one after another in the order they were made and answer exactly once,
/// never inside the call, and never after the store is gone. Several programs may use one
/// directory: every change of the index is made to the file as it is then. Keychain errors carry
/// the profile's name in KeychainDetails::entry, for the sentence.
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

    /// Reads the index and starts the repair if a row needs it. LocalFile when it is no index (it
    /// is kept as index.corrupt-N, and the store starts empty), when it cannot be read, or is of a
    /// newer version (it stays as it is, and every change is refused with this error).
    Done open();
    const std::vector<ProfileSummary> &profiles() const; ///< in the list's order
    std::optional<ProfileSummary> find(
        const QString &idOrName) const; ///< id, then exact name, then name ignoring case
    KeychainState keychainState() const;
    /// Reads the canary, or writes it where there is none; the desktop may ask the user to unlock.
    void probeKeychain(std::function<void(KeychainState)> answer);
    /// Locks the desktop's keychain, for every program (Keychain::lock).
    void lockKeychain(DoneAnswer answer);
    static QString defaultDirectory();

    struct Loaded
    {
        Profile profile;
        Credential credential; ///< empty unless it is stored (keychain, or remembered until quit)
        /// The shared credential is not approved for this host: `credential` is empty until
        /// approveHost().
        bool needsApproval = false;
        Error credentialError; ///< why a shared credential could not be read; `credential` is empty
    };
    /// LocalProfileUnknown, KeychainLocked, KeychainAbsent, KeychainDenied, KeychainEntryMissing
    /// (with a readable canary), KeychainCorrupt, LocalProfileCorrupt.
    void load(const QString &id, Answer<Loaded> answer);
    /// Adds (empty id: one is made) or replaces; answers with the id. An empty credential keeps
    /// what is stored unless `forgetSecret`. LocalUsage for a name that another profile has, for
    /// what normalized summaries refuse, and for an unknown shared credential. On an error the list
    /// is as it was before.
    void save(const Profile &profile, const Credential &credential, bool forgetSecret,
              Answer<QString> answer);
    /// Keeps a credential in memory until quit, for load(), without saving anything; an empty one
    /// forgets it.
    void remember(const QString &id, const Credential &credential);
    QStringList remembered() const; ///< ids of the profiles that have one, in the list's order
    void forgetRemembered();
    /// Refused while the keychain is locked or absent but holds the entry: it would stay there.
    void remove(const QString &id, DoneAnswer answer);
    void duplicate(const QString &id, const QString &newName, Answer<QString> answer);
    /// Changes only what the index shows (name, folder, tags, color, order).
    Done updateSummary(const ProfileSummary &summary);

    /// From the index, for lists; the keychain entry decides.
    const std::vector<SavedCredential> &credentials() const;
    /// Adds (empty id) or replaces, once for all profiles. An empty password keeps the stored one.
    /// approvedHosts of an existing one can only become fewer here. Needs a keychain.
    void saveCredential(const SavedCredential &credential, const Secret &password,
                        Answer<QString> answer);
    void removeCredential(const QString &id,
                          DoneAnswer answer); ///< refused while a profile uses it
    /// Removes one that is in use as well. The profiles that use it are written without it first,
    /// one after another, with its user name: they ask for the password from then on. An error
    /// stops that; what was written stays so, and the credential itself stays too.
    void forgetCredential(const QString &id, DoneAnswer answer);
    QStringList profilesUsing(const QString &credentialId) const; ///< profile ids
    /// Notes that the user allowed a shared credential on a host.
    void approveHost(const QString &credentialId, const QString &host, DoneAnswer answer);

    /// JSON for another machine, without secrets, secret storage places and credential ids:
    /// `{"format": "winrm-console profile export", "version": 1, "profiles": [{"name", "folder",
    /// "tags", "color", "order", "options": {...}}]}`, options as in optionsjson.h.
    void exportProfiles(const QStringList &ids, Answer<QByteArray> answer);
    struct Import
    {
        int added = 0;
        QStringList skipped; ///< names that exist already with other content are added under a new
                             ///< name, same are skipped
    };
    /// Adds profiles that were read from a file (profileimport/profilefile.h), none with a secret.
    /// An error of the keychain in between stops: what was added stays.
    void importProfiles(const std::vector<Profile> &profiles, Answer<Import> answer);

Q_SIGNALS:
    void changed(); ///< the list
    void keychainStateChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};
