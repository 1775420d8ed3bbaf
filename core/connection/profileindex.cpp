#include "connection/profileindex.h"

#include "connection/jsonfields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QUuid>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr auto format = "winrm-console profiles"_L1;
constexpr int version = 1;
constexpr qsizetype maxRows = 50000;

template<typename Value, std::size_t N>
using Names = std::array<std::pair<Value, QLatin1StringView>, N>;

constexpr Names<ProfileSummary::State, 3> stateNames{
    {{ProfileSummary::State::Ready, "ready"_L1},
     {ProfileSummary::State::Pending, "pending"_L1},
     {ProfileSummary::State::Damaged, "damaged"_L1}}};
constexpr Names<ProfileRow::Change, 4> changeNames{{{ProfileRow::Change::None, ""_L1},
                                                    {ProfileRow::Change::New, "new"_L1},
                                                    {ProfileRow::Change::Edit, "edit"_L1},
                                                    {ProfileRow::Change::Remove, "remove"_L1}}};
constexpr Names<ProfileRow::Place, 2> placeNames{
    {{ProfileRow::Place::Keychain, "keychain"_L1}, {ProfileRow::Place::File, "file"_L1}}};

template<typename Value, std::size_t N>
QString nameOf(const Names<Value, N> &names, Value value)
{
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const auto &pair) { return pair.first == value; });
    return found == names.end() ? QString() : QString(found->second);
}

template<typename Value, std::size_t N>
bool readName(const Names<Value, N> &names, const QString &name, Value &value)
{
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const auto &pair) { return pair.second == name; });
    if (found != names.end())
        value = found->first;
    return found != names.end();
}

void insertUnlessEmpty(QJsonObject &object, QLatin1StringView name, const QString &text)
{
    if (!text.isEmpty())
        object.insert(name, text);
}

QJsonObject rowToJson(const ProfileRow &row)
{
    const ProfileSummary &summary = row.summary;
    QJsonObject json{{u"id"_s, summary.id},
                     {u"state"_s, nameOf(stateNames, summary.state)},
                     {u"name"_s, summary.name},
                     {u"place"_s, nameOf(placeNames, row.place)}};
    insertUnlessEmpty(json, "folder"_L1, summary.folder);
    insertUnlessEmpty(json, "color"_L1, summary.color);
    insertUnlessEmpty(json, "change"_L1, nameOf(changeNames, row.change));
    insertUnlessEmpty(json, "credential"_L1, row.credentialId);
    if (!summary.tags.isEmpty())
        json.insert("tags"_L1, QJsonArray::fromStringList(summary.tags));
    if (summary.order != 0)
        json.insert("order"_L1, summary.order);
    return json;
}

bool readRow(const QJsonValue &json, ProfileRow &row)
{
    JsonFields fields(json.toObject());
    row.summary.id = fields.text("id"_L1);
    row.summary.name = fields.text("name"_L1);
    row.summary.folder = fields.text("folder"_L1, 4096);
    row.summary.tags = fields.texts("tags"_L1);
    row.summary.color = fields.text("color"_L1);
    row.summary.order = fields.integer("order"_L1);
    row.credentialId = fields.text("credential"_L1);
    row.endpoint = fields.text("endpoint"_L1);
    const auto summary = normalizedSummary(row.summary);
    if (!summary || !isId(row.summary.id))
        return false;
    row.summary = *summary;
    return readName(stateNames, fields.text("state"_L1), row.summary.state)
        && readName(placeNames, fields.text("place"_L1), row.place)
        && readName(changeNames, fields.text("change"_L1), row.change) && fields.ok();
}

QJsonObject credentialToJson(const CredentialRow &row)
{
    QJsonObject json{{u"id"_s, row.credential.id}, {u"label"_s, row.credential.label}};
    insertUnlessEmpty(json, "userName"_L1, row.credential.userName);
    if (!row.credential.approvedHosts.isEmpty())
        json.insert("approvedHosts"_L1, QJsonArray::fromStringList(row.credential.approvedHosts));
    if (row.pending)
        json.insert("pending"_L1, true);
    return json;
}

bool readCredential(const QJsonValue &json, CredentialRow &row)
{
    JsonFields fields(json.toObject());
    row.credential.id = fields.text("id"_L1);
    row.credential.label = fields.text("label"_L1);
    row.credential.userName = fields.text("userName"_L1);
    row.credential.approvedHosts = fields.texts("approvedHosts"_L1, 1000);
    row.pending = fields.flag("pending"_L1);
    return fields.ok() && isId(row.credential.id);
}

Error corrupt(const QString &what, const QString &rule = u"index.corrupt"_s)
{
    return Error::of(Error::Kind::Local, Cause::LocalProfileCorrupt, what, RuleDetails{rule});
}

