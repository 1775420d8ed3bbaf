#pragma once

#include <QDockWidget>

class ActivityModel;
class QTreeView;

/// What runs and what became of it. Each running row has its own Stop; Delete stops the selected
/// one.
class ActivityDock final : public QDockWidget
{
    Q_OBJECT
public:
    explicit ActivityDock(ActivityModel &model, QWidget *parent = nullptr);
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

private:
    void addStop(int first, int last);
    void refreshStops(const QModelIndex &first, const QModelIndex &last);
    void showMenu(const QPoint &at);

    ActivityModel &m_model;
    QTreeView *m_view;
};
