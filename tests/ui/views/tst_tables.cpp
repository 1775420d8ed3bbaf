#include "demo/demohost.h"
#include "dialogs/comparerowsdialog.h"
#include "hosts/hostconnection.h"
#include "look/look.h"
#include "models/celltext.h"
#include "models/rowpairmodel.h"
#include "models/rowtablemodel.h"
#include "session/invokeoperation.h"
#include "ui/democonnection.h"
#include "views/instancespage.h"
#include "views/pagefactory.h"
#include "views/rowtableview.h"
#include "widgets/autorefresh.h"
#include "widgets/filterfield.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QCompleter>
#include <QContextMenuEvent>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int longEnough = 60'000; // ms: a sanitized build on a busy machine

} // namespace

/// What one does with the rows of a table: on the demo host, offscreen, with real clicks and keys.
class TestTables : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        Look::apply(*qApp, Theme::Light);
        m_demo = std::make_unique<DemoHost>(DemoOptions{.tls = true});
        const Done started = m_demo->start();
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
        QFile password(m_demo->passwordFile());
        QVERIFY(password.open(QIODevice::ReadOnly));
        m_password = QString::fromUtf8(password.readLine()).trimmed();
    }
    void init()
    {
        m_host = demoConnection(*m_demo, m_password, m_trace);
        m_host->connectToHost();
        QTRY_COMPARE_WITH_TIMEOUT(m_host->state(), HostConnection::State::Connected, longEnough);
    }
    void cleanup()
    {
        m_page.reset();
        m_host.reset();
    }
    void cleanupTestCase() { m_demo.reset(); }

    void filtersByACell()
    {
        open(u"wmicimv2/Win32_Service"_s);
        const QModelIndex cell = cellWith(u"State"_s, u"Stopped"_s);
        rightClick(cell);
        QVERIFY(!menuAction(u"andByValue"_s)); // nothing to add it to
        choose(u"filterByValue"_s);
        QCOMPARE(filter()->text(), u"State=Stopped"_s);
        QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() < int(model()->totalRows()), longEnough);
        const int stopped = model()->rowCount();
        for (int row = 0; row < stopped; ++row)
            QCOMPARE(model()->index(row, column(u"State"_s)).data(RawTextRole), u"Stopped"_s);

        rightClick(cellWith(u"StartMode"_s, u"Manual"_s));
        choose(u"andOutValue"_s);
        QCOMPARE(filter()->text(), u"State=Stopped StartMode!=Manual"_s);
        QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() < stopped && !model()->isArranging(),
                                 longEnough);

        rightClick(model()->index(0, column(u"State"_s)));
        choose(u"filterOutValue"_s);
        QCOMPARE(filter()->text(), u"State!=Stopped"_s);
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), int(model()->totalRows()) - stopped,
                                  longEnough);
    }

    void filtersByAnyCellOfTheTable()
    {
        open(u"wmicimv2/Win32_LogicalDisk"_s);
        for (int at = 0; at < model()->columnCount(); ++at) {
            if (table()->isColumnHidden(at))
                continue;
            filter()->clear();
            QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() == int(model()->totalRows()), longEnough);
            const QModelIndex cell = model()->index(0, at);
            table()->scrollTo(cell);
            const QString text = cell.data(RawTextRole).toString();
            rightClick(cell);
            if (!menuAction(u"filterByValue"_s)) {
                QVERIFY2(text.isEmpty(), qPrintable(model()->columnName(at)));
                closeMenu();
                continue;
            }
            choose(u"filterByValue"_s);
            QVERIFY2(filter()->problem().isEmpty(), qPrintable(filter()->text()));
            QTRY_VERIFY_WITH_TIMEOUT(!model()->isArranging(), longEnough);
            QVERIFY2(model()->rowCount() > 0, qPrintable(filter()->text()));
            QCOMPARE(model()->index(0, at).data(RawTextRole).toString(), text);
        }
    }

    void filtersByAColumnOfTheHeader()
    {
        open(u"wmicimv2/Win32_Service"_s);
        QHeaderView *header = table()->horizontalHeader();
        const QPoint at(header->sectionViewportPosition(0) + 20, header->height() / 2);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, header->mapToGlobal(at));
        QApplication::sendEvent(header->viewport(), &event);
        auto *menu = table()->findChild<QMenu *>(u"columnMenu"_s);
        QVERIFY(menu && menu->isVisible());
        const QAction *first = menu->actions().constFirst();
        QVERIFY(first->text().startsWith(u"Filter by"_s));
        QTest::mouseClick(menu, Qt::LeftButton, {},
                          menu->actionGeometry(menu->actions().constFirst()).center());
        QCOMPARE(filter()->text(), u"Name~"_s);
        QTRY_VERIFY(filter()->hasFocus());
        QTest::keyClicks(filter(), u"win"_s);
        QTest::keyClick(filter(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(
            model()->rowCount() > 0 && model()->rowCount() < int(model()->totalRows()), longEnough);
    }

    void offersTheNamesOfColumns()
    {
        open(u"wmicimv2/Win32_Service"_s);
        auto *completer = filter()->findChild<QCompleter *>();
        QVERIFY(completer);
        QTest::keyClicks(filter(), u"running startm"_s);
        QTRY_VERIFY(completer->popup()->isVisible());
        QCOMPARE(completer->completionCount(), 1);
        QTest::keyClick(completer->popup(), Qt::Key_Down);
        QTest::keyClick(completer->popup(), Qt::Key_Return);
        QCOMPARE(filter()->text(), u"running StartMode~"_s);
        QVERIFY(!completer->popup()->isVisible());
        QTest::keyClicks(filter(), u"au"_s); // a value is no name
        QVERIFY(!completer->popup()->isVisible());
        QCOMPARE(filter()->text(), u"running StartMode~au"_s);
        QTest::keyClicks(filter(), u" \"sta"_s); // nor is what stands in quotes
        QVERIFY(!completer->popup()->isVisible());
    }

    void keepsTheFiltersThatWereUsed()
    {
        open(u"wmicimv2/Win32_Service"_s);
        QSignalSpy changed(m_page.get(), &Page::layoutChanged);
        for (const QString &text : {u"State=Running"_s, u"win"_s}) {
            filter()->clear();
            QTest::keyClicks(filter(), text);
            QTest::keyClick(filter(), Qt::Key_Return);
        }
        QTest::keyClicks(filter(), u" \"open"_s); // what is not whole is not kept
        QTest::keyClick(filter(), Qt::Key_Return);
        QCOMPARE(changed.count(), 2);
        const QByteArray kept = m_page->saveLayout();

        open(u"wmicimv2/Win32_Service"_s);
        m_page->restoreLayout(kept);
        filter()->setFocus();
        QTest::keyClick(filter(), Qt::Key_Down, Qt::AltModifier);
        auto *menu = filter()->findChild<QMenu *>(u"filterHistory"_s);
        QTRY_VERIFY(menu->isVisible());
        QStringList texts;
        for (const QAction *action : menu->actions()) {
            if (!action->isSeparator())
                texts << action->text();
        }
        QCOMPARE(texts, (QStringList{u"win"_s, u"State=Running"_s, u"Forget them"_s}));
        QTest::mouseClick(menu, Qt::LeftButton, {},
                          menu->actionGeometry(menu->actions().at(2)).center());
        QCOMPARE(filter()->text(), u"State=Running"_s);
        QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() < int(model()->totalRows()), longEnough);
    }

    void countsWhatIsSelected()
    {
        open(u"wmicimv2/Win32_Service"_s);
        const int id = column(u"ProcessId"_s);
        qint64 sum = 0;
        for (int row = 0; row < 5; ++row)
            sum += model()->index(row, id).data(RawTextRole).toLongLong();
        select(0, 4, id);
        QTRY_VERIFY(m_page->statusText().contains(u"ProcessId"_s));
        QVERIFY2(m_page->statusText().contains(u"sum "_s + QLocale().toString(sum)),
                 qPrintable(m_page->statusText()));
        select(0, 3, column(u"State"_s));
        QTRY_VERIFY(m_page->statusText().contains(u"distinct"_s));
        table()->selectRow(1);
        QVERIFY(!m_page->statusText().contains(u"distinct"_s));
    }

    void countsManyRowsOnAnotherThread()
    {
        open(u"wmicimv2/Demo_Item"_s);
        table()->setCurrentIndex(model()->index(0, 0));
        table()->selectAll();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_page->statusText().contains(QLocale().toString(5000) + u" values"_s)
                || m_page->statusText().contains(u"5000 values"_s),
            longEnough);
    }

    void marksWhatARefreshChanged()
    {
        open(u"wmicimv2/Win32_Service"_s);
        filter()->setText(u"State=Running"_s);
        QTest::keyClick(filter(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() < int(model()->totalRows()), longEnough);
        filter()->clear();
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), int(model()->totalRows()), longEnough);
        const QModelIndex cell = cellWith(u"Name"_s, u"Spooler"_s);
        table()->setCurrentIndex(cell.siblingAtColumn(column(u"State"_s)));
        const QString before = table()->currentIndex().data(RawTextRole).toString();
        table()->verticalScrollBar()->setValue(7);
        auto *note = m_page->findChild<NoteStrip *>(u"changesNote"_s);
        QVERIFY(!note->isVisible());

        m_page->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(note->isVisible(), longEnough);
        QVERIFY2(note->text().startsWith(u"Nothing changed"_s), qPrintable(note->text()));

        call(u"Spooler"_s, before == u"Running"_s ? u"StopService"_s : u"StartService"_s);
        QSignalSpy refreshed(model(), &RowTableModel::refreshed);
        m_page->refresh();
        QVERIFY(refreshed.count() > 0 || refreshed.wait(longEnough));
        QVERIFY2(note->text().startsWith(u"1 row"_s), qPrintable(note->text()));
        const QModelIndex current = table()->currentIndex();
        QCOMPARE(current.siblingAtColumn(column(u"Name"_s)).data(RawTextRole), u"Spooler"_s);
        QVERIFY(current.data(RawTextRole).toString() != before);
        QCOMPARE(current.data(ChangeRole).toInt(), int(CellChange::Changed));
        QVERIFY(current.data(Qt::ToolTipRole).toString().contains(before));
        QCOMPARE(table()->verticalScrollBar()->value(), 7);
        QCOMPARE(table()->selectedRows(), std::vector<int>{current.row()});
        QTest::mouseClick(note->findChild<QPushButton *>(u"hideChanges"_s), Qt::LeftButton);
        QVERIFY(!note->isVisible());
        QCOMPARE(current.data(ChangeRole).toInt(), int(CellChange::None));
    }

    void refreshesByItself()
    {
        open(u"wmicimv2/Win32_LogicalDisk"_s);
        auto *button = m_page->findChild<AutoRefresh *>(u"autoRefresh"_s);
        QSignalSpy refreshed(model(), &RowTableModel::refreshed);
        QSignalSpy due(button, &AutoRefresh::due);
        button->setUnit(1);
        button->menu()->actions().at(1)->trigger();
        QCOMPARE(button->seconds(), 5);
        QTRY_VERIFY_WITH_TIMEOUT(refreshed.count() >= 3, longEnough);
        // A reading begins when the one before has been shown, never while it runs.
        QVERIFY(due.count() <= refreshed.count() + 1);
        m_host->disconnectFromHost();
        QTRY_COMPARE(button->seconds(), 0);
        const auto seen = due.count();
        QTest::qWait(50); // ten times as long as it would take
        QCOMPARE(due.count(), seen);
    }

    void keepsTheRowsWhenARefreshFails()
    {
        open(u"wmicimv2/Demo_Item"_s);
        const std::uint32_t rows = model()->totalRows();
        m_page->refresh();
        m_page->stop();
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->isBusy(), longEnough);
        QCOMPARE(model()->totalRows(), rows);
        auto *strip = m_page->findChild<NoteStrip *>(u"noteStrip"_s);
        QTRY_VERIFY(strip->isVisible());
        QVERIFY2(strip->text().startsWith(u"Stopped"_s), qPrintable(strip->text()));
        QSignalSpy refreshed(model(), &RowTableModel::refreshed);
        QTest::mouseClick(m_page->findChild<QPushButton *>(u"runAgain"_s), Qt::LeftButton);
        QVERIFY(refreshed.wait(longEnough));
        QCOMPARE(model()->totalRows(), rows);
        QCOMPARE(model()->changes()->newRows, 0u);
    }

    void comparesTwoRows()
    {
        open(u"wmicimv2/Win32_Service"_s);
        select(0, 0, 0);
        rightClick(model()->index(0, 0));
        QVERIFY(!menuAction(u"compareRowsAction"_s));
        closeMenu();
        select(0, 1, 0);
        rightClick(model()->index(1, 0));
        choose(u"compareRowsAction"_s);
        auto *dialog = m_page->findChild<CompareRowsDialog *>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        RowPairModel &pair = dialog->model();
        QAbstractItemModelTester tester(&pair);
        QCOMPARE(pair.rowCount(), model()->columnCount());
        QCOMPARE(pair.title(RowPairModel::LeftColumn), model()->index(0, 0).data().toString());
        int different = 0;
        for (int at = 0; at < pair.rowCount(); ++at) {
            const bool differs = model()->index(0, at).data(RawTextRole)
                != model()->index(1, at).data(RawTextRole);
            QCOMPARE(pair.index(at, 1).data(ChangeRole).toInt() != 0, differs);
            different += differs ? 1 : 0;
        }
        QVERIFY(different > 0 && different < pair.rowCount());
        QTest::mouseClick(dialog->findChild<QCheckBox *>(u"onlyDifferent"_s), Qt::LeftButton, {},
                          QPoint(8, 8));
        QCOMPARE(pair.rowCount(), different);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"copyComparison"_s), Qt::LeftButton);
        const QString copied = QGuiApplication::clipboard()->text();
        QCOMPARE(copied.count(u'\n'), different + 1);
        QVERIFY(copied.contains(u"Name\t"_s + model()->index(0, 0).data().toString() + u'\t'));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!m_page->findChild<CompareRowsDialog *>());
    }

