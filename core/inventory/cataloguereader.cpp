#include "inventory/hostcatalogue.h"

#include "connection/jsonfields.h"
#include "inventory/catalogueresource.h"
#include "inventory/userfiles.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxBytes = 1 << 20;
constexpr qsizetype maxGroups = 200;
constexpr qsizetype maxClasses = 5000;
constexpr int maxName = 256;
constexpr int maxText = 500;

Error wrong(const QString &what)
{
    return wrongFile(what);
}

bool isUriPrefix(const QString &text)
{
    static const QRegularExpression uri(
        uR"(\A[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9/:._~%-]*(\{namespace\}[A-Za-z0-9/._~%-]*)?\z)"_s);
    return text.size() <= maxName && uri.match(text).hasMatch()
        && !text.startsWith("https://schemas"_L1, Qt::CaseInsensitive);
}

/// The file from the outside in. The first thing that is wrong ends it.
class Reader
{
public:
    explicit Reader(const HostCatalogues &base)
        : m_bases(base)
    { }
    Result<HostCatalogue> read(const QByteArray &json);

private:
    Done head(JsonFields &fields);
    Done namespaces(const QJsonArray &list);
    Done prefixes(const QJsonArray &list);
    Done group(const QJsonObject &object);
    Done classOf(const QJsonObject &object, CatalogueGroup &group);
    Done address(CatalogueClass &known, JsonFields &fields) const;

    const HostCatalogues &m_bases;
    HostCatalogue m_base; ///< of this kind of host
    HostCatalogue m_catalogue;
    QSet<QString> m_names; ///< of its classes, lower case
};

Result<HostCatalogue> Reader::read(const QByteArray &json)
{
    if (json.size() > maxBytes)
        return wrong(u"it is larger than 1 MiB"_s);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (!document.isObject())
        return wrong(problem.error == QJsonParseError::NoError ? u"it is no JSON object"_s
                                                               : problem.errorString());
    const QJsonObject object = document.object();
    JsonFields fields(object);
    for (const auto &member : {"namespaces"_L1, "prefixes"_L1, "groups"_L1}) {
        const QJsonValue value = object.value(member);
        if (!value.isArray() && !value.isUndefined())
            return wrong(u"\"%1\" is no array"_s.arg(member));
    }
    if (const Done read = head(fields); !read)
        return read.error();
    if (const Done read = namespaces(object["namespaces"_L1].toArray()); !read)
        return read.error();
    if (const Done read = prefixes(object["prefixes"_L1].toArray()); !read)
        return read.error();
    const QJsonArray groups = object["groups"_L1].toArray();
    if (groups.size() > maxGroups)
        return wrong(u"it has more than %1 groups"_s.arg(maxGroups));
    for (const QJsonValue &value : groups) {
        if (const Done read = group(value.toObject()); !read)
            return read.error();
    }
    return m_catalogue;
}

Done Reader::head(JsonFields &fields)
{
    if (fields.text("format"_L1) != "winrm-console inventory"_L1)
        return wrong(u"\"format\" is not \"winrm-console inventory\""_s);
    if (fields.integer("version"_L1) != 1)
        return wrong(u"\"version\" is not 1"_s);
    const auto kind = hostKindNamed(fields.text("host"_L1));
    if (!kind)
        return wrong(u"\"host\" is none of windows, amt, idrac, omi, openwsman and other"_s);
    m_catalogue.kind = *kind;
    m_catalogue.title = fields.text("title"_L1, maxText);
    if (const auto base = m_bases.find(*kind); base != m_bases.end())
        m_base = base->second;
    m_catalogue.metadata = fields.flag("metadata"_L1, m_base.metadata);
    m_catalogue.classList = fields.flag("classList"_L1, m_base.classList && m_catalogue.metadata);
    m_catalogue.cimNamespace = fields.has("namespace"_L1) ? fields.text("namespace"_L1, maxName)
                                                          : m_base.cimNamespace;
    if (!fields.ok() || !isOneLine(m_catalogue.title))
        return wrong(
            u"\"title\", \"metadata\", \"classList\" or \"namespace\" is of the wrong type"_s);
    if (!m_catalogue.cimNamespace.isEmpty() && !isCimNamespace(m_catalogue.cimNamespace))
        return wrong(u"\"namespace\" is no namespace such as root/cimv2"_s);
    return {};
}

