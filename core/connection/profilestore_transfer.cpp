// ProfileStore: export to JSON, import of profiles that were read from a file.

#include "connection/profilestore_p.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr auto format = "winrm-console profile export"_L1;
constexpr int version = 1;

bool sameContent(const Profile &a, const Profile &b)
{
    return profileToExport(a) == profileToExport(b);
}

} // namespace

struct ProfileStore::Private::Importing
{
    std::deque<Profile> left;
    Import import;
    Answer<Import> answer;
};

void ProfileStore::importProfiles(const std::vector<Profile> &profiles, Answer<Import> answer)
{
    d->run<Result<Import>>(std::move(answer), [this, profiles](Answer<Import> done) {
        const auto importing = std::make_shared<Private::Importing>();
        importing->left.assign(profiles.begin(), profiles.end());
        importing->answer = std::move(done);
        d->importNext(importing);
    });
}

void ProfileStore::Private::importNext(const std::shared_ptr<Importing> &importing)
{
    if (importing->left.empty())
        return importing->answer(importing->import);
    const Profile profile = importing->left.front();
    importing->left.pop_front();
    const auto existing = q->find(profile.summary.name);
    if (!existing || existing->name != profile.summary.name)
        return importOne(importing, profile);
    loadNow(existing->id, [=, this](const Result<Loaded> &loaded) {
        if (!loaded || !sameContent(loaded->profile, profile))
            return importOne(importing, profile);
        importing->import.skipped.append(profile.summary.name);
        later([this, importing] { importNext(importing); });
    });
}

/// Adds it under its name, or under "NAME (2)" and so on where that is taken.
void ProfileStore::Private::importOne(const std::shared_ptr<Importing> &importing,
                                      const Profile &profile)
{
    Profile added = profile;
    for (int i = 2; !nameIsFree(added.summary.name, {}); ++i)
        added.summary.name = u"%1 (%2)"_s.arg(profile.summary.name.left(240)).arg(i);
    saveNow(added, {}, false, [this, importing](const Result<QString> &saved) {
        if (!saved)
            return importing->answer(saved.error());
        ++importing->import.added;
        importNext(importing);
    });
}

void ProfileStore::exportProfiles(const QStringList &ids, Answer<QByteArray> answer)
{
    d->run<Result<QByteArray>>(std::move(answer), [this, ids](Answer<QByteArray> done) {
        d->exportNext(std::make_shared<QStringList>(ids), std::make_shared<QJsonArray>(),
                      std::move(done));
    });
}

void ProfileStore::Private::exportNext(const std::shared_ptr<QStringList> &ids,
                                       const std::shared_ptr<QJsonArray> &out,
                                       Answer<QByteArray> answer)
{
    if (ids->isEmpty()) {
        const QJsonObject json{
            {u"format"_s, QString(format)}, {u"version"_s, version}, {u"profiles"_s, *out}};
        return answer(QJsonDocument(json).toJson());
    }
    loadNow(ids->takeFirst(), [=, this](const Result<Loaded> &loaded) {
        if (!loaded)
            return answer(loaded.error());
        out->append(profileToExport(loaded->profile));
        later([=, this] { exportNext(ids, out, answer); });
    });
}
