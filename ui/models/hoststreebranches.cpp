// HostsTreeModel: what stands below a connected host.

#include "hosts/hostconnection.h"
#include "models/hoststreenode.h"
#include "text/sentences.h"

using namespace Qt::StringLiterals;

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
        for (const HostConfigurationPart &part : hostConfigurationParts) {
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
