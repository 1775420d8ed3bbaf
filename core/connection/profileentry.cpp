#include "connection/profileentry.h"

#include "connection/jsonfields.h"
#include "connection/optionsjson.h"
#include "connection/profileindex.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <openssl/crypto.h>

using namespace Qt::StringLiterals;

namespace {

constexpr auto profileFormat = "winrm-console profile"_L1;
constexpr auto credentialFormat = "winrm-console credential"_L1;
constexpr int version = 1;

QString storageName(SecretStorage storage)
{
    return storage == SecretStorage::Keychain ? u"keychain"_s
        : storage == SecretStorage::UntilQuit ? u"untilQuit"_s
                                              : u"ask"_s;
}

std::optional<SecretStorage> storageNamed(const QString &name)
{
    for (const auto storage :
         {SecretStorage::Ask, SecretStorage::UntilQuit, SecretStorage::Keychain}) {
        if (storageName(storage) == name)
            return storage;
    }
    return std::nullopt;
}

void insertSecret(QJsonObject &json, const Secret &secret)
{
    if (secret.isEmpty())
        return;
    const QByteArray bytes = secret.reveal();
    const QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() == bytes && !text.contains(QChar(0)))
        json.insert("password"_L1, text);
    else
        json.insert("passwordBase64"_L1, QString::fromLatin1(bytes.toBase64()));
}

Secret readSecret(JsonFields &fields)
{
    QByteArray bytes = fields.text("password"_L1, int(maxEntryBytes)).toUtf8();
    if (fields.has("passwordBase64"_L1))
        bytes = QByteArray::fromBase64(
            fields.text("passwordBase64"_L1, int(maxEntryBytes)).toLatin1());
    return Secret::take(bytes);
}

Error corrupt(const QString &key, const QString &what)
{
    return Error::of(Error::Kind::Local, Cause::KeychainCorrupt, what, KeychainDetails{key, what});
}

/// The object of an entry of that format, for that id.
Result<QJsonObject> entryObject(const QByteArray &entry, QLatin1StringView format,
                                const QString &id, const QString &key)
{
    if (entry.size() > maxEntryBytes)
        return corrupt(key, u"the entry is larger than it can be"_s);
    const QJsonDocument document = QJsonDocument::fromJson(entry);
    JsonFields fields(document.object());
    if (!document.isObject() || fields.text("format"_L1) != format
        || fields.integer("version"_L1) < 1)
        return corrupt(key, u"the entry is damaged"_s);
    if (fields.integer("version"_L1) > version)
        return corrupt(key, u"the entry was written by a newer version of this program"_s);
    if (fields.text("id"_L1) != id)
        return Error::of(Error::Kind::Local, Cause::LocalProfileCorrupt,
                         u"the entry belongs to another profile"_s, KeychainDetails{key, {}});
    return document.object();
}

Result<QByteArray> entryBytes(const QJsonObject &json)
{
    QByteArray bytes = QJsonDocument(json).toJson(QJsonDocument::Compact);
    if (bytes.size() <= maxEntryBytes)
        return bytes;
    wipe(bytes);
    return Error::of(Error::Kind::Local, Cause::LocalUsage,
                     u"the options are too long to be kept"_s, RuleDetails{u"profile"_s});
}

} // namespace

QString profileKey(const QString &id)
{
    return u"profile/"_s + id;
}

QString credentialKey(const QString &id)
{
    return u"credential/"_s + id;
}

Result<QByteArray> profileToEntry(const StoredProfile &stored)
{
    const Profile &profile = stored.profile;
    QJsonObject json{
        {u"format"_s, QString(profileFormat)},   {u"version"_s, version},
        {u"id"_s, profile.summary.id},           {u"name"_s, profile.summary.name},
        {u"options"_s, toJson(profile.options)}, {u"storage"_s, storageName(profile.storage)}};
    if (!profile.credentialId.isEmpty())
        json.insert("credential"_L1, profile.credentialId);
    if (!stored.credential.userName.isEmpty())
        json.insert("userName"_L1, stored.credential.userName);
    insertSecret(json, stored.credential.password);
    return entryBytes(json);
}

