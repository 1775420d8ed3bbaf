#pragma once

#include <QWidget>

class AutoRefresh;
class FilterField;
class NoteStrip;
class QHBoxLayout;
class QLabel;
class QMenu;
class QModelIndex;
class RowFilterControl;
class RowRefresh;
class RowTableModel;
class RowTableView;
class SelectionStatistics;

/// What stands above a table of rows and works on it, on every page the same: the filter, how many
/// rows there are and since when, auto-refresh, the columns; below them what is wrong with the
/// filter, what a refresh changed and what was not copied. Model and table belong to the caller and
/// live as long.
class RowTools final : public QWidget
{
    Q_OBJECT
public:
    enum class Shape {
        Line,   ///< above a table that fills its page
        Saved,  ///< the same of rows from a file: nothing that asks a host
        Folded, ///< of a small table among others: the filter alone, hidden until it is asked for
    };
    RowTools(RowTableModel *model, RowTableView *table, Shape shape, QWidget *parent);

    FilterField *filter() const { return m_filter; }
    RowRefresh &refresh() const { return *m_refresh; }
    void stopAutoRefresh();
    void find(); ///< the cursor goes into the filter
    bool isFilterShown() const;
    void foldFilter(); ///< where it may, and empties it
    void setFilter(const QString &text);
    /// What one does with rows: compare two, filter by the cell, copy.
    void fillRowMenu(QMenu *menu, const QModelIndex &current);
    QString countText() const;  ///< "3 of 40 rows"; empty while there are none
    QString statusText() const; ///< with what the selected rows come to
    /// Columns and the filters that were used, as JSON.
    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);

Q_SIGNALS:
    void refreshWanted();
    void exportWanted();
    void statusChanged();
    void layoutChanged();
    void filterShown(bool shown);
    void columnMenuShown(QMenu *menu); ///< is filled: what goes above the columns

private:
    void makeLine();
    void makeRefreshing();
    void makeColumnsButton();
    void setFilterShown(bool shown);
    void compareRows();
    void editMarks(const QString &column, const QString &where);
    void noteCopied(int copied, int selected);
    void updateCount();
    void makeHint();

    RowTableModel *m_model;
    RowTableView *m_table;
    Shape m_shape;
    FilterField *m_filter;
    QLabel *m_problem; ///< of the filter, below it
    RowFilterControl *m_filters;
    SelectionStatistics *m_statistics;
    QHBoxLayout *m_line;
    QLabel *m_count = nullptr;
    QLabel *m_age = nullptr;
    AutoRefresh *m_auto = nullptr;
    QLabel *m_hint = nullptr;       ///< in the table: no row passes the filter
    NoteStrip *m_copied;            ///< not all was copied
    NoteStrip *m_changes = nullptr; ///< since the reading before
    RowRefresh *m_refresh = nullptr;
};
