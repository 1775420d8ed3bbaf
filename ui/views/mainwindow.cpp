#include "views/mainwindow.h"

#include "find/finder.h"
#include "inventory/inventory.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/activitymodel.h"
#include "protocol/resourcelocator.h"
#include "views/activitydock.h"
#include "views/addressbar.h"
#include "views/associationspage.h"
#include "views/detailspane.h"
#include "views/dockbar.h"
#include "views/hostsdock.h"
#include "views/mainwindowdialogs.h"
#include "views/mainwindowhelp.h"
#include "views/mainwindownotice.h"
#include "views/mainwindowstate.h"
#include "views/mainwindowviews.h"
#include "views/narrowlayout.h"
#include "views/page.h"
#include "views/pagetabs.h"
#include "views/querypage.h"
#include "views/startpage.h"
#include "views/statusline.h"
#include "views/tracedock.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QStackedWidget>
#include <QToolBar>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

namespace {

Place placeOf(const HostBookmark &kept)
{
    return {.host = kept.hostId, .address = kept.address, .title = kept.title};
}

} // namespace

MainWindow::MainWindow(const Parts &parts, QWidget *parent)
    : QMainWindow(parent)
    , m_parts(parts)
    , m_queries(QFileInfo(parts.stateFile).absolutePath() + u"/queries.json"_s)
    , m_questions(this, parts.store)
    , m_hosts(new HostList(parts.store, parts.trace, m_questions, this))
    , m_activity(new ActivityModel(this))
    , m_actions(this)
    , m_dialogs(new MainWindowDialogs(*this))
{
    setObjectName(u"mainWindow"_s);
    setWindowIcon(Icons::application());
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowTabbedDocks | AllowNestedDocks);
    setDocumentMode(true);
    setCentralWidget(makeCentre());
    makeToolBar();
    makeDocks();
    m_status = new StatusLine(m_parts.trace, this);
    setStatusBar(m_status);
    m_actions.fill(menuBar());
    m_finder = new Finder(*this, *m_hosts, *m_tabs, m_actions, parts.cacheFolder);
    m_finder->setViews(*m_views);
    connectActions();
    connectDocks();
    for (HostConnection *host : m_hosts->hosts())
        hostAdded(host);
    connect(m_hosts, &HostList::added, this, &MainWindow::hostAdded);
    connect(m_hosts, &HostList::stateChanged, this, &MainWindow::hostStateChanged);
    connect(m_hosts, &HostList::aboutToRemove, this, [this](HostConnection *host) {
        m_tabs->closeAllOf(host);
        const QString id = host->profile().summary.id;
        if (host->isSaved() && !m_parts.store.find(id)) {
            m_finder->forget(host);
            m_start->forget(id);
            m_state->forget(id);
        }
    });
    connect(m_activity, &ActivityModel::runningChanged, this, &MainWindow::showStatus);
    resize(1280, 800);
    arrange();
    m_state = std::make_unique<MainWindowState>(*this, parts.stateFile);
    m_state->restore();
    showPage(nullptr);
    qApp->installEventFilter(this); // keys that a text field would take
}

MainWindow::~MainWindow()
{
    // Questions and pages listen to the hosts: they go first. What goes later says nothing to us.
    for (QDialog *dialog : findChildren<QDialog *>(Qt::FindDirectChildrenOnly))
        delete dialog;
    for (QObject *part :
         std::initializer_list<QObject *>{m_hosts, m_activity, m_tabs, m_start, m_address, m_status,
                                          m_hostsDock, m_activityDock, m_traceDock, m_finder})
        part->disconnect(this);
    for (Page *page : m_tabs->pages())
        delete page;
    for (HostConnection *host : m_hosts->hosts())
        host->disconnect(this);
}

// --- building ---

QWidget *MainWindow::makeCentre()
{
    auto *centre = new QWidget(this);
    m_notice = new MainWindowNotice(centre);
    m_band = new QWidget(centre);
    m_band->setObjectName(u"hostBand"_s);
    m_band->setFixedHeight(3);
    m_band->setAutoFillBackground(true);
    m_stack = new QStackedWidget(centre);
    m_tabs = new PageTabs(m_stack);
    m_start = new StartPage(*m_hosts, bool(m_parts.demo), m_stack);
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_tabs);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_band);
    layout->addWidget(m_stack, 1);
    return centre;
}

