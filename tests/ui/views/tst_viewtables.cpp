#include "dialogs/comparerowsdialog.h"
#include "models/celltext.h"
#include "models/rowpairmodel.h"
#include "session/invokeoperation.h"
#include "ui/models/rowsamples.h"
#include "ui/viewwindow.h"
#include "views/rowtools.h"
#include "views/viewcard.h"
#include "widgets/autorefresh.h"
#include "widgets/filterfield.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"
#include "widgets/valuelabel.h"

#include <QAction>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

constexpr int longEnough = 60'000; // ms: a sanitized build on a busy machine

} // namespace

/// What one does with the tables of ready views: filter, count, compare, read again. With real
/// clicks and keys on the demo host.
class ViewTablesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void filtersByWordsOfTheView();
    void filtersByACell();
    void filtersOneSection();
    void countsTheSelection();
    void marksWhatARefreshChanged();
    void refreshesSectionsByThemselves();
    void comparesTwoRows();
    void keepsFiltersAndColumns();
    void cardSaysWhatAValueWas();
    void cardWrapsLongValues();
    void partFailsInItsPlace();
    void tableFailsInItsPlace();
    void saysThatNoRowPasses();

private:
    static FilterField *filter(const ViewPart *part) { return part->tools()->filter(); }
    static bool call(HostConnection *host, const QString &service, const QString &method);
};

/// "Automatic" is the view's own word for Auto.
void ViewTablesTest::filtersByWordsOfTheView()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.services"_s);
    QVERIFY(page);
    const ViewPart *part = page->parts().front();
    QTest::keyClick(page->window(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(filter(part)->hasFocus());
    QTest::keyClicks(filter(part), u"StartMode=automatic"_s);
    QTest::keyClick(filter(part), Qt::Key_Return);
    RowTableModel *model = part->model();
    QTRY_VERIFY(model->rowCount() < int(model->totalRows()) && !model->isArranging());
    QVERIFY(model->rowCount() > 0);
    for (int row = 0; row < model->rowCount(); ++row)
        QCOMPARE(ViewWindow::cell(part, row, u"StartMode"_s).data().toString(), u"Automatic"_s);
    QVERIFY(page->findChild<QLabel *>(u"rowCount"_s)->text().contains(u" of "_s));
    // What is wrong is said below the field.
    filter(part)->setText(u"Nowhere=1"_s);
    QTest::keyClick(filter(part), Qt::Key_Return);
    QTRY_VERIFY(page->findChild<QLabel *>(u"filterProblem"_s)->isVisible());
}

void ViewTablesTest::filtersByACell()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.services"_s);
    QVERIFY(page);
    ViewPart *part = page->parts().front();
    const QModelIndex cell = ViewWindow::cell(part, 0, u"StartMode"_s);
    const QString value = cell.data(RawTextRole).toString();
    QMenu *menu = ViewWindow::rightClick(part->table(), cell, u"viewMenu"_s);
    QVERIFY(menu && menu->isVisible());
    auto *by = menu->findChild<QAction *>(u"filterByValue"_s);
    QVERIFY(by);
    ViewWindow::choose(menu, by);
    QCOMPARE(filter(part)->text(), u"StartMode="_s + value);
    QTRY_VERIFY(part->model()->rowCount() < int(part->model()->totalRows()));
    for (int row = 0; row < part->model()->rowCount(); ++row)
        QCOMPARE(ViewWindow::cell(part, row, u"StartMode"_s).data(RawTextRole).toString(), value);
    QApplication::setActiveWindow(page->window()); // the menu had it
    Q_EMIT part->table()->filterByColumn(u"Name"_s);
    QVERIFY(filter(part)->text().endsWith(u" Name~"_s));
    QTRY_VERIFY(filter(part)->hasFocus());
}

