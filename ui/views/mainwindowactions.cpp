#include "views/mainwindowactions.h"

#include "look/icons.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace {

QAction *make(QMainWindow *window, const QString &name, QStringView icon, const QString &text,
              const QKeySequence &shortcut, const QString &tip)
{
    auto *action = new QAction(text, window);
    action->setObjectName(name);
    if (!icon.isEmpty())
        action->setIcon(Icons::get(icon));
    action->setShortcut(shortcut);
    action->setStatusTip(QString());
    action->setWhatsThis(tip);
    const QString keys = shortcut.toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? tip : u"%1 (%2)"_s.arg(tip, keys));
    window->addAction(action);
    return action;
}

} // namespace

MainWindowActions::MainWindowActions(QMainWindow *w)
    : newConnection(make(w, u"newConnection"_s, u"connect", tr("&New connection..."),
                         QKeySequence::New, tr("Sign in to a host")))
    , profiles(make(w, u"profiles"_s, u"profile", tr("&Saved connections..."),
                    Qt::CTRL | Qt::SHIFT | Qt::Key_S, tr("Order and change the saved connections")))
    , openFile(make(w, u"openFile"_s, u"open", tr("&Open file..."), QKeySequence::Open,
                    tr("Read a saved message, export or trace")))
    , exportContent(make(w, u"exportContent"_s, u"export", tr("&Export..."), Qt::CTRL | Qt::Key_E,
                         tr("Write what the tab shows to a file")))
    , closeTab(make(w, u"closeTab"_s, u"close", tr("&Close tab"), Qt::CTRL | Qt::Key_W,
                    tr("Close the tab")))
    , quit(make(w, u"quit"_s, u"quit", tr("&Quit"), Qt::CTRL | Qt::Key_Q, tr("Quit")))
    , copy(make(w, u"copy"_s, u"copy", tr("&Copy"), QKeySequence::Copy, tr("Copy the selection")))
    , find(make(w, u"find"_s, u"find", tr("&Find"), QKeySequence::Find,
                tr("Find in what the tab shows")))
    , searchHost(make(w, u"searchHost"_s, u"find", tr("&Search the host..."),
                      Qt::CTRL | Qt::SHIFT | Qt::Key_F,
                      tr("Search the classes, properties, methods and descriptions of the host")))
    , palette(make(w, u"palette"_s, {}, tr("Command &palette..."), Qt::CTRL | Qt::Key_K,
                   tr("Find and do: commands, hosts, tabs, bookmarks, classes")))
    , hosts(make(w, u"showHosts"_s, {}, tr("&Hosts"), Qt::Key_F9, tr("Show the hosts")))
    , tagFilter(make(w, u"showTags"_s, u"tag", tr("&Filter hosts by tags"),
                     Qt::CTRL | Qt::SHIFT | Qt::Key_G,
                     tr("Show the hosts' tags, to choose hosts by them")))
    , details(make(w, u"showDetails"_s, {}, tr("&Details"), Qt::SHIFT | Qt::Key_F7,
                   tr("Show the details of the selection")))
    , value(make(w, u"showValue"_s, {}, tr("&Value"), Qt::Key_F7,
                 tr("Show the present value in full")))
    , bottom(make(w, u"showBottom"_s, {}, tr("Activity &and trace"), Qt::Key_F8,
                  tr("Show what happened")))
    , activity(make(w, u"showActivity"_s, u"activity", tr("Acti&vity"),
                    Qt::CTRL | Qt::SHIFT | Qt::Key_A, tr("Show what runs and what became of it")))
    , trace(make(w, u"showTrace"_s, u"trace", tr("SOAP &trace"), Qt::CTRL | Qt::SHIFT | Qt::Key_T,
                 tr("Show the messages exchanged")))
    , resetLayout(make(w, u"resetLayout"_s, {}, tr("&Reset layout"), {},
                       tr("Put every part of the window back to its first place")))
    , back(make(w, u"back"_s, u"back", tr("&Back"), QKeySequence::Back,
                tr("Back to what was shown before")))
    , forward(make(w, u"forward"_s, u"forward", tr("&Forward"), QKeySequence::Forward,
                   tr("Forward again")))
    , start(make(w, u"startPageAction"_s, u"home", tr("&Start page"), Qt::ALT | Qt::Key_Home,
                 tr("Show the start page")))
    , address(make(w, u"editAddress"_s, u"resource", tr("&Address"), Qt::CTRL | Qt::Key_L,
                   tr("Type a resource URI or alias")))
    , nextTab(make(w, u"nextTab"_s, {}, tr("&Next tab"), Qt::CTRL | Qt::Key_Tab, tr("Next tab")))
    , previousTab(make(w, u"previousTab"_s, {}, tr("&Previous tab"),
                       Qt::CTRL | Qt::SHIFT | Qt::Key_Tab, tr("Previous tab")))
    , nextPart(make(w, u"nextPart"_s, {}, tr("Next pa&rt of the window"), Qt::Key_F6,
                    tr("Go on to the hosts, the page, the details, what happened")))
    , previousPart(make(w, u"previousPart"_s, {}, tr("Pre&vious part of the window"),
                        Qt::SHIFT | Qt::Key_F6, tr("Go back to the part before")))
    , bookmark(make(w, u"bookmark"_s, u"bookmark", tr("&Bookmark this page"), Qt::CTRL | Qt::Key_D,
                    tr("Keep the page among the bookmarks, or no longer")))
    , editBookmarks(make(w, u"editBookmarks"_s, {}, tr("&Edit bookmarks..."), {},
                         tr("Open and remove bookmarks")))
    , bookmarksMenu(new QMenu(tr("Boo&kmarks"), w))
    , recentMenu(new QMenu(tr("&Recent resources"), w))
    , connectHost(make(w, u"connectHost"_s, u"connect", tr("&Connect"),
                       Qt::CTRL | Qt::SHIFT | Qt::Key_N, tr("Connect to the selected host")))
    , disconnectHost(make(w, u"disconnectHost"_s, {}, tr("&Disconnect"),
                          Qt::CTRL | Qt::SHIFT | Qt::Key_D, tr("Disconnect from the host")))
    , overview(make(w, u"hostOverview"_s, u"host", tr("&Overview"), Qt::CTRL | Qt::Key_I,
                    tr("What the host is and how the connection is protected")))
    , query(make(w, u"newQuery"_s, u"query", tr("New &query"), Qt::CTRL | Qt::Key_T,
                 tr("Ask the host in WQL or another query language")))
    , refresh(make(w, u"refresh"_s, u"refresh", tr("&Refresh"), Qt::Key_F5, tr("Read again")))
    , stop(make(w, u"stop"_s, u"stop", tr("&Stop"), Qt::Key_Escape, tr("Stop what runs")))
    , credentials(make(w, u"credentials"_s, u"key", tr("Saved cr&edentials..."),
                       Qt::CTRL | Qt::SHIFT | Qt::Key_K,
                       tr("See which passwords are kept, and change or forget them")))
    , lock(make(w, u"lockPasswordsAction"_s, u"lock-closed", tr("&Lock passwords..."),
                Qt::CTRL | Qt::SHIFT | Qt::Key_L,
                tr("Forget the passwords that are kept until quit")))
    , shortcuts(make(w, u"shortcuts"_s, u"help", tr("&Keyboard shortcuts"),
                     Qt::CTRL | Qt::Key_Slash, tr("List all keyboard shortcuts")))
    , about(make(w, u"about"_s, u"info", tr("&About WinRM Console"), {},
                 tr("Versions, and facts to copy for a report")))
{
    for (QAction *action : {hosts, tagFilter, details, bottom, bookmark})
        action->setCheckable(true);
    bookmarksMenu->menuAction()->setIcon(Icons::get(u"bookmark"));
    bookmarksMenu->setToolTipsVisible(true);
    recentMenu->setToolTipsVisible(true);
    palette->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)});
    refresh->setShortcuts({QKeySequence(Qt::Key_F5), QKeySequence(Qt::CTRL | Qt::Key_R)});
    nextTab->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::Key_Tab), QKeySequence(Qt::CTRL | Qt::Key_PageDown)});
    previousTab->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab),
                               QKeySequence(Qt::CTRL | Qt::Key_PageUp)});
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
}

