#pragma once

#include <QDialog>

class QTreeView;
class RowPairModel;
class RowTableModel;

/// Two rows of a table beside each other, what differs marked, on request only that. It keeps the
/// values it was opened with.
class CompareRowsDialog final : public QDialog
{
    Q_OBJECT
public:
    CompareRowsDialog(const RowTableModel &rows, int left, int right, QWidget *parent = nullptr);

    RowPairModel &model() { return *m_model; }

private:
    void copy() const;
    RowPairModel *m_model;
    QTreeView *m_view;
};
