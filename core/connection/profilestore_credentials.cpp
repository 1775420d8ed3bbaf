// ProfileStore: credentials that several profiles share.

#include "connection/profilestore_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

Error refused(const QString &what)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, what, RuleDetails{u"credential"_s});
}

QStringList approvalNames(const QStringList &hosts)
{
    QStringList names;
    for (const QString &host : hosts) {
        if (!names.contains(approvalName(host)) && names.size() < 1000)
            names.append(approvalName(host));
    }
    return names;
}

} // namespace

QString approvalName(const QString &host)
{
    const QString name = ConnectionOptions{.host = host}.certificateName();
    return name.isEmpty() ? host.toLower() : name;
}

void ProfileStore::Private::saveCredentialNow(const SavedCredential &credential,
                                              const Secret &password, Answer<QString> answer)
{
    StoredCredential stored{credential, password};
    stored.credential.label = credential.label.trimmed();
    stored.credential.approvedHosts = approvalNames(credential.approvedHosts);
    const bool isNew = credential.id.isEmpty();
    ProfileIndex index = file.index();
    if (const Done usable = file.usable(); !usable)
        return answer(usable.error());
    if (!isNew && !index.findCredential(credential.id))
        return answer(refused(u"there is no saved credential of this id"_s));
    if (stored.credential.label.isEmpty() || credential.label.size() > 255
        || credential.userName.size() > 1024)
        return answer(refused(u"a credential needs a label of at most 255 characters"_s));
    if (isNew)
        stored.credential.id = newId();
    probe([=, this](KeychainState found) {
        if (found != KeychainState::Ready)
            return answer(stateError(found, {}));
        if (isNew)
            return writeCredential(stored, true, answer);
        const QString &id = stored.credential.id;
        readEntry(credentialKey(id), stored.credential.label, [=, this](Result<QByteArray> entry) {
            const auto old = entry ? credentialFromEntry(*entry, id)
                                   : Result<StoredCredential>(entry.error());
            if (entry)
                wipe(*entry);
            if (!entry && entry.error().cause != Cause::KeychainEntryMissing)
                return answer(entry.error());
            StoredCredential merged = stored;
            if (old && merged.password.isEmpty())
                merged.password = old->password;
            // Approvals come from the entry: the caller's may stem from the plain index.
            const QStringList known = old ? old->credential.approvedHosts : QStringList();
            QStringList &hosts = merged.credential.approvedHosts;
            hosts.removeIf([&](const QString &host) { return !known.contains(host); });
            writeCredential(merged, false, answer);
        });
    });
}

void ProfileStore::Private::writeCredential(const StoredCredential &stored, bool isNew,
                                            Answer<QString> answer)
{
    auto entry = credentialToEntry(stored);
    if (!entry)
        return answer(entry.error());
    const QString id = stored.credential.id;
    const Done pending = change([&](ProfileIndex &index) {
        if (auto *row = index.findCredential(id))
            row->pending = true;
        else
            index.credentials.push_back({stored.credential, true});
    });
    if (!pending)
        return answer(pending.error());
    writeEntry(credentialKey(id), stored.credential.label, *entry, [=, this](const Done &written) {
        const Done ended = change([&](ProfileIndex &index) {
            auto *row = index.findCredential(id);
            if (!written && isNew)
                index.eraseCredential(id);
            else if (row)
                *row = {written ? stored.credential : row->credential, false};
        });
        if (!written || !ended)
            return answer(written ? ended.error() : written.error());
        answer(id);
    });
    wipe(*entry);
}

void ProfileStore::Private::removeCredentialNow(const QString &id, DoneAnswer answer)
{
    ProfileIndex index = file.index();
    const CredentialRow *row = index.findCredential(id);
    if (!row)
        return answer(refused(u"there is no saved credential of this id"_s));
    if (const auto users = q->profilesUsing(id).size(); users > 0)
        return answer(refused(u"the credential is used by %1 profile(s)"_s.arg(users)));
    const QString label = row->credential.label;
    probe([=, this](KeychainState found) {
        if (found != KeychainState::Ready)
            return answer(stateError(found, {}));
        const Done pending = change([&](ProfileIndex &changed) {
            if (auto *marked = changed.findCredential(id))
                marked->pending = true;
        });
        if (!pending)
            return answer(pending);
        removeEntry(credentialKey(id), label, [=, this](const Done &removed) {
            const Done ended = change([&](ProfileIndex &changed) {
                if (removed)
                    changed.eraseCredential(id);
                else if (auto *kept = changed.findCredential(id))
                    kept->pending = false;
            });
            answer(removed ? ended : removed);
        });
    });
}

void ProfileStore::Private::forgetCredentialNow(const QString &id, DoneAnswer answer)
{
    const QStringList users = q->profilesUsing(id);
    ProfileIndex index = file.index();
    const CredentialRow *row = index.findCredential(id);
    if (users.isEmpty() || !row)
        return removeCredentialNow(id, std::move(answer));
    leaveCredential(users.first(), row->credential, [=, this](const Done &left) {
        if (!left)
            return answer(left);
        later([this, id, answer] { forgetCredentialNow(id, answer); });
    });
}

void ProfileStore::Private::leaveCredential(const QString &profileId,
                                            const SavedCredential &credential, DoneAnswer answer)
{
    loadNow(profileId, [=, this](const Result<Loaded> &loaded) {
        if (!loaded)
            return answer(loaded.error());
        Profile profile = loaded->profile;
        if (profile.credentialId == credential.id && profile.options.userName.isEmpty())
            profile.options.userName = credential.userName;
        // The index may say what the entry does not: writing it again brings them together.
        const bool uses = profile.credentialId == credential.id;
        if (uses) {
            profile.credentialId.clear();
            profile.storage = SecretStorage::Ask;
        }
        saveNow(profile, {}, uses, [answer](const Result<QString> &saved) {
            answer(saved ? Done() : Done(saved.error()));
        });
    });
}

void ProfileStore::Private::approveHostNow(const QString &id, const QString &host,
                                           DoneAnswer answer)
{
    ProfileIndex index = file.index();
    const CredentialRow *row = index.findCredential(id);
    if (!row)
        return answer(refused(u"there is no saved credential of this id"_s));
    readEntry(credentialKey(id), row->credential.label, [=, this](Result<QByteArray> entry) {
        if (!entry)
            return answer(entry.error());
        auto stored = credentialFromEntry(*entry, id);
        wipe(*entry);
        if (!stored)
            return answer(stored.error());
        QStringList &hosts = stored->credential.approvedHosts;
        hosts.append(approvalName(host));
        hosts = approvalNames(hosts);
        writeCredential(*stored, false, [answer](const Result<QString> &written) {
            answer(written ? Done() : Done(written.error()));
        });
    });
}
