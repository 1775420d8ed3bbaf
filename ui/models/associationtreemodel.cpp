#include "models/associationtreemodel.h"

#include "look/icons.h"
#include "look/look.h"
#include "models/celltext.h"
#include "protocol/endpointreference.h"
#include "text/valuetext.h"

#include <QGuiApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

struct AssociationTreeModel::Node
{
    enum class State { Unasked, Asked, Read };
    Kind kind = Kind::Object;
    QString name;
    QString note; ///< of a role: the association's class; of a class: the role at that end
    ResourceLocator object;
    State state = State::Unasked;
    QString problem;
    int found = 0; ///< objects below
    Node *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Node>> children;
};

namespace {

/// The same object, however its class or namespace is written: its keys decide.
bool sameKeys(const ResourceLocator &a, const ResourceLocator &b)
{
    const auto keysIn = [](const ResourceLocator &all, const ResourceLocator &wanted) {
        return std::all_of(
            wanted.selectors.begin(), wanted.selectors.end(), [&](const Selector &key) {
                const Selector *other = isNamespaceSelector(key) ? &key : all.selector(key.name);
                return other && other->value.compare(key.value, Qt::CaseInsensitive) == 0;
            });
    };
    return keysIn(a, b) && keysIn(b, a);
}

bool sameObject(const ResourceLocator &a, const ResourceLocator &b)
{
    return sameKeys(a, b) && a.className().compare(b.className(), Qt::CaseInsensitive) == 0;
}

struct End
{
    QString role;
    ResourceLocator target;
};

/// The references of an association instance, in its order.
std::vector<End> endsOf(const RowSet &rows, std::uint32_t row)
{
    std::vector<End> ends;
    for (std::uint32_t column = 0; column < rows.columnCount(); ++column) {
        const Cell cell = rows.cell(row, column);
        if (cell.kind() == CellKind::Reference)
            ends.push_back(
                {fromUtf8(rows.column(column).name), readEndpointReference(cell.node()).resource});
    }
    return ends;
}

/// Which end the object is. Hosts may name it by a base class: then its keys alone tell.
std::size_t ownEnd(const std::vector<End> &ends, const ResourceLocator &object)
{
    const auto find = [&](auto &&same) {
        const auto found = std::find_if(ends.begin(), ends.end(),
                                        [&](const End &end) { return same(end.target, object); });
        return std::size_t(found - ends.begin());
    };
    const std::size_t exact = find(sameObject);
    return exact < ends.size() ? exact : find(sameKeys);
}

} // namespace

AssociationTreeModel::AssociationTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{ }

AssociationTreeModel::~AssociationTreeModel() = default;

QString AssociationTreeModel::objectText(const ResourceLocator &object)
{
    const QStringList keys = keyValues(object);
    return keys.isEmpty() ? object.className() : keys.join(u", "_s);
}

void AssociationTreeModel::setObject(const ResourceLocator &object)
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_root->object = object;
    m_root->state = Node::State::Asked;
    endResetModel();
}

const ResourceLocator &AssociationTreeModel::object() const
{
    return m_root->object;
}

AssociationTreeModel::Node *AssociationTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex AssociationTreeModel::indexOf(const Node *node, int column) const
{
    return node == m_root.get() ? QModelIndex()
                                : createIndex(node->row, column, const_cast<Node *>(node));
}

AssociationTreeModel::Kind AssociationTreeModel::kind(const QModelIndex &index) const
{
    return nodeOf(index)->kind;
}

ResourceLocator AssociationTreeModel::locator(const QModelIndex &index) const
{
    return nodeOf(index)->object;
}

int AssociationTreeModel::count(const QModelIndex &index) const
{
    return nodeOf(index)->found;
}

AssociationTreeModel::Node *AssociationTreeModel::append(Node *parent, std::unique_ptr<Node> node)
{
    node->parent = parent;
    node->row = int(parent->children.size());
    beginInsertRows(indexOf(parent), node->row, node->row);
    parent->children.push_back(std::move(node));
    endInsertRows();
    return parent->children.back().get();
}

AssociationTreeModel::Node *AssociationTreeModel::child(Node *parent, Kind kind,
                                                        const QString &name, const QString &note)
{
    for (const auto &node : parent->children) {
        if (node->name == name && node->note == note)
            return node.get();
    }
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->name = name;
    node->note = note;
    node->state = Node::State::Read;
    return append(parent, std::move(node));
}

