#include "models/hoststreemodel.h"
#include "models/tracemodel.h"
#include "protocol/resourcelocator.h"
#include "session/session.h"
#include "ui/answers.h"
#include "ui/demowindow.h"
#include "views/page.h"
#include "views/pagetabs.h"
#include "views/rowtableview.h"
#include "views/tracedock.h"
#include "widgets/notestrip.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDockWidget>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

class MainWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void startsEmpty();
    void demoIsTwoClicksAway();
    void namespacesComeWhenOpened();
    void addressOpensWhatItNames();
    void brokenAddressSaysWhy();
    void sameThingHasOneTab();
    void backAndForward();
    void tabsClose();
    void traceIsSavedWithoutSecrets();
    void traceIsSearchedAndRepeated();
    void savedTraceOpensWithoutAHost();
    void escapeStopsWhatRuns();
    void disconnectKeepsTheTabs();
    void closesWhileReading();
    void tabsComeBackWithTheirHost();
    void refusedConnectionSaysWhy();
    void changedCertificateStops();
    void everyCommandIsReachable();
    void aboutHasNoSecrets();
    void columnsComeBackNextTime();
    void narrowWindowClipsNothing();
    void narrowWindowShowsHostsOverThePage();
    void narrowWindowLeavesTheWideOneAsItWas();
    void typedAddressHandsTheFocusOn();
    void keysReachEveryPart();
    void tabsNameTheirHosts();

private:
    template<typename T>
    T *find(const QString &name) const
    {
        return m_demo->window->findChild<T *>(name);
    }
    HostConnection *connectDemo();
    void type(const QString &address);
    PageTabs &tabs() const { return m_demo->window->tabs(); }
    HostsTreeModel &tree() const { return *m_demo->window->findChild<HostsTreeModel *>(); }

    std::unique_ptr<DemoHost> m_host;
    std::unique_ptr<DemoWindow> m_demo;
};

void MainWindowTest::initTestCase()
{
    m_host = std::make_unique<DemoHost>(DemoOptions{.tls = true});
    QVERIFY(m_host->start());
}

void MainWindowTest::init()
{
    m_demo = std::make_unique<DemoWindow>(*m_host);
    m_demo->window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_demo->window.get()));
    QApplication::setActiveWindow(m_demo->window.get());
}

void MainWindowTest::cleanup()
{
    m_demo->window->close();
    m_demo.reset();
}

HostConnection *MainWindowTest::connectDemo()
{
    QTest::mouseClick(find<QPushButton>(u"startDemo"_s), Qt::LeftButton);
    const auto &hosts = m_demo->window->hosts().hosts();
    if (hosts.size() != 1
        || !QTest::qWaitFor([&] { return hosts.front()->state() == State::Connected; }, 10000))
        return nullptr;
    return hosts.front();
}

