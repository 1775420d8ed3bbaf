// ProfileStore: export to and import from JSON.

#include "connection/jsonfields.h"
#include "connection/profilestore_p.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr auto format = "winrm-console profile export"_L1;
constexpr int version = 1;
constexpr qsizetype maxBytes = 16 * 1024 * 1024;
constexpr qsizetype maxProfiles = 10000;

Error corrupt(const QString &what)
{
    return Error::of(Error::Kind::Local, Cause::LocalProfileCorrupt, what,
                     RuleDetails{u"import"_s});
}

Result<std::vector<Profile>> parseExport(const QByteArray &json)
{
    if (json.size() > maxBytes)
        return corrupt(u"the file is larger than 16 MiB"_s);
    const QJsonDocument document = QJsonDocument::fromJson(json);
    JsonFields fields(document.object());
    const int found = fields.integer("version"_L1);
    if (!document.isObject() || fields.text("format"_L1) != format || found < 1)
        return corrupt(u"the file is no export of profiles"_s);
    if (found > version)
        return corrupt(u"the file was written by a newer version of this program"_s);
    const QJsonValue list = document[u"profiles"_s];
    if (!list.isArray() || list.toArray().size() > maxProfiles)
        return corrupt(u"the file has no list of profiles, or too long a one"_s);
    std::vector<Profile> profiles;
    for (const QJsonValue &item : list.toArray()) {
        const auto profile = profileFromExport(item.toObject());
        if (!profile)
            return corrupt(u"profile %1 of the file: %2"_s.arg(profiles.size() + 1)
                               .arg(profile.error().message));
        profiles.push_back(*profile);
    }
    return profiles;
}

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

void ProfileStore::importProfiles(const QByteArray &json, Answer<Import> answer)
{
    d->run<Result<Import>>(std::move(answer), [this, json](Answer<Import> done) {
        const auto profiles = parseExport(json);
        if (!profiles)
            return done(profiles.error());
        const auto importing = std::make_shared<Private::Importing>();
        importing->left.assign(profiles->begin(), profiles->end());
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
