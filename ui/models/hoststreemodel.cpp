#include "models/hoststreenode.h"

#include "hosts/hostconnection.h"

using namespace Qt::StringLiterals;

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
                || QString::localeAwareCompare(lastPathPart(child->name), name) >= 0;
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
        return child->kind == Kind::Bookmarks
            || (child->kind == Kind::Host && rank(child->host) > rank(host->host));
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

void HostsTreeModel::setBookmarks(const std::vector<HostBookmark> &bookmarks)
{
    if (bookmarks == m_bookmarks)
        return;
    Node *group = m_root->children.empty() ? nullptr : m_root->children.back().get();
    if (group && group->kind != Kind::Bookmarks)
        group = nullptr;
    if (group)
        removeChildren(group);
    m_bookmarks = bookmarks;
    if (m_bookmarks.empty() && group)
        take(group);
    if (m_bookmarks.empty())
        return;
    if (!group) {
        auto made = std::make_unique<Node>();
        made->kind = Kind::Bookmarks;
        group = made.get();
        insert(m_root.get(), m_root->children.size(), std::move(made));
    }
    std::vector<std::unique_ptr<Node>> nodes;
    for (const HostBookmark &kept : m_bookmarks) {
        auto node = std::make_unique<Node>();
        node->kind = Kind::Bookmark;
        node->name = kept.address;
        node->title = kept.title;
        node->note = kept.address;
        nodes.push_back(std::move(node));
    }
    append(group, std::move(nodes));
}

const HostBookmark *HostsTreeModel::bookmark(const QModelIndex &index) const
{
    const Node *node = nodeOf(index);
    return node->kind == Kind::Bookmark ? &m_bookmarks[std::size_t(node->row())] : nullptr;
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
