#include "connection/profilestore.h"

#include "connection/profilestore_p.h"

#include <QDir>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

ProfileStore::Private::Private(ProfileStore *store, std::unique_ptr<Keychain> chain,
                               const QString &folder)
    : q(store)
    , directory(folder)
    , file(folder)
    , keychain(std::move(chain))
{ }

void ProfileStore::Private::add(Task task)
{
    tasks.push_back(std::move(task));
    startNext();
}

void ProfileStore::Private::startNext()
{
    if (busy || tasks.empty())
        return;
    busy = true;
    Task task = std::move(tasks.front());
    tasks.pop_front();
    const Next done = [this] {
        busy = false;
        startNext();
    };
    QMetaObject::invokeMethod(
        q, [task = std::move(task), done] { task(done); }, Qt::QueuedConnection);
}

void ProfileStore::Private::later(Next next)
{
    QMetaObject::invokeMethod(q, std::move(next), Qt::QueuedConnection);
}

Done ProfileStore::Private::change(const std::function<void(ProfileIndex &)> &change)
{
    const Done done = file.change(change);
    if (done) {
        refreshLists();
        Q_EMIT q->changed();
    }
    return done;
}

void ProfileStore::Private::refreshLists()
{
    list.clear();
    credentialList.clear();
    for (const auto &row : file.index().profiles)
        list.push_back(row.summary);
    std::stable_sort(list.begin(), list.end(), [](const auto &a, const auto &b) {
        return a.order != b.order ? a.order < b.order
                                  : a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    for (const auto &row : file.index().credentials)
        credentialList.push_back(row.credential);
}

std::optional<ProfileRow> ProfileStore::Private::row(const QString &id) const
{
    for (const auto &row : file.index().profiles) {
        if (row.summary.id == id)
            return row;
    }
    return std::nullopt;
}

Done ProfileStore::Private::nameIsFree(const QString &name, const QString &id) const
{
    const bool taken = std::any_of(list.begin(), list.end(), [&](const auto &summary) {
        return summary.name == name && summary.id != id;
    });
    if (!taken)
        return {};
    return Error::of(Error::Kind::Local, Cause::LocalUsage,
                     u"another profile has the name \"%1\""_s.arg(name),
                     RuleDetails{u"profile.name"_s});
}

QString ProfileStore::Private::optionsPath(const QString &id) const
{
    return directory + u"/options/"_s + id + u".json"_s;
}

ProfileStore::ProfileStore(std::unique_ptr<Keychain> keychain, const QString &directory,
                           QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(keychain), directory))
{ }

ProfileStore::~ProfileStore() = default;

Done ProfileStore::open()
{
    const Done loaded = d->file.load();
    d->refreshLists();
    if (d->needsRepair())
        d->add([this](const Private::Next &done) { d->repair(done); });
    Q_EMIT changed();
    return loaded;
}

const std::vector<ProfileSummary> &ProfileStore::profiles() const
{
    return d->list;
}

std::optional<ProfileSummary> ProfileStore::find(const QString &idOrName) const
{
    const auto first = [this](const auto &matches) -> std::optional<ProfileSummary> {
        const auto found = std::find_if(d->list.begin(), d->list.end(), matches);
        return found == d->list.end() ? std::nullopt : std::optional(*found);
    };
    if (const auto byId = first([&](const auto &row) { return row.id == idOrName; }))
        return byId;
    if (const auto byName = first([&](const auto &row) { return row.name == idOrName; }))
        return byName;
    return first(
        [&](const auto &row) { return row.name.compare(idOrName, Qt::CaseInsensitive) == 0; });
}

ProfileStore::KeychainState ProfileStore::keychainState() const
{
    return d->state;
}

void ProfileStore::probeKeychain(std::function<void(KeychainState)> answer)
{
    d->run<KeychainState>(std::move(answer), [this](auto done) { d->probe(std::move(done)); });
}

void ProfileStore::lockKeychain(DoneAnswer answer)
{
    d->run<Done>(std::move(answer), [this](auto done) {
        d->keychain->lock([this, done](const Done &locked) {
            if (locked)
                d->setState(KeychainState::Locked);
            done(locked);
        });
    });
}

QString ProfileStore::defaultDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
}

