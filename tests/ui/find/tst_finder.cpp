#include "find/bookmarksdialog.h"
#include "find/finder.h"
#include "ui/demowindow.h"
#include "views/page.h"
#include "views/pagetabs.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

/// Finding things with keys and clicks: search, palette, bookmarks, recent resources.
class TestFinder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void whichClassHasIt();
    void searchByKeyAlone();
    void searchPageFillsWhileItReads();
    void searchPageOpensInstancesAndSchema();
    void searchTellsWhatIsMissing();
    void readingStops();
    void namespacesThatNobodyMayList();
    void knownClassesSurviveARestart();
    void deviceIsSearchedAtOnce();
    void paletteRunsCommands();
    void paletteGoesToTabsAndHosts();
    void paletteOpensReadyViews();
    void palettePrefersThePresentHost();
    void paletteClosesAndGivesTheFocusBack();
    void paletteOpensWhileOneTypes_data();
    void paletteOpensWhileOneTypes();
    void bookmarksToggleAndOpen();
    void bookmarksAreRemovedInTheirDialog();
    void unsavedHostsHaveNoBookmarks();
    void placesSurviveARestart();
    void deletedConnectionIsForgotten();

private:
    QString save(DemoWindow &demo, const QString &name = u"lab"_s);
    HostConnection *connectSaved(DemoWindow &demo);
    HostConnection *connectDemo();
    QLineEdit *openPalette();
    void openSearch();
    void showWindow(DemoHost &host);
    static void press(QWidget *field, const QString &text) { QTest::keyClicks(field, text); }
    QStringList paletteRows() const;
    template<typename T>
    T *find(const QString &name) const
    {
        return m_demo->window->findChild<T *>(name);
    }
    template<typename T>
    T *onPage(const QString &name) const
    {
        return page()->findChild<T *>(name);
    }
    Page *page() const { return m_demo->window->tabs().current(); }
    const MainWindowActions &actions() const { return m_demo->window->actions(); }
    bool quiet() const
    {
        QCoreApplication::processEvents();
        return QTest::qWaitFor([this] { return !actions().stop->isEnabled(); }, 20000);
    }

    std::unique_ptr<DemoHost> m_host;
    std::unique_ptr<DemoWindow> m_demo;
};

void TestFinder::initTestCase()
{
    m_host = std::make_unique<DemoHost>(DemoOptions{.tls = true, .items = 50});
    QVERIFY(m_host->start());
}

void TestFinder::init()
{
    showWindow(*m_host);
}

void TestFinder::showWindow(DemoHost &host)
{
    m_demo = std::make_unique<DemoWindow>(host);
    m_demo->window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_demo->window.get()));
    QApplication::setActiveWindow(m_demo->window.get());
}

void TestFinder::cleanup()
{
    m_demo->window->close();
    m_demo.reset();
}

QString TestFinder::save(DemoWindow &demo, const QString &name)
{
    QString id;
    demo.store.save(demo.profile(name), demo.credential(), false,
                    [&id](const Result<QString> &saved) { id = saved ? *saved : QString(); });
    return QTest::qWaitFor([&id] { return !id.isEmpty(); }) ? id : QString();
}

HostConnection *TestFinder::connectSaved(DemoWindow &demo)
{
    const QString id = save(demo);
    HostConnection *host = demo.window->hosts().forProfile(id);
    if (!host)
        return nullptr;
    demo.window->connectTo(host);
    return QTest::qWaitFor([host] { return host->state() == State::Connected; }, 20000) ? host
                                                                                        : nullptr;
}

HostConnection *TestFinder::connectDemo()
{
    HostConnection *host = m_demo->window->hosts().add(m_demo->profile(u"demo"_s),
                                                       m_demo->credential());
    m_demo->window->connectTo(host);
    return QTest::qWaitFor([host] { return host->state() == State::Connected; }, 20000) ? host
                                                                                        : nullptr;
}

QLineEdit *TestFinder::openPalette()
{
    QTest::keyClick(m_demo->window.get(), Qt::Key_K, Qt::ControlModifier);
    auto *field = find<QLineEdit>(u"paletteField"_s);
    return QTest::qWaitFor([field] { return field->isVisible() && field->hasFocus(); }) ? field
                                                                                        : nullptr;
}

