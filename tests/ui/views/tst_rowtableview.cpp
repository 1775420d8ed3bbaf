#include "look/look.h"
#include "models/rowtablemodel.h"
#include "ui/models/rowsamples.h"
#include "views/rowtableview.h"
#include "widgets/stickyheader.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

/// Columns that stay in view while the others are scrolled, by real clicks and keys.
class TestRowTableView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Look::apply(*qApp, Theme::Light); }
    void init();
    void cleanup() { m_view.reset(), m_model.reset(); }

    void keyStaysInView();
    void keyStaysInView_data() { directions(); }
    void clicksReachIt();
    void clicksReachIt_data() { directions(); }
    void keysNeverGoBehindIt();
    void headerOfAStuckColumn();
    void chosenByTheUser();
    void keptPerClass();
    void wideOnesScroll();
    void manyRows();

private:
    static void directions();
    int column(const QString &name) const { return int(m_model->columnNames().indexOf(name)); }
    QMenu *headerMenu(int x);
    void scrollToEnd() { m_view->horizontalScrollBar()->setValue(10'000); }
    QRect strip() const; ///< where the one key is seen, in any direction
    std::unique_ptr<RowTableModel> m_model;
    std::unique_ptr<RowTableView> m_view;
};

void TestRowTableView::directions()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

void TestRowTableView::init()
{
    CimClass schema{.name = u"Item"_s};
    schema.properties = {cimProperty(u"Name"_s, CimType::String, true)};
    QByteArray item;
    for (int i = 0; i < 12; ++i) {
        const QByteArray name = "Column" + QByteArray::number(i);
        schema.properties.push_back(cimProperty(QString::fromLatin1(name), CimType::String));
        item += '<' + name + ">a value of some length</" + name + '>';
    }
    m_model = std::make_unique<RowTableModel>();
    m_model->setSchema(schema);
    m_view = std::make_unique<RowTableView>(m_model.get());
    QByteArray items;
    for (int row = 0; row < 60; ++row)
        items += "<Item><Name>Row " + QByteArray::number(row) + "</Name>" + item + "</Item>";
    RowSource source;
    m_model->append(source.batch(items));
    m_view->resize(600, 400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QApplication::setActiveWindow(m_view.get());
    m_view->setFocus();
    QCOMPARE(m_view->keptColumns(), QStringList{u"Name"_s});
}

QRect TestRowTableView::strip() const
{
    const int width = m_view->columnWidth(0);
    const QRect all = m_view->viewport()->rect();
    return m_view->isRightToLeft() ? QRect(all.width() - width, 0, width, all.height())
                                   : QRect(0, 0, width, all.height());
}

QMenu *TestRowTableView::headerMenu(int x)
{
    QHeaderView *header = m_view->horizontalHeader();
    const QPoint at(x, header->height() / 2);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, header->mapToGlobal(at));
    QApplication::sendEvent(header->viewport(), &event);
    return m_view->findChild<QMenu *>(u"columnMenu"_s);
}

/// It looks as it did before anything was scrolled, but for the line at its edge.
void TestRowTableView::keyStaysInView()
{
    QFETCH(Qt::LayoutDirection, direction);
    m_view->setLayoutDirection(direction);
    QVERIFY(m_view->horizontalScrollBar()->maximum() > 500);
    const auto picture = [this] {
        const int inner = m_view->isRightToLeft() ? 1 : 0;
        const QRect cells = strip().adjusted(inner, 0, inner - 1, 0);
        return std::pair(m_view->viewport()->grab(cells).toImage(),
                         m_view->viewport()
                             ->grab(strip().translated(
                                 m_view->isRightToLeft() ? -strip().width() : strip().width(), 0))
                             .toImage());
    };
    const auto before = picture();
    QVERIFY(m_view->stickyHeader()->stuck().empty());
    for (const int value : {37, 400, 10'000}) {
        m_view->horizontalScrollBar()->setValue(value);
        const auto now = picture();
        QCOMPARE(now.first, before.first);
        QVERIFY(now.second != before.second);
        QCOMPARE(m_view->visualRect(m_model->index(3, 0)).left(), strip().left());
        QCOMPARE(m_view->indexAt(QPoint(strip().center().x(), 5)), m_model->index(0, 0));
    }
    m_view->verticalScrollBar()->setValue(20);
    QCOMPARE(m_view->indexAt(QPoint(strip().center().x(), 5)), m_model->index(20, 0));
    m_view->horizontalScrollBar()->setValue(0);
    QVERIFY(m_view->stickyHeader()->stuck().empty());
}

void TestRowTableView::clicksReachIt()
{
    QFETCH(Qt::LayoutDirection, direction);
    m_view->setLayoutDirection(direction);
    scrollToEnd();
    const int value = m_view->horizontalScrollBar()->value();
    const QRect cell = m_view->visualRect(m_model->index(4, 0));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, cell.center());
    QCOMPARE(m_view->currentIndex(), m_model->index(4, 0));
    QCOMPARE(m_view->selectedRows(), std::vector<int>{4});
    QCOMPARE(m_view->horizontalScrollBar()->value(), value); // what one looks at stays
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                      m_view->visualRect(m_model->index(6, 0)).center());
    QCOMPARE(m_view->selectedRows(), (std::vector<int>{4, 5, 6}));
    QSignalSpy menu(m_view.get(), &QWidget::customContextMenuRequested);
    QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, cell.center());
    QContextMenuEvent event(QContextMenuEvent::Mouse, cell.center(),
                            m_view->viewport()->mapToGlobal(cell.center()));
    QApplication::sendEvent(m_view->viewport(), &event);
    QCOMPARE(menu.count(), 1);
    QCOMPARE(m_view->currentIndex(), m_model->index(4, 0));
}

