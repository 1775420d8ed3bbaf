#pragma once

#include <QToolButton>

class QTimer;

/// A button whose menu says how often what is shown is read again: off, every 5 s, 30 s, minute or
/// 5 minutes. The time runs from the end of a reading, so that none overlaps the next, and waits
/// while the button is not to be seen.
class AutoRefresh final : public QToolButton
{
    Q_OBJECT
public:
    explicit AutoRefresh(QWidget *parent = nullptr);

    int seconds() const { return m_seconds; } ///< 0: off
    void setSeconds(int seconds);             ///< one of those offered, else off
    void stop() { setSeconds(0); }
    void wasRead();                 ///< a reading ended: the time begins again
    void setUnit(int milliseconds); ///< of one second, for tests

Q_SIGNALS:
    void due(); ///< nothing more until wasRead()

private:
    void elapsed();
    void showState();
    QTimer *m_timer;
    QList<QAction *> m_choices;
    int m_seconds = 0;
    int m_unit = 1000;
};