void MainWindow::makeToolBar()
{
    QToolBar *bar = addToolBar(tr("Toolbar"));
    bar->setObjectName(u"toolBar"_s);
    bar->setMovable(false);
    bar->setIconSize({Look::IconSize, Look::IconSize});
    bar->addAction(m_actions.newConnection);
    bar->addAction(m_actions.refresh);
    bar->addAction(m_actions.stop);
    bar->addSeparator();
    bar->addAction(m_actions.back);
    bar->addAction(m_actions.forward);
    m_address = new AddressBar(bar);
    m_address->addAction(m_actions.bookmark, QLineEdit::TrailingPosition);
    bar->addWidget(m_address);
    bar->addAction(m_actions.find);
    bar->addAction(m_actions.exportContent);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
}

void MainWindow::makeDocks()
{
    m_hostsDock = new HostsDock(*m_hosts, this);
    addDockWidget(Qt::LeftDockWidgetArea, m_hostsDock);
    m_views = new MainWindowViews(*m_hostsDock, m_parts.viewFolder, this);
    m_detailsDock = new QDockWidget(tr("Details"), this);
    m_detailsDock->setObjectName(u"detailsDock"_s);
    new DockBar(m_detailsDock);
    auto *details = new DetailsPane(m_detailsDock);
    details->setObjectName(u"detailsPane"_s);
    m_detailsDock->setWidget(details);
    addDockWidget(Qt::RightDockWidgetArea, m_detailsDock);
    m_activityDock = new ActivityDock(*m_activity, this);
    addDockWidget(Qt::BottomDockWidgetArea, m_activityDock);
    m_traceDock = new TraceDock(m_parts.trace, this);
    addDockWidget(Qt::BottomDockWidgetArea, m_traceDock);
    setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    m_narrow = new NarrowLayout(
        *this, {.hosts = m_hostsDock, .details = m_detailsDock, .bottom = m_activityDock});
}

void MainWindow::arrange()
{
    tabifyDockWidget(m_activityDock, m_traceDock);
    for (QDockWidget *dock : std::initializer_list<QDockWidget *>{m_hostsDock, m_detailsDock,
                                                                  m_activityDock, m_traceDock})
        dock->show();
    m_activityDock->raise();
    resizeDocks({m_hostsDock, m_detailsDock}, {240, 320}, Qt::Horizontal);
    resizeDocks({m_activityDock}, {180}, Qt::Vertical);
}

