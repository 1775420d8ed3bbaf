#include "inventory/readyviews.h"
#include "models/registrytreemodel.h"
#include "models/rowtablemodel.h"
#include "ui/answers.h"
#include "ui/demowindow.h"
#include "views/pagetabs.h"
#include "views/readyviewpage.h"
#include "views/registrypage.h"
#include "views/rowtableview.h"
#include "views/viewpart.h"
#include "widgets/filterfield.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

/// Ready views and the registry in the window, on the demo host and the devices it plays.
class ReadyViewPagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void everyViewRuns_data();
    void everyViewRuns();
    void treeOffersViews();
    void overviewLinks();
    void servicesAreMarked();
    void numbersHaveUnits();
    void eventLogAsksFirst();
    void linkSetsParameters();
    void missingClassSaysSo();
    void queryIsShown();
    void registryWalk();
    void registryErrors();
    void valueModel();
    void saveAsMyView();
    void brokenViewIsSaid();
    void disconnectedStays();

private:
    HostConnection *connectTo(const QString &as = u"windows"_s);
    ReadyViewPage *open(const QString &id);
    static bool settled(const Page *page);
    static int column(const ViewPart *part, const QString &property);
    PageTabs &tabs() const { return m_demo->window->tabs(); }

    std::unique_ptr<DemoHost> m_host;
    std::unique_ptr<DemoWindow> m_demo;
    HostConnection *m_connection = nullptr;
};

void ReadyViewPagesTest::init()
{
    m_connection = nullptr;
}

void ReadyViewPagesTest::cleanup()
{
    if (m_demo)
        m_demo->window->close();
    m_demo.reset();
    m_host.reset();
}

HostConnection *ReadyViewPagesTest::connectTo(const QString &as)
{
    m_host = std::make_unique<DemoHost>(DemoOptions{.tls = true, .items = 10, .as = as});
    if (!m_host->start())
        return nullptr;
    m_demo = std::make_unique<DemoWindow>(*m_host);
    m_demo->window->resize(1200, 800);
    m_demo->window->show();
    m_demo->window->startDemo();
    const auto &hosts = m_demo->window->hosts().hosts();
    if (hosts.size() != 1
        || !QTest::qWaitFor([&] { return hosts.front()->state() == State::Connected; }, 20000))
        return nullptr;
    m_connection = hosts.front();
    return m_connection;
}

bool ReadyViewPagesTest::settled(const Page *page)
{
    QCoreApplication::processEvents(); // pages begin to read from the event loop
    return QTest::qWaitFor([page] { return !page->isBusy(); }, 20000);
}

ReadyViewPage *ReadyViewPagesTest::open(const QString &id)
{
    m_demo->window->openAddress(m_connection, u"view:"_s + id);
    auto *page = qobject_cast<ReadyViewPage *>(tabs().current());
    const auto shown = [page] { // sorting is done beside, and comes later
        return std::ranges::all_of(page->parts(), [](const ViewPart *part) {
            return !part->table() || part->model()->rowCount() == int(part->rowCount());
        });
    };
    return page && settled(page) && QTest::qWaitFor(shown, 10000) ? page : nullptr;
}

int ReadyViewPagesTest::column(const ViewPart *part, const QString &property)
{
    return int(part->model()->columnNames().indexOf(property));
}

void ReadyViewPagesTest::everyViewRuns_data()
{
    QTest::addColumn<QString>("as");
    QTest::addColumn<int>("missing");
    // Classes that the demo host does not have; each is a section that says so.
    QTest::newRow("windows") << u"windows"_s << 9;
    QTest::newRow("amt") << u"amt"_s << 18;
    QTest::newRow("idrac") << u"idrac"_s << 10;
    QTest::newRow("omi") << u"omi"_s << 3;
    QTest::newRow("openwsman") << u"openwsman"_s << 0;
}

