#pragma once

#include <QCoreApplication>

#include <vector>

class QAction;
class QMainWindow;
class QMenu;
class QMenuBar;
class QToolBar;

/// Every command of the window, once: menus, toolbar and the list of shortcuts are made from these.
/// They are children of the window.
struct MainWindowActions
{
    Q_DECLARE_TR_FUNCTIONS(MainWindowActions)
public:
    explicit MainWindowActions(QMainWindow *window);

    QAction *newConnection, *profiles, *openFile, *exportContent, *closeTab, *quit;
    QAction *copy, *find, *searchHost, *palette;
    QAction *hosts, *tagFilter, *details, *value, *bottom, *activity, *trace, *resetLayout;
    QAction *back, *forward, *start, *address, *nextTab, *previousTab, *nextPart, *previousPart;
    QAction *bookmark, *editBookmarks;
    QMenu *bookmarksMenu, *recentMenu; ///< of Go; Finder fills them
    QAction *connectHost, *disconnectHost, *overview, *query, *refresh, *stop;
    QAction *credentials, *lock;
    QAction *shortcuts, *about;

    void fill(QMenuBar *bar) const;
    std::vector<QAction *> all() const; ///< in the order of the menus
};
