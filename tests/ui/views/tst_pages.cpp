#include "demo/demohost.h"
#include "dialogs/exportdialog.h"
#include "hosts/hostconnection.h"
#include "look/look.h"
#include "models/configtreemodel.h"
#include "models/exportjob.h"
#include "models/rowtablemodel.h"
#include "prompts.h"
#include "protocol/namespaces.h"
#include "session/enumerateoperation.h"
#include "session/getoperation.h"
#include "ui/democonnection.h"
#include "views/configurationpage.h"
#include "views/detailspane.h"
#include "views/documentpage.h"
#include "views/instancespage.h"
#include "views/namespacepage.h"
#include "views/pagefactory.h"
#include "views/resourcepage.h"
#include "views/rowtableview.h"
#include "views/schemapage.h"
#include "widgets/filterfield.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace {

constexpr int longEnough = 60'000; // ms: a sanitized build on a busy machine

QModelIndex find(const QAbstractItemModel &model, const QString &text,
                 const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (index.data().toString() == text)
            return index;
        if (const QModelIndex below = find(model, text, index); below.isValid())
            return below;
    }
    return {};
}

/// Answers every question of the window with a file in a folder, and yes.
class TestPrompts final : public Prompts
{
public:
    QString file;
    int asked = 0;
    void saveFile(QWidget *, const QString &, const QString &, const QStringList &,
                  std::function<void(QString)> answer) override
    {
        ++asked;
        answer(file);
    }
    void openFile(QWidget *, const QString &, const QStringList &,
                  std::function<void(QString)> answer) override
    {
        answer(file);
    }
    void confirm(QWidget *, const QString &, const QString &, const QString &,
                 std::function<void(bool)> answer) override
    {
        ++asked;
        answer(true);
    }
    void askText(QWidget *, const QString &, const QString &, const QString &,
                 std::function<void(std::optional<QString>)> answer) override
    {
        answer({});
    }
};

} // namespace