/// Each section of each view shows rows, or says why there are none; nothing fails.
void ReadyViewPagesTest::everyViewRuns()
{
    QFETCH(QString, as);
    QFETCH(int, missing);
    QVERIFY(connectTo(as));
    QTRY_COMPARE(hostKindName(viewKind(*m_connection->session())), as);
    QCOMPARE(m_demo->window->hosts().hosts().size(), std::size_t(1));
    int lacking = 0, filled = 0;
    for (const ReadyView *view : ReadyViews::builtIn().of(*hostKindNamed(as))) {
        m_demo->window->openAddress(m_connection, u"view:"_s + view->id);
        auto *page = qobject_cast<ReadyViewPage *>(tabs().current());
        if (!page) {
            QVERIFY(!view->address.isEmpty());
            QVERIFY(qobject_cast<RegistryPage *>(tabs().current()));
            continue;
        }
        if (view->asks)
            page->refresh();
        QVERIFY(settled(page));
        for (const ViewPart *part : page->parts()) {
            const QString where = u"%1, %2: %3"_s.arg(view->id, part->title(), part->sentence());
            QVERIFY2(part->wasRead(), qPrintable(where));
            auto *note = part->findChild<NoteStrip *>(u"partNote"_s);
            QVERIFY2(note->isHidden(), qPrintable(where));
            QVERIFY2(part->rowCount() > 0 || !part->sentence().isEmpty(), qPrintable(where));
            lacking += part->isMissing();
            filled += part->rowCount() > 0;
            if (part->isMissing())
                QVERIFY2(part->sentence().endsWith(u'.'), qPrintable(where));
        }
        tabs().close(page);
    }
    QVERIFY(filled > 0);
    QVERIFY2(lacking <= missing, qPrintable(QString::number(lacking)));
}

void ReadyViewPagesTest::treeOffersViews()
{
    QVERIFY(connectTo());
    auto *tree = m_demo->window->findChild<QTreeView *>(u"hostsView"_s);
    auto *model = tree->model();
    const QModelIndex top = model->index(0, 0, model->index(0, 0));
    QCOMPARE(top.data().toString(), u"Views"_s);
    tree->expand(top);
    const QModelIndex group = model->index(1, 0, top);
    QCOMPARE(group.data().toString(), u"System"_s);
    tree->expand(group);
    QModelIndex services;
    for (int row = 0; row < model->rowCount(group); ++row) {
        if (model->index(row, 0, group).data().toString() == u"Services"_s)
            services = model->index(row, 0, group);
    }
    QVERIFY(services.isValid());
    tree->scrollTo(services);
    const QPoint at = tree->visualRect(services).center();
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, at);
    QTRY_VERIFY(qobject_cast<ReadyViewPage *>(tabs().current()));
    QCOMPARE(tabs().current()->title(), u"Services"_s);
    // The node's tip says what it shows; a second time gives the same tab.
    QVERIFY(services.data(Qt::ToolTipRole).toString().contains(u"services"_s));
    const int count = tabs().count();
    m_demo->window->openAddress(m_connection, u"view:windows.services"_s);
    QCOMPARE(tabs().count(), count);
}

void ReadyViewPagesTest::overviewLinks()
{
    QVERIFY(connectTo());
    const auto links = tabs().current()->findChildren<QLabel *>(u"viewLinks"_s);
    QVERIFY(links.size() >= 5);
    QVERIFY(links.first()->text().contains(u"windows.overview"_s));
    Q_EMIT links.first()->linkActivated(u"windows.overview"_s);
    auto *page = qobject_cast<ReadyViewPage *>(tabs().current());
    QVERIFY(page && settled(page));
    QVERIFY(page->findChild<QScrollArea *>(u"viewArea"_s));
    QCOMPARE(page->parts().size(), std::size_t(8));
    page->copy();
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.contains(u"Up for: 3 d 9 h"_s), qPrintable(text));
}

