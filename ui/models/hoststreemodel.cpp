#include "models/hoststreemodel.h"

#include "hosts/hostconnection.h"
#include "inventory/readyviews.h"
#include "look/icons.h"
#include "look/look.h"
#include "look/rowdelegate.h"
#include "text/sentences.h"

#include <algorithm>

using namespace Qt::StringLiterals;

struct HostsTreeModel::Node
{
    enum class Fetch { Done, Wanted, Running, Failed };
    Kind kind = Kind::Folder;
    Fetch fetch = Fetch::Done;
    bool connected = false; ///< of a host: its children stand
    Node *parent = nullptr;
    HostConnection *host = nullptr;
    QString name;
    QString cimNamespace;          ///< of a class that stands in a group
    QString title;                 ///< of a view
    QString icon;                  ///< the same
    std::optional<HostKind> views; ///< of a host: whose views stand below it
    QString note;                  ///< the tip: of a failed one why, of a group or class what it is
    std::vector<std::unique_ptr<Node>> children;

    int row() const
    {
        const auto it = std::ranges::find_if(
            parent->children, [this](const auto &child) { return child.get() == this; });
        return int(it - parent->children.begin());
    }
};

namespace {

struct Part
{
    QStringView name;
    const char *title;
    QStringView icon;
};
constexpr Part Parts[] = {
    {u"Client", QT_TRANSLATE_NOOP("HostsTreeModel", "Client"), u"settings"},
    {u"Service", QT_TRANSLATE_NOOP("HostsTreeModel", "Service"), u"settings"},
    {u"Winrs", QT_TRANSLATE_NOOP("HostsTreeModel", "Remote shells"), u"settings"},
    {u"Listeners", QT_TRANSLATE_NOOP("HostsTreeModel", "Listeners"), u"listener"},
    {u"Plugins", QT_TRANSLATE_NOOP("HostsTreeModel", "Plug-ins"), u"plugin"},
    {u"CertMappings", QT_TRANSLATE_NOOP("HostsTreeModel", "Certificate mappings"), u"certificate"},
};

const Part *partNamed(QStringView name)
{
    const auto *it = std::ranges::find(Parts, name, &Part::name);
    return it == std::end(Parts) ? nullptr : it;
}

QString lastPart(const QString &path)
{
    return path.section(u'/', -1);
}

} // namespace

HostsTreeModel::HostsTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{ }

HostsTreeModel::~HostsTreeModel() = default;

// --- finding ---

HostsTreeModel::Node *HostsTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex HostsTreeModel::indexOfNode(const Node *node) const
{
    if (!node || node == m_root.get())
        return {};
    return createIndex(node->row(), 0, node);
}

HostsTreeModel::Node *HostsTreeModel::findHost(const HostConnection *host) const
{
    std::vector<Node *> open{m_root.get()};
    while (!open.empty()) {
        Node *node = open.back();
        open.pop_back();
        for (const auto &child : node->children) {
            if (child->kind == Kind::Host && child->host == host)
                return child.get();
            if (child->kind == Kind::Folder)
                open.push_back(child.get());
        }
    }
    return nullptr;
}

HostsTreeModel::Node *HostsTreeModel::findNamespace(Node *within, const QString &name) const
{
    for (const auto &child : within->children) {
        if (child->kind == Kind::Cim || child->kind == Kind::Namespace) {
            if (child->name.compare(name, Qt::CaseInsensitive) == 0)
                return child.get();
            if (Node *found = findNamespace(child.get(), name))
                return found;
        }
    }
    return nullptr;
}

QModelIndex HostsTreeModel::indexOf(HostConnection *host) const
{
    return indexOfNode(findHost(host));
}

QModelIndex HostsTreeModel::indexOf(HostConnection *host, Kind kind, const QString &name) const
{
    Node *top = findHost(host);
    if (!top)
        return {};
    if (kind == Kind::Namespace || kind == Kind::Cim)
        return indexOfNode(findNamespace(top, name));
    std::vector<Node *> open{top};
    while (!open.empty()) {
        Node *node = open.back();
        open.pop_back();
        if (node->kind == kind && node->name == name)
            return indexOfNode(node);
        for (const auto &child : node->children)
            open.push_back(child.get());
    }
    return {};
}

HostConnection *HostsTreeModel::host(const QModelIndex &index) const
{
    return nodeOf(index)->host;
}

HostsTreeModel::Kind HostsTreeModel::kind(const QModelIndex &index) const
{
    return nodeOf(index)->kind;
}

// --- changing ---

