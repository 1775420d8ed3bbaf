#include "profileimport/ansiblevariables.h"
#include "profileimport/profilefileformats.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxGroupDepth = 32;
constexpr int maxGroupVisits = 100000; // groups that name each other would never end

struct Group
{
    QStringList hosts;
    QStringList children;
    AnsibleVariables variables;
};

/// Groups and hosts as both notations give them.
class Inventory
{
public:
    Group &group(const QString &name)
    {
        if (!m_groups.contains(name))
            m_order.append(name);
        return m_groups[name];
    }
    bool addHost(const QString &name)
    {
        if (!m_hosts.contains(name))
            m_hostOrder.append(name);
        m_hosts[name];
        return std::size_t(m_hostOrder.size()) <= maxImportedProfiles;
    }
    AnsibleVariables &host(const QString &name) { return m_hosts[name]; }

    ProfileFile profiles()
    {
        ProfileFile file{.format = ProfileFile::Format::AnsibleInventory};
        spread(u"all"_s, {}, group(u"all"_s).variables, 0);
        const QStringList names = m_order;
        for (const QString &name : names) {
            if (!m_children.contains(name) && name != "all"_L1)
                spread(name, {}, group(u"all"_s).variables, 0);
        }
        for (const QString &name : std::as_const(m_hostOrder))
            addTo(file, name);
        return file;
    }
    /// To be called once for each child that a group names.
    void addChild(const QString &parent, const QString &child)
    {
        group(parent).children.append(child);
        group(child);
        if (parent != "all"_L1)
            m_children.insert(child);
    }

private:
    struct Place
    {
        AnsibleVariables variables; ///< of its groups, the deepest wins
        QString folder;
        QStringList groups;
        int depth = -1;
    };

    /// Gives hosts what their groups say; the deepest group says it last.
    void spread(const QString &name, const QString &path, AnsibleVariables variables, int depth)
    {
        if (depth > maxGroupDepth || ++m_visits > maxGroupVisits)
            return;
        const Group &group = m_groups[name];
        variables.insert(group.variables);
        const bool named = name != "all"_L1 && name != "ungrouped"_L1;
        const QString folder = !named ? path : path.isEmpty() ? name : path + u'/' + name;
        for (const QString &host : group.hosts) {
            Place &place = m_places[host];
            if (named)
                place.groups.append(name);
            if (depth < place.depth)
                continue;
            place.depth = depth;
            place.folder = folder;
            place.variables.insert(variables);
        }
        const QStringList children = group.children;
        for (const QString &child : children)
            spread(child, folder, variables, depth + 1);
    }

    void addTo(ProfileFile &file, const QString &name)
    {
        const Place &place = m_places[name];
        AnsibleVariables variables = m_groups[u"all"_s].variables;
        variables.insert(place.variables);
        variables.insert(m_hosts[name]);
        if (!isWinRmHost(variables)) {
            const QString connection = variables.value(u"ansible_connection"_s, u"ssh"_s);
            file.left.push_back({name, LeftEntry::Reason::OtherProtocol, connection});
            return;
        }
        ReadProfile read = profileFromAnsible(name, variables);
        read.profile.summary.folder = place.folder;
        read.profile.summary.tags = place.groups;
        read.profile.summary.tags.removeDuplicates();
        addProfile(file, std::move(read));
    }

    QHash<QString, Group> m_groups;
    QStringList m_order;
    QSet<QString> m_children;
    QHash<QString, AnsibleVariables> m_hosts;
    QStringList m_hostOrder;
    QHash<QString, Place> m_places;
    int m_visits = 0;
};

/// Words of a line as a shell would part them: quotes hold, a `#` behind a space ends it.
QStringList wordsOf(const QString &line)
{
    QStringList words;
    QString word;
    QChar quote;
    bool any = false;
    for (const QChar c : line) {
        if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
            else
                word += c;
        } else if (c == u'"' || c == u'\'') {
            quote = c;
            any = true;
        } else if (c.isSpace()) {
            if (any || !word.isEmpty())
                words.append(word);
            word.clear();
            any = false;
        } else if (c == u'#' && word.isEmpty() && !any) {
            break;
        } else {
            word += c;
        }
    }
    if (any || !word.isEmpty())
        words.append(word);
    return words;
}

/// `web[01:10]` as its names, the zeros kept; `[a:f]` by letters; a third number is the step.
/// Nothing for what is more than there may be.
std::optional<QStringList> expanded(const QString &pattern)
{
    static const QRegularExpression range(
        u"\\[(?:(\\d+):(\\d+)|([a-z]):([a-z])|([A-Z]):([A-Z]))(?::([1-9]\\d{0,5}))?\\]"_s);
    QStringList names{pattern};
    for (auto match = range.match(names.front()); match.hasMatch();
         match = range.match(names.front())) {
        const bool digits = match.capturedLength(1) > 0;
        const int letters = match.capturedLength(3) > 0 ? 3 : 5;
        const qulonglong first = digits ? match.captured(1).toULongLong()
                                        : match.captured(letters).at(0).unicode();
        const qulonglong last = digits ? match.captured(2).toULongLong()
                                       : match.captured(letters + 1).at(0).unicode();
        const qulonglong step = match.capturedLength(7) > 0 ? match.captured(7).toULongLong() : 1;
        if (last < first
            || ((last - first) / step + 1) * qulonglong(names.size()) > maxImportedProfiles)
            return std::nullopt;
        QStringList more;
        for (const QString &name : std::as_const(names)) {
            const auto at = range.match(name);
            for (qulonglong i = first; i <= last; i += step) {
                const QString value = digits
                    ? u"%1"_s.arg(i, int(match.capturedLength(1)), 10, QLatin1Char('0'))
                    : QString(QChar(ushort(i)));
                more.append(name.left(at.capturedStart()) + value + name.mid(at.capturedEnd()));
            }
        }
        names = more;
    }
    return names;
}

