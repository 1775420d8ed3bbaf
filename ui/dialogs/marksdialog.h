#pragma once

#include "models/rowmarks.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class RowTableModel;

/// The marks that the user set on a table: which cells, when, with which sign and word. What is
/// added, changed or removed is seen in the table at once.
class MarksDialog final : public QDialog
{
    Q_OBJECT
public:
    /// The form begins with `column` and `where`, of the same language as the table's filter.
    MarksDialog(RowTableModel &model, const QString &column, const QString &where,
                QWidget *parent = nullptr);

Q_SIGNALS:
    void marksChanged();

private:
    void makeForm(const QString &column, const QString &where);
    void fillList(int current);
    void showMark(int index);
    void check();
    RowMark typed() const;
    void add();
    void change();
    void remove();
    void setMarks(const std::vector<RowMark> &marks, int current);
    RowTableModel &m_model;
    QTreeWidget *m_list;
    QLabel *m_none;
    QComboBox *m_column;
    QLineEdit *m_where;
    QLabel *m_problem;
    QComboBox *m_sign;
    QLineEdit *m_word;
    QPushButton *m_add;
    QPushButton *m_change;
    QPushButton *m_remove;
};