private:
    void call(const QString &service, const QString &method)
    {
        ResourceLocator resource = *parseResource(u"wmicimv2/Win32_Service"_s);
        resource.setSelector(u"Name"_s, service);
        auto *operation = new InvokeOperation(m_host->session(),
                                              {.resource = resource, .method = method});
        QSignalSpy finished(operation, &Operation::finished);
        operation->start();
        QVERIFY(finished.wait(longEnough));
        const auto outcome = finished.first().first().value<Outcome>();
        QVERIFY2(!outcome.error, qPrintable(outcome.error.message));
    }

    void open(const QString &resource)
    {
        m_page.reset(
            qobject_cast<InstancesPage *>(createPage(m_host.get(), *parseResource(resource))));
        QVERIFY(m_page);
        if (!resource.contains(u"Demo_Item"_s)) // thousands of rows take it minutes
            new QAbstractItemModelTester(model(), model());
        m_page->resize(1000, 640);
        m_page->show();
        QApplication::setActiveWindow(m_page.get());
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QTRY_VERIFY_WITH_TIMEOUT(model()->totalRows() > 0 && !m_page->isBusy(), longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(model()->schema(), longEnough);
    }

    RowTableModel *model() const { return m_page->model(); }
    RowTableView *table() const { return m_page->findChild<RowTableView *>(u"instancesTable"_s); }
    FilterField *filter() const { return m_page->findChild<FilterField *>(u"rowFilter"_s); }
    int column(const QString &name) const { return int(model()->columnNames().indexOf(name)); }

    QModelIndex cellWith(const QString &name, const QString &text) const
    {
        for (int row = 0; row < model()->rowCount(); ++row) {
            const QModelIndex cell = model()->index(row, column(name));
            if (cell.data(RawTextRole).toString() == text)
                return cell;
        }
        return {};
    }

    void select(int first, int last, int at)
    {
        table()->scrollTo(model()->index(first, at));
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                          table()->visualRect(model()->index(first, at)).center());
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                          table()->visualRect(model()->index(last, at)).center());
    }

    void rightClick(const QModelIndex &cell)
    {
        QVERIFY(cell.isValid());
        table()->scrollTo(cell);
        const QPoint at = table()->visualRect(cell).center();
        QTest::mouseClick(table()->viewport(), Qt::RightButton, {}, at);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, table()->viewport()->mapToGlobal(at));
        QApplication::sendEvent(table()->viewport(), &event);
        QTRY_VERIFY(menu() && menu()->isVisible());
    }
    QMenu *menu() const { return m_page->findChild<QMenu *>(u"rowMenu"_s); }
    QAction *menuAction(const QString &name) const
    {
        return menu() ? menu()->findChild<QAction *>(name) : nullptr;
    }
    void choose(const QString &name)
    {
        QVERIFY2(menuAction(name), qPrintable(name));
        QTest::mouseClick(menu(), Qt::LeftButton, {},
                          menu()->actionGeometry(menuAction(name)).center());
        QTRY_VERIFY(!menu());
    }
    void closeMenu()
    {
        menu()->close();
        QTRY_VERIFY(!menu());
    }

    Trace m_trace;
    std::unique_ptr<DemoHost> m_demo;
    QString m_password;
    std::unique_ptr<HostConnection> m_host;
    std::unique_ptr<InstancesPage> m_page;
};

QTEST_MAIN(TestTables)
#include "tst_tables.moc"