/// Among others the filter is folded away until the button or Ctrl+F.
void ViewTablesTest::filtersOneSection()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.disks"_s);
    QVERIFY(page);
    ViewPart *first = page->parts()[0], *second = page->parts()[1];
    QVERIFY(!filter(first)->isVisible() && !filter(second)->isVisible());
    auto *button = second->findChild<QToolButton *>(u"partFilter"_s);
    QVERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(filter(second)->isVisible() && filter(second)->hasFocus());
    const int all = first->model()->rowCount();
    QTest::keyClicks(filter(second), u"nothing has this"_s);
    QTest::keyClick(filter(second), Qt::Key_Return);
    QTRY_COMPARE(second->model()->rowCount(), 0);
    QCOMPARE(first->model()->rowCount(), all);
    QVERIFY(second->table()->isVisible());
    QTest::mouseClick(button, Qt::LeftButton); // away, with what it did
    QTRY_COMPARE(second->model()->rowCount(), int(second->rowCount()));
    QVERIFY(!filter(second)->isVisible());

    QApplication::setActiveWindow(page->window()); // the names offered had it
    ViewWindow::click(first->table(), first->model()->index(0, 0));
    QTest::keyClick(page->window(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(filter(first)->isVisible() && filter(first)->hasFocus());
    QVERIFY(first->findChild<QToolButton *>(u"partFilter"_s)->isChecked());
    QTest::keyClick(filter(first), Qt::Key_Return); // left empty it goes
    QTRY_VERIFY(!filter(first)->isVisible());
}

void ViewTablesTest::countsTheSelection()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.processes"_s);
    QVERIFY(page);
    ViewPart *part = page->parts().front();
    const QString property = u"ProcessId"_s;
    qint64 sum = 0;
    for (int row = 0; row < 4; ++row)
        sum += ViewWindow::cell(part, row, property).data(RawTextRole).toLongLong();
    ViewWindow::click(part->table(), ViewWindow::cell(part, 0, property));
    ViewWindow::click(part->table(), ViewWindow::cell(part, 3, property), Qt::ShiftModifier);
    QTRY_VERIFY2(page->statusText().contains(u"sum "_s + QLocale().toString(sum)),
                 qPrintable(page->statusText()));
    QVERIFY(page->statusText().contains(u"4 selected"_s));
}

bool ViewTablesTest::call(HostConnection *host, const QString &service, const QString &method)
{
    ResourceLocator resource = *parseResource(u"wmicimv2/Win32_Service"_s);
    resource.setSelector(u"Name"_s, service);
    auto *operation = new InvokeOperation(host->session(),
                                          {.resource = resource, .method = method});
    QSignalSpy finished(operation, &Operation::finished);
    operation->start();
    return finished.wait(longEnough) && !finished.first().first().value<Outcome>().error;
}

void ViewTablesTest::marksWhatARefreshChanged()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.services"_s);
    QVERIFY(page);
    ViewPart *part = page->parts().front();
    int row = 0;
    while (ViewWindow::cell(part, row, u"Name"_s).data().toString() != u"Spooler"_s)
        QVERIFY(++row < part->model()->rowCount());
    ViewWindow::click(part->table(), ViewWindow::cell(part, row, u"State"_s));
    const QString before = ViewWindow::cell(part, row, u"State"_s).data(RawTextRole).toString();
    QVERIFY(call(shown.host, u"Spooler"_s,
                 before == u"Running"_s ? u"StopService"_s : u"StartService"_s));
    QSignalSpy refreshed(part->model(), &RowTableModel::refreshed);
    QSignalSpy emptied(part->model(), &QAbstractItemModel::modelReset);
    QTest::keyClick(page->window(), Qt::Key_F5);
    QVERIFY(refreshed.wait(longEnough));
    QCOMPARE(emptied.count(), 0);
    auto *note = page->findChild<NoteStrip *>(u"changesNote"_s);
    QVERIFY(note->isVisible());
    QVERIFY2(note->text().startsWith(u"1 row"_s), qPrintable(note->text()));
    const QModelIndex current = part->table()->currentIndex();
    QCOMPARE(current.siblingAtColumn(ViewWindow::column(part, u"Name"_s)).data().toString(),
             u"Spooler"_s);
    QCOMPARE(current.data(ChangeRole).toInt(), int(CellChange::Changed));
    QVERIFY(current.data(Qt::ToolTipRole).toString().contains(before));
    QTest::mouseClick(note->findChild<QPushButton *>(u"hideChanges"_s), Qt::LeftButton);
    QCOMPARE(current.data(ChangeRole).toInt(), int(CellChange::None));
}