void TestFinder::openSearch()
{
    QTest::keyClick(m_demo->window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(page() && page()->key() == u"search"_s);
    QVERIFY(quiet());
}

QStringList TestFinder::paletteRows() const
{
    const QAbstractItemModel *model = find<QListView>(u"paletteList"_s)->model();
    QStringList rows;
    for (int row = 0; row < model->rowCount(); ++row)
        rows << model->index(row, 0).data(Qt::AccessibleTextRole).toString();
    return rows;
}

/// Journey 10: before anything was read the palette says so and leads to the page that reads;
/// afterwards it finds a property of a class that nobody has opened, and Enter shows its instances.
void TestFinder::whichClassHasIt()
{
    QVERIFY(connectDemo());
    QLineEdit *field = openPalette();
    QVERIFY(field);
    press(field, u"serial"_s);
    QVERIFY2(paletteRows().last().contains(u"not read yet"_s), qPrintable(paletteRows().last()));
    QTest::keyClick(field, Qt::Key_Up); // from the first to the last
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(page() && page()->key() == u"search"_s);
    QVERIFY(quiet());
    QCOMPARE(onPage<QLineEdit>(u"searchWords"_s)->text(), u"serial"_s);
    auto *read = onPage<QPushButton>(u"stateAction"_s);
    QVERIFY(read && read->isVisible());
    QTest::mouseClick(read, Qt::LeftButton);
    QVERIFY(onPage<QLineEdit>(u"searchWords"_s)->hasFocus()); // the button is gone
    QVERIFY(quiet());
    auto *results = onPage<QTreeView>(u"searchResults"_s);
    QTRY_VERIFY(results->model()->rowCount() >= 4);
    m_demo->window->tabs().close(page());

    field = openPalette();
    press(field, u"serial disk"_s);
    const QStringList rows = paletteRows();
    QVERIFY2(rows.first().startsWith(u"SerialNumber"_s)
                 && rows.first().contains(u"Win32_DiskDrive"_s)
                 && rows.first().contains(u"root/cimv2"_s),
             qPrintable(rows.join(u'\n')));
    QVERIFY2(rows.last().contains(u"not read yet"_s), qPrintable(rows.last()));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!field->isVisible());
    QTRY_VERIFY(page() && page()->address() == u"wmicimv2/Win32_DiskDrive"_s);
    QTRY_VERIFY_WITH_TIMEOUT(page()->canExport(), 20000);
}

/// Without a mouse: Enter takes what the page offers, then what it found.
void TestFinder::searchByKeyAlone()
{
    QVERIFY(connectDemo());
    QLineEdit *field = openPalette();
    press(field, u"serial disk"_s);
    QTest::keyClick(field, Qt::Key_Up);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(page() && page()->key() == u"search"_s);
    QVERIFY(quiet());
    auto *words = onPage<QLineEdit>(u"searchWords"_s);
    QVERIFY(words->hasFocus());
    QTest::keyClick(words, Qt::Key_Return);
    QVERIFY(page()->isBusy());
    QVERIFY(quiet());
    QTRY_VERIFY(onPage<QTreeView>(u"searchResults"_s)->model()->rowCount() > 0);
    QVERIFY(words->hasFocus());
    QTest::keyClick(words, Qt::Key_Return);
    QTRY_COMPARE(page()->address(), u"wmicimv2/Win32_DiskDrive"_s);
    // What was looked for is what one sees.
    auto *table = page()->findChild<QTableView *>(u"instancesTable"_s);
    m_demo->window->resize(900, 600); // there is no room for all
    QTRY_VERIFY(table->currentIndex().isValid());
    QVERIFY(quiet());
    const int column = table->currentIndex().column();
    QCOMPARE(table->model()->headerData(column, Qt::Horizontal).toString(), u"SerialNumber"_s);
    QTRY_VERIFY(table->viewport()->rect().contains(table->visualRect(table->currentIndex())));
}

void TestFinder::searchPageFillsWhileItReads()
{
    QVERIFY(connectDemo());
    openSearch();
    QVERIFY(onPage<QLineEdit>(u"searchWords"_s)->hasFocus());
    QTest::mouseClick(onPage<QPushButton>(u"stateAction"_s), Qt::LeftButton);
    press(onPage<QLineEdit>(u"searchWords"_s), u"service"_s);
    QVERIFY(quiet());
    auto *results = onPage<QTreeView>(u"searchResults"_s);
    QTRY_VERIFY(results->model()->rowCount() > 3);
    QCOMPARE(results->model()->index(0, 0).data().toString(), u"Win32_Service"_s);
    QVERIFY(onPage<QLabel>(u"searchScope"_s)->text().contains(u"root/cimv2"_s));
    QVERIFY(!m_demo->window->tabs().current()->details().isEmpty());
    press(onPage<QLineEdit>(u"searchWords"_s), u" nowhere"_s);
    QTRY_COMPARE(results->model()->rowCount(), 0);
    QVERIFY(!results->isVisible()); // in its place a sentence
}