void MainWindowTest::type(const QString &address)
{
    auto *bar = find<QLineEdit>(u"addressBar"_s);
    QTest::keyClick(m_demo->window.get(), Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(bar->hasFocus());
    QTest::keyClicks(bar, address);
    QTest::keyClick(bar, Qt::Key_Return);
}

void MainWindowTest::startsEmpty()
{
    QVERIFY(find<QWidget>(u"startPage"_s)->isVisible());
    QVERIFY(find<QPushButton>(u"startConnect"_s)->isVisible());
    QCOMPARE(tabs().count(), 0);
    QVERIFY(!m_demo->window->actions().refresh->isEnabled());
    QVERIFY(!m_demo->window->actions().stop->isEnabled());
    QVERIFY(find<QDockWidget>(u"hostsDock"_s)->isVisible());
    QTest::keyClick(m_demo->window.get(), Qt::Key_F9);
    QVERIFY(!find<QDockWidget>(u"hostsDock"_s)->isVisible());
    QVERIFY(!m_demo->window->actions().hosts->isChecked());
    m_demo->window->actions().resetLayout->trigger();
    QVERIFY(find<QDockWidget>(u"hostsDock"_s)->isVisible());
}

void MainWindowTest::demoIsTwoClicksAway()
{
    HostConnection *host = connectDemo();
    QVERIFY(host);
    QCOMPARE(tabs().count(), 1);
    QCOMPARE(tabs().current()->host(), host);
    QCOMPARE(HostsTreeModel::stateText(*host), u"Basic, TLS"_s);
    QVERIFY(tree().indexOf(host, HostsTreeModel::Kind::Configuration, {}).isValid());
    QVERIFY(find<QWidget>(u"statusSecurity"_s)->accessibleName().contains(u"pinned"_s));
    QCOMPARE(find<QWidget>(u"statusHost"_s)->accessibleName(), host->name());
    QTRY_VERIFY(find<QWidget>(u"statusLatency"_s)->isVisible());
    // A second click does not make a second host.
    QTest::keyClick(m_demo->window.get(), Qt::Key_Home, Qt::AltModifier);
    QTest::mouseClick(find<QPushButton>(u"startDemo"_s), Qt::LeftButton);
    QCOMPARE(m_demo->window->hosts().hosts().size(), 1u);
}

void MainWindowTest::namespacesComeWhenOpened()
{
    HostConnection *host = connectDemo();
    QVERIFY(host);
    auto *view = find<QTreeView>(u"hostsView"_s);
    const QAbstractItemModel &shown = *view->model();
    const QModelIndex top = shown.index(0, 0);
    QVERIFY(view->isExpanded(top));
    const QModelIndex cim = shown.index(2, 0, top); // below the views and the configuration
    QCOMPARE(cim.data().toString(), u"CIM"_s);
    QCOMPARE(shown.rowCount(cim), 0);
    view->expand(cim);
    QTRY_VERIFY(shown.rowCount(cim) >= 2);
    QVERIFY(tree().indexOf(host, HostsTreeModel::Kind::Namespace, u"root/cimv2"_s).isValid());
}

void MainWindowTest::addressOpensWhatItNames()
{
    QVERIFY(connectDemo());
    type(u"wmicimv2/Win32_OperatingSystem"_s);
    QCOMPARE(tabs().count(), 2);
    QVERIFY(tabs().current()->title().contains(u"Win32_OperatingSystem"_s));
    QTRY_VERIFY(!tabs().current()->isBusy());
    QTRY_VERIFY(tabs().current()->canExport());
    type(u"winrm/config"_s);
    QCOMPARE(tabs().count(), 3);
    QTRY_VERIFY(!tabs().current()->isBusy());
    QTRY_VERIFY(tabs().current()->canExport());
    type(u"wmi/root/cimv2/*"_s);
    QCOMPARE(tabs().count(), 4);
    QTRY_VERIFY(!tabs().current()->isBusy());
    for (const Page *page : tabs().pages())
        QVERIFY2(page->address().isEmpty() || bool(parseResource(page->address())),
                 qPrintable(page->address()));
}

void MainWindowTest::brokenAddressSaysWhy()
{
    QVERIFY(connectDemo());
    type(u"wmicimv2/Win32_Service?Name"_s);
    QCOMPARE(tabs().count(), 1);
    auto *text = find<QLabel>(u"noticeText"_s);
    QVERIFY(text->isVisible());
    QVERIFY(!text->text().isEmpty());
    QTest::mouseClick(find<QToolButton>(u"noticeClose"_s), Qt::LeftButton);
    QVERIFY(!text->isVisible());
    auto *bar = find<QLineEdit>(u"addressBar"_s);
    QTest::keyClick(m_demo->window.get(), Qt::Key_L, Qt::ControlModifier);
    QTest::keyClicks(bar, u"half"_s);
    QTest::keyClick(bar, Qt::Key_Escape);
    QTRY_VERIFY(!bar->hasFocus());
    QVERIFY(!bar->text().contains(u"half"_s));
}

void MainWindowTest::sameThingHasOneTab()
{
    QVERIFY(connectDemo());
    type(u"wmicimv2/Win32_OperatingSystem"_s);
    Page *first = tabs().current();
    type(u"winrm/config"_s);
    type(u"wmicimv2/Win32_OperatingSystem"_s);
    QCOMPARE(tabs().count(), 3);
    QCOMPARE(tabs().current(), first);
}

void MainWindowTest::backAndForward()
{
    QVERIFY(connectDemo());
    const MainWindowActions &actions = m_demo->window->actions();
    Page *overview = tabs().current();
    type(u"wmicimv2/Win32_OperatingSystem"_s);
    type(u"winrm/config"_s);
    QVERIFY(!actions.forward->isEnabled());
    actions.back->trigger();
    QVERIFY(tabs().current()->title().contains(u"Win32_OperatingSystem"_s));
    // What was closed on the way opens again.
    tabs().close(tabs().current());
    actions.back->trigger();
    QTRY_COMPARE(tabs().current(), overview);
    QVERIFY(!actions.back->isEnabled() || tabs().count() == 2);
    QVERIFY(actions.forward->isEnabled());
}

void MainWindowTest::tabsClose()
{
    QVERIFY(connectDemo());
    type(u"wmicimv2/Win32_OperatingSystem"_s);
    type(u"winrm/config"_s);
    QCOMPARE(tabs().count(), 3);
    QTest::keyClick(m_demo->window.get(), Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(tabs().count(), 2);
    auto *bar = find<QTabBar>(u"pageTabBar"_s);
    QTest::mouseClick(bar, Qt::MiddleButton, {}, bar->tabRect(1).center());
    QCOMPARE(tabs().count(), 1);
    tabs().close(tabs().current());
    QVERIFY(find<QWidget>(u"startPage"_s)->isVisible());
    QVERIFY(!m_demo->window->actions().closeTab->isEnabled());
}

void MainWindowTest::traceIsSavedWithoutSecrets()
{
    QVERIFY(connectDemo());
    m_demo->window->actions().trace->trigger();
    auto *view = find<QTreeView>(u"traceView"_s);
    QTRY_VERIFY(view->isVisible());
    QVERIFY(view->model()->rowCount() >= 1);
    view->setCurrentIndex(view->model()->index(0, 0));
    const QString request = find<QPlainTextEdit>(u"traceRequest"_s)->toPlainText();
    QVERIFY(request.contains(u"Identify"_s));
    Answers answers;
    answers.file = m_demo->folder.filePath(u"trace.jsonl"_s);
    QTest::mouseClick(find<QToolButton>(u"traceSave"_s), Qt::LeftButton);
    QFile file(answers.file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const QByteArray lines = file.readAll();
    const auto entries = readTrace(lines);
    QVERIFY(entries);
    QCOMPARE(int(entries->size()), view->model()->rowCount());
    QVERIFY(!lines.contains(m_demo->password()));
    QVERIFY(!lines.contains((m_host->userName().toUtf8() + ':' + m_demo->password()).toBase64()));
    auto *note = find<NoteStrip>(u"traceNote"_s);
    QVERIFY(note->isVisible());
    QVERIFY2(note->text().contains(answers.file), qPrintable(note->text()));
    const QModelIndex work = find<QTreeView>(u"activityView"_s)->model()->index(0, 0);
    QCOMPARE(work.data().toString(), u"Saved trace.jsonl"_s);
    QTest::mouseClick(find<QPushButton>(u"traceNoteClose"_s), Qt::LeftButton);
    QVERIFY(!note->isVisible());
    // A host is called there what it is called everywhere.
    const QModelIndex host = view->model()->index(0, TraceModel::Host);
    QCOMPARE(host.data().toString(), m_demo->window->hosts().hosts().front()->name());
    QVERIFY(host.data(Qt::ToolTipRole).toString().contains(m_host->url().host()));
}

void MainWindowTest::traceIsSearchedAndRepeated()
{
    QVERIFY(connectDemo());
    type(u"wmicimv2/Win32_TimeZone"_s);
    QTRY_VERIFY(tabs().current()->canExport());
    m_demo->window->actions().trace->trigger();
    const auto &entries = m_demo->trace.entries();
    const auto asked = std::find_if(entries.begin(), entries.end(), [](const TraceEntry &entry) {
        return entry.action.endsWith(u"/Enumerate"_s)
            && entry.requestBody.contains("Win32_TimeZone");
    });
    QVERIFY(asked != entries.end());
    auto *dock = m_demo->window->findChild<TraceDock *>();
    dock->select(asked->id);
    auto *request = find<QPlainTextEdit>(u"traceRequest"_s);
    auto *field = find<QLineEdit>(u"traceFind"_s);
    QTest::mouseClick(field, Qt::LeftButton);
    QTest::keyClicks(field, u"win32_timezone"_s);
    QVERIFY(!request->extraSelections().isEmpty());
    QCOMPARE(request->textCursor().selectedText(), u"Win32_TimeZone"_s);
    QTest::keyClicks(field, u"nowhere"_s);
    QVERIFY(request->extraSelections().isEmpty());

    tabs().close(tabs().current());
    const int before = tabs().count();
    Q_EMIT dock->repeatRequested(*m_demo->trace.find(asked->id));
    QCOMPARE(tabs().count(), before + 1);
    QTRY_VERIFY(tabs().current()->canExport());
    QVERIFY(tabs().current()->address().contains(u"Win32_TimeZone"_s));
}

void MainWindowTest::savedTraceOpensWithoutAHost()
{
    HostConnection *host = connectDemo();
    QVERIFY(host);
    Answers answers;
    answers.file = m_demo->folder.filePath(u"trace.jsonl"_s);
    m_demo->window->actions().trace->trigger();
    const int exchanges = find<QTreeView>(u"traceView"_s)->model()->rowCount();
    QTest::mouseClick(find<QToolButton>(u"traceSave"_s), Qt::LeftButton);
    m_demo->window->actions().disconnectHost->trigger();
    m_demo->window->openFile(answers.file);
    Page *page = tabs().current();
    QTRY_VERIFY(!page->isBusy());
    auto *list = page->findChild<QTreeView *>(u"traceView"_s);
    QVERIFY(list && list->isVisible());
    QCOMPARE(list->model()->rowCount(), exchanges);
    list->setCurrentIndex(list->model()->index(0, 0));
    QVERIFY(page->findChild<QPlainTextEdit *>(u"traceReply"_s)
                ->toPlainText()
                .contains(u"IdentifyResponse"_s));
}

void MainWindowTest::escapeStopsWhatRuns()
{
    QVERIFY(connectDemo());
    type(u"wmicimv2/Demo_Item"_s);
    Page *page = tabs().current();
    QTRY_VERIFY(page->isBusy() || page->canExport());
    if (page->isBusy()) {
        QVERIFY(m_demo->window->actions().stop->isEnabled());
        m_demo->window->actions().stop->trigger();
    }
    QTRY_VERIFY(!page->isBusy());
    QTRY_VERIFY(!m_demo->window->actions().stop->isEnabled());
}

void MainWindowTest::disconnectKeepsTheTabs()
{
    HostConnection *host = connectDemo();
    QVERIFY(host);
    type(u"wmicimv2/Win32_OperatingSystem"_s);
    QTRY_VERIFY(tabs().current()->canExport());
    m_demo->window->actions().disconnectHost->trigger();
    QCOMPARE(host->state(), State::Disconnected);
    QTRY_VERIFY(!m_demo->window->actions().stop->isEnabled());
    QCOMPARE(tabs().count(), 2);
    QVERIFY(tabs().current()->canExport());
    QCOMPARE(tree().rowCount(tree().indexOf(host)), 0);
    QVERIFY(m_demo->window->actions().connectHost->isEnabled());
    m_demo->window->actions().connectHost->trigger();
    QTRY_COMPARE(host->state(), State::Connected);
}

void MainWindowTest::closesWhileReading()
{
    QVERIFY(connectDemo());
    type(u"wmicimv2/Demo_Item"_s);
    type(u"winrm/config"_s);
    m_demo->window->close();
    m_demo->window.reset(); // the sanitizers look on
    m_demo = std::make_unique<DemoWindow>(*m_host);
}

void MainWindowTest::tabsComeBackWithTheirHost()
{
    QTemporaryDir folder;
    const QString key = folder.filePath(u"window.ini"_s);
    QString id;
    {
        DemoWindow first(*m_host, folder.path());
        first.store.save(first.profile(u"lab"_s), first.credential(), false,
                         [&id](const Result<QString> &saved) { id = saved ? *saved : QString(); });
        QTRY_VERIFY(!id.isEmpty());
        QVERIFY(first.window->connectToProfile(u"lab"_s));
        HostConnection *host = first.window->hosts().forProfile(id);
        QTRY_COMPARE(host->state(), State::Connected);
        first.window->openAddress(host, u"winrm/config"_s);
        first.window->close();
    }
    QSettings settings(key, QSettings::IniFormat);
    QCOMPARE(settings.value(u"start/recent"_s).toStringList(), QStringList(id));
    QCOMPARE(settings.value(u"hosts/%1/tabs"_s.arg(id)).toStringList(),
             QStringList(u"winrm/config"_s));
    DemoWindow second(*m_host, folder.path());
    QCOMPARE(second.window->tabs().count(), 0); // nothing is connected by itself
    QCOMPARE(second.window->hosts().hosts().size(), 1u);
    QCOMPARE(second.window->hosts().hosts().front()->state(), State::Disconnected);
}

void MainWindowTest::refusedConnectionSaysWhy()
{
    Profile profile;
    profile.options.host = u"127.0.0.1"_s;
    profile.options.port = 1; // nobody listens there
    profile.options.authentication = Authentication::Basic;
    profile.options.userName = u"demo"_s;
    HostConnection *host = m_demo->window->hosts().add(profile, m_demo->credential());
    m_demo->window->connectTo(host);
    QTRY_COMPARE(host->state(), State::Failed);
    const Page *page = tabs().current();
    QCOMPARE(page->host(), host);
    bool said = false;
    for (const QLabel *label : page->findChildren<QLabel *>())
        said = said || (label->isVisible() && label->text().contains(u"127.0.0.1"_s));
    QVERIFY(said);
}

void MainWindowTest::changedCertificateStops()
{
    Profile profile = m_demo->profile(u"lab"_s);
    profile.options.pinSha256 = QByteArray(32, '\x5a');
    HostConnection *host = m_demo->window->hosts().add(profile, m_demo->credential());
    m_demo->window->connectTo(host);
    QTRY_COMPARE(host->state(), State::Failed);
    QCOMPARE(host->error().cause, Cause::TlsPinMismatch);
    QVERIFY(find<QWidget>(u"pinMismatch"_s)->isVisible());
    QVERIFY(find<QLabel>(u"pinExpected"_s)->text().startsWith(u"5A:5A:"_s));
    QCOMPARE(find<QLabel>(u"pinPresented"_s)->text().remove(u'\n').remove(u':'),
             QString::fromLatin1(m_host->pinSha256().toHex().toUpper()));
    // Nothing on the page goes on; the connection can only be edited.
    for (const QPushButton *button : tabs().current()->findChildren<QPushButton *>())
        QVERIFY(!button->isVisible() || button->objectName() == u"hostEdit"_s);
}

void MainWindowTest::everyCommandIsReachable()
{
    QSet<QKeySequence> keys;
    for (const QAction *action : m_demo->window->actions().all()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY(!action->toolTip().isEmpty());
        QVERIFY(!action->whatsThis().isEmpty());
        for (const QKeySequence &shortcut : action->shortcuts()) {
            QVERIFY2(!keys.contains(shortcut), qPrintable(shortcut.toString()));
            keys.insert(shortcut);
        }
    }
    m_demo->window->actions().shortcuts->trigger();
    auto *dialog = m_demo->window->findChild<QDialog *>(u"shortcutsDialog"_s);
    QVERIFY(dialog);
    dialog->close();
}

void MainWindowTest::aboutHasNoSecrets()
{
    QVERIFY(connectDemo());
    m_demo->window->actions().about->trigger();
    auto *dialog = m_demo->window->findChild<QDialog *>(u"aboutDialog"_s);
    QVERIFY(dialog);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"aboutCopy"_s), Qt::LeftButton);
    const QString text = QApplication::clipboard()->text();
    QVERIFY(text.contains(u"Qt: "_s));
    QVERIFY(!text.contains(u"127.0.0.1"_s));
    QVERIFY(!text.contains(QString::fromUtf8(m_demo->password())));
    dialog->close();
}

void MainWindowTest::columnsComeBackNextTime()
{
    QTemporaryDir folder;
    const auto open = [](DemoWindow &demo) {
        demo.window->startDemo();
        HostConnection *host = demo.window->hosts().hosts().front();
        if (!QTest::qWaitFor([host] { return host->state() == State::Connected; }, 10000))
            return static_cast<RowTableView *>(nullptr);
        demo.window->openInstances(host, u"root/cimv2"_s, u"Win32_Service"_s);
        Page *page = demo.window->tabs().current();
        if (!QTest::qWaitFor([page] { return page->canExport() && !page->isBusy(); }, 10000))
            return static_cast<RowTableView *>(nullptr);
        return page->findChild<RowTableView *>();
    };
    // By name: the schema may come after the rows and put the key columns first.
    const auto columnOf = [](RowTableView *table, const QString &name) {
        const QAbstractItemModel *model = table->model();
        int column = model->columnCount() - 1;
        while (column > 0 && model->headerData(column, Qt::Horizontal).toString() != name)
            --column;
        return column;
    };
    {
        DemoWindow first(*m_host, folder.path());
        auto *table = open(first);
        QVERIFY(table);
        table->setHiddenColumns({u"Caption"_s});
        table->horizontalHeader()->resizeSection(columnOf(table, u"DisplayName"_s), 333);
        first.window->close();
    }
    DemoWindow second(*m_host, folder.path());
    auto *table = open(second);
    QVERIFY(table);
    QCOMPARE(table->hiddenColumns(), QStringList(u"Caption"_s));
    QCOMPARE(table->columnWidth(columnOf(table, u"DisplayName"_s)), 333);
}

void MainWindowTest::narrowWindowClipsNothing()
{
    HostConnection *host = connectDemo();
    QVERIFY(host);
    MainWindow &window = *m_demo->window;
    window.openInstances(host, u"root/cimv2"_s, u"Win32_Service"_s);
    window.openSchema(host, u"root/cimv2"_s, u"Win32_Service"_s);
    window.openClasses(host, u"root/cimv2"_s);
    window.openAddress(host, u"wmicimv2/Win32_Service?Name=WinRM"_s);
    window.openAddress(host, u"winrm/config"_s);
    QTRY_VERIFY(!window.actions().stop->isEnabled());
    window.resize(640, 680);
    QTRY_VERIFY(find<QDockWidget>(u"hostsDock"_s)->isHidden());
    QCOMPARE(window.width(), 640);
    for (int i = 0; i < tabs().count(); ++i) {
        tabs().setCurrentIndex(i);
        QCoreApplication::processEvents();
        const QSize least = window.layout()->minimumSize();
        QVERIFY2(least.width() <= 640 && least.height() <= 680,
                 qPrintable(u"%1: %2 x %3"_s.arg(tabs().current()->title())
                                .arg(least.width())
                                .arg(least.height())));
    }
    QCOMPARE(window.dockWidgetArea(find<QDockWidget>(u"detailsDock"_s)), Qt::BottomDockWidgetArea);
    window.resize(1280, 800);
    QTRY_VERIFY(!find<QDockWidget>(u"hostsDock"_s)->isHidden());
    QCOMPARE(window.dockWidgetArea(find<QDockWidget>(u"detailsDock"_s)), Qt::RightDockWidgetArea);
    QVERIFY(find<QTreeView>(u"hostsView"_s)->isVisible());
}

void MainWindowTest::narrowWindowShowsHostsOverThePage()
{
    QVERIFY(connectDemo());
    type(u"winrm/config"_s);
    MainWindow &window = *m_demo->window;
    window.resize(640, 640);
    auto *overlay = find<QFrame>(u"hostsOverlay"_s);
    auto *view = find<QTreeView>(u"hostsView"_s);
    QTRY_VERIFY(!view->isVisible());
    QVERIFY(!window.actions().hosts->isChecked());
    QTest::keyClick(&window, Qt::Key_F9);
    QVERIFY(overlay->isVisible());
    QVERIFY(view->isVisible());
    QVERIFY(window.actions().hosts->isChecked());
    QTest::keyClick(view, Qt::Key_Escape);
    QVERIFY(!overlay->isVisible());
    window.actions().hosts->trigger();
    QVERIFY(overlay->isVisible());
    QTest::mouseClick(tabs().current(), Qt::LeftButton, {}, QPoint(500, 100));
    QVERIFY(!overlay->isVisible());
    window.actions().hosts->trigger();
    // Choosing something shows it.
    view->setCurrentIndex(view->model()->index(0, 0));
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Return);
    QVERIFY(!overlay->isVisible());
    QCOMPARE(tabs().current()->title(), m_demo->window->hosts().hosts().front()->name());
    window.actions().resetLayout->trigger();
    QVERIFY(!view->isVisible());
    window.resize(1280, 800);
    QTRY_VERIFY(view->isVisible());
}