/// The sections keep what they show meanwhile, and no strips appear among them.
void ViewTablesTest::refreshesSectionsByThemselves()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.overview"_s);
    QVERIFY(page);
    auto *button = page->findChild<AutoRefresh *>(u"autoRefresh"_s);
    QVERIFY(button);
    ViewPart *volumes = page->parts()[4];
    QVERIFY(volumes->rowCount() > 0);
    QSignalSpy refreshed(volumes->model(), &RowTableModel::refreshed);
    QSignalSpy emptied(volumes->model(), &QAbstractItemModel::modelReset);
    button->setUnit(1);
    button->menu()->actions().at(1)->trigger();
    QCOMPARE(button->seconds(), 5);
    QTRY_VERIFY_WITH_TIMEOUT(refreshed.count() >= 2, longEnough);
    QCOMPARE(emptied.count(), 0);
    for (const ViewPart *part : page->parts()) {
        for (const NoteStrip *strip : part->findChildren<NoteStrip *>())
            QVERIFY2(strip->isHidden(), qPrintable(strip->text()));
    }
    QVERIFY(page->findChild<QLabel *>(u"readAt"_s)->text().startsWith(u"Read at"_s));
    shown.host->disconnectFromHost();
    QTRY_COMPARE(button->seconds(), 0);
}

void ViewTablesTest::comparesTwoRows()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.services"_s);
    QVERIFY(page);
    ViewPart *part = page->parts().front();
    ViewWindow::click(part->table(), part->model()->index(0, 0));
    ViewWindow::click(part->table(), part->model()->index(2, 0), Qt::ControlModifier);
    const QPoint at = part->table()->visualRect(part->model()->index(2, 0)).center();
    Q_EMIT part->table()->customContextMenuRequested(at);
    auto *menu = page->findChild<QMenu *>(u"viewMenu"_s);
    QVERIFY(menu);
    auto *compare = menu->findChild<QAction *>(u"compareRowsAction"_s);
    QVERIFY(compare);
    ViewWindow::choose(menu, compare);
    auto *dialog = page->findChild<CompareRowsDialog *>();
    QTRY_VERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->model().rowCount(), part->model()->columnCount());
    QVERIFY(dialog->model().differentCount() > 0);
    dialog->close();
}

void ViewTablesTest::keepsFiltersAndColumns()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.disks"_s);
    QVERIFY(page);
    page->parts()[1]->tools()->setFilter(u"Model~disk"_s);
    QSignalSpy kept(page, &Page::layoutChanged);
    page->parts()[0]->table()->setHiddenColumns({u"FileSystem"_s});
    QVERIFY(kept.count() > 0);
    const QByteArray state = page->saveState(), layout = page->saveLayout();
    shown.tabs().close(page);
    page = shown.open(u"windows.disks"_s);
    QVERIFY(page);
    page->restoreLayout(layout);
    page->restoreState(state);
    QCOMPARE(page->parts()[0]->table()->hiddenColumns(), QStringList{u"FileSystem"_s});
    QCOMPARE(filter(page->parts()[1])->text(), u"Model~disk"_s);
    QVERIFY(filter(page->parts()[1])->isVisible());
    QVERIFY(filter(page->parts()[0])->text().isEmpty());
    for (const char *broken : {"", "[]", "{\"sections\":3}", "{\"sections\":[3,{\"order\":{}}]}"})
        page->restoreLayout(broken);
}

void ViewTablesTest::cardSaysWhatAValueWas()
{
    ViewSection section{.shape = ViewSection::Shape::Card};
    section.columns = {{.property = u"Name"_s}, {.property = u"Load"_s, .unit = ViewUnit::Percent}};
    const ViewCells cells(section);
    ViewCard card;
    const auto show = [&](const QByteArray &item) {
        RowSource source;
        RowSet rows;
        rows.append(source.batch(item));
        card.setRows(rows, cells);
        QStringList texts;
        for (const auto *value : card.findChildren<ValueLabel *>(u"cardValue"_s))
            texts << value->text();
        return texts;
    };
    QCOMPARE(show("<I><Name>a</Name><Load>4</Load></I>"), (QStringList{u"a"_s, u"4 %"_s}));
    QCOMPARE(show("<I><Name>a</Name><Load>9</Load></I>"),
             (QStringList{u"a"_s, u"9 % (was 4 %)"_s}));
    QCOMPARE(show("<I><Name>a</Name><Load>9</Load></I>"), (QStringList{u"a"_s, u"9 %"_s}));
    card.forget();
    QCOMPARE(show("<I><Name>b</Name><Load>1</Load></I>"), (QStringList{u"b"_s, u"1 %"_s}));
}