void TestFinder::searchPageOpensInstancesAndSchema()
{
    QVERIFY(connectDemo());
    openSearch();
    QTest::mouseClick(onPage<QPushButton>(u"stateAction"_s), Qt::LeftButton);
    QVERIFY(quiet());
    auto *words = onPage<QLineEdit>(u"searchWords"_s);
    press(words, u"timezone"_s);
    QTest::keyClick(words, Qt::Key_Return, Qt::ShiftModifier); // before the search waited
    QTRY_COMPARE(page()->key(), u"schema root/cimv2:win32_timezone"_s);
    actions().back->trigger();
    QTRY_COMPARE(page()->key(), u"search"_s);
    QCOMPARE(onPage<QLineEdit>(u"searchWords"_s)->text(), u"timezone"_s);
    words->setFocus();
    QTest::keyClick(words, Qt::Key_Down);
    auto *results = onPage<QTreeView>(u"searchResults"_s);
    QTRY_VERIFY(results->hasFocus());
    actions().copy->trigger();
    QCOMPARE(QApplication::clipboard()->text(), u"Win32_TimeZone"_s);
    QTest::keyClick(results, Qt::Key_Return);
    QTRY_COMPARE(page()->address(), u"wmicimv2/Win32_TimeZone"_s);
}

void TestFinder::searchTellsWhatIsMissing()
{
    QVERIFY(connectDemo());
    openSearch();
    QTest::mouseClick(onPage<QPushButton>(u"stateAction"_s), Qt::LeftButton);
    QVERIFY(quiet());
    auto *strip = onPage<QWidget>(u"unreadStrip"_s);
    QVERIFY(strip->isVisible());
    const auto words = [strip] {
        QString all;
        for (const QLabel *label : strip->findChildren<QLabel *>())
            all += label->text();
        return all;
    };
    QVERIFY2(words().contains(u"root/StandardCimv2"_s, Qt::CaseInsensitive), qPrintable(words()));
    QVERIFY(!words().contains(u"root/cimv2,"_s, Qt::CaseInsensitive));
    QCOMPARE(onPage<QPushButton>(u"readOne"_s)->menu()->actions().size(), 2);
    press(onPage<QLineEdit>(u"searchWords"_s), u"netadapter"_s);
    QTest::mouseClick(onPage<QPushButton>(u"readAll"_s), Qt::LeftButton);
    QVERIFY(quiet());
    QTRY_VERIFY(!strip->isVisible());
    auto *results = onPage<QTreeView>(u"searchResults"_s);
    QTRY_VERIFY(results->model()->rowCount() > 0);
    QCOMPARE(results->model()->index(0, 0).data().toString(), u"MSFT_NetAdapter"_s);
}