void ReadyViewPagesTest::servicesAreMarked()
{
    QVERIFY(connectTo());
    ReadyViewPage *page = open(u"windows.services"_s);
    QVERIFY(page);
    const ViewPart *part = page->parts().front();
    RowTableModel *model = part->model();
    const QAbstractItemModelTester tester(model);
    QCOMPARE(model->columnName(0), u"Name"_s);
    QCOMPARE(model->headerData(1, Qt::Horizontal).toString(), u"Display name"_s);
    const int state = column(part, u"State"_s), start = column(part, u"StartMode"_s);
    int marked = 0, running = 0;
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex cell = model->index(row, state);
        const bool stopped = cell.data(RawTextRole).toString() == u"Stopped"_s
            && model->index(row, start).data(RawTextRole).toString() == u"Auto"_s;
        const QString text = cell.data().toString();
        if (text.contains(u"should be running"_s)) {
            ++marked;
            QVERIFY(stopped);
            QVERIFY(!cell.data(Qt::DecorationRole).value<QIcon>().isNull());
        }
        running += cell.data(RawTextRole).toString() == u"Running"_s;
    }
    QVERIFY(marked > 0);
    QVERIFY(running > marked);
    QCOMPARE(model->sortName(), u"DisplayName"_s);
    // One narrows it as any table.
    auto *filter = page->findChild<FilterField *>(u"rowFilter"_s);
    QTest::keyClicks(filter, u"winrm"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_VERIFY(model->rowCount() < 10 && model->rowCount() > 0);
    // Enter opens the service itself.
    part->table()->setCurrentIndex(model->index(0, 0));
    QTest::keyClick(part->table(), Qt::Key_Return);
    QTRY_VERIFY(tabs().current() != page);
    QVERIFY(tabs().current()->address().contains(u"Win32_Service?"_s));
}

