#pragma once

#include <QByteArray>
#include <QSettings>

#include <utility>
#include <vector>

class HostConnection;
class MainWindow;

/// What the window remembers between two runs: place, docks, recent connections, bookmarks and
/// recent resources, and for each saved connection its open tabs and the classes used. Tabs come
/// back when the user connects to that host again; nothing is ever connected by what is remembered.
class MainWindowState final
{
public:
    MainWindowState(MainWindow &window, const QString &file);
    void restore();
    void save();
    void restoreTabs(HostConnection *host); ///< once a run, after it was connected
    void rememberTabs(HostConnection *host);
    void forget(const QString &profileId);
    void resetLayout();
    /// Columns of tables by what they show, the newest 200.
    QByteArray columnsOf(const QString &key) const;
    void noteColumns(const QString &key, const QByteArray &layout);

private:
    std::vector<struct Place> savedPlaces() const;
    void rescue(); ///< back onto a screen that is there

    MainWindow &m_window;
    QSettings m_settings;
    QByteArray m_firstLayout;
    std::vector<std::pair<QString, QByteArray>> m_columns; ///< newest first
    QStringList m_restored; ///< profile ids whose tabs came back already
};