/// Nothing is cut off in a narrow card, and what is copied is the value as it was.
void ViewTablesTest::cardWrapsLongValues()
{
    const QString path = uR"(C:\Windows\System32\config\systemprofile\AppData\Local)"_s;
    const QString hash(64, u'a');
    for (const QString &text : {path, hash, u"two words"_s, u"short"_s}) {
        ValueLabel label(text);
        label.resize(120, 20);
        const int lines = label.heightForWidth(120) / label.fontMetrics().height();
        QCOMPARE(lines > 1, text.size() > 16);
        QCOMPARE(label.value(), text);
        label.setSelection(0, int(label.text().size()));
        QTest::keyClick(&label, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
    }
}

/// What happened, and how to go on, where the rows would be; the others are there.
void ViewTablesTest::partFailsInItsPlace()
{
    ViewWindow shown(u"windows"_s, {}, u"enumerate:2=fault-AccessDenied"_s);
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.disks"_s);
    QVERIFY(page);
    QTRY_VERIFY(!page->isBusy());
    ViewPart *failed = nullptr;
    for (ViewPart *part : page->parts()) {
        if (part->error()) {
            QVERIFY(!failed);
            failed = part;
        } else {
            QVERIFY(part->rowCount() > 0 || !part->sentence().isEmpty());
        }
    }
    QVERIFY(failed);
    auto *note = failed->findChild<NoteStrip *>(u"partNote"_s);
    QVERIFY(note->isVisible());
    QVERIFY2(note->text().contains(u"denied"_s) || note->text().contains(u"may not"_s),
             qPrintable(note->text()));
    QSignalSpy shownExchange(page, &Page::showExchange);
    const auto buttons = note->findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), 2);
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    QCOMPARE(shownExchange.count(), 1);
    QTest::mouseClick(note->findChild<QPushButton *>(u"partAgain"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(failed->rowCount() > 0 && !page->isBusy(), longEnough);
    QVERIFY(note->isHidden());
}

/// A table alone: its page says it, and what was read stays when reading again fails.
void ViewTablesTest::tableFailsInItsPlace()
{
    ViewWindow shown(u"windows"_s, {},
                     u"enumerate:1=fault-AccessDenied,enumerate:3=close-before"_s);
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.processes"_s);
    QVERIFY(page);
    auto *state = page->findChild<PageState *>();
    QTRY_VERIFY(!state->showsContent() && !state->sentence().isEmpty());
    page->refresh();
    QVERIFY(ViewWindow::settled(page));
    QTRY_VERIFY(state->showsContent());
    const std::uint32_t rows = page->parts().front()->rowCount();
    QVERIFY(rows > 0);
    page->refresh();
    QVERIFY(ViewWindow::settled(page));
    QCOMPARE(page->parts().front()->rowCount(), rows);
    auto *note = page->findChild<NoteStrip *>(u"partNote"_s);
    if (page->parts().front()->error())
        QVERIFY2(note->isVisible() && note->text().contains(u"still"_s), qPrintable(note->text()));
}

void ViewTablesTest::saysThatNoRowPasses()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.services"_s);
    QVERIFY(page);
    const ViewPart *part = page->parts().front();
    auto *hint = page->findChild<QLabel *>(u"noneHint"_s);
    QVERIFY(hint && !hint->isVisible());
    part->tools()->setFilter(u"nothing has this"_s);
    QTRY_VERIFY(hint->isVisible());
    Q_EMIT hint->linkActivated(u"all"_s);
    QTRY_COMPARE(part->model()->rowCount(), int(part->rowCount()));
    QVERIFY(!hint->isVisible());
    QVERIFY(filter(part)->text().isEmpty());
}

QTEST_MAIN(ViewTablesTest)
#include "tst_viewtables.moc"
