#pragma once

#include "models/rowstatistics.h"

#include <QObject>

class QTimer;
class RowTableModel;
class RowTableView;

/// Follows the selection of a table and says what the selected rows come to in the current column:
/// a moment after it changed, and for many rows from another thread. Model and view belong to the
/// caller and live longer.
class SelectionStatistics final : public QObject
{
    Q_OBJECT
public:
    SelectionStatistics(RowTableModel *model, RowTableView *view);
    ~SelectionStatistics() override;

    QString text() const; ///< empty for less than two rows
    const RowStatistics &statistics() const { return m_statistics; }

Q_SIGNALS:
    void changed();

private:
    void selectionMoved();
    void start();
    void ready(quint64 generation, const RowStatistics &statistics);

    RowTableModel *m_model;
    RowTableView *m_view;
    QTimer *m_wait;
    std::shared_ptr<std::atomic<quint64>> m_wanted;
    RowStatistics m_statistics;
    int m_column = -1; ///< of the model, that the statistics are of
};