Result<StoredProfile> profileFromEntry(const QByteArray &entry, const QString &id)
{
    const QString key = profileKey(id);
    const auto json = entryObject(entry, profileFormat, id, key);
    if (!json)
        return json.error();
    JsonFields fields(*json);
    StoredProfile stored;
    stored.profile.summary.id = id;
    stored.profile.summary.name = fields.text("name"_L1);
    const bool readOnly = fields.flag("readOnly"_L1); // beside the options in older entries
    stored.profile.credentialId = fields.text("credential"_L1);
    stored.credential.userName = fields.text("userName"_L1);
    stored.credential.password = readSecret(fields);
    const auto storage = storageNamed(fields.text("storage"_L1));
    const auto options = connectionOptionsFromJson(fields.object("options"_L1));
    if (!fields.ok() || !storage || !options)
        return corrupt(key, options ? u"the entry is damaged"_s : options.error().message);
    stored.profile.storage = *storage;
    stored.profile.options = *options;
    stored.profile.options.readOnly |= readOnly;
    return stored;
}

Result<QByteArray> credentialToEntry(const StoredCredential &stored)
{
    const SavedCredential &credential = stored.credential;
    QJsonObject json{{u"format"_s, QString(credentialFormat)},
                     {u"version"_s, version},
                     {u"id"_s, credential.id},
                     {u"label"_s, credential.label},
                     {u"userName"_s, credential.userName},
                     {u"approvedHosts"_s, QJsonArray::fromStringList(credential.approvedHosts)}};
    insertSecret(json, stored.password);
    return entryBytes(json);
}

Result<StoredCredential> credentialFromEntry(const QByteArray &entry, const QString &id)
{
    const QString key = credentialKey(id);
    const auto json = entryObject(entry, credentialFormat, id, key);
    if (!json)
        return json.error();
    JsonFields fields(*json);
    StoredCredential stored;
    stored.credential.id = id;
    stored.credential.label = fields.text("label"_L1);
    stored.credential.userName = fields.text("userName"_L1);
    stored.credential.approvedHosts = fields.texts("approvedHosts"_L1, 1000);
    stored.password = readSecret(fields);
    if (!fields.ok())
        return corrupt(key, u"the entry is damaged"_s);
    return stored;
}

QJsonObject profileToExport(const Profile &profile)
{
    const ProfileSummary &summary = profile.summary;
    QJsonObject json{{u"name"_s, summary.name}, {u"options"_s, toJson(profile.options)}};
    if (!summary.folder.isEmpty())
        json.insert("folder"_L1, summary.folder);
    if (!summary.tags.isEmpty())
        json.insert("tags"_L1, QJsonArray::fromStringList(summary.tags));
    if (!summary.color.isEmpty())
        json.insert("color"_L1, summary.color);
    if (summary.order != 0)
        json.insert("order"_L1, summary.order);
    return json;
}

Result<Profile> profileFromExport(const QJsonObject &json)
{
    JsonFields fields(json);
    Profile profile;
    profile.summary.name = fields.text("name"_L1);
    profile.summary.folder = fields.text("folder"_L1, 4096);
    profile.summary.tags = fields.texts("tags"_L1);
    profile.summary.color = fields.text("color"_L1);
    profile.summary.order = fields.integer("order"_L1);
    const bool readOnly = fields.flag("readOnly"_L1); // beside the options in older files
    const auto options = connectionOptionsFromJson(fields.object("options"_L1));
    const auto summary = normalizedSummary(profile.summary);
    if (!options)
        return options.error();
    if (!summary || !fields.ok())
        return Error::of(Error::Kind::Local, Cause::LocalProfileCorrupt,
                         summary ? u"a profile has a member of the wrong kind"_s
                                 : summary.error().message);
    profile.options = *options;
    profile.options.readOnly |= readOnly;
    profile.summary = *summary;
    return profile;
}

void wipe(QByteArray &bytes)
{
    if (bytes.isDetached())
        OPENSSL_cleanse(bytes.data(), size_t(bytes.size()));
    bytes.clear();
}
