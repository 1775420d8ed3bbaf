#include "inventory/classindexfile.h"

#include "connection/privatefile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

constexpr auto formatName = QLatin1StringView("winrm-console classes");
constexpr int version = 1;

Error notSuchAFile(const QString &why)
{
    return Error::of(Error::Kind::Local, Cause::LocalFile, why);
}

QString extentName(ClassIndex::Extent extent)
{
    switch (extent) {
    case ClassIndex::Extent::None:
        return u"none"_s;
    case ClassIndex::Extent::Names:
        return u"names"_s;
    case ClassIndex::Extent::Whole:
        return u"whole"_s;
    }
    return {};
}

std::optional<ClassIndex::Extent> extentNamed(const QString &name)
{
    for (const auto extent :
         {ClassIndex::Extent::None, ClassIndex::Extent::Names, ClassIndex::Extent::Whole}) {
        if (name == extentName(extent))
            return extent;
    }
    return std::nullopt;
}

/// ["p", name, description] and "m" for a method; a fourth item for an inherited one.
QJsonArray memberJson(const KnownClass::Member &member)
{
    QJsonArray json{member.kind == KnownClass::Member::Kind::Method ? u"m"_s : u"p"_s, member.name,
                    member.description};
    if (member.inherited)
        json.append(true);
    return json;
}

/// [name, class above, description, described, [member ...]], and true for an abstract one
QJsonArray classJson(const KnownClass &known)
{
    QJsonArray members;
    for (const KnownClass::Member &member : known.members)
        members.append(memberJson(member));
    QJsonArray json{known.name, known.superClass, known.description, known.described, members};
    if (known.isAbstract)
        json.append(true);
    return json;
}

/// A text that could have been written by us; nothing else is taken, so that a file which somebody
/// changed is left alone as a whole.
bool isText(const QJsonValue &value, qsizetype most)
{
    if (!value.isString() || value.toString().size() > most)
        return false;
    const QString text = value.toString();
    return std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c.category() == QChar::Other_Control; });
}

bool isName(const QJsonValue &value, bool mayBeEmpty = false)
{
    return isText(value, ClassIndex::MaxName) && (mayBeEmpty || !value.toString().isEmpty());
}

bool readMember(const QJsonValue &value, KnownClass &known)
{
    const QJsonArray json = value.toArray();
    const QString kind = json.at(0).toString();
    if (json.size() < 3 || json.size() > 4 || (kind != "p"_L1 && kind != "m"_L1)
        || !isName(json.at(1)) || !isText(json.at(2), ClassIndex::MaxDescription))
        return false;
    known.members.push_back({.kind = kind == "m"_L1 ? KnownClass::Member::Kind::Method
                                                    : KnownClass::Member::Kind::Property,
                             .name = json.at(1).toString(),
                             .description = json.at(2).toString(),
                             .inherited = json.at(3).toBool()});
    return true;
}

std::optional<KnownClass> readClass(const QJsonValue &value)
{
    const QJsonArray json = value.toArray();
    if (json.size() < 5 || json.size() > 6 || !isName(json.at(0)) || !isName(json.at(1), true)
        || !isText(json.at(2), ClassIndex::MaxDescription) || !json.at(3).isBool()
        || !json.at(4).isArray())
        return std::nullopt;
    KnownClass known{.name = json.at(0).toString(),
                     .superClass = json.at(1).toString(),
                     .description = json.at(2).toString(),
                     .members = {},
                     .described = json.at(3).toBool(),
                     .isAbstract = json.at(5).toBool()};
    const QJsonArray members = json.at(4).toArray();
    if (std::size_t(members.size()) > ClassIndex::MaxMembers)
        return std::nullopt;
    for (const QJsonValue &member : members) {
        if (!readMember(member, known))
            return std::nullopt;
    }
    return known;
}

