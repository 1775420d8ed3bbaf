#pragma once

#include "models/copyrows.h"
#include "views/page.h"

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
    std::vector<int> visibleColumns() const;
    QStringList visibleColumnNames() const;
    void copySelection(CopyFormat format);
    void copyCurrentValue();
    void fillColumnMenu(QMenu *menu);
    void fillCopyMenu(QMenu *menu);

    QStringList hiddenColumns() const { return m_hidden; }
    void setHiddenColumns(const QStringList &names);

Q_SIGNALS:
    void currentMoved();
    void columnsChanged();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void headerClicked(int column);
    void columnsArranged();
    void fitColumns();
    void hideEmptyColumns();
    void showColumnMenu(const QPoint &at);
    RowTableModel *m_rows;
    QStringList m_hidden;
    QSet<QString> m_narrow; ///< columns whose width is by few rows yet
    QSet<QString> m_fitted; ///< columns that have their width
};