void MainWindowTest::narrowWindowLeavesTheWideOneAsItWas()
{
    QTemporaryDir folder;
    {
        DemoWindow first(*m_host, folder.path());
        first.window->show();
        first.window->resize(640, 640);
        QTRY_VERIFY(first.window->findChild<QDockWidget *>(u"hostsDock"_s)->isHidden());
        first.window->close();
    }
    DemoWindow second(*m_host, folder.path());
    second.window->show();
    second.window->resize(1280, 800);
    QTRY_VERIFY(second.window->findChild<QDockWidget *>(u"hostsDock"_s)->isVisible());
    auto *details = second.window->findChild<QDockWidget *>(u"detailsDock"_s);
    QTRY_COMPARE(second.window->dockWidgetArea(details), Qt::RightDockWidgetArea);
}

/// Once it is answered, keys go to what came; and the bar tells where one is.
void MainWindowTest::typedAddressHandsTheFocusOn()
{
    HostConnection *host = connectDemo();
    QVERIFY(host);
    type(u"wmicimv2/Win32_Service"_s);
    auto *bar = find<QLineEdit>(u"addressBar"_s);
    QVERIFY(!bar->hasFocus());
    QVERIFY2(bar->text().startsWith(host->name()), qPrintable(bar->text()));
    auto *table = tabs().current()->findChild<RowTableView *>();
    QTRY_VERIFY(table->model()->rowCount() > 10);
    QTRY_VERIFY(table->hasFocus());
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(table->currentIndex().isValid());
    type(u"wmicimv2/Win32_Service?Name"_s); // one that says why it is none stays to be mended
    QVERIFY(bar->hasFocus());
    QTest::keyClick(bar, Qt::Key_E, Qt::ControlModifier); // no key of the text field alone
    QDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = find<QDialog>(u"exportDialog"_s)) && dialog->isVisible());
    QTest::keyClick(dialog, Qt::Key_Escape);
}