/// The pages of a host on the demo host over TLS, offscreen, with real clicks and keys. With
/// WINRM_PAGE_SHOTS each is also written there as a picture.
class TestPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_demo = std::make_unique<DemoHost>(DemoOptions{.tls = true});
        const Done started = m_demo->start();
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
        QFile password(m_demo->passwordFile());
        QVERIFY(password.open(QIODevice::ReadOnly));
        m_password = QString::fromUtf8(password.readLine()).trimmed();
        Prompts::setCurrent(&m_prompts);
    }
    void init()
    {
        Look::apply(*qApp,
                    qEnvironmentVariable("WINRM_PAGE_THEME") == u"dark"_s ? Theme::Dark
                                                                          : Theme::Light);
        m_host = demoConnection(*m_demo, m_password, m_trace);
        m_host->connectToHost();
        QTRY_COMPARE_WITH_TIMEOUT(m_host->state(), HostConnection::State::Connected, longEnough);
    }
    void cleanup()
    {
        m_page.reset();
        m_host.reset();
    }
    void cleanupTestCase()
    {
        Prompts::setCurrent(nullptr);
        m_demo.reset();
    }

    void choosesPages()
    {
        const auto made = [this](const QString &text) {
            const auto resource = parseResource(text);
            m_page.reset(createPage(m_host.get(), *resource));
            return QByteArray(m_page->metaObject()->className());
        };
        QCOMPARE(made(u"winrm/config"_s), QByteArray("ConfigurationPage"));
        QCOMPARE(made(u"winrm/config/listener"_s), QByteArray("InstancesPage"));
        QCOMPARE(made(u"winrm/config/service"_s), QByteArray("ResourcePage"));
        QCOMPARE(made(u"winrm/config/listener?Address=*+Transport=HTTP"_s),
                 QByteArray("ResourcePage"));
        QCOMPARE(made(u"wmicimv2/Win32_Service"_s), QByteArray("InstancesPage"));
        QCOMPARE(made(u"wmicimv2/Win32_Service?Name=WinRM"_s), QByteArray("ResourcePage"));
        QCOMPARE(made(u"wmi/root/cimv2/*"_s), QByteArray("NamespacePage"));
        m_page.reset(createPage(m_host.get(), schemaResource(u"root/cimv2"_s, u"Win32_Service"_s)));
        QCOMPARE(QByteArray(m_page->metaObject()->className()), QByteArray("SchemaPage"));
    }

    void showsTheConfiguration()
    {
        show(new ConfigurationPage(m_host.get()));
        waitForContent();
        auto *tree = m_page->findChild<QTreeView *>(u"configurationTree"_s);
        QTRY_VERIFY(find(*tree->model(), u"Listeners"_s).isValid());
        QTRY_VERIFY(!m_page->isBusy());
        for (const char *name : {"Client", "Service", "Plug-ins", "Certificate mappings"})
            QVERIFY2(find(*tree->model(), QString::fromLatin1(name)).isValid(), name);
        auto *filter = m_page->findChild<FilterField *>(u"configurationFilter"_s);
        filter->setFocus();
        QTest::keyClicks(filter, u"kerberos"_s);
        QTest::keyClick(filter, Qt::Key_Return);
        const QModelIndex kerberos = find(*tree->model(), u"Kerberos"_s);
        QVERIFY(!tree->isRowHidden(kerberos.row(), kerberos.parent()));
        QVERIFY(tree->visualRect(kerberos).isValid());
        const QModelIndex winrs = find(*tree->model(), u"Remote shells"_s);
        QVERIFY(tree->isRowHidden(winrs.row(), winrs.parent()));
        tree->setCurrentIndex(kerberos);
        const Details details = m_page->details();
        QCOMPARE(details.title, u"Kerberos"_s);
        QVERIFY(!details.sections.empty());
        QVERIFY(details.raw);
        shoot(u"configuration-filtered"_s);
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(!tree->isRowHidden(winrs.row(), winrs.parent()));
        tree->expandAll();
        tree->setCurrentIndex(find(*tree->model(), u"AllowUnencrypted"_s));
        shoot(u"configuration"_s);
        DetailsPane pane;
        pane.resize(320, 600);
        pane.setDetails(m_page->details());
        QVERIFY(pane.plainText().contains(u"AllowUnencrypted"_s));
        shoot(&pane, u"details-setting"_s);
    }

    void exportsTheConfigurationAndReadsItAgain()
    {
        show(new ConfigurationPage(m_host.get()));
        waitForContent();
        QTRY_VERIFY(!m_page->isBusy());
        const QString file = m_folder.filePath(u"configuration.xml"_s);
        exportTo(file, u"scopeWhole"_s);
        auto *saved = new DocumentPage(file);
        show(saved);
        QTRY_VERIFY_WITH_TIMEOUT(saved->canExport(), longEnough);
        auto *tree = saved->findChild<QTreeView *>(u"documentTree"_s);
        QVERIFY(find(*tree->model(), u"Listeners"_s).isValid());
        shoot(u"document"_s);
    }

    void listsClasses()
    {
        show(createPage(m_host.get(), namespaceResource(u"root/cimv2"_s)));
        waitForContent();
        auto *list = m_page->findChild<QTreeView *>(u"classList"_s);
        auto *filter = m_page->findChild<FilterField *>(u"classFilter"_s);
        const int all = list->model()->rowCount();
        QVERIFY(all >= 12);
        const auto name = [list](int row) {
            return list->model()->index(row, 0).data().toString();
        };
        QVERIFY2(!name(0).startsWith(u"__"_s), qPrintable(name(0)));
        QVERIFY2(name(all - 1).startsWith(u"__"_s), qPrintable(name(all - 1)));
        filter->setFocus();
        QTest::keyClicks(filter, u"win32_serv"_s);
        QSignalSpy chosen(m_page.get(), &Page::openResource);
        QTest::keyClick(filter, Qt::Key_Return); // also before the filter has followed the keys
        QVERIFY(list->model()->rowCount() < all);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().value<ResourceLocator>().className(), name(0));
        QTest::keyClick(filter, Qt::Key_Down);
        QTRY_VERIFY(list->hasFocus());
        list->setCurrentIndex(find(*list->model(), u"Win32_Service"_s));
        auto *facts = m_page->findChild<QLabel *>(u"classFacts"_s);
        QTRY_VERIFY_WITH_TIMEOUT(facts->text().contains(u"Name"_s), longEnough);
        shoot(u"namespace"_s);
        QSignalSpy opened(m_page.get(), &Page::openResource);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        const auto resource = opened.first().first().value<ResourceLocator>();
        QCOMPARE(resource.className(), u"Win32_Service"_s);
        QTest::mouseClick(m_page->findChild<QPushButton *>(u"showSchema"_s), Qt::LeftButton);
        QCOMPARE(opened.count(), 2);
    }

    void showsASchema()
    {
        show(createPage(m_host.get(), schemaResource(u"root/cimv2"_s, u"Win32_Service"_s)));
        waitForContent();
        auto *properties = m_page->findChild<QTreeView *>(u"schemaProperties"_s);
        QCOMPARE(properties->model()->index(0, 0).data().toString(), u"Name"_s);
        properties->setCurrentIndex(find(*properties->model(), u"StartMode"_s));
        QCOMPARE(m_page->details().title, u"StartMode"_s);
        shoot(u"schema-properties"_s);
        m_page->findChild<QTabWidget *>(u"schemaTabs"_s)->setCurrentIndex(1);
        auto *methods = m_page->findChild<QTreeView *>(u"schemaMethods"_s);
        QVERIFY(find(*methods->model(), u"StartService"_s).isValid());
        methods->expandAll();
        shoot(u"schema-methods"_s);
    }

    void asksBeforeACostlyClass()
    {
        show(createPage(m_host.get(), *parseResource(u"wmicimv2/Win32_UserAccount"_s)));
        auto *page = qobject_cast<InstancesPage *>(m_page.get());
        QVERIFY(page);
        auto *read = page->findChild<QPushButton *>(u"stateAction"_s);
        QTRY_VERIFY_WITH_TIMEOUT(read && read->isVisible(), longEnough);
        QVERIFY(page->findChild<PageState *>()->sentence().contains(u"domain"_s));
        QCOMPARE(page->model()->totalRows(), 0u);
        QVERIFY(!page->isBusy());
        shoot(u"costly"_s);
        QTest::mouseClick(read, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(page->model()->totalRows() > 0 && !page->isBusy(), longEnough);
        page->refresh(); // asked once
        QTRY_VERIFY_WITH_TIMEOUT(page->model()->totalRows() > 0 && !page->isBusy(), longEnough);
    }

    void showsInstances()
    {
        auto *page = openInstances(u"wmicimv2/Win32_Service"_s);
        auto *table = page->findChild<QTableView *>(u"instancesTable"_s);
        QVERIFY(page->model()->rowCount() >= 100);
        QTRY_VERIFY_WITH_TIMEOUT(page->model()->schema(), longEnough);
        QCOMPARE(page->model()->columnName(0), u"Name"_s);
        table->selectRow(2);
        shoot(u"instances"_s);
        DetailsPane pane;
        pane.resize(320, 700);
        pane.setDetails(page->details());
        shoot(&pane, u"details-cell"_s);
        // sort by a click on the header
        QHeaderView *header = table->horizontalHeader();
        QSignalSpy arranged(page->model(), &RowTableModel::arranged);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(0) + 20, header->height() / 2));
        QVERIFY(arranged.count() > 0 || arranged.wait(longEnough));
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(0) + 20, header->height() / 2));
        QTRY_COMPARE(page->model()->sortOrder(), Qt::DescendingOrder);
        QTRY_VERIFY(!page->model()->isArranging());
        const QString first = page->model()->index(0, 0).data().toString();
        const QString last =
            page->model()->index(page->model()->rowCount() - 1, 0).data().toString();
        QVERIFY(first.compare(last, Qt::CaseInsensitive) > 0);
        // filter
        auto *filter = page->findChild<FilterField *>(u"rowFilter"_s);
        filter->setFocus();
        QTest::keyClicks(filter, u"State=Running"_s);
        QTest::keyClick(filter, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(page->model()->rowCount() < int(page->model()->totalRows()),
                                 longEnough);
        QVERIFY(page->statusText().contains(u"of"_s));
        shoot(u"instances-filtered"_s);
        filter->setText(u"Stte=Running"_s);
        QTRY_VERIFY(!filter->problem().isEmpty());
        shoot(u"instances-bad-filter"_s);
        filter->clear();
        QTRY_COMPARE(page->model()->rowCount(), int(page->model()->totalRows()));
        // copy, open
        table->setFocus();
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"Name\t"_s));
        QSignalSpy opened(page, &Page::openResource);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QVERIFY(opened.first().first().value<ResourceLocator>().selector(u"Name"));
    }

    void showsOneResource()
    {
        const auto resource = parseResource(u"wmicimv2/Win32_Service?Name=WinRM"_s);
        show(createPage(m_host.get(), *resource));
        waitForContent();
        auto *tree = m_page->findChild<QTreeView *>(u"resourceTree"_s);
        const QModelIndex state = find(*tree->model(), u"State"_s);
        QVERIFY(state.isValid());
        tree->setCurrentIndex(state);
        QCOMPARE(m_page->details().title, u"State"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->details().subtitle.isEmpty(), longEnough);
        shoot(u"resource"_s);
    }

    void exportsTenThousandRows()
    {
        auto *page = openInstances(u"wmicimv2/Demo_Item"_s);
        QCOMPARE(page->model()->totalRows(), 5000u);
        const QString file = m_folder.filePath(u"items.jsonl"_s);
        exportTo(file, u"scopeAgain"_s, u"jsonl"_s);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll().count('\n'), 5000);
    }

    void exportWaitsForTheDisk()
    {
        show(createPage(m_host.get(), *parseResource(u"winrm/config"_s)));
        EnumerateParameters parameters{.resource = wmiClass(u"root/cimv2"_s, u"Demo_Item"_s)};
        parameters.maxElements = 250;
        auto *operation = new EnumerateOperation(m_host->session(), parameters,
                                                 {.streaming = true});
        auto *job = new ExportJob({.file = m_folder.filePath(u"held.csv"_s)});
        job->setMostWaiting(1);
        QSignalSpy held(job, &ExportJob::held);
        quint64 rows = 0;
        Error error;
        bool finished = false;
        connect(job, &ExportJob::finished, this, [&](const ExportResult &result) {
            rows = result.rows;
            error = result.error;
            finished = true;
        });
        job->writeEnumeration(operation, nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(finished, longEnough);
        QVERIFY2(!error, qPrintable(error.message));
        QCOMPARE(rows, 5000u);
        QVERIFY(held.count() >= 5);
    }

    void heldEnumerationAsksNoMore()
    {
        EnumerateParameters parameters{.resource = wmiClass(u"root/cimv2"_s, u"Demo_Item"_s)};
        parameters.maxElements = 100;
        auto *operation = new EnumerateOperation(m_host->session(), parameters);
        std::uint64_t rows = 0;
        bool finished = false;
        connect(operation, &EnumerateOperation::rowsReceived, this, [&](const RowBatchPtr &batch) {
            rows += rowCount(batch);
            operation->hold();
        });
        connect(operation, &Operation::finished, this, [&] { finished = true; });
        operation->start();
        QTRY_VERIFY_WITH_TIMEOUT(rows > 0, longEnough);
        // Another question is answered after all that was still under way.
        auto *get = new GetOperation(m_host->session(), *parseResource(u"winrm/config"_s));
        QSignalSpy got(get, &Operation::finished);
        get->start();
        QVERIFY(got.wait(longEnough));
        QVERIFY(!finished);
        QVERIFY2(rows <= 400, qPrintable(QString::number(rows)));
        operation->disconnect(this);
        connect(operation, &EnumerateOperation::rowsReceived, this,
                [&](const RowBatchPtr &batch) { rows += rowCount(batch); });
        connect(operation, &Operation::finished, this, [&] { finished = true; });
        operation->resume();
        QTRY_VERIFY_WITH_TIMEOUT(finished, longEnough);
        QCOMPARE(rows, 5000u);
    }

    void saysWhenNotAllIsCopied()
    {
        auto *page = openInstances(u"wmicimv2/Win32_Service"_s);
        auto *table = page->findChild<RowTableView *>(u"instancesTable"_s);
        auto *note = page->findChild<NoteStrip *>(u"copyNote"_s);
        table->setMostCopied(50);
        table->setFocus();
        table->selectAll();
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(note->isVisible());
        QVERIFY(note->text().contains(u"50"_s));
        QVERIFY(note->text().contains(QString::number(page->model()->rowCount())));
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 51);
        shoot(u"copied-in-part"_s);
        table->clearSelection();
        table->selectRow(3);
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(!note->isVisible());
    }

    void columnsStayAsTheyWerePut()
    {
        auto *page = openInstances(u"wmicimv2/Win32_Service"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page->model()->schema(), longEnough);
        auto *table = page->findChild<RowTableView *>(u"instancesTable"_s);
        QHeaderView *header = table->horizontalHeader();
        const auto column = [](InstancesPage *of, const QString &name) {
            return int(of->model()->columnNames().indexOf(name));
        };
        QSignalSpy changed(page, &Page::layoutChanged);
        const int handle = header->sectionViewportPosition(0) + header->sectionSize(0) - 1;
        const int before = header->sectionSize(0);
        const int y = header->height() / 2;
        QTest::mousePress(header->viewport(), Qt::LeftButton, {}, {handle, y});
        QTest::mouseMove(header->viewport(), {handle + 45, y});
        QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, {handle + 45, y});
        QCOMPARE(header->sectionSize(0), before + 45);
        QVERIFY(changed.count() > 0);
        header->moveSection(header->visualIndex(column(page, u"State"_s)), 0);
        table->setHiddenColumns({u"Caption"_s});
        const QByteArray saved = page->saveLayout();
        const QString key = page->layoutKey();

        page = openInstances(u"wmicimv2/Win32_Service"_s);
        QCOMPARE(page->layoutKey(), key);
        page->restoreLayout("no such thing");
        page->restoreLayout(saved);
        QTRY_VERIFY_WITH_TIMEOUT(page->model()->schema(), longEnough);
        table = page->findChild<RowTableView *>(u"instancesTable"_s);
        header = table->horizontalHeader();
        QCOMPARE(header->visualIndex(column(page, u"State"_s)), 0);
        QCOMPARE(header->sectionSize(column(page, u"Name"_s)), before + 45);
        QVERIFY(table->isColumnHidden(column(page, u"Caption"_s)));
        page->refresh(); // and stay so while it is read again
        QTRY_VERIFY_WITH_TIMEOUT(!page->isBusy() && page->model()->totalRows() > 0, longEnough);
        QCOMPARE(header->visualIndex(column(page, u"State"_s)), 0);
        QCOMPARE(header->sectionSize(column(page, u"Name"_s)), before + 45);
        table->resetColumns();
        QCOMPARE(header->visualIndex(0), 0);
        QVERIFY(!table->isColumnHidden(column(page, u"Caption"_s)));
        QVERIFY(header->sectionSize(column(page, u"Name"_s)) != before + 45);
    }

    void tellsAFailureInItsPlace()
    {
        const auto resource = parseResource(u"wmicimv2/Win32_NoSuchClass"_s);
        show(createPage(m_host.get(), *resource));
        auto *state = m_page->findChild<PageState *>();
        QTRY_VERIFY_WITH_TIMEOUT(!state->sentence().isEmpty() && !m_page->isBusy(), longEnough);
        QTRY_VERIFY(m_page->findChild<QPushButton *>(u"tryAgain"_s)->isVisible());
        QVERIFY(!m_page->findChild<QLabel *>(u"stateCode"_s)->text().isEmpty());
        QVERIFY(!m_page->canExport());
        // Nothing stands below a filter.
        QVERIFY(!m_page->findChild<FilterField *>(u"rowFilter"_s)->isVisible());
        shoot(u"failed"_s);
        QSignalSpy exchange(m_page.get(), &Page::showExchange);
        QTest::mouseClick(m_page->findChild<QPushButton *>(u"showExchange"_s), Qt::LeftButton);
        QCOMPARE(exchange.count(), 1);
        QSignalSpy busy(m_page.get(), &Page::busyChanged);
        QTest::mouseClick(m_page->findChild<QPushButton *>(u"tryAgain"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(busy.count() >= 2, longEnough);
    }

    /// What a page reads is said once, and its tools go while there is nothing to use them on.
    void saysOnceWhatItReads()
    {
        DemoHost slow(DemoOptions{.tls = true, .fault = u"get=delay-600000"_s});
        QVERIFY(slow.start());
        QFile password(slow.passwordFile());
        QVERIFY(password.open(QIODevice::ReadOnly));
        const auto host = demoConnection(slow, QString::fromUtf8(password.readLine()).trimmed(),
                                         m_trace);
        host->connectToHost();
        QTRY_COMPARE_WITH_TIMEOUT(host->state(), HostConnection::State::Connected, longEnough);
        show(new ConfigurationPage(host.get()));
        auto *stop = m_page->findChild<QPushButton *>(u"stop"_s);
        QTRY_VERIFY_WITH_TIMEOUT(stop->isVisible(), longEnough);
        QTRY_VERIFY(!m_page->findChild<PageState *>()->showsContent());
        int said = 0;
        for (const QLabel *label : m_page->findChildren<QLabel *>())
            said += label->isVisible() && label->text() == u"Reading the configuration"_s;
        QCOMPARE(said, 1);
        auto *filter = m_page->findChild<FilterField *>(u"configurationFilter"_s);
        QVERIFY(filter->isVisible());
        QTest::mouseClick(stop, Qt::LeftButton);
        QTRY_VERIFY(m_page->findChild<QPushButton *>(u"tryAgain"_s)->isVisible());
        QVERIFY(!filter->isVisible());
        m_page.reset();
    }

    void staysWhenTheConnectionGoes()
    {
        auto *page = openInstances(u"wmicimv2/Win32_LogicalDisk"_s);
        m_host->disconnectFromHost();
        QWidget *strip = page->findChild<QWidget *>(u"offlineStrip"_s);
        QTRY_VERIFY(strip->isVisible());
        QVERIFY(page->model()->rowCount() > 0);
        QVERIFY(page->findChild<PageState *>()->isDimmed());
        shoot(u"disconnected"_s);
        QTest::mouseClick(page->findChild<QPushButton *>(u"reconnect"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!strip->isVisible(), longEnough);
        QVERIFY(!page->findChild<PageState *>()->isDimmed());
        QVERIFY(page->model()->rowCount() > 0);
    }

    void saysWhenItWasNeverConnected()
    {
        m_host->disconnectFromHost();
        QTRY_COMPARE(m_host->state(), HostConnection::State::Disconnected);
        show(createPage(m_host.get(), namespaceResource(u"root/cimv2"_s)));
        auto *button = m_page->findChild<QPushButton *>(u"stateAction"_s);
        QTRY_VERIFY(button->isVisible());
        shoot(u"never-connected"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        waitForContent();
    }

    void stopsAndKeepsWhatArrived()
    {
        show(createPage(m_host.get(), *parseResource(u"wmicimv2/Demo_Item"_s)));
        auto *page = static_cast<InstancesPage *>(m_page.get());
        QTRY_VERIFY_WITH_TIMEOUT(page->isBusy() || page->model()->totalRows() > 0, longEnough);
        page->stop();
        QTRY_VERIFY(!page->isBusy());
        const std::uint32_t rows = page->model()->totalRows();
        if (rows == 0)
            QVERIFY(page->findChild<QPushButton *>(u"tryAgain"_s)->isVisible());
        else if (rows < 5000)
            QVERIFY(page->findChild<QPushButton *>(u"runAgain"_s)->isVisible());
        else
            QVERIFY(!page->findChild<QWidget *>(u"noteStrip"_s)->isVisible());
        shoot(u"stopped"_s);
    }

    void offersExport()
    {
        auto *page = openInstances(u"wmicimv2/Win32_Service"_s);
        page->findChild<QTableView *>(u"instancesTable"_s)->selectAll();
        page->exportContent();
        auto *dialog = page->findChild<ExportDialog *>();
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->isVisible());
        shoot(dialog, u"export-dialog"_s);
        m_prompts.file = m_folder.filePath(u"services.csv"_s);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"chooseFile"_s), Qt::LeftButton);
        QCOMPARE(dialog->findChild<QLineEdit *>(u"exportFile"_s)->text(), m_prompts.file);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"exportButton"_s), Qt::LeftButton);
        auto *folder = dialog->findChild<QPushButton *>(u"openFolder"_s);
        QTRY_VERIFY_WITH_TIMEOUT(folder->isVisible(), longEnough);
        shoot(dialog, u"export-done"_s);
        QVERIFY(QFile::exists(m_prompts.file));
        QTest::keyClick(dialog, Qt::Key_Escape);
    }

