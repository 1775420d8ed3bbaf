/// RowTableModel: other rows, or rows in another order, take the place of those that are shown.

#include "models/rowarranger.h"
#include "models/rowtablemodel.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

/// What takes long to destroy goes on another thread.
template<typename T>
void discard(T &&value)
{
    QThreadPool::globalInstance()->start([kept = std::make_shared<std::decay_t<T>>(
                                              std::forward<T>(value))]() mutable { kept.reset(); });
}

} // namespace

// --- another order ----------------------------------------------------------------------------

/// Makes `order` what is shown. Rows at the end go or come as such, the rest is a change of layout,
/// so that views and selections follow.
void RowTableModel::showOrder(std::vector<std::uint32_t> order)
{
    if (!m_indexed) {
        m_order.resize(m_shown);
        for (std::uint32_t i = 0; i < m_shown; ++i)
            m_order[i] = i;
        m_indexed = true;
    }
    const std::size_t shown = m_order.size();
    const std::size_t wanted = order.size();
    if (wanted < shown) {
        order.resize(shown, m_rows.rowCount()); // no row: persistent indexes of theirs end
        swapOrder(std::move(order));
        beginRemoveRows({}, int(wanted), int(shown) - 1);
        m_order.resize(wanted);
        m_shown = std::uint32_t(wanted);
        endRemoveRows();
        return;
    }
    if (wanted > shown) {
        const bool tailOnly = std::equal(m_order.begin(), m_order.end(), order.begin());
        beginInsertRows({}, int(shown), int(wanted) - 1);
        if (tailOnly)
            m_order = std::move(order);
        else
            appendMissing(order);
        m_shown = std::uint32_t(wanted);
        endInsertRows();
        if (tailOnly)
            return;
    }
    if (order != m_order)
        swapOrder(std::move(order));
}

/// Makes m_order as long as `order` with rows of it that are not shown yet: each row stands once,
/// or persistent indexes of two would become one and be lost.
void RowTableModel::appendMissing(const std::vector<std::uint32_t> &order)
{
    std::vector<bool> there(m_rows.rowCount(), false);
    for (const std::uint32_t row : m_order) {
        if (row < there.size())
            there[row] = true;
    }
    for (std::size_t i = 0; i < order.size() && m_order.size() < order.size(); ++i) {
        if (!there[order[i]])
            m_order.push_back(order[i]);
    }
}

void RowTableModel::swapOrder(std::vector<std::uint32_t> order)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    if (!before.isEmpty()) {
        constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();
        std::vector<std::uint32_t> place(m_rows.rowCount(), nowhere);
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            if (order[i] < place.size() && place[order[i]] == nowhere)
                place[order[i]] = i;
        }
        after.reserve(before.size());
        for (const QModelIndex &old : before) {
            const std::uint32_t row = m_order[std::size_t(old.row())];
            const std::uint32_t to = row < place.size() ? place[row] : nowhere;
            after << (to == nowhere ? QModelIndex() : createIndex(int(to), old.column()));
        }
    }
    m_order = std::move(order);
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

// --- rows read again --------------------------------------------------------------------------

void RowTableModel::refreshWith(const RowSet &rows, const QStringList &keys)
{
    m_fresh = rows;
    if (m_schema)
        applySchema(*m_fresh, *m_schema);
    m_freshKeys = keys;
    startRefresh();
}

void RowTableModel::startRefresh()
{
    const quint64 generation = ++*m_refreshWanted;
    ArrangeRequest request{*m_fresh,    m_schema, m_filter, ArrangeRequest::noColumn,
                           m_sortOrder, m_dress};
    if (m_sortSource == ArrangeRequest::classColumn)
        request.sortColumn = m_sortSource;
    else if (const auto source = m_fresh->columnNamed(m_sortName.toStdString());
             source && !m_sortName.isEmpty())
        request.sortColumn = int(*source);
    QThreadPool::globalInstance()->start([self = QPointer(this), request, generation,
                                          sortName = m_sortName, before = m_rows,
                                          keys = m_freshKeys, wanted = m_refreshWanted] {
        auto changes = std::make_shared<RowChanges>(
            compareRows(before, request.rows, keys, request.schema.get(), *wanted, generation));
        auto order = arrangeRows(request, *wanted, generation);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, generation, request, sortName, changes, order = std::move(order)]() mutable {
                if (!self || generation != self->m_refreshWanted->load())
                    return;
                if (request.filter == self->m_filter && sortName == self->m_sortName
                    && request.order == self->m_sortOrder)
                    self->swapRows(changes, std::move(order), request.sortColumn);
                else
                    self->startRefresh(); // asked for in another order meanwhile
            },
            Qt::QueuedConnection);
    });
}