/// Returns what is wrong; empty when all is well.
QString readSpace(const QJsonObject &json, ClassIndex &index)
{
    const auto extent = extentNamed(json.value(u"extent"_s).toString());
    if (!isName(json.value(u"name"_s), true) || !extent)
        return u"a namespace is none"_s;
    const QString name = json.value(u"name"_s).toString();
    const QDateTime readAt = QDateTime::fromString(json.value(u"read"_s).toString(), Qt::ISODate);
    if (*extent != ClassIndex::Extent::None && !readAt.isValid())
        return u"nobody knows when a namespace was read"_s;
    index.noteNamespaces({name});
    QStringList names;
    for (const QJsonValue &value : json.value(u"classes"_s).toArray()) {
        const auto known = readClass(value);
        if (!known)
            return u"a class is none"_s;
        names << known->name;
        index.note(name, *known);
    }
    if (*extent != ClassIndex::Extent::None)
        index.noteRead(name, names, *extent, readAt);
    return {};
}

/// Files of hosts that nobody asked for in a long time.
void prune(const QString &folder)
{
    const QFileInfoList files = QDir(folder).entryInfoList({u"*.json"_s}, QDir::Files, QDir::Time);
    for (qsizetype i = ClassIndexFile::MaxFiles; i < files.size(); ++i)
        QFile::remove(files[i].filePath());
}

} // namespace

QString ClassIndexFile::standardFolder()
{
    QString cache = qEnvironmentVariable("XDG_CACHE_HOME");
    if (!QDir::isAbsolutePath(cache))
        cache = QDir::homePath() + u"/.cache"_s;
    return cache + u"/winrm-console/classes"_s;
}

QByteArray ClassIndexFile::write(const ClassIndex &index, const QString &host)
{
    QJsonArray spaces;
    for (const ClassIndex::Space &space : index.spaces()) {
        QJsonArray classes;
        for (const KnownClass &known : index.classesOf(space.name))
            classes.append(classJson(known));
        spaces.append(QJsonObject{{u"name"_s, space.name},
                                  {u"extent"_s, extentName(space.extent)},
                                  {u"read"_s, space.readAt.toString(Qt::ISODate)},
                                  {u"classes"_s, classes}});
    }
    return QJsonDocument(QJsonObject{{u"format"_s, formatName},
                                     {u"version"_s, version},
                                     {u"host"_s, host},
                                     {u"namespaces"_s, spaces}})
        .toJson(QJsonDocument::Compact);
}

Result<ClassIndex> ClassIndexFile::read(const QByteArray &json, const QString &host)
{
    if (json.size() > MaxSize)
        return notSuchAFile(u"the file is larger than it can be"_s);
    const QJsonObject file = QJsonDocument::fromJson(json).object();
    if (file.value(u"format"_s).toString() != formatName)
        return notSuchAFile(u"it is not a file of known classes"_s);
    if (!file.value(u"version"_s).isDouble() || file.value(u"version"_s).toInt() != version)
        return notSuchAFile(u"it was written by another version"_s);
    if (!host.isEmpty() && file.value(u"host"_s).toString() != host)
        return notSuchAFile(u"it is about another host"_s);
    const QJsonArray spaces = file.value(u"namespaces"_s).toArray();
    if (std::size_t(spaces.size()) > ClassIndex::MaxNamespaces)
        return notSuchAFile(u"it has more namespaces than there can be"_s);
    ClassIndex index;
    for (const QJsonValue &space : spaces) {
        if (const QString wrong = readSpace(space.toObject(), index); !wrong.isEmpty())
            return notSuchAFile(wrong);
    }
    return index;
}

QString ClassIndexFile::pathFor(const QString &folder, const QString &id)
{
    const QByteArray hash = QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256);
    return folder + u'/' + QString::fromLatin1(hash.toHex().first(32)) + u".json"_s;
}

Result<ClassIndex> ClassIndexFile::load(const QString &folder, const QString &id,
                                        const QString &host)
{
    const auto bytes = readPrivateFile(pathFor(folder, id), MaxSize);
    if (!bytes)
        return bytes.error();
    return *bytes ? read(**bytes, host) : ClassIndex();
}

Done ClassIndexFile::save(const QString &folder, const QString &id, const QString &host,
                          const ClassIndex &index)
{
    const Done written = writePrivateFile(pathFor(folder, id), write(index, host));
    if (written)
        prune(folder);
    return written;
}

Done ClassIndexFile::forget(const QString &folder, const QString &id)
{
    return removePrivateFile(pathFor(folder, id));
}
