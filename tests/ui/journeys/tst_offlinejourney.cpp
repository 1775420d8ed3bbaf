#include "models/hoststreemodel.h"
#include "ui/answers.h"
#include "ui/demowindow.h"
#include "views/page.h"
#include "views/pagetabs.h"
#include "views/rowtableview.h"
#include "widgets/filterfield.h"

#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDropEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

/// What was saved from a host, opened where the host is not: an export of rows, one of the
/// configuration, a message, a trace. Same table, tree and exchanges, searched and exported again;
/// said of each what it is a copy of, and that nothing can be changed.
class OfflineJourney final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void rowsAreATableAgain();
    void configurationIsATreeAgain();
    void messageIsReadable();
    void traceIsReadable();
    void everythingDroppedOnTheWindow();
    void whatIsNoneSaysSo();

private:
    void openAddress(const QString &address);
    void exportTo(const QString &path, const QString &format, const QString &scope);
    void open(const QString &path);
    QString origin() const { return find<QLabel>(u"documentSource"_s)->text(); }
    Page *page() const { return m_window->window->tabs().current(); }
    QString path(const QString &name) const { return m_saved.filePath(name); }

    template<typename T>
    T *find(const QString &name) const
    {
        return page()->findChild<T *>(name);
    }

    QTemporaryDir m_saved;
    int m_services = 0;
    std::unique_ptr<DemoHost> m_host;
    std::unique_ptr<DemoWindow> m_window;
};

/// A colleague saves; then the host is gone.
void OfflineJourney::initTestCase()
{
    m_host = std::make_unique<DemoHost>(DemoOptions{.tls = true, .items = 100});
    QVERIFY(m_host->start());
    m_window = std::make_unique<DemoWindow>(*m_host);
    MainWindow &window = *m_window->window;
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QApplication::setActiveWindow(&window);
    HostConnection *host = window.hosts().add(m_window->profile(u"demo"_s), m_window->credential());
    window.connectTo(host);
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), HostConnection::State::Connected, 10000);
    openAddress(u"wmicimv2/Win32_Service"_s);
    m_services = page()->findChild<RowTableView *>()->model()->rowCount();
    QVERIFY(m_services > 10);
    exportTo(path(u"services.json"_s), u"JSON"_s, u"scopeAgain"_s);
    openAddress(u"winrm/config"_s);
    exportTo(path(u"config.xml"_s), u"XML"_s, u"scopeWhole"_s);
    QFile message(path(u"message.xml"_s));
    QVERIFY(message.open(QIODevice::WriteOnly));
    message.write(m_window->trace.entries().back().requestBody);
    message.close();
    Answers answers;
    answers.file = path(u"trace.jsonl"_s);
    window.actions().trace->trigger();
    QTest::mouseClick(window.findChild<QToolButton *>(u"traceSave"_s), Qt::LeftButton);
    QTRY_VERIFY(QFile::exists(answers.file));
    window.close();
    m_window.reset();
    m_host = std::make_unique<DemoHost>(DemoOptions{}); // one that nobody starts
}

void OfflineJourney::init()
{
    m_window = std::make_unique<DemoWindow>(*m_host);
    m_window->window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window->window.get()));
    QApplication::setActiveWindow(m_window->window.get());
}

void OfflineJourney::cleanup()
{
    QVERIFY(m_window->window->hosts().hosts().empty()); // nothing connects by itself
    QVERIFY(m_window->trace.entries().empty());
    m_window->window->close();
    m_window.reset();
}

void OfflineJourney::openAddress(const QString &address)
{
    auto *bar = m_window->window->findChild<QLineEdit *>(u"addressBar"_s);
    QTest::keyClick(m_window->window.get(), Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(bar->hasFocus());
    QTest::keyClicks(bar, address);
    QTest::keyClick(bar, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(page() && !page()->isBusy() && page()->canExport(), 30000);
}

void OfflineJourney::exportTo(const QString &path, const QString &format, const QString &scope)
{
    m_window->window->actions().exportContent->trigger();
    QDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = m_window->window->findChild<QDialog *>(u"exportDialog"_s))
                && dialog->isVisible());
    auto *formats = dialog->findChild<QComboBox *>(u"exportFormat"_s);
    formats->setCurrentIndex(formats->findText(format, Qt::MatchStartsWith));
    QVERIFY2(formats->currentText().startsWith(format), qPrintable(format));
    if (auto *choice = dialog->findChild<QAbstractButton *>(scope))
        QTest::mouseClick(choice, Qt::LeftButton, {}, QPoint(8, 8));
    auto *file = dialog->findChild<QLineEdit *>(u"exportFile"_s);
    file->selectAll();
    QTest::keyClicks(file, path);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"exportButton"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 30000);
    auto *close = dialog->findChild<QPushButton *>(u"exportClose"_s);
    QTRY_COMPARE(close->text(), u"Close"_s);
    QTest::mouseClick(close, Qt::LeftButton);
    QTRY_VERIFY(!m_window->window->findChild<QDialog *>(u"exportDialog"_s));
    QApplication::setActiveWindow(m_window->window.get());
}

/// Ctrl+O, the file.
void OfflineJourney::open(const QString &path)
{
    Answers answers;
    answers.file = path;
    QTest::keyClick(m_window->window.get(), Qt::Key_O, Qt::ControlModifier);
    QTRY_VERIFY(page() && page()->address() == path && !page()->isBusy());
}

