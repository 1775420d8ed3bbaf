#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTimer;

/// What is being read: a thin bar, "12,300 rows, 5,200 rows/s, 3.1 MB", Stop. Appears only when the
/// work takes longer than 200 ms, so that nothing flashes.
class ProgressStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressStrip(QWidget *parent = nullptr);

    void start(const QString &what); ///< "Reading Win32_Service"
    /// `rows` -1: the work has none. `estimate` -1: unknown.
    void setProgress(qint64 bytes, qint64 rows, qint64 estimate);
    void finish();
    bool isActive() const { return m_active; }
    qint64 elapsed() const { return m_clock.isValid() ? m_clock.elapsed() : 0; } ///< ms since start

Q_SIGNALS:
    void stopRequested();

private:
    void update();
    QProgressBar *m_bar;
    QLabel *m_text;
    QPushButton *m_stop;
    QTimer *m_delay;
    QTimer *m_tick;
    QElapsedTimer m_clock;
    QString m_what;
    qint64 m_bytes = 0, m_rows = -1, m_estimate = -1;
    bool m_active = false;
};
