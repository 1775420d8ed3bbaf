#pragma once

#include <QLineEdit>

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

Q_SIGNALS:
    void filterChanged(const QString &text);
    void leave();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void apply();
    QTimer *m_wait;
    QAction *m_sign;
    QString m_applied;
    QString m_problem;
};