void OfflineJourney::rowsAreATableAgain()
{
    open(path(u"services.json"_s));
    auto *table = find<RowTableView>(u"documentTable"_s);
    QVERIFY(table && table->isVisible());
    QCOMPARE(table->model()->rowCount(), m_services);
    QVERIFY2(origin().startsWith(u"Export"_s) && origin().contains(u"saved "_s),
             qPrintable(origin()));
    QVERIFY(find<QLabel>(u"documentReadOnly"_s)->text().contains(u"nothing can be changed"_s));
    auto *filter = find<FilterField>(u"rowFilter"_s);
    QTest::keyClick(m_window->window.get(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(filter->hasFocus());
    QTest::keyClicks(filter, u"State=Stopped"_s);
    QTRY_VERIFY(table->model()->rowCount() > 0 && table->model()->rowCount() < m_services);
    const int stopped = table->model()->rowCount();
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 0));
    QVERIFY(!page()->details().sections.empty());
    exportTo(path(u"stopped.csv"_s), u"CSV"_s, u"scopeShown"_s);
    QFile csv(path(u"stopped.csv"_s));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll().count("\r\n"), stopped + 1);

    // Two of them beside each other, as with a host.
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    const QPoint at = table->visualRect(table->currentIndex()).center();
    QContextMenuEvent rightClick(QContextMenuEvent::Mouse, at, table->viewport()->mapToGlobal(at));
    QCoreApplication::sendEvent(table->viewport(), &rightClick);
    auto *menu = find<QMenu>(u"rowMenu"_s);
    QTRY_VERIFY(menu && menu->isVisible());
    auto *compare = menu->findChild<QAction *>(u"compareRowsAction"_s);
    QVERIFY(compare);
    compare->trigger();
    menu->close();
    auto *compared = find<QDialog>(u"compareRows"_s);
    QTRY_VERIFY(compared && compared->isVisible());
    compared->close();

    open(path(u"stopped.csv"_s));
    QTRY_COMPARE(find<RowTableView>(u"documentTable"_s)->model()->rowCount(), stopped);
}

void OfflineJourney::configurationIsATreeAgain()
{
    open(path(u"config.xml"_s));
    auto *tree = find<QTreeView>(u"documentTree"_s);
    QVERIFY(tree && tree->isVisible());
    auto *filter = find<FilterField>(u"documentFilter"_s);
    filter->setFocus();
    QTest::keyClicks(filter, u"AllowUnencrypted"_s);
    QTRY_VERIFY(!tree->model()
                     ->match(tree->model()->index(0, 0), Qt::DisplayRole, u"AllowUnencrypted"_s, 1,
                             Qt::MatchRecursive | Qt::MatchExactly)
                     .isEmpty());
    const QModelIndex first = tree->model()
                                  ->match(tree->model()->index(0, 0), Qt::DisplayRole,
                                          u"AllowUnencrypted"_s, 1,
                                          Qt::MatchRecursive | Qt::MatchExactly)
                                  .front();
    QTRY_VERIFY(!tree->visualRect(first).isEmpty());
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(first).center());
    QCOMPARE(page()->details().title, u"AllowUnencrypted"_s);
}

void OfflineJourney::messageIsReadable()
{
    open(path(u"message.xml"_s));
    QVERIFY2(origin().startsWith(u"Saved message"_s), qPrintable(origin()));
    QVERIFY2(origin().contains(u"of "_s), qPrintable(origin())); // the host it was for
    QVERIFY(find<QTreeView>(u"documentTree"_s)->model()->rowCount() > 0);
}

void OfflineJourney::traceIsReadable()
{
    open(path(u"trace.jsonl"_s));
    auto *list = find<QTreeView>(u"traceView"_s);
    QVERIFY(list && list->isVisible());
    QVERIFY(list->model()->rowCount() >= 3);
    QVERIFY2(origin().startsWith(u"Trace"_s) && origin().contains(u"recorded "_s),
             qPrintable(origin()));
    list->setCurrentIndex(list->model()->index(0, 0));
    QVERIFY(find<QPlainTextEdit>(u"traceReply"_s)->toPlainText().contains(u"IdentifyResponse"_s));
}

void OfflineJourney::everythingDroppedOnTheWindow()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path(u"services.json"_s)),
                  QUrl::fromLocalFile(path(u"config.xml"_s)),
                  QUrl::fromLocalFile(path(u"trace.jsonl"_s))});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window->window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window->window.get(), &drop);
    QTRY_COMPARE(m_window->window->tabs().count(), 3);
    for (Page *opened : m_window->window->tabs().pages())
        QTRY_VERIFY(!opened->isBusy());
}

void OfflineJourney::whatIsNoneSaysSo()
{
    QFile file(path(u"notes.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("milk, bread");
    file.close();
    open(file.fileName());
    auto *sentence = find<QLabel>(u"stateSentence"_s);
    QVERIFY(sentence && sentence->isVisible());
    QVERIFY2(sentence->text().contains(u"notes.txt"_s), qPrintable(sentence->text()));
    QVERIFY(!page()->canExport());
}

QTEST_MAIN(OfflineJourney)
#include "tst_offlinejourney.moc"