void ProfileStore::load(const QString &id, Answer<Loaded> answer)
{
    d->run<Result<Loaded>>(std::move(answer),
                           [this, id](auto done) { d->loadNow(id, std::move(done)); });
}

void ProfileStore::save(const Profile &profile, const Credential &credential, bool forgetSecret,
                        Answer<QString> answer)
{
    d->run<Result<QString>>(std::move(answer), [=, this](auto done) {
        d->saveNow(profile, credential, forgetSecret, std::move(done));
    });
}

void ProfileStore::remember(const QString &id, const Credential &credential)
{
    if (credential.isEmpty())
        d->remembered.remove(id);
    else
        d->remembered.insert(id, credential);
}

QStringList ProfileStore::remembered() const
{
    QStringList ids;
    for (const ProfileSummary &summary : d->list) {
        if (d->remembered.contains(summary.id))
            ids.append(summary.id);
    }
    return ids;
}

void ProfileStore::forgetRemembered()
{
    d->remembered.clear();
}

void ProfileStore::remove(const QString &id, DoneAnswer answer)
{
    d->run<Done>(std::move(answer), [this, id](auto done) { d->removeNow(id, std::move(done)); });
}

void ProfileStore::duplicate(const QString &id, const QString &newName, Answer<QString> answer)
{
    d->run<Result<QString>>(std::move(answer), [this, id, newName](Answer<QString> done) {
        d->loadNow(id, [this, newName, done = std::move(done)](Result<Loaded> loaded) {
            if (!loaded)
                return done(loaded.error());
            Profile copy = loaded->profile;
            copy.summary.id.clear();
            copy.summary.name = newName;
            const bool own = copy.credentialId.isEmpty();
            d->saveNow(copy, own ? loaded->credential : Credential(), false, done);
        });
    });
}

Done ProfileStore::updateSummary(const ProfileSummary &summary)
{
    if (!d->row(summary.id))
        return Error::of(Error::Kind::Local, Cause::LocalProfileUnknown, {},
                         RuleDetails{summary.name});
    const auto normal = normalizedSummary(summary);
    if (!normal)
        return normal.error();
    if (const Done free = d->nameIsFree(normal->name, summary.id); !free)
        return free;
    return d->change([&](ProfileIndex &index) {
        if (ProfileRow *row = index.find(summary.id)) {
            const auto state = row->summary.state;
            row->summary = *normal;
            row->summary.state = state;
        }
    });
}

const std::vector<SavedCredential> &ProfileStore::credentials() const
{
    return d->credentialList;
}

void ProfileStore::saveCredential(const SavedCredential &credential, const Secret &password,
                                  Answer<QString> answer)
{
    d->run<Result<QString>>(std::move(answer), [=, this](auto done) {
        d->saveCredentialNow(credential, password, std::move(done));
    });
}

void ProfileStore::removeCredential(const QString &id, DoneAnswer answer)
{
    d->run<Done>(std::move(answer),
                 [this, id](auto done) { d->removeCredentialNow(id, std::move(done)); });
}

void ProfileStore::forgetCredential(const QString &id, DoneAnswer answer)
{
    d->run<Done>(std::move(answer),
                 [this, id](auto done) { d->forgetCredentialNow(id, std::move(done)); });
}

QStringList ProfileStore::profilesUsing(const QString &credentialId) const
{
    QStringList ids;
    for (const auto &row : d->file.index().profiles) {
        if (!credentialId.isEmpty() && row.credentialId == credentialId)
            ids.append(row.summary.id);
    }
    return ids;
}

void ProfileStore::approveHost(const QString &credentialId, const QString &host, DoneAnswer answer)
{
    d->run<Done>(std::move(answer), [this, credentialId, host](auto done) {
        d->approveHostNow(credentialId, host, std::move(done));
    });
}