QString unquoted(const QString &value)
{
    const QString text = value.trimmed();
    const bool quoted = text.size() > 1 && (text.front() == u'"' || text.front() == u'\'')
        && text.back() == text.front();
    return quoted ? text.mid(1, text.size() - 2) : text;
}

class IniReader
{
public:
    Done readLine(const QString &raw)
    {
        const QString line = raw.trimmed();
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';'))
            return {};
        if (line.startsWith(u'['))
            return startSection(line);
        if (m_kind == "vars"_L1) {
            const qsizetype equals = line.indexOf(u'=');
            if (equals > 0)
                m_inventory.group(m_section).variables.insert(line.left(equals).trimmed(),
                                                              unquoted(line.mid(equals + 1)));
            return {};
        }
        if (m_kind == "children"_L1) {
            m_inventory.addChild(m_section, wordsOf(line).value(0));
            return {};
        }
        return readHosts(wordsOf(line));
    }
    ProfileFile profiles() { return m_inventory.profiles(); }

private:
    Done startSection(const QString &line)
    {
        const qsizetype end = line.indexOf(u']');
        if (end < 0)
            return unreadableProfiles(u"a group's name has no end: %1"_s.arg(line.left(60)));
        const QString name = line.mid(1, end - 1);
        m_section = name.section(u':', 0, 0).trimmed();
        m_kind = name.section(u':', 1).trimmed();
        if (m_section.isEmpty()
            || !(m_kind.isEmpty() || m_kind == "vars"_L1 || m_kind == "children"_L1))
            return unreadableProfiles(u"not a group: %1"_s.arg(line.left(60)));
        m_inventory.group(m_section);
        return {};
    }

    Done readHosts(const QStringList &words)
    {
        if (words.isEmpty())
            return {};
        QString pattern = words.front();
        AnsibleVariables variables;
        static const QRegularExpression port(u"^([^:]+|\\[.*\\][^:]*):(\\d+)$"_s);
        if (const auto match = port.match(pattern); match.hasMatch()) {
            pattern = match.captured(1);
            variables.insert(u"ansible_port"_s, match.captured(2));
        }
        for (const QString &word : words.mid(1)) {
            const qsizetype equals = word.indexOf(u'=');
            if (equals > 0)
                variables.insert(word.left(equals), word.mid(equals + 1));
        }
        const auto names = expanded(pattern);
        if (!names)
            return unreadableProfiles(u"too many hosts: %1"_s.arg(pattern.left(60)));
        for (const QString &name : *names) {
            if (!m_inventory.addHost(name))
                return unreadableProfiles(u"the inventory has more than 10,000 hosts"_s);
            m_inventory.host(name).insert(variables);
            m_inventory.group(m_section).hosts.append(name);
        }
        return {};
    }

    Inventory m_inventory;
    QString m_section = u"ungrouped"_s;
    QString m_kind;
};

QString jsonText(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList items;
        for (const QJsonValue &item : value.toArray())
            items.append(jsonText(item));
        return items.join(u',');
    }
    return value.isObject() ? QString() : value.toVariant().toString();
}

AnsibleVariables jsonVariables(const QJsonObject &object)
{
    AnsibleVariables variables;
    for (auto it = object.begin(); it != object.end(); ++it)
        variables.insert(it.key(), jsonText(it.value()));
    return variables;
}

} // namespace

bool looksLikeAnsibleInventory(const QByteArray &bytes)
{
    static const QRegularExpression sign(
        u"^\\s*\\[[\\w.:-]+\\]\\s*(?:#.*)?$|\\bansible_\\w+\\s*="_s,
        QRegularExpression::MultilineOption);
    return sign.match(QString::fromUtf8(bytes)).hasMatch();
}

Result<ProfileFile> readAnsibleInventory(const QByteArray &bytes)
{
    IniReader reader;
    for (const QString &line : QString::fromUtf8(bytes).split(u'\n')) {
        if (const Done read = reader.readLine(line); !read)
            return read.error();
    }
    return reader.profiles();
}

Result<ProfileFile> readAnsibleJson(const QJsonObject &json)
{
    if (!json[u"_meta"_s].isObject())
        return unreadableProfiles(u"the file is no JSON that this program knows"_s);
    Inventory inventory;
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (it.key() == "_meta"_L1)
            continue;
        const QJsonObject group = it.value().toObject();
        inventory.group(it.key()).variables = jsonVariables(group[u"vars"_s].toObject());
        for (const QJsonValue &host : group[u"hosts"_s].toArray()) {
            if (!inventory.addHost(host.toString()))
                return unreadableProfiles(u"the inventory has more than 10,000 hosts"_s);
            inventory.group(it.key()).hosts.append(host.toString());
        }
        for (const QJsonValue &child : group[u"children"_s].toArray())
            inventory.addChild(it.key(), child.toString());
    }
    const QJsonObject hosts = json[u"_meta"_s].toObject()[u"hostvars"_s].toObject();
    for (auto it = hosts.begin(); it != hosts.end(); ++it) {
        if (!inventory.addHost(it.key()))
            return unreadableProfiles(u"the inventory has more than 10,000 hosts"_s);
        inventory.host(it.key()) = jsonVariables(it.value().toObject());
    }
    return inventory.profiles();
}
