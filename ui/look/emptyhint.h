#pragma once

#include <QLabel>

class QAbstractItemView;
class QPushButton;

/// Says in the middle of an empty list or tree what would be here. Goes as soon as there are rows.
class EmptyHint final : public QLabel
{
    Q_OBJECT
public:
    /// `view` has its model already.
    EmptyHint(QAbstractItemView *view, const QString &sentence);
    /// A button below the sentence: what to do about it. Once.
    QPushButton *addButton(const QString &text);
    void setButtonShown(bool shown); ///< while the hint is

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    QAbstractItemView *m_view;
    QPushButton *m_button = nullptr; ///< beside the label, which takes no clicks
    bool m_buttonShown = true;
};