void MainWindow::connectDocks()
{
    connect(m_hostsDock, &HostsDock::newRequested, m_dialogs, &MainWindowDialogs::newConnection);
    connect(m_hostsDock, &HostsDock::connectRequested, this, &MainWindow::connectTo);
    connect(m_hostsDock, &HostsDock::disconnectRequested, this,
            [](HostConnection *host) { host->disconnectFromHost(); });
    connect(m_hostsDock, &HostsDock::editRequested, m_dialogs, &MainWindowDialogs::edit);
    connect(m_hostsDock, &HostsDock::removeRequested, m_dialogs, &MainWindowDialogs::remove);
    connect(m_hostsDock, &HostsDock::overviewRequested, this, &MainWindow::openOverview);
    connect(m_hostsDock, &HostsDock::configurationRequested, this, &MainWindow::openConfiguration);
    connect(m_hostsDock, &HostsDock::namespaceRequested, this, &MainWindow::openClasses);
    connect(m_hostsDock, &HostsDock::classRequested, this, &MainWindow::openInstances);
    connect(m_hostsDock, &HostsDock::schemaRequested, this, &MainWindow::openSchema);
    connect(m_hostsDock, &HostsDock::bookmarkRequested, this,
            [this](const HostBookmark &kept) { m_finder->go(placeOf(kept)); });
    connect(m_hostsDock, &HostsDock::bookmarkRemoved, this, [this](const HostBookmark &kept) {
        m_finder->places().setBookmarked(placeOf(kept), false);
    });
    connect(m_hostsDock, &HostsDock::failed, this, &MainWindow::say);
    connect(m_finder, &Finder::bookmarksChanged, this, &MainWindow::showBookmarks);
    connect(m_hosts, &HostList::added, this, &MainWindow::showBookmarks);
    connect(m_hostsDock, &HostsDock::currentHostChanged, this, &MainWindow::showStatus);
    connect(m_views, &MainWindowViews::openRequested, this, &MainWindow::openAddress);
    connect(m_views, &MainWindowViews::failed, this, &MainWindow::say);
    connect(m_views, &MainWindowViews::said, m_notice,
            qOverload<const QString &>(&MainWindowNotice::say));
    connect(m_views, &MainWindowViews::closeRequested, m_tabs, &PageTabs::close);
    connect(m_views, &MainWindowViews::pageMade, this, &MainWindow::openPage);
    connect(m_views, &MainWindowViews::queryRequested, this,
            [this](HostConnection *host, const QString &cimNamespace, const QString &wql) {
                auto *page = new QueryPage(host, m_queries, cimNamespace);
                page->setQuery({.text = wql});
                openPage(page);
                page->run();
            });
    connect(m_traceDock, &TraceDock::saved, this,
            [this](const QString &what, const QString &result) {
                m_activity->addResult(what, result, {});
            });
    connect(m_hosts, &HostList::asking, m_activity, [this](HostConnection *host, bool asking) {
        m_activity->setAsking(host->session(), asking);
    });
    connect(m_traceDock, &TraceDock::failed, this, &MainWindow::say);
    connect(m_traceDock, &TraceDock::repeatRequested, this, &MainWindow::repeat);

    connect(m_start, &StartPage::newRequested, m_dialogs, &MainWindowDialogs::newConnection);
    connect(m_start, &StartPage::profilesRequested, m_dialogs, &MainWindowDialogs::showProfiles);
    connect(m_start, &StartPage::openRequested, this, &MainWindow::askFile);
    connect(m_start, &StartPage::demoRequested, this, &MainWindow::startDemo);
    connect(m_start, &StartPage::connectRequested, this, &MainWindow::connectTo);

    connect(m_tabs, &PageTabs::currentPageChanged, this, &MainWindow::showPage);
    connect(m_tabs, &PageTabs::pageOpened, this, &MainWindow::pageOpened);
    connect(m_tabs, &PageTabs::historyChanged, this, &MainWindow::showStatus);
    connect(m_tabs, &PageTabs::reopen, this, &MainWindow::openAddress);
    connect(m_address, &AddressBar::entered, this,
            [this](const QString &text) { openAddress(presentHost(), text); });
    connect(m_address, &AddressBar::left, this, [this] {
        if (m_page)
            m_page->setFocus();
        else
            m_start->setFocus();
    });
    connect(m_status, &StatusLine::stopRequested, this, &MainWindow::stopAll);

    connect(m_finder, &Finder::opened, this, &MainWindow::openPage);
    connect(m_finder, &Finder::addressChosen, this, &MainWindow::openAddress);
    connect(m_finder, &Finder::instancesChosen, this, &MainWindow::openHit);
    connect(m_finder, &Finder::hostChosen, this, &MainWindow::connectTo);
    connect(m_finder, &Finder::said, this,
            [this](const QString &sentence) { m_notice->say(sentence); });
}

