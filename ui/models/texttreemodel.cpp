#include "models/texttreemodel.h"

#include "models/celltext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

TextTreeModel::TextTreeModel(const QStringList &headers, QObject *parent)
    : QAbstractItemModel(parent)
    , m_headers(headers)
    , m_items(1)
{ }

TextTreeModel::~TextTreeModel() = default;

void TextTreeModel::setHeaders(const QStringList &headers)
{
    m_headers = headers;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, int(m_headers.size()) - 1);
}

void TextTreeModel::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    rebuild();
    endResetModel();
}

void TextTreeModel::setFilter(const QString &words)
{
    if (words == m_filter)
        return;
    beginResetModel();
    m_filter = words;
    rebuild();
    endResetModel();
}

void TextTreeModel::rebuild()
{
    m_items.assign(1, {});
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    for (const Row &row : m_rows)
        addVisible(row, 0, words, words.isEmpty());
}

/// Adds `row` when it, or one below it, has all words; `all`: a row above it had them.
int TextTreeModel::addVisible(const Row &row, int parent, const QStringList &words, bool all)
{
    const bool matches = all || std::all_of(words.begin(), words.end(), [&](const QString &word) {
                             return row.cells.join(u'\n').contains(word, Qt::CaseInsensitive)
                                 || row.searched.contains(word, Qt::CaseInsensitive);
                         });
    const int item = int(m_items.size());
    m_items.push_back({&row, parent, int(m_items[std::size_t(parent)].children.size()), {}});
    bool below = false;
    for (const Row &child : row.rows)
        below = addVisible(child, item, words, matches) >= 0 || below;
    if (!matches && !below) {
        m_items.resize(std::size_t(item));
        return -1;
    }
    m_items[std::size_t(parent)].children.push_back(item);
    return item;
}

int TextTreeModel::totalRows() const
{
    return int(m_rows.size());
}

int TextTreeModel::visibleRows() const
{
    return int(m_items.front().children.size());
}

QModelIndex TextTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= columnCount() || row >= rowCount(parent))
        return {};
    const Item &item = m_items[parent.isValid() ? parent.internalId() : 0];
    return createIndex(row, column, quintptr(item.children[std::size_t(row)]));
}

QModelIndex TextTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const int parent = m_items[index.internalId()].parent;
    return parent == 0 ? QModelIndex()
                       : createIndex(m_items[std::size_t(parent)].place, 0, quintptr(parent));
}

int TextTreeModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    return int(m_items[parent.isValid() ? parent.internalId() : 0].children.size());
}

int TextTreeModel::columnCount(const QModelIndex &) const
{
    return int(m_headers.size());
}

QVariant TextTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = *m_items[index.internalId()].row;
    switch (role) {
    case Qt::DisplayRole:
        return row.cells.value(index.column());
    case Qt::DecorationRole:
        return index.column() == 0 ? QVariant(row.icon) : QVariant();
    case Qt::ToolTipRole:
        return row.tip.isEmpty() ? QVariant() : QVariant(plainTip(row.tip));
    case DataRole:
        return row.data;
    default:
        return {};
    }
}

QVariant TextTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? m_headers.value(section)
                                                                    : QVariant();
}
