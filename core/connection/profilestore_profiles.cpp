// ProfileStore: load, save and remove one profile.

#include "connection/privatefile.h"
#include "connection/profilestore_p.h"

using namespace Qt::StringLiterals;

namespace {

Error unknown(const QString &id)
{
    return Error::of(Error::Kind::Local, Cause::LocalProfileUnknown, {}, RuleDetails{id});
}

Error corruptProfile(const QString &name, const QString &what)
{
    return Error::of(Error::Kind::Local, Cause::LocalProfileCorrupt, what,
                     KeychainDetails{name, what});
}

} // namespace

void ProfileStore::Private::loadNow(const QString &id, Answer<Loaded> answer)
{
    const auto row = this->row(id);
    if (!row)
        return answer(unknown(id));
    if (row->place == ProfileRow::Place::File) {
        const auto stored = readOptionsFile(*row);
        return stored ? finishLoad(*row, *stored, std::move(answer)) : answer(stored.error());
    }
    const QString name = row->summary.name;
    readEntry(profileKey(id), name, [=, this, row = *row](Result<QByteArray> entry) {
        if (!entry)
            return answer(entry.error());
        auto stored = profileFromEntry(*entry, row.summary.id);
        wipe(*entry);
        if (stored)
            return finishLoad(row, *stored, answer);
        Error error = stored.error();
        std::get<KeychainDetails>(error.details).entry = name;
        answer(error);
    });
}

Result<StoredProfile> ProfileStore::Private::readOptionsFile(const ProfileRow &row) const
{
    const QString &name = row.summary.name;
    const auto bytes = readPrivateFile(optionsPath(row.summary.id), maxEntryBytes);
    if (!bytes)
        return bytes.error();
    if (!*bytes)
        return corruptProfile(name, u"its options file is missing"_s);
    const auto stored = profileFromEntry(**bytes, row.summary.id);
    if (!stored)
        return corruptProfile(name, stored.error().message);
    return stored;
}

void ProfileStore::Private::finishLoad(const ProfileRow &row, const StoredProfile &stored,
                                       Answer<Loaded> answer)
{
    const auto loaded = std::make_shared<Loaded>();
    loaded->profile = stored.profile;
    loaded->profile.summary = row.summary;
    if (!row.endpoint.isEmpty() && row.endpoint != stored.profile.options.displayHost())
        return answer(corruptProfile(row.summary.name,
                                     u"the list names another host than the saved options"_s));
    if (!stored.profile.credentialId.isEmpty())
        return addSharedCredential(loaded, std::move(answer));
    loaded->credential = remembered.value(row.summary.id);
    if (loaded->credential.isEmpty())
        loaded->credential = stored.credential;
    answer(std::move(*loaded));
}

void ProfileStore::Private::addSharedCredential(const std::shared_ptr<Loaded> &loaded,
                                                Answer<Loaded> answer)
{
    const QString id = loaded->profile.credentialId;
    readEntry(credentialKey(id), loaded->profile.summary.name, [=](Result<QByteArray> entry) {
        const auto stored = entry ? credentialFromEntry(*entry, id)
                                  : Result<StoredCredential>(entry.error());
        if (entry)
            wipe(*entry);
        if (!stored) {
            loaded->credentialError = stored.error();
        } else if (stored->credential.approvedHosts.contains(
                       approvalName(loaded->profile.options.host))) {
            loaded->credential = {stored->credential.userName, stored->password};
        } else {
            loaded->needsApproval = true;
        }
        answer(std::move(*loaded));
    });
}

void ProfileStore::Private::saveNow(const Profile &profile, const Credential &credential,
                                    bool forgetSecret, Answer<QString> answer)
{
    const auto saving = std::make_shared<Saving>();
    saving->stored = {profile, credential};
    saving->forgetSecret = forgetSecret;
    saving->answer = std::move(answer);
    QString &id = saving->stored.profile.summary.id;
    saving->before = row(id);
    if (const Done usable = file.usable(); !usable)
        return saving->answer(usable.error());
    if (!id.isEmpty() && !saving->before)
        return saving->answer(unknown(id));
    if (id.isEmpty())
        id = newId();
    const auto summary = normalizedSummary(saving->stored.profile.summary);
    if (!summary)
        return saving->answer(summary.error());
    if (const Done free = nameIsFree(summary->name, id); !free)
        return saving->answer(free.error());
    const QString &shared = profile.credentialId;
    ProfileIndex index = file.index();
    if (!shared.isEmpty() && !index.findCredential(shared))
        return saving->answer(Error::of(Error::Kind::Local, Cause::LocalUsage,
                                        u"there is no saved credential of this id"_s));
    saving->row.summary = saving->stored.profile.summary = *summary;
    saving->row.credentialId = shared;
    probe([this, saving, name = summary->name](KeychainState found) {
        if (found == KeychainState::Locked)
            return saving->answer(stateError(found, name));
        saving->row.place = found == KeychainState::Ready ? ProfileRow::Place::Keychain
                                                          : ProfileRow::Place::File;
        keepSecret(saving);
    });
}

