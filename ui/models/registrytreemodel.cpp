#include "models/registrytreemodel.h"

#include "look/icons.h"
#include "look/rowdelegate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

struct RegistryTreeModel::Node
{
    enum class Fetch { Done, Wanted, Running, Failed };
    Node *parent = nullptr;
    RegistryHive hive = RegistryHive::LocalMachine;
    Fetch fetch = Fetch::Wanted;
    QString name;
    QString note; ///< why it failed
    int row = 0;
    std::vector<std::unique_ptr<Node>> children;
};

RegistryTreeModel::RegistryTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
    for (const RegistryHiveName &hive : registryHives()) {
        auto node = std::make_unique<Node>();
        node->parent = m_root.get();
        node->hive = hive.hive;
        node->name = hive.full;
        node->row = int(m_root->children.size());
        m_root->children.push_back(std::move(node));
    }
}

RegistryTreeModel::~RegistryTreeModel() = default;

RegistryTreeModel::Node *RegistryTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QString RegistryTreeModel::hiveName(RegistryHive hive)
{
    const auto found = std::ranges::find(registryHives(), hive, &RegistryHiveName::hive);
    return found == registryHives().end() ? QString() : found->brief;
}

RegistryHive RegistryTreeModel::hive(const QModelIndex &index) const
{
    return nodeOf(index)->hive;
}

QString RegistryTreeModel::subKey(const QModelIndex &index) const
{
    QStringList names;
    for (const Node *node = nodeOf(index); node->parent && node->parent->parent;
         node = node->parent)
        names.prepend(node->name);
    return names.join(u'\\');
}

QString RegistryTreeModel::path(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const QString below = subKey(index);
    return below.isEmpty() ? hiveName(hive(index)) : hiveName(hive(index)) + u'\\' + below;
}

QModelIndex RegistryTreeModel::hiveIndex(RegistryHive hive) const
{
    for (const auto &node : m_root->children) {
        if (node->hive == hive)
            return createIndex(node->row, 0, node.get());
    }
    return {};
}

QModelIndex RegistryTreeModel::child(const QModelIndex &parent, const QString &name) const
{
    for (const auto &node : nodeOf(parent)->children) {
        if (node->name.compare(name, Qt::CaseInsensitive) == 0)
            return createIndex(node->row, 0, node.get());
    }
    return {};
}

bool RegistryTreeModel::isRead(const QModelIndex &index) const
{
    const Node *node = nodeOf(index);
    return node->fetch == Node::Fetch::Done || node->fetch == Node::Fetch::Failed;
}

void RegistryTreeModel::setKeys(const QModelIndex &index, const QStringList &names)
{
    Node *node = nodeOf(index);
    if (node->fetch != Node::Fetch::Running)
        return;
    node->fetch = Node::Fetch::Done;
    node->note.clear();
    QStringList sorted = names;
    std::ranges::sort(sorted, [](const QString &a, const QString &b) {
        return a.compare(b, Qt::CaseInsensitive) < 0;
    });
    if (!sorted.isEmpty()) {
        beginInsertRows(index, 0, int(sorted.size()) - 1);
        for (const QString &name : sorted) {
            auto child = std::make_unique<Node>();
            child->parent = node;
            child->hive = node->hive;
            child->name = name;
            child->row = int(node->children.size());
            node->children.push_back(std::move(child));
        }
        endInsertRows();
    }
    Q_EMIT dataChanged(index, index);
}

void RegistryTreeModel::setFailed(const QModelIndex &index, const QString &sentence)
{
    Node *node = nodeOf(index);
    if (node->fetch != Node::Fetch::Running)
        return;
    node->fetch = Node::Fetch::Failed;
    node->note = sentence;
    Q_EMIT dataChanged(index, index);
}

void RegistryTreeModel::forget(const QModelIndex &index)
{
    Node *node = nodeOf(index);
    if (!node->children.empty()) {
        beginRemoveRows(index, 0, int(node->children.size()) - 1);
        const auto gone = std::exchange(node->children, {});
        endRemoveRows();
    }
    node->fetch = Node::Fetch::Wanted;
    node->note.clear();
    Q_EMIT dataChanged(index, index);
}

QModelIndex RegistryTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (row < 0 || column != 0 || row >= int(node->children.size()))
        return {};
    return createIndex(row, 0, node->children[std::size_t(row)].get());
}

QModelIndex RegistryTreeModel::parent(const QModelIndex &child) const
{
    Node *above = child.isValid() ? nodeOf(child)->parent : nullptr;
    return above && above != m_root.get() ? createIndex(above->row, 0, above) : QModelIndex();
}

int RegistryTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int RegistryTreeModel::columnCount(const QModelIndex &) const
{
    return 1;
}

bool RegistryTreeModel::hasChildren(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return !node->children.empty() || (node != m_root.get() && node->fetch == Node::Fetch::Wanted);
}

bool RegistryTreeModel::canFetchMore(const QModelIndex &parent) const
{
    return parent.isValid() && nodeOf(parent)->fetch == Node::Fetch::Wanted;
}

void RegistryTreeModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    nodeOf(parent)->fetch = Node::Fetch::Running;
    Q_EMIT dataChanged(parent, parent);
    Q_EMIT keysWanted(parent);
}

QVariant RegistryTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return node.name;
    case Qt::DecorationRole:
        return Icons::get(u"folder");
    case MutedRole:
        if (node.fetch == Node::Fetch::Running)
            return tr("reading");
        return node.fetch == Node::Fetch::Failed ? tr("cannot be read") : QVariant();
    case Qt::ToolTipRole:
        return node.note.isEmpty() ? QVariant() : node.note;
    default:
        return {};
    }
}
