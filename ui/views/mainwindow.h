#pragma once

#include "hosts/hostlist.h"
#include "models/querystore.h"
#include "views/demolauncher.h"
#include "views/mainwindowactions.h"
#include "views/mainwindowquestions.h"

#include <QMainWindow>
#include <QPointer>

class ActivityDock;
class ActivityModel;
class AddressBar;
class Finder;
class HostsDock;
class MainWindowDialogs;
class MainWindowNotice;
class MainWindowViews;
class Page;
class NarrowLayout;
class PageTabs;
class QStackedWidget;
class StartPage;
class StatusLine;
class TraceDock;
struct ClassHit;
struct ResourceLocator;
struct TraceEntry;

/// The window: hosts at the left, tabs in the middle, details at the right, what happened below. It
/// makes the parts and connects them; each does its own business.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    struct Parts
    {
        ProfileStore &store;
        Trace &trace;
        QString stateFile;       ///< where geometry, tabs and recent connections are kept (INI)
        DemoLauncher demo;       ///< may be empty: no demo host is offered
        QString cacheFolder;     ///< what is known of the hosts' classes; empty: it is not kept
        QString viewFolder = {}; ///< of the user's ready views; empty: the usual one
    };
    explicit MainWindow(const Parts &parts, QWidget *parent = nullptr);
    ~MainWindow() override;

    HostList &hosts() { return *m_hosts; }
    PageTabs &tabs() { return *m_tabs; }
    Finder &finder() { return *m_finder; }
    const MainWindowActions &actions() const { return m_actions; }

    void connectTo(HostConnection *host); ///< and shows its overview
    /// By name or id; false when there is none of that name.
    bool connectToProfile(const QString &name);
    void startDemo();
    void openFile(const QString &file);
    /// A resource of a host, as typed. Says in the window what is wrong with it.
    void openAddress(HostConnection *host, const QString &text);
    void openResource(HostConnection *host, const ResourceLocator &resource);
    void openConfiguration(HostConnection *host, const QString &part);
    void openClasses(HostConnection *host, const QString &cimNamespace);
    void openInstances(HostConnection *host, const QString &cimNamespace, const QString &name);
    void openHit(HostConnection *host, const ClassHit &hit); ///< the instances, at its property
    void openSchema(HostConnection *host, const QString &cimNamespace, const QString &name);
    void openOverview(HostConnection *host);
    /// A new query tab; of the class that the present tab shows, if it shows one.
    void openQuery(HostConnection *host);
    void say(const Error &error);

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    friend class MainWindowState;
    QWidget *makeCentre();
    void makeToolBar();
    void makeDocks();
    void connectDocks();
    void connectActions();
    void arrange(); ///< the first layout
    void openPage(Page *page);
    void pageOpened(Page *page);
    void showPage(Page *page);
    void showStatus();
    void showDetails();
    void hostAdded(HostConnection *host);
    void hostStateChanged(HostConnection *host);
    void sayInventoryProblems();
    void repeat(const TraceEntry &entry);
    void askFile();
    void stopAll();
    void goToPart(int step);
    void showStart();
    void showBookmarks();                ///< in the Hosts tree
    HostConnection *presentHost() const; ///< of the tab, else of the tree, else the only one

    Parts m_parts;
    QueryStore m_queries;
    MainWindowQuestions m_questions;
    HostList *m_hosts;
    ActivityModel *m_activity;
    MainWindowActions m_actions;
    MainWindowDialogs *m_dialogs;
    MainWindowViews *m_views = nullptr;
    QStackedWidget *m_stack = nullptr;
    PageTabs *m_tabs = nullptr;
    StartPage *m_start = nullptr;
    MainWindowNotice *m_notice = nullptr;
    QWidget *m_band = nullptr; ///< in the host's color, above its pages
    AddressBar *m_address = nullptr;
    StatusLine *m_status = nullptr;
    HostsDock *m_hostsDock = nullptr;
    QDockWidget *m_detailsDock = nullptr;
    ActivityDock *m_activityDock = nullptr;
    TraceDock *m_traceDock = nullptr;
    NarrowLayout *m_narrow = nullptr;
    Finder *m_finder = nullptr;
    QPointer<Page> m_page; ///< the present one
    bool m_inventorySaid = false;
    std::unique_ptr<class MainWindowState> m_state;
};