void ReadyViewPagesTest::numbersHaveUnits()
{
    QVERIFY(connectTo());
    ReadyViewPage *page = open(u"windows.disks"_s);
    QVERIFY(page);
    const ViewPart *part = page->parts().front();
    const QModelIndex size = part->model()->index(0, column(part, u"Size"_s));
    const QModelIndex free = part->model()->index(0, column(part, u"FreeSpace"_s));
    QTRY_COMPARE(part->model()->index(0, 0).data().toString(), u"C:"_s);
    QCOMPARE(size.data().toString(), u"127.0 GB"_s);
    QCOMPARE(free.data().toString(), u"76.0 GB (60 %)"_s);
    QVERIFY(size.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
    QCOMPARE(size.data(RawTextRole).toString(), u"136366256128"_s);
    QCOMPARE(ViewCells::bytesText(18446744073709551615.0), u"16 EB"_s);
    QCOMPARE(ViewCells::spanText(59), u"59 s"_s);
    QCOMPARE(ViewCells::spanText(3 * 86400 + 3600), u"3 d 1 h"_s);
    QCOMPARE(ViewCells::spanText(0.25), u"250 ms"_s);
}

void ReadyViewPagesTest::eventLogAsksFirst()
{
    QVERIFY(connectTo());
    const auto asked = [this] {
        return std::ranges::count_if(m_demo->trace.entries(), [](const auto &entry) {
            return entry.requestBody.contains("Win32_NTLogEvent");
        });
    };
    ReadyViewPage *page = open(u"windows.eventlog"_s);
    QVERIFY(page);
    auto *state = page->findChild<PageState *>();
    QTRY_VERIFY(!state->sentence().isEmpty());
    QCOMPARE(asked(), 0);
    page->findChild<QComboBox *>(u"parameter-level"_s)->setCurrentIndex(2); // Warning
    QTest::mouseClick(page->findChild<QPushButton *>(u"runView"_s), Qt::LeftButton);
    const ViewPart *part = page->parts().front();
    QTRY_VERIFY_WITH_TIMEOUT(part->wasRead() && !page->isBusy(), 20000);
    QVERIFY(asked() > 0);
    QVERIFY2(part->rowCount() > 0, qPrintable(part->sentence()));
    QVERIFY(part->queryText().contains(u"Logfile = 'System' AND TimeGenerated >= '20"_s));
    QVERIFY(part->queryText().contains(u"EventType = '2'"_s)
            || part->queryText().contains(u"EventType = 2"_s));
    for (int row = 0; row < part->model()->rowCount(); ++row)
        QCOMPARE(part->model()->index(row, column(part, u"EventType"_s)).data().toString(),
                 u"Warning"_s);
    // Enter in a field asks again, and nothing found is said.
    auto *text = page->findChild<QLineEdit *>(u"parameter-text"_s);
    QTest::keyClicks(text, u"no' such % text"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(state->sentence(), u"The log has no such entries."_s, 20000);
}

void ReadyViewPagesTest::linkSetsParameters()
{
    QVERIFY(connectTo());
    ReadyViewPage *page = open(u"windows.services"_s);
    QVERIFY(page);
    ViewPart *part = page->parts().front();
    auto *filter = page->findChild<FilterField *>(u"rowFilter"_s);
    filter->setText(u"Name=WinRM"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE(part->model()->rowCount(), 1);
    part->table()->setCurrentIndex(part->model()->index(0, 0));
    Q_EMIT part->table()->customContextMenuRequested(QPoint(20, 5));
    QMenu *menu = nullptr;
    QTRY_VERIFY(menu = page->findChild<QMenu *>(u"viewMenu"_s));
    QAction *link = nullptr;
    for (QAction *action : menu->actions()) {
        if (action->text() == u"Process of this service"_s)
            link = action;
    }
    QVERIFY(link);
    link->trigger();
    menu->close();
    auto *processes = qobject_cast<ReadyViewPage *>(tabs().current());
    QVERIFY(processes && processes != page && settled(processes));
    QCOMPARE(processes->view().id, u"windows.processes"_s);
    QVERIFY(processes->address().startsWith(u"view:windows.processes?pid="_s));
    QTRY_COMPARE(processes->parts().front()->model()->rowCount(), 1);
    QVERIFY(!processes->findChild<QLineEdit *>(u"parameter-pid"_s)->text().isEmpty());
}

void ReadyViewPagesTest::missingClassSaysSo()
{
    QVERIFY(connectTo());
    ReadyViewPage *page = open(u"windows.tasks"_s);
    QVERIFY(page);
    auto *state = page->findChild<PageState *>();
    QTRY_VERIFY(state->sentence().contains(u"task scheduler"_s));
    // One among others does not hurt them.
    page = open(u"windows.shares"_s);
    QVERIFY(page);
    QVERIFY(page->parts()[0]->rowCount() > 0);
    QCOMPARE(page->parts()[1]->sentence(), u"This host does not have Win32_ServerSession."_s);
    QVERIFY(page->canExport());
}

void ReadyViewPagesTest::queryIsShown()
{
    QVERIFY(connectTo());
    ReadyViewPage *page = open(u"windows.users"_s);
    QVERIFY(page);
    auto *menu = page->findChild<QMenu *>(u"queryMenu"_s);
    Q_EMIT menu->aboutToShow();
    QAction *query = nullptr, *copy = nullptr;
    for (QAction *action : menu->actions()) {
        if (!query && action->text().contains(u"LocalAccount = TRUE"_s))
            query = action;
        if (!copy && action->text() == u"Copy the query"_s)
            copy = action;
    }
    QVERIFY(query && copy);
    copy->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"SELECT * FROM Win32_UserAccount WHERE LocalAccount = TRUE"_s);
    query->trigger();
    QVERIFY(tabs().current() != page);
    QVERIFY(settled(tabs().current()));
}

void ReadyViewPagesTest::registryWalk()
{
    QVERIFY(connectTo());
    m_demo->window->openAddress(m_connection, uR"(registry:hklm\software\Example\Monitor)"_s);
    auto *page = qobject_cast<RegistryPage *>(tabs().current());
    QVERIFY(page);
    QTRY_COMPARE_WITH_TIMEOUT(page->presentPath(), uR"(HKLM\SOFTWARE\Example\Monitor)"_s, 10000);
    auto *values = page->findChild<QTreeView *>(u"registryValues"_s)->model();
    QTRY_COMPARE(values->rowCount(), 7);
    const auto text = [values](int row, int column) {
        return values->index(row, column).data().toString();
    };
    QCOMPARE(text(0, 0), u"(Default)"_s);
    QTRY_COMPARE(text(0, 2), u"Example Monitor"_s);
    QCOMPARE(text(1, 0), u"Enabled"_s);
    QCOMPARE(text(1, 1), u"REG_DWORD"_s);
    QTRY_COMPARE(text(1, 2), u"1 (0x00000001)"_s);
    QTRY_COMPARE(text(2, 2), u"srv21.example.com; srv22.example.com"_s);
    QTRY_COMPARE(text(4, 2), u"12 34 ab cd"_s);
    QTRY_COMPARE(text(6, 2), u"9007199254740993 (0x0020000000000001)"_s);
    // By click: a branch is read when it is opened.
    auto *tree = page->findChild<QTreeView *>(u"registryTree"_s);
    const QAbstractItemModelTester tester(tree->model());
    const QModelIndex key = tree->currentIndex();
    QTRY_COMPARE(tree->model()->rowCount(key), 1);
    tree->expand(key);
    const QModelIndex rules = tree->model()->index(0, 0, key);
    tree->scrollTo(rules);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(rules).center());
    QCOMPARE(page->address(), uR"(registry:HKLM\SOFTWARE\Example\Monitor\Rules)"_s);
    QTRY_COMPARE(values->rowCount(), 1);
    QTRY_COMPARE(text(0, 2), u"3 (0x00000003)"_s);
    QTRY_VERIFY(!page->isBusy());
    page->copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), uR"(HKLM\SOFTWARE\Example\Monitor\Rules)"_s);
}