void MainWindow::connectActions()
{
    const MainWindowActions &a = m_actions;
    auto on = [this](QAction *action, auto slot) {
        connect(action, &QAction::triggered, this, slot);
    };
    on(a.newConnection, [this] { m_dialogs->newConnection(); });
    on(a.profiles, [this] { m_dialogs->showProfiles(); });
    on(a.openFile, &MainWindow::askFile);
    on(a.exportContent, [this] { m_page->exportContent(); });
    on(a.closeTab, [this] { m_tabs->close(m_page); });
    on(a.quit, &QWidget::close);
    on(a.copy, [this] { m_page->copy(); });
    on(a.find, [this] { m_page->find(); });
    on(a.resetLayout, [this] { m_state->resetLayout(); });
    on(a.back, [this] { m_tabs->go(-1); });
    on(a.forward, [this] { m_tabs->go(1); });
    on(a.start, &MainWindow::showStart);
    on(a.address, [this] { m_address->edit(); });
    on(a.nextTab,
       [this] { m_tabs->setCurrentIndex((m_tabs->currentIndex() + 1) % m_tabs->count()); });
    on(a.previousTab, [this] {
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + m_tabs->count() - 1) % m_tabs->count());
    });
    on(a.nextPart, [this] { goToPart(1); });
    on(a.previousPart, [this] { goToPart(-1); });
    on(a.connectHost, [this] { connectTo(presentHost()); });
    on(a.disconnectHost, [this] { presentHost()->disconnectFromHost(); });
    on(a.overview, [this] { openOverview(presentHost()); });
    on(a.query, [this] { openQuery(presentHost()); });
    on(a.refresh, [this] { m_page->refresh(); });
    on(a.stop, &MainWindow::stopAll);
    on(a.credentials, [this] { m_dialogs->showCredentials(); });
    on(a.lock, [this] { m_dialogs->lockPasswords(); });
    connect(m_dialogs, &MainWindowDialogs::said, this,
            [this](const QString &sentence) { m_notice->say(sentence); });
    on(a.shortcuts, [this] { MainWindowHelp::showShortcuts(this, m_actions); });
    on(a.about, [this] { MainWindowHelp::showAbout(this); });

    auto toggles = [this](QAction *action, QDockWidget *dock) {
        connect(action, &QAction::triggered, dock, &QWidget::setVisible);
        connect(dock, &QDockWidget::visibilityChanged, action,
                [action, dock] { action->setChecked(!dock->isHidden()); });
    };
    on(a.hosts, [this](bool shown) { m_narrow->showHosts(shown); });
    on(a.tagFilter, [this](bool shown) { m_hostsDock->setTagsShown(shown); });
    connect(m_hostsDock, &HostsDock::tagsShownChanged, a.tagFilter, &QAction::setChecked);
    a.tagFilter->setChecked(m_hostsDock->tagsShown());
    connect(m_narrow, &NarrowLayout::hostsShownChanged, a.hosts, &QAction::setChecked);
    toggles(a.details, m_detailsDock);
    on(a.value,
       [this] { static_cast<DetailsPane *>(m_detailsDock->widget())->toggleValue(m_detailsDock); });
    on(a.bottom, [this](bool shown) {
        m_activityDock->setVisible(shown);
        m_traceDock->setVisible(shown);
    });
    for (QDockWidget *dock : std::initializer_list<QDockWidget *>{m_activityDock, m_traceDock}) {
        connect(dock, &QDockWidget::visibilityChanged, this, [this] {
            m_actions.bottom->setChecked(!m_activityDock->isHidden() || !m_traceDock->isHidden());
        });
    }
    on(a.activity, [this] {
        m_activityDock->show();
        m_activityDock->raise();
    });
    on(a.trace, [this] {
        m_traceDock->show();
        m_traceDock->raise();
    });
}

// --- hosts ---

HostConnection *MainWindow::presentHost() const
{
    if (m_page && m_page->host() && m_stack->currentWidget() == m_tabs)
        return m_page->host();
    if (HostConnection *host = m_hostsDock->currentHost())
        return host;
    HostConnection *only = nullptr;
    for (HostConnection *host : m_hosts->hosts()) {
        if (host->state() != State::Connected)
            continue;
        if (only)
            return nullptr;
        only = host;
    }
    return only;
}

void MainWindow::hostAdded(HostConnection *host)
{
    m_finder->hostAdded(host);
    connect(host, &HostConnection::sessionChanged, this, [this, host] {
        if (Session *session = host->session())
            connect(session, &Session::operationStarted, m_activity,
                    [this, host](Operation *operation) {
                        m_traceDock->nameHost(operation->id(), host->name());
                        if (!operation->isPart())
                            m_activity->add(operation, host->name());
                    });
    });
}

void MainWindow::hostStateChanged(HostConnection *host)
{
    if (host->state() == State::Connected) {
        m_views->hostConnected(host);
        if (host->isSaved())
            m_start->note(host->profile().summary.id);
        m_state->restoreTabs(host);
        sayInventoryProblems();
    }
    showStatus();
}

/// Users' catalogues that cannot be read, once.
void MainWindow::sayInventoryProblems()
{
    if (std::exchange(m_inventorySaid, true))
        return;
    for (const Error &problem : Inventory::standard().problems())
        say(problem);
}

void MainWindow::connectTo(HostConnection *host)
{
    if (!host)
        return;
    m_hostsDock->reveal(host);
    openOverview(host);
    host->connectToHost();
}

bool MainWindow::connectToProfile(const QString &name)
{
    const auto summary = m_parts.store.find(name);
    HostConnection *host = summary ? m_hosts->forProfile(summary->id) : nullptr;
    if (host)
        connectTo(host);
    return host;
}

// --- pages ---

