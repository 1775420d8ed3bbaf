#include "models/rowpairmodel.h"

#include "models/celltext.h"
#include "models/rowtablemodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// A cell of tab-separated text: tabs and line breaks would end it.
QString tabbed(QString text)
{
    return text.replace(u'\t', u' ').replace(u'\r', u' ').replace(u'\n', u' ');
}

} // namespace

RowPairModel::RowPairModel(const RowTableModel &rows, int left, int right, QObject *parent)
    : QAbstractTableModel(parent)
{
    QStringList leftKeys, rightKeys;
    for (int column = 0; column < rows.columnCount(); ++column) {
        const auto side = [&](int row) {
            const QModelIndex cell = rows.index(row, column);
            return Side{cell.data().toString(), cell.data(RawTextRole).toString(),
                        cell.data(CellKindRole).toInt()};
        };
        const QModelIndex a = rows.index(left, column), b = rows.index(right, column);
        Line line{rows.headerData(column, Qt::Horizontal).toString(), side(left), side(right),
                  false};
        line.different = rows.isClassColumn(column) ? line.left.shown != line.right.shown
                                                    : !sameCell(rows.cell(a), rows.cell(b));
        if (rows.isKeyColumn(column)) {
            leftKeys << line.left.shown;
            rightKeys << line.right.shown;
        }
        m_lines.push_back(std::move(line));
    }
    m_left = leftKeys.isEmpty() ? tr("Row %L1").arg(left + 1) : leftKeys.join(u", "_s);
    m_right = rightKeys.isEmpty() ? tr("Row %L1").arg(right + 1) : rightKeys.join(u", "_s);
    setOnlyDifferent(false);
}

void RowPairModel::setOnlyDifferent(bool only)
{
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (!only || m_lines[i].different)
            m_shown.push_back(i);
    }
    endResetModel();
}

int RowPairModel::differentCount() const
{
    return int(std::count_if(m_lines.begin(), m_lines.end(),
                             [](const Line &line) { return line.different; }));
}

QString RowPairModel::title(Column side) const
{
    return side == LeftColumn ? m_left : side == RightColumn ? m_right : tr("Column");
}

QString RowPairModel::text() const
{
    QStringList lines{tabbed(title(NameColumn)) + u'\t' + tabbed(m_left) + u'\t' + tabbed(m_right)};
    for (const std::size_t shown : m_shown) {
        const Line &line = m_lines[shown];
        lines << tabbed(line.name) + u'\t' + tabbed(line.left.raw) + u'\t' + tabbed(line.right.raw);
    }
    return lines.join(u'\n') + u'\n';
}

int RowPairModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int RowPairModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 3;
}

QVariant RowPairModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Line &line = m_lines[m_shown[std::size_t(index.row())]];
    if (index.column() == NameColumn)
        return role == Qt::DisplayRole || role == RawTextRole ? QVariant(line.name) : QVariant();
    const Side &side = index.column() == LeftColumn ? line.left : line.right;
    switch (role) {
    case Qt::DisplayRole:
        return side.shown;
    case Qt::ToolTipRole:
        return plainTip(side.raw.left(2000));
    case Qt::AccessibleTextRole:
        return line.different ? tr("%1, different").arg(side.shown) : side.shown;
    case RawTextRole:
        return side.raw;
    case CellKindRole:
        return side.kind;
    case ChangeRole:
        return int(line.different ? CellChange::Changed : CellChange::None);
    default:
        return {};
    }
}

QVariant RowPairModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal && role == Qt::DisplayRole
        ? QVariant(title(Column(section)))
        : QVariant();
}