void ReadyViewPagesTest::registryErrors()
{
    QVERIFY(connectTo());
    m_demo->window->openAddress(m_connection, uR"(registry:HKLM\SECURITY)"_s);
    auto *page = qobject_cast<RegistryPage *>(tabs().current());
    QVERIFY(page);
    auto *state = page->findChild<QTreeView *>(u"registryValues"_s)->parentWidget();
    QTRY_VERIFY(qobject_cast<PageState *>(state)->sentence().contains(u"may not read"_s));
    m_demo->window->openAddress(m_connection, uR"(registry:HKLM\SOFTWARE\Nowhere\At all)"_s);
    page = qobject_cast<RegistryPage *>(tabs().current());
    QVERIFY(page);
    QTRY_VERIFY([page] {
        const auto strips = page->findChildren<NoteStrip *>();
        return std::ranges::any_of(strips, [](const NoteStrip *strip) {
            return strip->isVisible() && strip->text().contains(u"Nowhere"_s);
        });
    }());
    QCOMPARE(page->presentPath(), uR"(HKLM\SOFTWARE)"_s);
}

void ReadyViewPagesTest::valueModel()
{
    RegistryTreeModel model;
    const QModelIndex hive = model.hiveIndex(RegistryHive::LocalMachine);
    QStringList wanted;
    connect(&model, &RegistryTreeModel::keysWanted, this,
            [&](const QModelIndex &index) { wanted << model.path(index); });
    model.fetchMore(hive);
    QCOMPARE(wanted, QStringList{u"HKLM"_s});
    model.setKeys(hive, {u"b"_s, u"A"_s});
    QCOMPARE(model.path(model.child(hive, u"B"_s)), uR"(HKLM\b)"_s);
    model.setKeys(hive, {u"late"_s}); // nobody asked any more
    QCOMPARE(model.rowCount(hive), 2);
    model.fetchMore(model.child(hive, u"A"_s));
    model.setFailed(model.child(hive, u"A"_s), u"Denied."_s);
    QCOMPARE(model.child(hive, u"A"_s).data(Qt::ToolTipRole).toString(), u"Denied."_s);
    model.forget(hive);
    QCOMPARE(model.rowCount(hive), 0);
    const QAbstractItemModelTester tester(&model);
}

