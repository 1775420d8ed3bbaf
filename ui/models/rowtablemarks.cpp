/// RowTableModel: the user's marks on its cells.

#include "look/icons.h"
#include "models/rowtablemodel.h"
#include "models/viewcells.h"

using namespace Qt::StringLiterals;

void RowTableModel::setMarks(const std::vector<RowMark> &marks)
{
    if (marks == m_marks.marks())
        return;
    m_marks.set(marks);
    if (rowCount() > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1),
                           {Qt::DisplayRole, Qt::DecorationRole, Qt::ToolTipRole});
}

/// A mark is a coloured sign before the value and a word behind it; its tip says why.
QVariant RowTableModel::withMark(const QVariant &plain, const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::DecorationRole
        && role != Qt::ToolTipRole)
        return plain;
    if (!index.isValid() || sourceRow(index.row()) >= m_rows.rowCount())
        return plain;
    const RowMark *mark = m_marks.find(m_rows, m_schema.get(), m_dress.get(),
                                       sourceRow(index.row()), columnName(index.column()));
    if (!mark)
        return plain;
    if (role == Qt::DecorationRole) {
        const Meaning meaning = ViewCells::meaning(mark->sign);
        const QStringView sign = Icons::signOf(meaning);
        return sign.isEmpty() ? plain : QVariant(Icons::get(sign, meaning));
    }
    const QString text = plain.toString();
    if (role == Qt::ToolTipRole) {
        const QString why = tr("Marked by you: %1").arg(mark->where);
        if (text.isEmpty())
            return plainTip(why);
        return Qt::mightBeRichText(text) ? text + u"<br>"_s + why.toHtmlEscaped()
                                         : plainTip(text + u'\n' + why);
    }
    if (mark->word.isEmpty())
        return plain;
    return text.isEmpty() ? mark->word
                          : tr("%1, %2", "value, what is said of it").arg(text, mark->word);
}
