#pragma once

#include <QLineEdit>

class QMenu;
class QTimer;

/// A field that filters what stands below it while one types. `filterChanged` comes a moment after
/// the last key, at once for Enter and when the field is emptied. Escape empties it; Down moves
/// into the list (`leave`).
class FilterField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit FilterField(QWidget *parent = nullptr);

    /// A sentence on what is wrong; shown by a sign with it as tip. Empty: all is well.
    void setProblem(const QString &problem);
    const QString &problem() const { return m_problem; }
    /// Opened by the funnel at the left and by Alt+Down: what the field offers to choose from.
    void setMenu(QMenu *menu, const QString &tip);
    void apply(); ///< the text as it is, now

Q_SIGNALS:
    void filterChanged(const QString &text);
    void leave();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showMenu();
    QTimer *m_wait;
    QAction *m_sign;
    QAction *m_funnel;
    QMenu *m_menu = nullptr;
    QString m_applied;
    QString m_problem;
};
