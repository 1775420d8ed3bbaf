#include "profileimport/delimitedtext.h"
#include "profileimport/profilefileformats.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

enum class Field { Name, Host, Port, User, Domain, Folder, Tags, Type, Authentication, Password };

/// How columns are called, letters only and in small ones: Windows Admin Center (name, type, tags,
/// groupId), Remote Desktop Manager (Name, Host, ConnectionType, Group, Username), and plain lists.
const QHash<QString, Field> &fieldNames()
{
    static const QHash<QString, Field> names{
        {u"name"_s, Field::Name},
        {u"connectionname"_s, Field::Name},
        {u"displayname"_s, Field::Name},
        {u"host"_s, Field::Host},
        {u"hostname"_s, Field::Host},
        {u"address"_s, Field::Host},
        {u"ipaddress"_s, Field::Host},
        {u"url"_s, Field::Host},
        {u"computer"_s, Field::Host},
        {u"computername"_s, Field::Host},
        {u"server"_s, Field::Host},
        {u"servername"_s, Field::Host},
        {u"fqdn"_s, Field::Host},
        {u"dnshostname"_s, Field::Host},
        {u"port"_s, Field::Port},
        {u"user"_s, Field::User},
        {u"username"_s, Field::User},
        {u"credentialusername"_s, Field::User},
        {u"login"_s, Field::User},
        {u"domain"_s, Field::Domain},
        {u"credentialdomain"_s, Field::Domain},
        {u"folder"_s, Field::Folder},
        {u"group"_s, Field::Folder},
        {u"path"_s, Field::Folder},
        {u"tags"_s, Field::Tags},
        {u"keywords"_s, Field::Tags},
        {u"type"_s, Field::Type},
        {u"connectiontype"_s, Field::Type},
        {u"auth"_s, Field::Authentication},
        {u"authentication"_s, Field::Authentication},
        {u"password"_s, Field::Password},
        {u"credentialpassword"_s, Field::Password},
    };
    return names;
}

QHash<Field, int> columnsOf(const QStringList &header)
{
    static const QRegularExpression noLetters(u"[^a-z]"_s);
    QHash<Field, int> columns;
    for (int i = 0; i < header.size(); ++i) {
        const auto field = fieldNames().constFind(header[i].toLower().remove(noLetters));
        if (field != fieldNames().cend() && !columns.contains(*field))
            columns.insert(*field, i);
    }
    return columns;
}

bool isTable(const QHash<Field, int> &columns)
{
    return columns.contains(Field::Host) || columns.contains(Field::Name);
}

class Record
{
public:
    Record(const QStringList &values, const QHash<Field, int> &columns)
        : m_values(values)
        , m_columns(columns)
    { }
    QString operator[](Field field) const
    {
        const auto column = m_columns.constFind(field);
        return column == m_columns.cend() ? QString() : m_values.value(*column).trimmed();
    }

private:
    const QStringList &m_values;
    const QHash<Field, int> &m_columns;
};

/// Windows hosts, as far as a type is told: others are left.
bool isWindowsType(const QString &type)
{
    static const QRegularExpression windows(
        u"rdp|remote ?desktop|powershell|winrm|ws-?man|server|windows|cluster"_s,
        QRegularExpression::CaseInsensitiveOption);
    return type.isEmpty() || windows.match(type).hasMatch();
}

bool isOwnType(const QString &type)
{
    static const QRegularExpression own(u"powershell|winrm|ws-?man|msft\\.sme"_s,
                                        QRegularExpression::CaseInsensitiveOption);
    return type.isEmpty() || own.match(type).hasMatch();
}

void readRecord(ProfileFile &file, const Record &record)
{
    ReadProfile read;
    ProfileSummary &summary = read.profile.summary;
    summary.name = record[Field::Name];
    const QString type = record[Field::Type];
    if (!isWindowsType(type)) {
        file.left.push_back({summary.name, LeftEntry::Reason::OtherProtocol, type});
        return;
    }
    const QString host = record[Field::Host].isEmpty() ? summary.name : record[Field::Host];
    const auto options = parseConnection(host);
    if (!options) {
        file.left.push_back(
            {summary.name,
             host.isEmpty() ? LeftEntry::Reason::NoHost : LeftEntry::Reason::BadHost,
             {}});
        return;
    }
    read.profile.options = *options;
    const QString port = record[Field::Port];
    if (!isOwnType(type))
        read.notes.push_back({ImportNote::Kind::OtherService, type});
    else if (!port.isEmpty())
        setPort(read, port);
    read.profile.options.userName = userName(record[Field::Domain], record[Field::User]);
    if (const auto way = authenticationNamed(record[Field::Authentication].toLower()))
        read.profile.options.authentication = *way;
    else if (!record[Field::Authentication].isEmpty())
        read.notes.push_back({ImportNote::Kind::UnusableValue, u"authentication"_s});
    summary.folder = record[Field::Folder].replace(u'\\', u'/');
    static const QRegularExpression between(u"[|,;]"_s);
    for (const QString &tag : record[Field::Tags].split(between, Qt::SkipEmptyParts))
        summary.tags.append(tag.trimmed());
    if (!record[Field::Password].isEmpty())
        read.notes.push_back({ImportNote::Kind::SecretLeft, {}});
    addProfile(file, std::move(read));
}

} // namespace

bool looksLikeConnectionTable(const QByteArray &bytes)
{
    const QString line = QString::fromUtf8(bytes.left(bytes.indexOf('\n')));
    const auto header = readDelimited(line, delimiterOf(line));
    return header && !header->empty() && !line.startsWith(u'[') && !line.startsWith(u'#')
        && isTable(columnsOf(header->front()));
}

Result<ProfileFile> readConnectionTable(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    const auto records = readDelimited(text, delimiterOf(text));
    if (!records)
        return unreadableProfiles(u"a quotation mark in the table is never closed"_s);
    if (records->size() > maxImportedProfiles + 1)
        return unreadableProfiles(u"the table has more than 10,000 lines"_s);
    ProfileFile file{.format = ProfileFile::Format::Table};
    const auto columns = columnsOf(records->front());
    for (std::size_t i = 1; i < records->size(); ++i)
        readRecord(file, Record((*records)[i], columns));
    return file;
}