void HostsTreeModel::insert(Node *parent, std::size_t row, std::unique_ptr<Node> child)
{
    child->parent = parent;
    beginInsertRows(indexOfNode(parent), int(row), int(row));
    parent->children.insert(parent->children.begin() + std::ptrdiff_t(row), std::move(child));
    endInsertRows();
}

std::unique_ptr<HostsTreeModel::Node> HostsTreeModel::take(Node *node)
{
    Node *parent = node->parent;
    const int row = node->row();
    beginRemoveRows(indexOfNode(parent), row, row);
    std::unique_ptr<Node> taken = std::move(parent->children[std::size_t(row)]);
    parent->children.erase(parent->children.begin() + row);
    endRemoveRows();
    return taken;
}

void HostsTreeModel::removeChildren(Node *parent)
{
    if (parent->children.empty())
        return;
    beginRemoveRows(indexOfNode(parent), 0, int(parent->children.size()) - 1);
    const auto gone = std::exchange(parent->children, {});
    endRemoveRows();
}

HostsTreeModel::Node *HostsTreeModel::folderFor(const QString &path)
{
    Node *at = m_root.get();
    QString full;
    for (const QString &name : path.split(u'/', Qt::SkipEmptyParts)) {
        full += (full.isEmpty() ? u""_s : u"/"_s) + name;
        // Folders first, by name; hosts behind them.
        auto it = std::ranges::find_if(at->children, [&name](const auto &child) {
            return child->kind != Kind::Folder
                || QString::localeAwareCompare(lastPart(child->name), name) >= 0;
        });
        if (it == at->children.end() || (*it)->kind != Kind::Folder || (*it)->name != full) {
            auto folder = std::make_unique<Node>();
            folder->name = full;
            const auto row = std::size_t(it - at->children.begin());
            insert(at, row, std::move(folder));
            it = at->children.begin() + std::ptrdiff_t(row);
        }
        at = it->get();
    }
    return at;
}

void HostsTreeModel::dropEmptyFolders(Node *folder)
{
    while (folder != m_root.get() && folder->children.empty()) {
        Node *parent = folder->parent;
        take(folder);
        folder = parent;
    }
}

void HostsTreeModel::place(std::unique_ptr<Node> host)
{
    const ProfileSummary &summary = host->host->profile().summary;
    Node *folder = folderFor(summary.folder);
    // The profiles' own order; what is not saved comes last.
    auto rank = [](const HostConnection *h) {
        return h->isSaved() ? h->profile().summary.order : std::numeric_limits<int>::max();
    };
    const auto it = std::ranges::find_if(folder->children, [&](const auto &child) {
        return child->kind == Kind::Host && rank(child->host) > rank(host->host);
    });
    host->name = summary.folder;
    insert(folder, std::size_t(it - folder->children.begin()), std::move(host));
}

void HostsTreeModel::addHost(HostConnection *host)
{
    auto node = std::make_unique<Node>();
    node->kind = Kind::Host;
    node->host = host;
    place(std::move(node));
    updateHost(host);
}

void HostsTreeModel::removeHost(HostConnection *host)
{
    Node *node = findHost(host);
    if (!node)
        return;
    Node *folder = node->parent;
    take(node);
    dropEmptyFolders(folder);
    std::erase_if(m_recent, [host](const Recent &recent) { return recent.host == host; });
}

void HostsTreeModel::updateHost(HostConnection *host)
{
    Node *node = findHost(host);
    if (!node)
        return;
    if (node->name != host->profile().summary.folder) {
        Node *folder = node->parent;
        place(take(node));
        dropEmptyFolders(folder);
        node = findHost(host);
    }
    showConnected(host, host->state() == HostConnection::State::Connected);
    if (node->connected)
        fillViews(node);
    const QModelIndex index = indexOfNode(node);
    Q_EMIT dataChanged(index, index);
}

void HostsTreeModel::showConnected(HostConnection *host, bool connected)
{
    Node *node = findHost(host);
    if (!node || connected == node->connected)
        return;
    node->connected = connected;
    node->views.reset();
    if (connected)
        fillConnected(node);
    else
        removeChildren(node);
}

void HostsTreeModel::fillConnected(Node *host)
{
    auto child = [host](Kind kind, const QString &name) {
        auto node = std::make_unique<Node>();
        node->kind = kind;
        node->host = host->host;
        node->name = name;
        return node;
    };
    std::vector<std::unique_ptr<Node>> children;
    const Session *session = host->host->session();
    if (!session || session->isWindows()) {
        children.push_back(child(Kind::Configuration, {}));
        for (const Part &part : Parts) {
            auto node = child(Kind::ConfigurationPart, part.name.toString());
            node->parent = children.front().get();
            children.front()->children.push_back(std::move(node));
        }
    }
    children.push_back(child(Kind::Cim, u"root"_s));
    children.back()->fetch = Node::Fetch::Wanted;
    beginInsertRows(indexOfNode(host), 0, int(children.size()) - 1);
    for (auto &node : children)
        node->parent = host;
    host->children = std::move(children);
    endInsertRows();
    fillViews(host);
}

