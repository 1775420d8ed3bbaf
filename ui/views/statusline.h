#pragma once

#include "connection/securitystate.h"

#include <QPointer>
#include <QStatusBar>

class HostConnection;
class IconLabel;
class QProgressBar;
class QToolButton;
class Trace;

/// The window's last line. Left: host, user, way of sign-in, how the connection is protected, how
/// long the last answer took. Right: what the page counts, and what runs, with Stop.
class StatusLine final : public QStatusBar
{
    Q_OBJECT
public:
    explicit StatusLine(Trace &trace, QWidget *parent = nullptr);
    void setHost(HostConnection *host); ///< null: none
    void setPageText(const QString &text);
    void setRunning(int operations);

Q_SIGNALS:
    void stopRequested();

private:
    void refresh();
    void showSecurity();
    void showLost();
    static void showLabel(IconLabel *label, const struct SecurityLabel &what);
    void exchanged(quint64 id);

    Trace &m_trace;
    QPointer<HostConnection> m_host;
    SecurityState m_state; ///< of the newest connection that has signed in
    IconLabel *m_name, *m_user, *m_way, *m_security, *m_latency, *m_readOnly;
    IconLabel *m_page, *m_busy;
    QProgressBar *m_bar;
    QToolButton *m_stop;
    class QTimer *m_delay;
    class QTimer *m_minute; ///< while a ticket is running out
    int m_running = 0;
};
