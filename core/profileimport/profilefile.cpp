#include "profileimport/profilefile.h"

#include "connection/profileentry.h"
#include "connection/rules.h"
#include "profileimport/profilefileformats.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr auto ownFormat = "winrm-console profile export"_L1;
constexpr int ownVersion = 1;
constexpr qsizetype maxBytes = 16 * 1024 * 1024;

Result<ProfileFile> readOwn(const QJsonObject &json)
{
    const int version = json[u"version"_s].toInt();
    if (version < 1)
        return unreadableProfiles(u"the file is no export of profiles"_s);
    if (version > ownVersion)
        return unreadableProfiles(u"the file was written by a newer version of this program"_s);
    const QJsonValue list = json[u"profiles"_s];
    if (!list.isArray() || std::size_t(list.toArray().size()) > maxImportedProfiles)
        return unreadableProfiles(u"the file has no list of profiles, or too long a one"_s);
    ProfileFile file;
    for (const QJsonValue &item : list.toArray()) {
        const auto profile = profileFromExport(item.toObject());
        if (!profile)
            return unreadableProfiles(u"profile %1 of the file: %2"_s.arg(file.profiles.size() + 1)
                                          .arg(profile.error().message));
        file.profiles.push_back({*profile, {}});
    }
    return file;
}

Result<ProfileFile> readJson(const QByteArray &bytes)
{
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject())
        return unreadableProfiles(u"the file is no JSON that this program knows"_s);
    const QJsonObject object = document.object();
    return object[u"format"_s].toString() == ownFormat ? readOwn(object) : readAnsibleJson(object);
}

} // namespace

Error unreadableProfiles(const QString &what)
{
    return Error::of(Error::Kind::Local, Cause::LocalProfileCorrupt, what,
                     RuleDetails{u"import"_s});
}

void addProfile(ProfileFile &file, ReadProfile read)
{
    ProfileSummary &summary = read.profile.summary;
    const ConnectionOptions &options = read.profile.options;
    if (summary.name.trimmed().isEmpty())
        summary.name = options.host;
    summary.name = summary.name.trimmed().left(250);
    const auto leave = [&](LeftEntry::Reason reason, const QString &detail = {}) {
        file.left.push_back({summary.name, reason, detail});
    };
    if (options.host.isEmpty())
        return leave(LeftEntry::Reason::NoHost);
    if (options.host.contains(u"{{"_s))
        return leave(LeftEntry::Reason::Unresolved);
    if (!isPossibleHost(options.host))
        return leave(LeftEntry::Reason::BadHost, options.host.left(100));
    if (const Done rules = requireRules(options, {});
        !rules && rules.error().cause != Cause::KrbAddress)
        return leave(LeftEntry::Reason::BadOptions, rules.error().message);
    file.profiles.push_back(std::move(read));
}

QString userName(const QString &domain, const QString &user)
{
    const bool whole = user.contains(u'\\') || user.contains(u'@');
    return domain.isEmpty() || user.isEmpty() || whole ? user : domain + u'\\' + user;
}

void setPort(ReadProfile &read, const QString &port)
{
    bool ok = false;
    const std::uint16_t number = port.toUShort(&ok);
    if (!ok || number == 0) {
        read.notes.push_back({ImportNote::Kind::UnusableValue, u"port"_s});
        return;
    }
    ConnectionOptions &options = read.profile.options;
    options.port = number;
    if (number == 5985 || number == 5986) {
        options.tls = number == 5986;
        options.automaticScheme = false;
    }
}

Result<ProfileFile> readProfileFile(const QByteArray &bytes)
{
    if (bytes.size() > maxBytes)
        return unreadableProfiles(u"the file is larger than 16 MiB"_s);
    QByteArray content = bytes;
    if (content.startsWith("\xEF\xBB\xBF"))
        content.remove(0, 3);
    if (!QUtf8StringView(content).isValidUtf8())
        return unreadableProfiles(u"the file is not UTF-8 text"_s);
    const QByteArray start = content.left(4096).trimmed();
    if (start.startsWith('<'))
        return readMRemoteNg(content);
    if (start.startsWith('{'))
        return readJson(content);
    if (looksLikeConnectionTable(content))
        return readConnectionTable(content);
    if (looksLikeAnsibleInventory(content))
        return readAnsibleInventory(content);
    return unreadableProfiles(u"the file is no list of connections that this program knows"_s);
}