/// Whatever is current is seen whole, beside the key and not behind it.
void TestRowTableView::keysNeverGoBehindIt()
{
    const auto seen = [this] {
        const QModelIndex current = m_view->currentIndex();
        const QRect cell = m_view->visualRect(current);
        return m_view->viewport()->rect().contains(cell)
            && (current.column() == 0 || m_view->stickyHeader()->stuck().empty()
                || cell.left() >= strip().right());
    };
    m_view->setCurrentIndex(m_model->index(0, 0));
    for (int i = 1; i < m_model->columnCount(); ++i) {
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(m_view->currentIndex().column(), i);
        QVERIFY2(seen(), qPrintable(QString::number(i)));
    }
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    for (int i = m_model->columnCount() - 2; i >= 0; --i) {
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QCOMPARE(m_view->currentIndex().column(), i);
        QVERIFY2(seen(), qPrintable(QString::number(i)));
    }
}

void TestRowTableView::headerOfAStuckColumn()
{
    scrollToEnd();
    StickyHeader *header = m_view->stickyHeader();
    const QPoint at(strip().center().x(), header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(m_model->sortName(), u"Name"_s);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(m_model->sortOrder(), Qt::DescendingOrder);
    QTRY_VERIFY(!m_model->isArranging());
    // Its edge is dragged as anywhere.
    const int before = m_view->columnWidth(0);
    const QPoint edge(strip().right(), header->height() / 2);
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, edge);
    QTest::mouseMove(header->viewport(), edge + QPoint(15, 0));
    QTest::mouseMove(header->viewport(), edge + QPoint(30, 0));
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, edge + QPoint(30, 0));
    QCOMPARE(m_view->columnWidth(0), before + 30);
    QCOMPARE(header->columnAt(5), 0);
    QVERIFY(header->columnAt(strip().right() + 20) > 1);
}