/// The fifth Enumerate asks for the classes: root and three namespaces were looked into before.
void TestFinder::readingStops()
{
    DemoHost slow(DemoOptions{.tls = true, .items = 10, .fault = u"enumerate:5=delay-60000"_s});
    QVERIFY(slow.start());
    showWindow(slow);
    QVERIFY(connectDemo());
    openSearch();
    QTest::mouseClick(onPage<QPushButton>(u"stateAction"_s), Qt::LeftButton);
    QVERIFY(page()->isBusy());
    QPushButton *stop = nullptr;
    QTRY_VERIFY((stop = onPage<QPushButton>(u"stop"_s)) && stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY(!page()->isBusy());
    // Nothing was read; the page offers it again.
    auto *again = onPage<QPushButton>(u"stateAction"_s);
    QTRY_VERIFY(again->isVisible() && again->text().contains(u"root/cimv2"_s));
    QTest::mouseClick(again, Qt::LeftButton);
    QVERIFY(quiet());
    QTRY_VERIFY(onPage<QWidget>(u"unreadStrip"_s)->isVisible());
    m_demo->window->close();
    showWindow(*m_host);
}

void TestFinder::namespacesThatNobodyMayList()
{
    DemoHost strict(
        DemoOptions{.tls = true, .items = 10, .fault = u"enumerate:1=fault-AccessDenied"_s});
    QVERIFY(strict.start());
    showWindow(strict);
    QVERIFY(connectDemo());
    openSearch();
    auto *read = onPage<QPushButton>(u"stateAction"_s);
    QTRY_VERIFY(read->isVisible() && read->text().contains(u"root/cimv2"_s));
    QVERIFY(onPage<QWidget>(u"noteStrip"_s)->isVisible()); // and says that it was refused
    QTest::mouseClick(read, Qt::LeftButton);
    QVERIFY(quiet());
    press(onPage<QLineEdit>(u"searchWords"_s), u"serial"_s);
    QTRY_VERIFY(onPage<QTreeView>(u"searchResults"_s)->model()->rowCount() > 3);
    m_demo->window->close();
    showWindow(*m_host);
}

void TestFinder::knownClassesSurviveARestart()
{
    QTemporaryDir folder;
    {
        DemoWindow first(*m_host, folder.path());
        HostConnection *host = connectSaved(first);
        QVERIFY(host);
        first.window->openSchema(host, u"root/cimv2"_s, u"Win32_DiskDrive"_s);
        HostClasses &classes = first.window->finder().classesOf(host);
        QTRY_VERIFY_WITH_TIMEOUT(classes.index().find(u"root/cimv2"_s, u"Win32_DiskDrive"_s),
                                 20000);
        first.window->close();
    }
    DemoWindow second(*m_host, folder.path());
    HostConnection *host = second.window->hosts().hosts().front();
    QCOMPARE(host->state(), State::Disconnected);
    HostClasses &classes = second.window->finder().classesOf(host);
    QVERIFY(classes.index().isEmpty()); // read when it is wanted
    classes.load();
    QTRY_VERIFY(!classes.index().isEmpty());
    QCOMPARE(classes.index().search(u"serial"_s).hits.at(0).className, u"Win32_DiskDrive"_s);
    QCOMPARE(host->state(), State::Disconnected);
}

void TestFinder::deviceIsSearchedAtOnce()
{
    DemoHost idrac(DemoOptions{.tls = true, .items = 10, .as = u"idrac"_s});
    QVERIFY(idrac.start());
    showWindow(idrac);
    QVERIFY(connectDemo());
    openSearch();
    press(onPage<QLineEdit>(u"searchWords"_s), u"cpuview"_s);
    auto *results = onPage<QTreeView>(u"searchResults"_s);
    QTRY_VERIFY(results->model()->rowCount() > 0);
    QVERIFY(!onPage<QWidget>(u"unreadStrip"_s)->isVisible());
    QTest::keyClick(onPage<QLineEdit>(u"searchWords"_s), Qt::Key_Return);
    QTRY_VERIFY(page()->address().contains(u"DCIM_CPUView"_s));
    QTRY_VERIFY_WITH_TIMEOUT(page()->canExport(), 20000);
    m_demo->window->close();
    m_demo = std::make_unique<DemoWindow>(*m_host);
}

void TestFinder::paletteRunsCommands()
{
    QLineEdit *field = openPalette();
    QVERIFY(field);
    QVERIFY(!paletteRows().join(u' ').contains(u"Export"_s)); // there is nothing to export
    press(field, u"keyboard"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!field->isVisible());
    QTRY_VERIFY(find<QDialog>(u"shortcutsDialog"_s));
    find<QDialog>(u"shortcutsDialog"_s)->close();
    QTest::keyClick(m_demo->window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(field->isVisible());
}

void TestFinder::paletteGoesToTabsAndHosts()
{
    HostConnection *host = connectDemo();
    QVERIFY(host);
    m_demo->window->openAddress(host, u"winrm/config"_s);
    m_demo->window->openAddress(host, u"wmicimv2/Win32_TimeZone"_s);
    QVERIFY(quiet());
    QLineEdit *field = openPalette();
    press(field, u"configuration"_s);
    QVERIFY2(paletteRows().first().contains(u"open tab"_s), qPrintable(paletteRows().first()));
    auto *list = find<QListView>(u"paletteList"_s);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(0, 0)).center());
    QTRY_COMPARE(page()->address(), u"winrm/config"_s);
    const int tabs = m_demo->window->tabs().count();
    field = openPalette();
    press(field, u"timezone"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(page()->address(), u"wmicimv2/Win32_TimeZone"_s);
    QCOMPARE(m_demo->window->tabs().count(), tabs);
    host->disconnectFromHost();
    field = openPalette();
    press(field, u"demo"_s);
    QVERIFY2(paletteRows().first().contains(u"host"_s), qPrintable(paletteRows().first()));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Connected, 20000);
}

