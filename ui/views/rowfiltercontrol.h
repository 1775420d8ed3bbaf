#pragma once

#include <QObject>
#include <QStringList>

class FilterField;
class QCompleter;
class QLabel;
class QMenu;
class QModelIndex;
class QStringListModel;
class RowTableModel;

/// What a table's filter field does: it filters the rows, says what is wrong with the text, offers
/// the columns' names while one is typed, keeps the filters that were used, and takes terms from
/// cells and headers. Field, label and model belong to the caller and live longer.
class RowFilterControl final : public QObject
{
    Q_OBJECT
public:
    /// `problem` shows what is wrong, below the field.
    RowFilterControl(RowTableModel *model, FilterField *field, QLabel *problem);

    /// "Filter by this value" and its kin, for a cell. Nothing where the language has no words for
    /// it.
    void fillCellMenu(QMenu *menu, const QModelIndex &cell);
    /// The terms that hold for a cell like this one, as they are typed; empty: there are none.
    QString termsOf(const QModelIndex &cell) const;
    /// Begins a term about the column and puts the cursor behind it.
    void filterByColumn(const QString &name);

    /// The newest first, at most 20.
    const QStringList &history() const { return m_history; }
    void setHistory(const QStringList &filters);

Q_SIGNALS:
    void historyChanged();

private:
    void apply(const QString &text);
    void check();
    void note();
    void set(const QString &text);
    void append(const QString &term);
    void fillHistoryMenu();
    void offerNames();
    void takeName(const QString &name);
    qsizetype nameStart() const;

    RowTableModel *m_model;
    FilterField *m_field;
    QLabel *m_problem;
    QMenu *m_historyMenu;
    QCompleter *m_completer;
    QStringListModel *m_names;
    QStringList m_history;
};