void MainWindowTest::keysReachEveryPart()
{
    QVERIFY(connectDemo());
    type(u"wmicimv2/Win32_Service"_s);
    QTRY_VERIFY(tabs().current()->findChild<RowTableView *>()->hasFocus());
    MainWindow &window = *m_demo->window;
    const auto partWithFocus = [&]() -> QString {
        for (const QString &name :
             {u"hostsDock"_s, u"pageTabs"_s, u"detailsDock"_s, u"activityDock"_s, u"traceDock"_s}) {
            if (find<QWidget>(name)->isAncestorOf(QApplication::focusWidget()))
                return name;
        }
        return {};
    };
    QTest::keyClick(tabs().current()->findChild<RowTableView *>(), Qt::Key_Down);
    QStringList way;
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(&window, Qt::Key_F6);
        way << partWithFocus();
    }
    QCOMPARE(way,
             QStringList({u"detailsDock"_s, u"activityDock"_s, u"hostsDock"_s, u"pageTabs"_s}));
    QVERIFY(tabs().current()->findChild<RowTableView *>()->hasFocus());
    QTest::keyClick(&window, Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(find<QTreeView>(u"hostsView"_s)->hasFocus());
}

void MainWindowTest::tabsNameTheirHosts()
{
    HostConnection *first = connectDemo();
    QVERIFY(first);
    m_demo->window->openConfiguration(first, {});
    const QString alone = tabs().current()->title();
    QCOMPARE(tabs().tabText(tabs().currentIndex()), alone);
    HostConnection *second = m_demo->window->hosts().add(m_demo->profile(u"lab"_s),
                                                         m_demo->credential());
    m_demo->window->connectTo(second);
    QTRY_COMPARE(second->state(), State::Connected);
    m_demo->window->openConfiguration(second, {});
    QCOMPARE(tabs().tabText(tabs().currentIndex()), u"lab: "_s + alone);
    m_demo->window->openConfiguration(first, {});
    QCOMPARE(tabs().tabText(tabs().currentIndex()), first->name() + u": "_s + alone);
    tabs().closeAllOf(second);
    QCOMPARE(tabs().tabText(tabs().currentIndex()), alone);
    // A file is of no host, whatever else is connected.
    m_demo->window->openFile(m_demo->folder.filePath(u"none.xml"_s));
    QVERIFY(!find<QWidget>(u"statusHost"_s)->isVisible()
            || find<QWidget>(u"statusHost"_s)->accessibleName().isEmpty());
}

QTEST_MAIN(MainWindowTest)
#include "tst_mainwindow.moc"
