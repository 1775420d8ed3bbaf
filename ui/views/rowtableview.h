#pragma once

#include "models/copyrows.h"
#include "views/page.h"
#include "widgets/stickytableview.h"

#include <QHash>
#include <QSet>

#include <optional>

class QMenu;
class RowTableModel;

/// The table of a page with rows: sorted by its header (a third click gives the host's order back),
/// columns hidden and shown from the header's menu, rows copied in several formats. Key columns, or
/// those the user chose, stay in view when the others are scrolled.
class RowTableView final : public StickyTableView
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
    /// Its first cell becomes the current one, now or when it comes.
    void showColumn(const QString &name);
    QStringList keptColumns() const; ///< in view, when it is scrolled
    void setKeptColumns(const QStringList &names);
    /// Widths and order that the user gave the columns, which are hidden, which are kept in view:
    /// by name, as JSON.
    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &saved); ///< what is no such text changes nothing
    void resetColumns();
    /// More rows are not put on the clipboard at once.
    void setMostCopied(int rows) { m_mostCopied = rows; }

Q_SIGNALS:
    void currentMoved();
    void columnsChanged(); ///< by the user
    void filterByColumn(const QString &name);
    void markColumn(const QString &name); ///< set a mark on its cells
    /// `copied` of `selected` rows, the first ones, are on the clipboard.
    void copied(int copied, int selected);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void goToWanted();
    void headerClicked(int column);
    void columnsArranged();
    void fitColumns();
    void sectionResized(int column, int before, int now);
    void sectionMoved();
    void placeColumns();
    void hideEmptyColumns();
    void showColumnMenu(const QPoint &at);
    void fillHeaderMenu(QMenu *menu, int column);
    void stickColumns();
    void chooseColumns();
    void showSought();
    RowTableModel *m_rows;
    class CellDelegate *m_cells;
    QStringList m_hidden;
    QStringList m_order;               ///< by the user; empty: the model's
    std::optional<QStringList> m_kept; ///< by the user; none: the keys
    QHash<QString, int> m_widths;      ///< by the user
    bool m_arranging = false;          ///< widths and places change by themselves
    int m_mostCopied = mostCopiedRows;
    QString m_wanted; ///< column that is to be in view
    QSet<QString> m_narrow; ///< columns whose width is by few rows yet
    QSet<QString> m_fitted; ///< columns that have their width
};