void TestRowTableView::chosenByTheUser()
{
    QSignalSpy changed(m_view.get(), &RowTableView::columnsChanged);
    scrollToEnd();
    QMenu *menu = headerMenu(strip().center().x());
    QVERIFY(menu);
    auto *keep = menu->findChild<QAction *>(u"keepColumn"_s);
    QVERIFY(keep && keep->isChecked());
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(keep).center());
    QVERIFY(m_view->keptColumns().isEmpty());
    QVERIFY(m_view->stickyHeader()->stuck().empty());
    QCOMPARE(changed.count(), 1);
    QTRY_VERIFY(!m_view->findChild<QMenu *>(u"columnMenu"_s));
    // Another one, in the middle, sticks once it would go out of view.
    m_view->horizontalScrollBar()->setValue(0);
    const int third = column(u"Column2"_s);
    menu = headerMenu(m_view->columnViewportPosition(third) + 20);
    keep = menu->findChild<QAction *>(u"keepColumn"_s);
    QVERIFY(keep && !keep->isChecked());
    keep->trigger();
    menu->close();
    QVERIFY(m_view->stickyHeader()->stuck().empty());
    m_view->horizontalScrollBar()->setValue(m_view->stickyHeader()->sectionPosition(third) - 10);
    QVERIFY(m_view->stickyHeader()->stuck().empty()); // it is there by itself
    m_view->horizontalScrollBar()->setValue(m_view->stickyHeader()->sectionPosition(third) + 10);
    QCOMPARE(m_view->stickyHeader()->stuck().size(), std::size_t(1));
    QCOMPARE(m_view->visualRect(m_model->index(0, third)).left(), 0);
    m_view->setHiddenColumns({u"Column2"_s});
    QVERIFY(m_view->stickyHeader()->stuck().empty());
}

void TestRowTableView::keptPerClass()
{
    const QByteArray untouched = m_view->saveColumns();
    m_view->setKeptColumns({u"Name"_s, u"Column1"_s});
    const QByteArray saved = m_view->saveColumns();
    m_view->resetColumns();
    QCOMPARE(m_view->keptColumns(), QStringList{u"Name"_s});
    m_view->restoreColumns(saved);
    QCOMPARE(m_view->keptColumns(), (QStringList{u"Name"_s, u"Column1"_s}));
    scrollToEnd();
    QCOMPARE(m_view->stickyHeader()->stuck().size(), std::size_t(2));
    m_view->restoreColumns(untouched);
    QCOMPARE(m_view->keptColumns(), QStringList{u"Name"_s});
    m_view->restoreColumns(R"({"kept":[]})");
    QVERIFY(m_view->keptColumns().isEmpty());
}

/// They never take more than half of the room.
void TestRowTableView::wideOnesScroll()
{
    m_view->setKeptColumns({u"Name"_s, u"Column0"_s, u"Column1"_s});
    m_view->setColumnWidth(0, 100);
    m_view->setColumnWidth(1, 150);
    m_view->setColumnWidth(2, 150);
    scrollToEnd();
    QCOMPARE(m_view->stickyHeader()->stuckWidth(), 250);
    m_view->setColumnWidth(0, 400);
    QCOMPARE(m_view->stickyHeader()->stuckWidth(), 0);
}

/// The same with 100,000 rows, sorted meanwhile.
void TestRowTableView::manyRows()
{
    RowSource source;
    m_model->clear();
    m_model->append(source.many(100'000));
    m_view->resize(200, 300);
    scrollToEnd();
    QVERIFY(!m_view->stickyHeader()->stuck().empty());
    m_view->setCurrentIndex(m_model->index(99'999, 0));
    QVERIFY(m_view->viewport()->rect().intersects(m_view->visualRect(m_view->currentIndex())));
    m_model->sort(0);
    QTRY_VERIFY_WITH_TIMEOUT(!m_model->isArranging(), 60'000);
    m_view->scrollTo(m_view->currentIndex());
    QCOMPARE(m_view->visualRect(m_view->currentIndex()).left(), 0);
    QVERIFY(!m_view->grab().isNull());
}

QTEST_MAIN(TestRowTableView)
#include "tst_rowtableview.moc"