private:
    void show(Page *page)
    {
        m_page.reset(page);
        page->resize(1000, 640);
        page->show();
        QApplication::setActiveWindow(page);
        QVERIFY(QTest::qWaitForWindowExposed(page));
    }

    void waitForContent()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_page->canExport() || !m_page->statusText().isEmpty(),
                                 longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(m_page->findChild<PageState *>()->showsContent(), longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->isBusy(), longEnough);
    }

    InstancesPage *openInstances(const QString &resource)
    {
        show(createPage(m_host.get(), *parseResource(resource)));
        auto *page = qobject_cast<InstancesPage *>(m_page.get());
        if (!QTest::qWaitFor([&] { return page->model()->totalRows() > 0 && !page->isBusy(); },
                             longEnough))
            qWarning("no rows: %s", qPrintable(page->findChild<PageState *>()->sentence()));
        return page;
    }

    void exportTo(const QString &file, const QString &scope, const QString &format = {})
    {
        m_page->exportContent();
        auto *dialog = m_page->findChild<ExportDialog *>();
        QVERIFY(dialog);
        QTest::mouseClick(dialog->findChild<QRadioButton *>(scope), Qt::LeftButton);
        if (format == u"jsonl"_s)
            dialog->findChild<QComboBox *>(u"exportFormat"_s)->setCurrentIndex(2);
        dialog->findChild<QLineEdit *>(u"exportFile"_s)->setText(file);
        QSignalSpy exported(dialog, &ExportDialog::exported);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"exportButton"_s), Qt::LeftButton);
        QVERIFY2(exported.count() > 0 || exported.wait(longEnough),
                 qPrintable(dialog->findChild<QLabel *>(u"exportText"_s)->text()));
        dialog->close();
        QVERIFY(QFile::exists(file));
    }

    void shoot(const QString &name) { shoot(m_page.get(), name); }
    void shoot(QWidget *widget, const QString &name)
    {
        const QString folder = qEnvironmentVariable("WINRM_PAGE_SHOTS");
        if (folder.isEmpty())
            return;
        widget->show();
        QVERIFY(QTest::qWaitForWindowExposed(widget));
        QCoreApplication::processEvents();
        widget->grab().save(QDir(folder).filePath(name + u".png"_s));
    }

    QTemporaryDir m_folder;
    TestPrompts m_prompts;
    Trace m_trace;
    std::unique_ptr<DemoHost> m_demo;
    QString m_password;
    std::unique_ptr<HostConnection> m_host;
    std::unique_ptr<Page> m_page;
};

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
