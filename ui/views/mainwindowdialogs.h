#pragma once

#include "dialogs/connectiondialog.h"

#include <QObject>

#include <vector>

class HostConnection;
class MainWindow;
struct Credential;
struct Profile;

/// The window's dialogs about connections and what follows from their answers. One of a kind is
/// open at a time.
class MainWindowDialogs final : public QObject
{
    Q_OBJECT
public:
    explicit MainWindowDialogs(MainWindow &window);

    void newConnection();
    void edit(HostConnection *host);
    void remove(HostConnection *host); ///< asks first, where it is saved
    void showProfiles();
    void showCredentials();
    void lockPasswords();

    const std::vector<RecentHost> &recentHosts() const { return m_recentHosts; }
    void setRecentHosts(const std::vector<RecentHost> &hosts) { m_recentHosts = hosts; }

Q_SIGNALS:
    void said(const QString &sentence); ///< what a dialog has done that is closed now

private:
    ConnectionDialog *open(HostConnection *host, const Profile &profile, bool passwordStored);
    void accept(const ConnectionDialog &dialog, HostConnection *host, bool connectNow);
    void save(const Profile &profile, const Credential &credential, HostConnection *host,
              bool connectNow);
    void use(const Profile &profile, const Credential &credential, HostConnection *host,
             bool connectNow);
    void noteHost(const RecentHost &host);

    MainWindow &m_window;
    std::vector<RecentHost> m_recentHosts; ///< newest first
};