void AssociationTreeModel::addReferences(const QModelIndex &index, const RowSet &rows,
                                         std::uint32_t from, std::uint32_t to)
{
    Node *const object = nodeOf(index);
    for (std::uint32_t row = from; row < to; ++row) {
        const std::vector<End> ends = endsOf(rows, row);
        if (ends.empty())
            continue;
        const std::size_t own = ownEnd(ends, object->object);
        Node *const role = child(object, Kind::Role,
                                 own < ends.size() ? ends[own].role : tr("Unknown role"),
                                 fromUtf8(rows.className(row)));
        for (std::size_t i = 0; i < ends.size(); ++i) {
            if (i != own)
                addLink(object, role, ends[i].role, ends[i].target);
        }
    }
}

void AssociationTreeModel::addLink(Node *object, Node *role, const QString &resultRole,
                                   const ResourceLocator &target)
{
    Node *const group = child(role, Kind::Class, target.className(), resultRole);
    auto node = std::make_unique<Node>();
    node->name = objectText(target);
    node->object = target;
    append(group, std::move(node));
    for (Node *counted = group; counted != object; counted = counted->parent) {
        ++counted->found;
        const QModelIndex changed = indexOf(counted, DetailColumn);
        Q_EMIT dataChanged(changed, changed);
    }
}

void AssociationTreeModel::setRead(const QModelIndex &index, const QString &problem)
{
    Node *const node = nodeOf(index);
    node->state = Node::State::Read;
    node->problem = problem;
    if (index.isValid())
        Q_EMIT dataChanged(index, indexOf(node, DetailColumn));
}

QModelIndex AssociationTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *const node = nodeOf(parent);
    if (row < 0 || column < 0 || column >= columnCount() || row >= int(node->children.size())
        || parent.column() > 0)
        return {};
    return createIndex(row, column, node->children[std::size_t(row)].get());
}

QModelIndex AssociationTreeModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(nodeOf(index)->parent) : QModelIndex();
}

int AssociationTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int AssociationTreeModel::columnCount(const QModelIndex &) const
{
    return 2;
}

bool AssociationTreeModel::hasChildren(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return false;
    const Node *const node = nodeOf(parent);
    return !node->children.empty() || node->state != Node::State::Read;
}

bool AssociationTreeModel::canFetchMore(const QModelIndex &parent) const
{
    return parent.column() <= 0 && nodeOf(parent)->state == Node::State::Unasked;
}

void AssociationTreeModel::fetchMore(const QModelIndex &parent)
{
    Node *const node = nodeOf(parent);
    if (node->state != Node::State::Unasked)
        return;
    node->state = Node::State::Asked;
    Q_EMIT dataChanged(parent, indexOf(node, DetailColumn));
    Q_EMIT wanted(parent, node->object);
}

QString AssociationTreeModel::detailText(const Node &node) const
{
    switch (node.kind) {
    case Kind::Role:
        return tr("%1, %n objects", nullptr, node.found).arg(node.note);
    case Kind::Class:
        return tr("as %1, %n objects", nullptr, node.found).arg(node.note);
    case Kind::Object:
        break;
    }
    if (node.state == Node::State::Asked)
        return tr("reading\u2026");
    if (!node.problem.isEmpty())
        return node.problem;
    return node.state == Node::State::Read && node.children.empty() ? tr("no associations")
                                                                    : QString();
}

QVariant AssociationTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    if (role == Qt::DisplayRole)
        return index.column() == NameColumn ? oneLine(node.name, 200) : detailText(node);
    if (role == Qt::ToolTipRole)
        return node.kind == Kind::Object ? shortResource(node.object) : QVariant();
    if (role == Qt::DecorationRole && index.column() == NameColumn) {
        switch (node.kind) {
        case Kind::Role:
            return Icons::get(u"association");
        case Kind::Class:
            return Icons::get(u"class");
        case Kind::Object:
            return Icons::get(u"instance");
        }
    }
    if (role == Qt::ForegroundRole && index.column() == DetailColumn)
        return Look::color(node.problem.isEmpty() ? Meaning::Muted : Meaning::Error,
                           QGuiApplication::palette());
    return {};
}

QVariant AssociationTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Role, class, object") : tr("Association");
}