void MainWindow::pageOpened(Page *page)
{
    connect(page, &Page::openResource, this, [this, page](const ResourceLocator &resource) {
        if (page->host())
            openResource(page->host(), resource);
    });
    connect(page, &Page::openAssociations, this, [this, page](const ResourceLocator &object) {
        if (page->host())
            openPage(new AssociationsPage(page->host(), object));
    });
    m_views->watch(page);
    connect(page, &Page::showExchange, m_traceDock, &TraceDock::select);
    connect(
        page, &Page::finishedWork, this, [this, page](const QString &what, const QString &result) {
            m_activity->addResult(what, result, page->host() ? page->host()->name() : QString());
        });
    connect(page, &Page::busyChanged, this, &MainWindow::showStatus);
    connect(page, &Page::statusChanged, this, &MainWindow::showStatus);
    connect(page, &Page::detailsChanged, this, [this, page] {
        if (page == m_page)
            showDetails();
    });
    if (const QString key = page->layoutKey(); !key.isEmpty()) {
        page->restoreLayout(m_state->columnsOf(key));
        connect(page, &Page::layoutChanged, this,
                [this, page, key] { m_state->noteColumns(key, page->saveLayout()); });
    }
    m_finder->pageOpened(page);
    if (!page->host())
        return;
    if (const auto resource = parseResource(page->address());
        resource && resource->selectors.empty()) {
        const QString name = resource->className();
        if (const QString space = resource->cimNamespace(); !space.isEmpty() && name != u"*"_s)
            m_hostsDock->model().noteClass(page->host(), space, name);
    }
}

void MainWindow::showPage(Page *page)
{
    m_narrow->hideOverlay();
    m_page = page;
    if (page)
        m_stack->setCurrentWidget(m_tabs);
    else
        m_stack->setCurrentWidget(m_start);
    const HostConnection *host = page ? page->host() : nullptr;
    m_address->setPlace(page ? page->breadcrumb() : QStringList(),
                        page ? page->address() : QString());
    QString title = page ? page->title() : tr("Start page");
    const QColor color = host ? QColor(host->profile().summary.color) : QColor();
    QString name = host ? host->name() : QString();
    if (Look::isProduction(color))
        name = tr("%1 (production)", "host").arg(name);
    if (host && host->name() != title)
        title = tr("%1: %2", "host, page").arg(name, title);
    else if (host)
        title = name;
    setWindowTitle(title);
    QPalette palette = m_band->palette();
    palette.setColor(QPalette::Window, color);
    m_band->setPalette(palette);
    m_band->setVisible(color.isValid());
    showDetails();
    showStatus();
}

void MainWindow::showBookmarks()
{
    std::vector<HostBookmark> shown;
    for (const Place &place : m_finder->places().bookmarks()) {
        if (const HostConnection *host = m_finder->hostOf(place))
            shown.push_back({.hostId = place.host,
                             .hostName = host->name(),
                             .address = place.address,
                             .title = place.title});
    }
    m_hostsDock->model().setBookmarks(shown);
}

void MainWindow::showStart()
{
    m_stack->setCurrentWidget(m_start);
    m_start->setFocus();
}

void MainWindow::showDetails()
{
    auto *pane = static_cast<DetailsPane *>(m_detailsDock->widget());
    pane->setDetails(m_page ? m_page->details() : Details());
}

void MainWindow::showStatus()
{
    const MainWindowActions &a = m_actions;
    const bool page = m_page;
    HostConnection *host = presentHost();
    m_status->setHost(page && !m_page->host() ? nullptr : host); // a file is of no host
    m_status->setPageText(page ? m_page->statusText() : QString());
    m_status->setRunning(m_activity->running());
    a.exportContent->setEnabled(page && m_page->canExport());
    a.find->setEnabled(page && m_page->canFind());
    a.refresh->setEnabled(page && m_page->canRefresh());
    for (QAction *action : {a.copy, a.closeTab})
        action->setEnabled(page);
    for (QAction *action : {a.nextTab, a.previousTab})
        action->setEnabled(m_tabs->count() > 1);
    a.stop->setEnabled((page && m_page->isBusy()) || m_activity->running() > 0);
    a.back->setEnabled(m_tabs->canGoBack());
    a.forward->setEnabled(m_tabs->canGoForward());
    const State state = host ? host->state() : State::Disconnected;
    a.connectHost->setEnabled(host && (state == State::Disconnected || state == State::Failed));
    a.disconnectHost->setEnabled(host && (state == State::Connected || state == State::Connecting));
    a.overview->setEnabled(host);
    a.query->setEnabled(host);
    m_finder->show(m_page, host);
}

void MainWindow::stopAll()
{
    if (m_page && m_page->isBusy())
        m_page->stop();
    else
        m_activity->cancelAll();
}

void MainWindow::say(const Error &error)
{
    m_notice->say(error);
}
