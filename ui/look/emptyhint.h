#pragma once

#include <QLabel>

class QAbstractItemView;

/// Says in the middle of an empty list or tree what would be here. Goes as soon as there are rows.
class EmptyHint final : public QLabel
{
    Q_OBJECT
public:
    /// `view` has its model already.
    EmptyHint(QAbstractItemView *view, const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    QAbstractItemView *m_view;
};