void MainWindowActions::fill(QMenuBar *bar) const
{
    auto menu = [bar](const QString &title, std::initializer_list<QAction *> actions) {
        QMenu *made = bar->addMenu(title);
        for (QAction *action : actions) {
            if (action)
                made->addAction(action);
            else
                made->addSeparator();
        }
    };
    menu(tr("&File"),
         {newConnection, profiles, nullptr, openFile, exportContent, nullptr, closeTab, quit});
    menu(tr("&Edit"), {copy, find, searchHost, nullptr, palette});
    menu(
        tr("&View"),
        {hosts, tagFilter, details, value, bottom, nullptr, activity, trace, nullptr, resetLayout});
    menu(tr("&Go"),
         {back, forward, start, nullptr, address, bookmarksMenu->menuAction(),
          recentMenu->menuAction(), nullptr, nextTab, previousTab, nullptr, nextPart,
          previousPart});
    menu(tr("H&ost"),
         {connectHost, disconnectHost, overview, nullptr, query, nullptr, refresh, stop, nullptr,
          credentials, lock});
    menu(tr("&Help"), {shortcuts, nullptr, about});
}

std::vector<QAction *> MainWindowActions::all() const
{
    return {newConnection, profiles,    openFile,   exportContent, closeTab,    quit,
            copy,          find,        searchHost, palette,       hosts,       tagFilter,
            details,       value,       bottom,     activity,      trace,       resetLayout,
            back,          forward,     start,      address,       bookmark,    editBookmarks,
            nextTab,       previousTab, nextPart,   previousPart,  connectHost, disconnectHost,
            overview,      query,       refresh,    stop,          credentials, lock,
            shortcuts,     about};
}