void ReadyViewPagesTest::saveAsMyView()
{
    QVERIFY(connectTo());
    Answers answers;
    answers.text = u"My shares"_s;
    MainWindow &window = *m_demo->window;
    window.openInstances(m_connection, u"root/cimv2"_s, u"Win32_Share"_s);
    Page *page = tabs().current();
    QVERIFY(settled(page));
    QTRY_VERIFY(page->canExport());
    auto *table = page->findChild<RowTableView *>(u"instancesTable"_s);
    QStringList hidden = table->visibleColumnNames();
    hidden.removeAll(u"Name"_s);
    hidden.removeAll(u"Path"_s);
    table->setHiddenColumns(hidden);
    QMenu *menu = page->findChild<QToolButton *>(u"columnsButton"_s)->menu();
    Q_EMIT menu->aboutToShow();
    QAction *save = menu->findChild<QAction *>(u"saveAsView"_s);
    QVERIFY(save);
    save->trigger();
    auto *view = qobject_cast<ReadyViewPage *>(tabs().current());
    QVERIFY(view && settled(view));
    QCOMPARE(view->title(), u"My shares"_s);
    QCOMPARE(view->parts().front()->model()->columnNames(), QStringList({u"Name"_s, u"Path"_s}));
    QCOMPARE(view->parts().front()->model()->rowCount(), 7);
    QCOMPARE(QDir(m_demo->folder.filePath(u"views"_s)).entryList(QDir::Files),
             QStringList{u"my.my-shares.json"_s});
    // It stands in the tree at once.
    auto *tree = window.findChild<QTreeView *>(u"hostsView"_s);
    const QModelIndex views = tree->model()->index(0, 0, tree->model()->index(0, 0));
    const QModelIndex last = tree->model()->index(tree->model()->rowCount(views) - 1, 0, views);
    QCOMPARE(last.data().toString(), u"My views"_s);
    QCOMPARE(tree->model()->index(0, 0, last).data().toString(), u"My shares"_s);
}

void ReadyViewPagesTest::brokenViewIsSaid()
{
    m_host = std::make_unique<DemoHost>(DemoOptions{.tls = true, .items = 10});
    QVERIFY(m_host->start());
    m_demo = std::make_unique<DemoWindow>(*m_host);
    QDir(m_demo->folder.path()).mkdir(u"views"_s);
    QFile file(m_demo->folder.filePath(u"views/broken.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{");
    file.close();
    m_demo->window->show();
    m_demo->window->startDemo();
    QTRY_VERIFY_WITH_TIMEOUT(
        [this] {
            const auto labels = m_demo->window->findChildren<QLabel *>();
            return std::ranges::any_of(labels, [](const QLabel *label) {
                return label->isVisible() && label->text().contains(u"broken.json"_s);
            });
        }(),
        20000);
}

void ReadyViewPagesTest::disconnectedStays()
{
    QVERIFY(connectTo());
    ReadyViewPage *page = open(u"windows.shares"_s);
    QVERIFY(page);
    m_connection->disconnectFromHost();
    QTRY_VERIFY(page->findChild<NoteStrip *>(u"offlineStrip"_s)->isVisible());
    QVERIFY(page->parts()[0]->rowCount() > 0);
    QTest::mouseClick(page->findChild<QPushButton *>(u"reconnect"_s), Qt::LeftButton);
    QTRY_VERIFY(!page->findChild<NoteStrip *>(u"offlineStrip"_s)->isVisible());
    page->refresh();
    QVERIFY(settled(page));
    QVERIFY(page->parts()[0]->rowCount() > 0);
}

QTEST_MAIN(ReadyViewPagesTest)
#include "tst_readyviewpages.moc"
