#pragma once

#include "connection/indexfile.h"
#include "connection/profileentry.h"
#include "connection/profilestore.h"

#include <QHash>
#include <QJsonArray>

#include <deque>

/// What ProfileStore's files share. The functions ending in Now run inside a task; everything that
/// is asynchronous here captures this struct only, and the keychain, which dies with it, gives no
/// answer afterwards.
struct ProfileStore::Private
{
    using Next = std::function<void()>;
    using Task = std::function<void(Next done)>;
    using StateAnswer = std::function<void(KeychainState)>;

    Private(ProfileStore *store, std::unique_ptr<Keychain> chain, const QString &folder);

    // Tasks: one after another.
    void add(Task task);
    void startNext();
    void later(Next next); ///< from the event loop: long lists must not become deep calls
    /// A task whose answer ends it.
    template<typename Value>
    void run(std::function<void(Value)> answer,
             std::function<void(std::function<void(Value)>)> work)
    {
        add([answer = std::move(answer), work = std::move(work)](Next done) {
            work([answer, done = std::move(done)](Value value) {
                done();
                answer(std::move(value)); // the last thing: it may destroy the store
            });
        });
    }

    // Index.
    Done change(const std::function<void(ProfileIndex &)> &change);
    void refreshLists();
    std::optional<ProfileRow> row(const QString &id) const;
    Done nameIsFree(const QString &name, const QString &id) const;
    QString optionsPath(const QString &id) const;

    // Keychain.
    void setState(KeychainState state);
    void probe(StateAnswer answer);
    void writeCanary(StateAnswer answer);
    /// Only reads: true while the canary that was seen before is there.
    void canaryReadable(std::function<void(bool)> answer);
    /// Reads an entry and says why not, holding a missing or denied one against the canary.
    void readEntry(const QString &key, const QString &name, Answer<QByteArray> answer);
    void writeEntry(const QString &key, const QString &name, const QByteArray &entry,
                    DoneAnswer answer);
    /// Removes an entry and makes sure that it is gone.
    void removeEntry(const QString &key, const QString &name, DoneAnswer answer);
    /// What a keychain error comes to, given that the canary can or cannot be read.
    void explain(const Error &error, const QString &name, std::function<void(Error)> answer);

    // Profiles.
    void loadNow(const QString &id, Answer<Loaded> answer);
    void finishLoad(const ProfileRow &row, const StoredProfile &stored, Answer<Loaded> answer);
    void addSharedCredential(const std::shared_ptr<Loaded> &loaded, Answer<Loaded> answer);
    Result<StoredProfile> readOptionsFile(const ProfileRow &row) const;

    struct Saving
    {
        StoredProfile stored;
        std::optional<ProfileRow> before;
        ProfileRow row;
        bool forgetSecret = false;
        Answer<QString> answer;
    };
    using SavingPtr = std::shared_ptr<Saving>;
    void saveNow(const Profile &profile, const Credential &credential, bool forgetSecret,
                 Answer<QString> answer);
    void keepSecret(const SavingPtr &saving);
    void writePending(const SavingPtr &saving);
    void finishSave(const SavingPtr &saving, const Done &written);

    void removeNow(const QString &id, DoneAnswer answer);
    void finishRemove(const ProfileRow &row, const Done &removed, DoneAnswer answer);

    // Repair.
    bool needsRepair() const;
    void repair(Next done);
    void repairRow(const QString &id, KeychainState state, Next done);
    void judgeMissing(const ProfileRow &row, Next done);
    void repairCredential(const QString &id, Next done);
    void setRow(const ProfileRow &row, ProfileSummary::State state, ProfileRow::Place place);

    // Shared credentials.
    void saveCredentialNow(const SavedCredential &credential, const Secret &password,
                           Answer<QString> answer);
    void writeCredential(const StoredCredential &stored, bool isNew, Answer<QString> answer);
    void removeCredentialNow(const QString &id, DoneAnswer answer);
    void forgetCredentialNow(const QString &id, DoneAnswer answer);
    void leaveCredential(const QString &profileId, const SavedCredential &credential,
                         DoneAnswer answer);
    void approveHostNow(const QString &id, const QString &host, DoneAnswer answer);

    // Transfer.
    struct Importing;
    void importNext(const std::shared_ptr<Importing> &importing);
    void importOne(const std::shared_ptr<Importing> &importing, const Profile &profile);
    void exportNext(const std::shared_ptr<QStringList> &ids, const std::shared_ptr<QJsonArray> &out,
                    Answer<QByteArray> answer);

    ProfileStore *q;
    QString directory;
    IndexFile file;
    KeychainState state = KeychainState::Unknown;
    std::vector<ProfileSummary> list;
    std::vector<SavedCredential> credentialList;
    QHash<QString, Credential> remembered; ///< SecretStorage::UntilQuit, by profile
    std::deque<Task> tasks;
    bool busy = false;
    std::unique_ptr<Keychain> keychain; ///< last: it goes first, and with it all answers
};

/// KeychainAbsent or KeychainLocked.
Error stateError(ProfileStore::KeychainState state, const QString &name);
/// How a host is written in approvals: as its certificate would, else in lower case.
QString approvalName(const QString &host);
