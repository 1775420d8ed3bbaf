#pragma once

#include <QScrollArea>
#include <QStringList>

class HostConnection;
class HostList;
class QLabel;
class QListWidget;
class QPushButton;

/// What is shown while no tab is open: the connections used last and the pinned ones, and the ways
/// in.
class StartPage final : public QScrollArea
{
    Q_OBJECT
public:
    explicit StartPage(HostList &hosts, bool withDemo, QWidget *parent = nullptr);

    /// Profile ids, newest first; pinned ones stand before the others.
    void setRecent(const QStringList &recent, const QStringList &pinned);
    const QStringList &recent() const { return m_recent; }
    const QStringList &pinned() const { return m_pinned; }
    void note(const QString &profileId); ///< was just used
    void forget(const QString &profileId);
    void setDemoBusy(bool busy);

Q_SIGNALS:
    void newRequested();
    void profilesRequested();
    void openRequested();
    void demoRequested();
    void connectRequested(HostConnection *host);

private:
    void fill();
    void showMenu(const QPoint &at);
    HostConnection *hostOf(const class QListWidgetItem *item) const;

    HostList &m_hosts;
    QStringList m_recent, m_pinned;
    QListWidget *m_list;
    QLabel *m_heading;
    QPushButton *m_demo = nullptr;
};
