#pragma once

#include "models/copyrows.h"
#include "views/page.h"

#include <QHash>
#include <QSet>
#include <QTableView>

class QMenu;
class RowTableModel;

/// The table of a page with rows: sorted by its header (a third click gives the host's order back),
/// columns hidden and shown from the header's menu, rows copied in several formats.
class RowTableView final : public QTableView
{
    Q_OBJECT
public:
    explicit RowTableView(RowTableModel *model, QWidget *parent = nullptr);

    std::vector<int> selectedRows() const; ///< of the model, in the order shown
    int selectedRowCount() const;
    std::vector<int> visibleColumns() const;
    QStringList visibleColumnNames() const;
    void copySelection(CopyFormat format);
    void copyCurrentValue();
    void fillColumnMenu(QMenu *menu);
    void fillCopyMenu(QMenu *menu);

    QStringList hiddenColumns() const { return m_hidden; }
    void setHiddenColumns(const QStringList &names);
    /// Widths and order that the user gave the columns, and which are hidden: by name, as JSON.
    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &saved); ///< what is no such text changes nothing
    void resetColumns();
    /// More rows are not put on the clipboard at once.
    void setMostCopied(int rows) { m_mostCopied = rows; }

Q_SIGNALS:
    void currentMoved();
    void columnsChanged(); ///< by the user
    void filterByColumn(const QString &name);
    /// `copied` of `selected` rows, the first ones, are on the clipboard.
    void copied(int copied, int selected);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void headerClicked(int column);
    void columnsArranged();
    void fitColumns();
    void sectionResized(int column, int before, int now);
    void sectionMoved();
    void placeColumns();
    void hideEmptyColumns();
    void showColumnMenu(const QPoint &at);
    RowTableModel *m_rows;
    QStringList m_hidden;
    QStringList m_order;          ///< by the user; empty: the model's
    QHash<QString, int> m_widths; ///< by the user
    bool m_arranging = false;     ///< widths and places change by themselves
    int m_mostCopied = mostCopiedRows;
    QSet<QString> m_narrow; ///< columns whose width is by few rows yet
    QSet<QString> m_fitted; ///< columns that have their width
};