void HostsTreeModel::setViews(std::shared_ptr<const ReadyViews> views)
{
    m_views = std::move(views);
    std::vector<Node *> open{m_root.get()};
    while (!open.empty()) {
        Node *node = open.back();
        open.pop_back();
        if (node->kind == Kind::Host) {
            node->views.reset();
            if (node->connected)
                fillViews(node);
            continue;
        }
        for (const auto &child : node->children)
            open.push_back(child.get());
    }
}

/// The views of the host's kind, as far as that is known by now, before everything else of it.
void HostsTreeModel::fillViews(Node *host)
{
    const Session *session = host->host->session();
    const HostKind kind = session ? viewKind(*session) : HostKind::Windows;
    if (!m_views || host->views == kind)
        return;
    host->views = kind;
    if (!host->children.empty() && host->children.front()->kind == Kind::Views)
        take(host->children.front().get());
    auto top = std::make_unique<Node>();
    top->kind = Kind::Views;
    top->host = host->host;
    for (const ReadyView *view : m_views->of(kind)) {
        Node *group = top->children.empty() ? nullptr : top->children.back().get();
        if (!group || group->name != catalogueText(view->group)) {
            auto made = std::make_unique<Node>();
            made->kind = Kind::ViewGroup;
            made->host = host->host;
            made->parent = top.get();
            made->name = catalogueText(view->group);
            top->children.push_back(std::move(made));
            group = top->children.back().get();
        }
        auto node = std::make_unique<Node>();
        node->kind = Kind::View;
        node->host = host->host;
        node->parent = group;
        node->name = view->id;
        node->title = catalogueText(view->title);
        node->icon = view->icon;
        node->note = catalogueText(view->description);
        group->children.push_back(std::move(node));
    }
    if (!top->children.empty())
        insert(host, 0, std::move(top));
    Q_EMIT viewsChanged();
}

void HostsTreeModel::setNamespaces(HostConnection *host, const QString &parent,
                                   const QStringList &children)
{
    Node *top = findHost(host);
    Node *space = top ? findNamespace(top, parent) : nullptr;
    if (!space || space->fetch != Node::Fetch::Running)
        return;
    space->fetch = Node::Fetch::Done;
    space->note.clear();
    std::vector<std::unique_ptr<Node>> nodes;
    for (const QString &name : children) {
        auto node = std::make_unique<Node>();
        node->kind = Kind::Namespace;
        node->fetch = Node::Fetch::Wanted;
        node->host = host;
        node->name = name;
        nodes.push_back(std::move(node));
    }
    append(space, std::move(nodes));
    const QModelIndex index = indexOfNode(space);
    Q_EMIT dataChanged(index, index);
    for (int row = 0; row < int(space->children.size()); ++row) {
        if (Node *node = space->children[std::size_t(row)].get(); node->kind == Kind::Namespace)
            addRecent(node);
    }
}

void HostsTreeModel::append(Node *space, std::vector<std::unique_ptr<Node>> nodes)
{
    if (nodes.empty())
        return;
    for (auto &node : nodes)
        node->parent = space;
    const int first = int(space->children.size());
    beginInsertRows(indexOfNode(space), first, first + int(nodes.size()) - 1);
    std::ranges::move(nodes, std::back_inserter(space->children));
    endInsertRows();
}

std::unique_ptr<HostsTreeModel::Node> HostsTreeModel::groupNode(HostConnection *host,
                                                                const CatalogueGroup &group) const
{
    auto made = std::make_unique<Node>();
    made->kind = Kind::Group;
    made->host = host;
    made->name = catalogueText(group.title);
    made->note = catalogueText(group.meaning);
    for (const CatalogueClass &known : group.classes) {
        auto node = std::make_unique<Node>();
        node->kind = Kind::Class;
        node->host = host;
        node->name = known.name;
        node->cimNamespace = known.cimNamespace;
        node->note = catalogueText(known.meaning);
        node->parent = made.get();
        made->children.push_back(std::move(node));
    }
    return made;
}