void TestFinder::paletteOpensReadyViews()
{
    QVERIFY(connectDemo());
    QLineEdit *field = openPalette();
    press(field, u"services"_s);
    const QString view = paletteRows().first();
    QVERIFY2(view.contains(u"view of demo"_s), qPrintable(view));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(page() && page()->address().startsWith(u"view:windows.services"_s));
    QVERIFY(quiet());
    field = openPalette();
    press(field, u"services"_s); // it is shown: no use in going there
    QVERIFY(!paletteRows().contains(view));
}

/// What was shown of a host that has to be connected to first stands below what can be had at once.
void TestFinder::palettePrefersThePresentHost()
{
    HostConnection *saved = connectSaved(*m_demo);
    QVERIFY(saved);
    m_demo->window->openAddress(saved, u"view:windows.services"_s);
    QVERIFY(quiet());
    m_demo->window->tabs().closeAllOf(saved);
    saved->disconnectFromHost();
    QVERIFY(connectDemo());
    QLineEdit *field = openPalette();
    press(field, u"services"_s);
    const QStringList rows = paletteRows();
    QVERIFY2(rows.first().contains(u"view of demo"_s), qPrintable(rows.join(u'\n')));
    QVERIFY2(rows.join(u'\n').contains(u"recent on lab"_s), qPrintable(rows.join(u'\n')));
}

void TestFinder::paletteClosesAndGivesTheFocusBack()
{
    HostConnection *host = connectDemo();
    QVERIFY(host);
    m_demo->window->openClasses(host, u"root/cimv2"_s);
    QVERIFY(quiet());
    auto *filter = onPage<QLineEdit>(u"classFilter"_s);
    filter->setFocus();
    QLineEdit *field = openPalette();
    QVERIFY(field);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible());
    QTRY_VERIFY(filter->hasFocus());
    QVERIFY(openPalette());
    QTest::mouseClick(onPage<QTreeView>(u"classList"_s)->viewport(), Qt::LeftButton);
    QTRY_VERIFY(!field->isVisible());
}

/// Ctrl+K is no key of the field that has the focus.
void TestFinder::paletteOpensWhileOneTypes_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("a line") << u"line"_s;
    QTest::newRow("a text") << u"text"_s;
}

void TestFinder::paletteOpensWhileOneTypes()
{
    QFETCH(QString, kind);
    QWidget *field = kind == u"line"_s ? static_cast<QWidget *>(new QLineEdit(m_demo->window.get()))
                                       : new QPlainTextEdit(m_demo->window.get());
    field->show();
    field->setFocus();
    QTest::keyClicks(field, u"some words"_s);
    QTest::keyClick(field, Qt::Key_Home);
    QTest::keyClick(field, Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(find<QLineEdit>(u"paletteField"_s)->isVisible());
    QCOMPARE(kind == u"line"_s ? static_cast<QLineEdit *>(field)->text()
                               : static_cast<QPlainTextEdit *>(field)->toPlainText(),
             u"some words"_s);
}

void TestFinder::bookmarksToggleAndOpen()
{
    HostConnection *host = connectSaved(*m_demo);
    QVERIFY(host);
    m_demo->window->openAddress(host, u"wmicimv2/Win32_TimeZone"_s);
    QVERIFY(quiet());
    QVERIFY(!actions().bookmark->isChecked());
    QTest::keyClick(m_demo->window.get(), Qt::Key_D, Qt::ControlModifier);
    QVERIFY(actions().bookmark->isChecked());
    QCOMPARE(m_demo->window->finder().places().bookmarks().size(), std::size_t(1));
    m_demo->window->openAddress(host, u"winrm/config"_s);
    QVERIFY(!actions().bookmark->isChecked());
    m_demo->window->tabs().close(m_demo->window->tabs().find(host, u"search"_s));

    QAction *entry = actions().bookmarksMenu->actions().last();
    QVERIFY2(entry->text().contains(u"Win32_TimeZone"_s), qPrintable(entry->text()));
    for (Page *open : m_demo->window->tabs().pages())
        m_demo->window->tabs().close(open);
    host->disconnectFromHost();
    entry->trigger(); // the click connects
    QTRY_VERIFY(page() && page()->address() == u"wmicimv2/Win32_TimeZone"_s);
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Connected, 20000);
    QVERIFY(actions().bookmark->isChecked());
    QTest::keyClick(m_demo->window.get(), Qt::Key_D, Qt::ControlModifier);
    QVERIFY(m_demo->window->finder().places().bookmarks().empty());
    QVERIFY(!actions().editBookmarks->isVisible());
}