/// Where no new secret is given, the one that is stored stays.
void ProfileStore::Private::keepSecret(const SavingPtr &saving)
{
    const Profile &profile = saving->stored.profile;
    const QString id = profile.summary.id;
    if (!profile.credentialId.isEmpty() || saving->forgetSecret) {
        saving->stored.credential = {};
        return writePending(saving);
    }
    if (!saving->stored.credential.isEmpty() || !saving->before)
        return writePending(saving);
    if (remembered.contains(id)) {
        saving->stored.credential = remembered.value(id);
        return writePending(saving);
    }
    if (saving->before->place != ProfileRow::Place::Keychain
        || saving->row.place != ProfileRow::Place::Keychain)
        return writePending(saving);
    readEntry(profileKey(id), profile.summary.name, [this, saving, id](Result<QByteArray> entry) {
        const auto old = entry ? profileFromEntry(*entry, id)
                               : Result<StoredProfile>(entry.error());
        if (entry)
            wipe(*entry);
        const bool unreadable = !entry && entry.error().cause != Cause::KeychainEntryMissing;
        if (unreadable)
            return saving->answer(entry.error());
        if (old)
            saving->stored.credential = old->credential;
        writePending(saving);
    });
}

void ProfileStore::Private::writePending(const SavingPtr &saving)
{
    StoredProfile stored = saving->stored;
    const bool inKeychain = saving->row.place == ProfileRow::Place::Keychain;
    if (!inKeychain || stored.profile.storage != SecretStorage::Keychain)
        stored.credential = {};
    auto entry = profileToEntry(stored);
    if (!entry)
        return saving->answer(entry.error());
    ProfileRow &row = saving->row;
    row.summary.state = ProfileSummary::State::Pending;
    row.change = saving->before ? ProfileRow::Change::Edit : ProfileRow::Change::New;
    const Done pending = change([&](ProfileIndex &index) { index.put(row); });
    if (!pending)
        return saving->answer(pending.error());
    const QString id = row.summary.id;
    if (!inKeychain)
        return finishSave(saving, writePrivateFile(optionsPath(id), *entry));
    writeEntry(profileKey(id), row.summary.name, *entry,
               [this, saving](const Done &written) { finishSave(saving, written); });
    wipe(*entry);
}

void ProfileStore::Private::finishSave(const SavingPtr &saving, const Done &written)
{
    const QString id = saving->row.summary.id;
    saving->row.summary.state = ProfileSummary::State::Ready;
    saving->row.change = ProfileRow::Change::None;
    const Done ended = change([&](ProfileIndex &index) {
        if (written)
            index.put(saving->row);
        else if (saving->before)
            index.put(*saving->before);
        else
            index.erase(id);
    });
    if (!written || !ended)
        return saving->answer(written ? ended.error() : written.error());
    const StoredProfile &stored = saving->stored;
    if (stored.profile.storage == SecretStorage::UntilQuit && !stored.credential.isEmpty())
        remembered.insert(id, stored.credential);
    else
        remembered.remove(id);
    if (saving->row.place == ProfileRow::Place::Keychain)
        static_cast<void>(removePrivateFile(optionsPath(id)).error());
    saving->answer(id);
}

void ProfileStore::Private::removeNow(const QString &id, DoneAnswer answer)
{
    const auto known = row(id);
    if (!known)
        return answer(unknown(id));
    probe([this, id, row = *known, answer = std::move(answer)](KeychainState found) {
        const bool fileOnly = found == KeychainState::Absent
            && row.place == ProfileRow::Place::File;
        if (found != KeychainState::Ready && !fileOnly)
            return answer(stateError(found, row.summary.name));
        const Done pending = change([&](ProfileIndex &index) {
            if (ProfileRow *changed = index.find(id)) {
                changed->summary.state = ProfileSummary::State::Pending;
                changed->change = ProfileRow::Change::Remove;
            }
        });
        if (!pending || fileOnly)
            return pending ? finishRemove(row, {}, answer) : answer(pending);
        removeEntry(profileKey(id), row.summary.name,
                    [this, row, answer](const Done &done) { finishRemove(row, done, answer); });
    });
}

void ProfileStore::Private::finishRemove(const ProfileRow &row, const Done &removed,
                                         DoneAnswer answer)
{
    const QString id = row.summary.id;
    const Done fileRemoved = removed ? removePrivateFile(optionsPath(id)) : removed;
    const Done ended = change([&](ProfileIndex &index) {
        if (fileRemoved)
            index.erase(id);
        else
            index.put(row);
    });
    if (fileRemoved)
        remembered.remove(id);
    answer(fileRemoved ? ended : fileRemoved);
}
