#include "models/documenttreemodel.h"

#include "document/rowset.h"
#include "look/icons.h"
#include "models/celltext.h"
#include "protocol/endpointreference.h"
#include "protocol/namespaces.h"
#include "text/valuetext.h"

using namespace Qt::StringLiterals;

DocumentTreeModel::DocumentTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
{ }

DocumentTreeModel::~DocumentTreeModel() = default;

void DocumentTreeModel::setDocument(DocumentPtr document, Node root, bool showRoot)
{
    beginResetModel();
    m_document = std::move(document);
    m_root = root;
    m_items.clear();
    if (m_root) {
        m_items.push_back({.node = root.index()});
        if (showRoot) {
            m_items.front().firstChild = 1;
            m_items.front().childCount = 1;
            m_items.push_back({.node = root.index()});
        }
    }
    endResetModel();
}

void DocumentTreeModel::setDocument(const DocumentPtr &document)
{
    setDocument(document, document ? document->root() : Node());
}

bool DocumentTreeModel::isShown(Node) const
{
    return true;
}

bool DocumentTreeModel::showsAttribute(Node, const AttributeView &attribute) const
{
    return attribute.name.namespaceUri != ns::xsi && attribute.name.prefix != "xmlns"
        && attribute.name.local != "xmlns";
}

const DocumentTreeModel::Item &DocumentTreeModel::listed(std::uint32_t at) const
{
    if (m_items[at].childCount != unlisted)
        return m_items[at];
    const auto first = std::uint32_t(m_items.size());
    std::uint32_t count = 0;
    if (m_items[at].attribute < 0) {
        const Node node = nodeOf(m_items[at]);
        for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
            if (showsAttribute(node, node.attribute(i)))
                m_items.push_back({.node = node.index(),
                                   .attribute = std::int32_t(i),
                                   .parent = at,
                                   .row = count++,
                                   .childCount = 0});
        }
        for (Node child : node.children()) {
            if (isShown(child))
                m_items.push_back({.node = child.index(), .parent = at, .row = count++});
        }
    }
    m_items[at].firstChild = first;
    m_items[at].childCount = count;
    return m_items[at];
}

Node DocumentTreeModel::nodeOf(const Item &item) const
{
    return m_document->node(item.node);
}

std::uint32_t DocumentTreeModel::itemOf(const QModelIndex &index) const
{
    return index.isValid() ? std::uint32_t(index.internalId()) : 0;
}

Node DocumentTreeModel::node(const QModelIndex &index) const
{
    return index.isValid() ? nodeOf(m_items[itemOf(index)]) : m_root;
}

bool DocumentTreeModel::isAttribute(const QModelIndex &index) const
{
    return index.isValid() && m_items[itemOf(index)].attribute >= 0;
}

bool DocumentTreeModel::isBranch(const QModelIndex &index) const
{
    return index.isValid() && !isAttribute(index) && !node(index).isLeaf();
}

QString DocumentTreeModel::name(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const Item &item = m_items[itemOf(index)];
    const Node element = nodeOf(item);
    if (item.attribute >= 0)
        return u'@' + fromUtf8(element.attribute(std::uint32_t(item.attribute)).name.local);
    return fromUtf8(element.localName());
}

QString DocumentTreeModel::value(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const Item &item = m_items[itemOf(index)];
    const Node element = nodeOf(item);
    if (item.attribute >= 0)
        return fromUtf8(element.attribute(std::uint32_t(item.attribute)).value);
    if (element.isLeaf())
        return fromUtf8(element.text());
    return element.hasMixedContent() ? fromUtf8(element.trimmedText()) : QString();
}

QString DocumentTreeModel::path(const QModelIndex &index) const
{
    QStringList names;
    for (QModelIndex at = index.siblingAtColumn(0); at.isValid(); at = at.parent())
        names.prepend(name(at));
    return names.join(u'/');
}

std::size_t DocumentTreeModel::bytesPerNode() const
{
    return m_items.empty() ? 0 : m_items.capacity() * sizeof(Item) / m_items.size();
}

QModelIndex DocumentTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= columnCount() || row >= rowCount(parent))
        return {};
    return createIndex(row, column, quintptr(listed(itemOf(parent)).firstChild) + quintptr(row));
}

QModelIndex DocumentTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const std::uint32_t parent = m_items[itemOf(index)].parent;
    return parent == 0 ? QModelIndex() : createIndex(int(m_items[parent].row), 0, quintptr(parent));
}

QModelIndex DocumentTreeModel::sibling(int row, int column, const QModelIndex &index) const
{
    if (index.isValid() && row == index.row() && column >= 0 && column < columnCount())
        return createIndex(row, column, index.internalId());
    return QAbstractItemModel::sibling(row, column, index);
}

bool DocumentTreeModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

int DocumentTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!m_root || parent.column() > 0)
        return 0;
    return int(listed(itemOf(parent)).childCount);
}

int DocumentTreeModel::columnCount(const QModelIndex &) const
{
    return 3;
}

Qt::ItemFlags DocumentTreeModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid() && !hasChildren(index.siblingAtColumn(0)))
        flags |= Qt::ItemNeverHasChildren;
    return flags;
}

namespace {

/// What an element's value column says: a leaf its text, a reference its path.
QString shownValue(Node element, const QString &text)
{
    if (element.isNil())
        return u"null"_s;
    if (isEndpointReference(element))
        return referenceText(readEndpointReference(element));
    return oneLine(text);
}

QString noteOf(Node element)
{
    if (const auto type = element.attribute(ns::xsi, "type"))
        return fromUtf8(
            type->substr(type->find(':') == std::string_view::npos ? 0 : type->find(':') + 1));
    return {};
}

QStringView iconOf(Node element, bool attribute)
{
    if (attribute)
        return u"qualifier";
    if (element.isNil())
        return u"null";
    if (isEndpointReference(element))
        return u"reference";
    return element.isLeaf() ? u"property" : u"instance";
}

} // namespace

QVariant DocumentTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node element = node(index);
    const bool attribute = isAttribute(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (index.column() == NameColumn)
            return name(index);
        if (index.column() == NoteColumn)
            return attribute ? QString() : noteOf(element);
        return attribute ? oneLine(value(index)) : shownValue(element, value(index));
    case Qt::ToolTipRole: {
        const QString text = index.column() == ValueColumn ? value(index) : QString();
        return text.size() > 40 ? plainTip(text.left(2000)) : QString();
    }
    case Qt::DecorationRole:
        return index.column() == NameColumn
            ? QVariant(Icons::get(iconOf(element, attribute), Meaning::Muted))
            : QVariant();
    case RawTextRole:
        return value(index);
    case CellKindRole:
        if (index.column() != ValueColumn)
            return {};
        return int(!attribute && element.isNil() ? CellKind::Nil
                       : isBranch(index)         ? CellKind::Object
                                                 : CellKind::Scalar);
    case EmptyRole:
        return index.column() == ValueColumn && !isBranch(index) && value(index).isEmpty();
    default:
        return {};
    }
}

QVariant DocumentTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case ValueColumn:
        return tr("Value");
    case NoteColumn:
        return tr("Type");
    default:
        return {};
    }
}