void TestFinder::bookmarksAreRemovedInTheirDialog()
{
    HostConnection *host = connectSaved(*m_demo);
    QVERIFY(host);
    for (const QString &address : {u"winrm/config"_s, u"wmicimv2/Win32_TimeZone"_s}) {
        m_demo->window->openAddress(host, address);
        QTest::keyClick(m_demo->window.get(), Qt::Key_D, Qt::ControlModifier);
    }
    actions().editBookmarks->trigger();
    auto *dialog = find<QDialog>(u"bookmarksDialog"_s);
    QTRY_VERIFY(dialog && dialog->isVisible());
    auto *list = dialog->findChild<QTreeWidget *>(u"bookmarksList"_s);
    QCOMPARE(list->topLevelItemCount(), 2);
    QCOMPARE(list->topLevelItem(0)->text(1), u"lab"_s);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"bookmarkRemove"_s), Qt::LeftButton);
    QCOMPARE(list->topLevelItemCount(), 1);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"bookmarkOpen"_s), Qt::LeftButton);
    QTRY_COMPARE(page()->address(), u"wmicimv2/Win32_TimeZone"_s);
    QCOMPARE(m_demo->window->finder().places().bookmarks().size(), std::size_t(1));
}

void TestFinder::unsavedHostsHaveNoBookmarks()
{
    HostConnection *host = connectDemo();
    QVERIFY(host);
    m_demo->window->openAddress(host, u"winrm/config"_s);
    QTest::keyClick(m_demo->window.get(), Qt::Key_D, Qt::ControlModifier);
    QVERIFY(!actions().bookmark->isChecked());
    QVERIFY(m_demo->window->finder().places().bookmarks().empty());
    QString said;
    for (const QLabel *label : m_demo->window->findChildren<QLabel *>()) {
        if (label->isVisible())
            said += label->text();
    }
    QVERIFY(said.contains(u"saved connection"_s));
    // It is among the recent resources for as long as the window is open.
    QCOMPARE(m_demo->window->finder().places().recent().at(0).address, u"winrm/config"_s);
}

void TestFinder::placesSurviveARestart()
{
    QTemporaryDir folder;
    {
        DemoWindow first(*m_host, folder.path());
        first.window->show();
        HostConnection *host = connectSaved(first);
        QVERIFY(host);
        first.window->openAddress(host, u"winrm/config"_s);
        first.window->actions().bookmark->trigger();
        HostConnection *unsaved = first.window->hosts().add(first.profile(u"x"_s),
                                                            first.credential());
        first.window->openAddress(unsaved, u"wmicimv2/Win32_BIOS"_s);
        first.window->close();
    }
    DemoWindow second(*m_host, folder.path());
    const Places &places = second.window->finder().places();
    QCOMPARE(places.bookmarks().size(), std::size_t(1));
    QCOMPARE(places.bookmarks()[0].address, u"winrm/config"_s);
    QCOMPARE(places.recent().size(), std::size_t(1));
    HostConnection *host = second.window->hosts().hosts().front();
    QCOMPARE(host->state(), State::Disconnected);
    QCOMPARE(second.window->tabs().count(), 0);
    const MainWindowActions &a = second.window->actions();
    QVERIFY(a.recentMenu->menuAction()->isVisible());
    QCOMPARE(a.recentMenu->actions().size(), 1);
    a.bookmarksMenu->actions().last()->trigger();
    QCOMPARE(second.window->tabs().current()->address(), u"winrm/config"_s);
}

void TestFinder::deletedConnectionIsForgotten()
{
    HostConnection *host = connectSaved(*m_demo);
    QVERIFY(host);
    m_demo->window->openAddress(host, u"wmicimv2/Win32_TimeZone"_s);
    actions().bookmark->trigger();
    QVERIFY(quiet());
    const QDir cache(m_demo->folder.filePath(u"classes"_s));
    QTRY_COMPARE_WITH_TIMEOUT(cache.entryList(QDir::Files).size(), 1, 10000);
    bool removed = false;
    m_demo->store.remove(host->profile().summary.id, [&removed](const Done &) { removed = true; });
    QTRY_VERIFY(removed);
    m_demo->window->hosts().sync();
    QVERIFY(!host->isSaved()); // stays while it is connected
    QVERIFY(m_demo->window->finder().places().bookmarks().empty());
    QVERIFY(m_demo->window->finder().places().recent().empty());
    QVERIFY(cache.entryList(QDir::Files).isEmpty());
}

QTEST_MAIN(TestFinder)
#include "tst_finder.moc"