void HostsTreeModel::setGroups(HostConnection *host, const std::vector<CatalogueGroup> &groups)
{
    Node *top = findHost(host);
    Node *space = top ? findNamespace(top, u"root"_s) : nullptr;
    if (!space || space->fetch != Node::Fetch::Running)
        return;
    space->fetch = Node::Fetch::Done;
    space->note.clear();
    std::vector<std::unique_ptr<Node>> nodes;
    for (const CatalogueGroup &group : groups)
        nodes.push_back(groupNode(host, group));
    append(space, std::move(nodes));
    const QModelIndex index = indexOfNode(space);
    Q_EMIT dataChanged(index, index);
}

void HostsTreeModel::setNamespacesFailed(HostConnection *host, const QString &parent,
                                         const QString &sentence)
{
    Node *top = findHost(host);
    Node *space = top ? findNamespace(top, parent) : nullptr;
    if (!space || space->fetch != Node::Fetch::Running)
        return;
    space->fetch = Node::Fetch::Failed;
    space->note = sentence;
    const QModelIndex index = indexOfNode(space);
    Q_EMIT dataChanged(index, index);
}

void HostsTreeModel::forgetNamespaces(const QModelIndex &index)
{
    Node *space = nodeOf(index);
    if (space->kind != Kind::Cim && space->kind != Kind::Namespace)
        return;
    removeChildren(space);
    space->fetch = Node::Fetch::Wanted;
    space->note.clear();
    Q_EMIT dataChanged(index, index);
    addRecent(space);
}

void HostsTreeModel::addRecent(Node *space)
{
    std::size_t row = 0;
    for (const Recent &recent : m_recent) {
        if (recent.host != space->host
            || recent.cimNamespace.compare(space->name, Qt::CaseInsensitive) != 0)
            continue;
        auto node = std::make_unique<Node>();
        node->kind = Kind::Class;
        node->host = space->host;
        node->name = recent.className;
        insert(space, row++, std::move(node));
    }
}

void HostsTreeModel::noteClass(HostConnection *host, const QString &cimNamespace,
                               const QString &className)
{
    auto same = [&](const Recent &r) {
        return r.host == host && r.cimNamespace.compare(cimNamespace, Qt::CaseInsensitive) == 0;
    };
    const bool known = std::ranges::any_of(
        m_recent, [&](const Recent &r) { return same(r) && r.className == className; });
    if (known)
        return; // keeps its place: what is looked for stays where it was
    m_recent.insert(m_recent.begin(), {host, cimNamespace, className});
    Node *top = findHost(host);
    Node *space = top ? findNamespace(top, cimNamespace) : nullptr;
    if (space) {
        auto node = std::make_unique<Node>();
        node->kind = Kind::Class;
        node->host = host;
        node->name = className;
        insert(space, 0, std::move(node));
    }
    if (std::ranges::count_if(m_recent, same) <= MaxRecent)
        return;
    const auto oldest = std::ranges::find_if(m_recent.rbegin(), m_recent.rend(), same);
    m_recent.erase(std::next(oldest).base());
    if (space && int(space->children.size()) > MaxRecent
        && space->children[MaxRecent]->kind == Kind::Class)
        take(space->children[MaxRecent].get());
}

QStringList HostsTreeModel::recentClasses(HostConnection *host) const
{
    QStringList names;
    for (const Recent &recent : m_recent) {
        if (recent.host == host)
            names.prepend(recent.cimNamespace + u':' + recent.className);
    }
    return names;
}

// --- the model ---

QModelIndex HostsTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (row < 0 || column != 0 || row >= int(node->children.size()))
        return {};
    return createIndex(row, 0, node->children[std::size_t(row)].get());
}

QModelIndex HostsTreeModel::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOfNode(nodeOf(child)->parent) : QModelIndex();
}

int HostsTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int HostsTreeModel::columnCount(const QModelIndex &) const
{
    return 1;
}

bool HostsTreeModel::hasChildren(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return !node->children.empty() || node->fetch == Node::Fetch::Wanted;
}

bool HostsTreeModel::canFetchMore(const QModelIndex &parent) const
{
    return nodeOf(parent)->fetch == Node::Fetch::Wanted;
}

void HostsTreeModel::fetchMore(const QModelIndex &parent)
{
    Node *node = nodeOf(parent);
    if (node->fetch != Node::Fetch::Wanted)
        return;
    node->fetch = Node::Fetch::Running;
    Q_EMIT dataChanged(parent, parent);
    Q_EMIT namespacesWanted(node->host, node->name);
}