/// The new rows in `order` in place of the old ones. Rows at the end come or go as such, the rest
/// is a change of layout, in which selections and the current cell follow their rows.
void RowTableModel::swapRows(const std::shared_ptr<const RowChanges> &changes,
                             std::vector<std::uint32_t> order, int sortSource)
{
    ++*m_wanted; // an arrangement of the old rows comes too late
    m_again->stop();
    RowSet old = m_rows;
    std::vector<std::uint32_t> oldOrder = m_order;
    if (!m_indexed) {
        oldOrder.resize(m_shown);
        for (std::uint32_t i = 0; i < m_shown; ++i)
            oldOrder[i] = i;
    }
    const auto shown = std::uint32_t(oldOrder.size());
    const auto wanted = std::uint32_t(order.size());
    m_order = oldOrder;
    m_indexed = true;
    if (wanted > shown) {
        beginInsertRows({}, int(shown), int(wanted) - 1);
        m_order.resize(wanted, m_rows.rowCount()); // rows without content, for a moment
        m_shown = wanted;
        endInsertRows();
    }
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    const QModelIndexList after = followRows(before, oldOrder, order, *changes);
    m_rows = *std::exchange(m_fresh, std::nullopt);
    m_order = std::move(order);
    if (wanted < shown)
        m_order.resize(shown, m_rows.rowCount());
    rebindColumns(sortSource);
    const auto outdated = std::exchange(m_changes, changes);
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    if (wanted < shown) {
        beginRemoveRows({}, int(wanted), int(shown) - 1);
        m_order.resize(wanted);
        m_shown = wanted;
        endRemoveRows();
    }
    if (!isArranged()) {
        m_indexed = false;
        m_order = {};
    }
    m_covered = m_rows.rowCount();
    updateColumns();
    setRunning(false);
    discard(std::make_tuple(std::move(old), outdated, std::move(oldOrder)));
    Q_EMIT refreshed();
}

QModelIndexList RowTableModel::followRows(const QModelIndexList &indexes,
                                          const std::vector<std::uint32_t> &oldOrder,
                                          const std::vector<std::uint32_t> &order,
                                          const RowChanges &changes) const
{
    QModelIndexList after;
    if (indexes.isEmpty())
        return after;
    std::vector<std::uint32_t> place(changes.before.size(), RowChanges::nowhere);
    for (std::uint32_t i = 0; i < order.size(); ++i)
        place[order[i]] = i;
    after.reserve(indexes.size());
    for (const QModelIndex &index : indexes) {
        std::uint32_t to = RowChanges::nowhere;
        if (std::size_t(index.row()) < oldOrder.size()) {
            const std::uint32_t was = oldOrder[std::size_t(index.row())];
            if (was < changes.after.size() && changes.after[was] != RowChanges::nowhere)
                to = place[changes.after[was]];
        }
        after << (to == RowChanges::nowhere ? QModelIndex() : createIndex(int(to), index.column()));
    }
    return after;
}

/// A new set may have its columns in another order.
void RowTableModel::rebindColumns(int sortSource)
{
    for (ViewColumn &column : m_columns) {
        if (column.source < 0)
            continue;
        const auto source = m_rows.columnNamed(column.name.toStdString());
        column.source = source ? int(*source) : -1;
    }
    m_sortSource = sortSource;
    learnTypes();
    applySchemaFacts();
}

void RowTableModel::forgetChanges()
{
    if (!m_changes)
        return;
    discard(std::exchange(m_changes, nullptr));
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {ChangeRole});
}

CellChange RowTableModel::changeOf(std::uint32_t row, int source) const
{
    if (!m_changes || row >= m_changes->before.size())
        return CellChange::None;
    if (m_changes->before[row] == RowChanges::nowhere)
        return CellChange::New;
    return source >= 0 && m_changes->cells.contains(RowChanges::cellKey(row, std::uint32_t(source)))
        ? CellChange::Changed
        : CellChange::None;
}

/// What the marks say in words, a line above `text`.
QString RowTableModel::withChange(const QString &text, std::uint32_t row, int source) const
{
    QString said;
    switch (changeOf(row, source)) {
    case CellChange::None:
        return text;
    case CellChange::New:
        said = tr("New since it was read before");
        break;
    case CellChange::Changed:
        said = tr("Was: %1").arg(
            m_changes->cells.at(RowChanges::cellKey(row, std::uint32_t(source))));
        break;
    }
    return text.isEmpty() ? said : said + u'\n' + text;
}