template<typename Row>
bool readRows(const QJsonValue &json, std::vector<Row> &rows,
              bool (*read)(const QJsonValue &, Row &))
{
    const QJsonArray array = json.toArray();
    if ((!json.isArray() && !json.isUndefined()) || array.size() > maxRows)
        return false;
    rows.resize(size_t(array.size()));
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (!read(array.at(i), rows[size_t(i)]))
            return false;
    }
    return true;
}

bool hasControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.category() == QChar::Other_Control; });
}

QStringList trimmedParts(const QStringList &parts)
{
    QStringList kept;
    for (const QString &part : parts) {
        if (!part.trimmed().isEmpty())
            kept.append(part.trimmed());
    }
    return kept;
}

} // namespace

ProfileRow *ProfileIndex::find(const QString &id)
{
    const auto found = std::find_if(profiles.begin(), profiles.end(),
                                    [&](const auto &row) { return row.summary.id == id; });
    return found == profiles.end() ? nullptr : &*found;
}

CredentialRow *ProfileIndex::findCredential(const QString &id)
{
    const auto found = std::find_if(credentials.begin(), credentials.end(),
                                    [&](const auto &row) { return row.credential.id == id; });
    return found == credentials.end() ? nullptr : &*found;
}

void ProfileIndex::put(const ProfileRow &row)
{
    if (ProfileRow *old = find(row.summary.id))
        *old = row;
    else
        profiles.push_back(row);
}

void ProfileIndex::erase(const QString &id)
{
    std::erase_if(profiles, [&](const auto &row) { return row.summary.id == id; });
}

void ProfileIndex::eraseCredential(const QString &id)
{
    std::erase_if(credentials, [&](const auto &row) { return row.credential.id == id; });
}

QByteArray indexToJson(const ProfileIndex &index)
{
    QJsonArray profiles, credentials;
    for (const auto &row : index.profiles)
        profiles.append(rowToJson(row));
    for (const auto &row : index.credentials)
        credentials.append(credentialToJson(row));
    QJsonObject json{
        {u"format"_s, QString(format)}, {u"version"_s, version}, {u"profiles"_s, profiles}};
    insertUnlessEmpty(json, "canary"_L1, index.canary);
    if (!credentials.isEmpty())
        json.insert("credentials"_L1, credentials);
    return QJsonDocument(json).toJson();
}

Result<ProfileIndex> indexFromJson(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    JsonFields fields(document.object());
    const int found = fields.integer("version"_L1);
    if (!document.isObject() || fields.text("format"_L1) != format || found < 1)
        return corrupt(u"the file is no list of profiles"_s);
    if (found > version)
        return corrupt(u"the list of profiles was written by a newer version of this program"_s,
                       u"index.newer"_s);
    ProfileIndex index;
    index.canary = fields.text("canary"_L1);
    if (!readRows(document[u"profiles"_s], index.profiles, &readRow)
        || !readRows(document[u"credentials"_s], index.credentials, &readCredential)
        || !fields.ok())
        return corrupt(u"the list of profiles is damaged"_s);
    QSet<QString> ids;
    for (const auto &row : index.profiles)
        ids.insert(row.summary.id);
    for (const auto &row : index.credentials)
        ids.insert(row.credential.id);
    if (size_t(ids.size()) != index.profiles.size() + index.credentials.size())
        return corrupt(u"the list of profiles has an entry twice"_s);
    return index;
}

bool isNewerIndex(const Error &error)
{
    const auto *details = std::get_if<RuleDetails>(&error.details);
    return details && details->rule == u"index.newer";
}

Result<ProfileSummary> normalizedSummary(ProfileSummary summary)
{
    static const QRegularExpression colorForm(u"\\A(#[0-9a-fA-F]{6})?\\z"_s);
    summary.name = summary.name.trimmed();
    summary.folder = trimmedParts(summary.folder.split(u'/')).join(u'/');
    summary.tags = trimmedParts(summary.tags);
    summary.tags.removeDuplicates();
    summary.color = summary.color.toLower();
    const auto refused = [](const QString &what) {
        return Error::of(Error::Kind::Local, Cause::LocalUsage, what, RuleDetails{u"profile"_s});
    };
    if (summary.name.isEmpty() || summary.name.size() > 255)
        return refused(u"a profile needs a name of at most 255 characters"_s);
    if (hasControl(summary.name + summary.folder + summary.tags.join(QString())))
        return refused(u"a name, folder or tag holds control characters"_s);
    if (summary.folder.size() > 1024 || summary.tags.size() > 64
        || summary.tags.join(QString()).size() > 4096)
        return refused(u"the folder or the tags are too long"_s);
    if (!colorForm.match(summary.color).hasMatch())
        return refused(u"a color is written #rrggbb"_s);
    return summary;
}

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

bool isId(const QString &text)
{
    const QUuid uuid = QUuid::fromString(text);
    return !uuid.isNull() && uuid.toString(QUuid::WithoutBraces) == text;
}