QVariant HostsTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return title(node);
    case Qt::DecorationRole:
        return icon(node);
    case KindRole:
        return int(node.kind);
    case NameRole:
        return node.name;
    case NamespaceRole:
        if (node.kind == Kind::Class)
            return node.parent->kind == Kind::Group ? node.cimNamespace : node.parent->name;
        return node.kind == Kind::Namespace || node.kind == Kind::Cim ? node.name : QString();
    case MutedRole:
        if (node.fetch == Node::Fetch::Running)
            return tr("reading");
        if (node.fetch == Node::Fetch::Failed)
            return tr("cannot be read");
        break;
    case Qt::ToolTipRole:
        if (!node.note.isEmpty())
            return node.fetch == Node::Fetch::Failed
                ? node.note
                : u"<p>"_s + node.note.toHtmlEscaped() + u"</p>"_s; // a user's own words, maybe
        break;
    }
    return node.kind == Kind::Host ? hostData(node, role) : QVariant();
}

QVariant HostsTreeModel::hostData(const Node &node, int role) const
{
    const HostConnection &host = *node.host;
    const ProfileSummary &summary = host.profile().summary;
    switch (role) {
    case MutedRole:
        return stateText(host);
    case BandRole:
        return summary.color.isEmpty() ? QVariant() : QVariant::fromValue(QColor(summary.color));
    case ChipsRole:
    case TagsRole:
        return summary.tags;
    case Qt::AccessibleTextRole:
        return tr("%1, %2", "host, its state").arg(host.name(), stateText(host));
    case Qt::ToolTipRole: {
        QStringList lines{host.name(), stateText(host)};
        if (host.state() == HostConnection::State::Failed)
            lines << explain(host.error()).sentence;
        if (!summary.tags.isEmpty())
            lines << tr("Tags: %1").arg(summary.tags.join(u", "_s));
        return lines.join(u'\n').toHtmlEscaped().replace(u'\n', u"<br>"_s);
    }
    default:
        return {};
    }
}

QString HostsTreeModel::stateText(const HostConnection &host)
{
    switch (host.state()) {
    case HostConnection::State::Disconnected:
        return tr("not connected");
    case HostConnection::State::Connecting:
        return tr("connecting");
    case HostConnection::State::Failed:
        return tr("failed");
    case HostConnection::State::Connected:
        break;
    }
    const SecurityState security = host.session() ? host.session()->security() : SecurityState();
    const QString way = security.mechanism.isEmpty() || security.mechanism == u"none"_s
        ? tr("no sign-in")
        : security.mechanism;
    if (!security.sealing.isEmpty())
        return tr("%1, sealed", "way of sign-in").arg(way);
    return security.tls ? tr("%1, TLS", "way of sign-in").arg(way)
                        : tr("%1, clear text", "way of sign-in").arg(way);
}

QIcon HostsTreeModel::icon(const Node &node) const
{
    switch (node.kind) {
    case Kind::Folder:
        return Icons::get(u"folder");
    case Kind::Configuration:
        return Icons::get(u"configuration");
    case Kind::ConfigurationPart:
        return Icons::get(partNamed(node.name)->icon);
    case Kind::Cim:
    case Kind::Namespace:
        return Icons::get(u"namespace");
    case Kind::Group:
    case Kind::ViewGroup:
        return Icons::get(u"folder");
    case Kind::Views:
        return Icons::get(u"eye");
    case Kind::View:
        return Icons::get(node.icon.isEmpty() ? u"table"_s : node.icon);
    case Kind::Class:
        return Icons::get(u"class");
    case Kind::Host:
        break;
    }
    switch (node.host->state()) {
    case HostConnection::State::Disconnected:
        return Icons::get(u"host", Badge::Ring, Meaning::Muted);
    case HostConnection::State::Connecting:
        return Icons::get(u"host", Badge::Arc, Meaning::Running);
    case HostConnection::State::Connected:
        return Icons::get(u"host", Badge::Dot, Meaning::Ok);
    case HostConnection::State::Failed:
        return Icons::get(u"host", Badge::Octagon, Meaning::Error);
    }
    return {};
}

QString HostsTreeModel::title(const Node &node) const
{
    switch (node.kind) {
    case Kind::Folder:
    case Kind::Namespace:
        return lastPart(node.name);
    case Kind::Host:
        return node.host->name();
    case Kind::Configuration:
        return tr("Configuration");
    case Kind::ConfigurationPart:
        return tr(partNamed(node.name)->title);
    case Kind::Cim:
        return tr("CIM");
    case Kind::Views:
        return tr("Views");
    case Kind::View:
        return node.title;
    case Kind::ViewGroup:
    case Kind::Group:
    case Kind::Class:
        return node.name;
    }
    return {};
}