Done Reader::namespaces(const QJsonArray &list)
{
    if (list.size() > maxGroups)
        return wrong(u"it has more than %1 namespaces"_s.arg(maxGroups));
    for (const QJsonValue &value : list) {
        JsonFields fields(value.toObject());
        const CatalogueNamespace space{fields.text("name"_L1, maxName),
                                       fields.text("meaning"_L1, maxText)};
        if (!fields.ok() || !isCimNamespace(space.name) || !isOneLine(space.meaning))
            return wrong(u"a namespace has no proper \"name\" or \"meaning\""_s);
        m_catalogue.namespaces.push_back(space);
    }
    return {};
}

Done Reader::prefixes(const QJsonArray &list)
{
    if (list.size() > maxGroups)
        return wrong(u"it has more than %1 prefixes"_s.arg(maxGroups));
    for (const QJsonValue &value : list) {
        JsonFields fields(value.toObject());
        const CataloguePrefix prefix{fields.text("prefix"_L1, maxName),
                                     fields.text("uri"_L1, maxName)};
        if (!fields.ok() || !isClassName(prefix.prefix) || !isUriPrefix(prefix.uri))
            return wrong(u"a prefix has no proper \"prefix\" or \"uri\""_s);
        m_catalogue.prefixes.push_back(prefix);
    }
    return {};
}

Done Reader::group(const QJsonObject &object)
{
    JsonFields fields(object);
    CatalogueGroup made{.title = fields.text("title"_L1, maxText),
                        .meaning = fields.text("meaning"_L1, maxText)};
    if (!fields.ok() || made.title.isEmpty() || !isOneLine(made.title) || !isOneLine(made.meaning)
        || !object["classes"_L1].isArray())
        return wrong(u"a group has no proper \"title\", \"meaning\" or \"classes\""_s);
    for (const QJsonValue &value : object["classes"_L1].toArray()) {
        if (const Done read = classOf(value.toObject(), made); !read)
            return read;
    }
    m_catalogue.groups.push_back(made);
    return {};
}

Done Reader::classOf(const QJsonObject &object, CatalogueGroup &group)
{
    JsonFields fields(object);
    CatalogueClass known{.name = fields.text("name"_L1, maxName),
                         .meaning = fields.text("meaning"_L1, maxText),
                         .group = group.title,
                         .cimNamespace = fields.text("namespace"_L1, maxName),
                         .keys = fields.texts("keys"_L1, 64, maxName),
                         .properties = fields.texts("properties"_L1, 64, maxName),
                         .costly = fields.flag("costly"_L1)};
    const QStringList names = known.keys + known.properties;
    if (!isClassName(known.name))
        return wrong(u"the group \"%1\" has a class without a proper \"name\""_s.arg(group.title));
    if (!isOneLine(known.meaning) || !std::ranges::all_of(names, isClassName))
        return wrong(u"a text or a property of %1 is none"_s.arg(known.name));
    if (m_names.contains(known.name.toLower()))
        return wrong(u"%1 stands in it twice"_s.arg(known.name));
    m_names.insert(known.name.toLower());
    if (m_names.size() > maxClasses)
        return wrong(u"it has more than %1 classes"_s.arg(maxClasses));
    if (known.cimNamespace.isEmpty())
        known.cimNamespace = m_catalogue.cimNamespace;
    else if (!isCimNamespace(known.cimNamespace))
        return wrong(u"the namespace of %1 is none"_s.arg(known.name));
    if (const Done addressed = address(known, fields); !addressed)
        return addressed;
    if (!fields.ok())
        return wrong(u"a member of %1 is of the wrong type"_s.arg(known.name));
    group.classes.push_back(known);
    return {};
}

Done Reader::address(CatalogueClass &known, JsonFields &fields) const
{
    QString uri = fields.text("uri"_L1, maxName);
    if (!uri.isEmpty() && (!isUriPrefix(uri) || !uri.endsWith(known.name)))
        return wrong(u"the \"uri\" of %1 is no URI that ends with its name"_s.arg(known.name));
    uri.chop(known.name.size());
    for (const auto *list : {&m_catalogue.prefixes, &m_base.prefixes}) {
        for (const CataloguePrefix &prefix : *list) {
            if (uri.isEmpty() && known.name.startsWith(prefix.prefix, Qt::CaseInsensitive))
                uri = prefix.uri;
        }
    }
    if (uri.isEmpty())
        return wrong(u"%1 has no \"uri\", and no prefix is that of its name"_s.arg(known.name));
    if (uri.contains(namespaceMark) && known.cimNamespace.isEmpty())
        return wrong(u"%1 has no namespace, and its URI needs one"_s.arg(known.name));
    known.resource = catalogueResource(uri, known.name, known.cimNamespace);
    return {};
}

} // namespace

Result<HostCatalogue> readCatalogue(const QByteArray &json, const HostCatalogues &base)
{
    return Reader(base).read(json);
}
