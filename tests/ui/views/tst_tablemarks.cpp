#include "dialogs/columnsdialog.h"
#include "dialogs/marksdialog.h"
#include "look/look.h"
#include "models/rowtablemodel.h"
#include "ui/models/rowsamples.h"
#include "views/rowtableview.h"
#include "views/rowtools.h"
#include "widgets/celldelegate.h"
#include "widgets/filterfield.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

/// Marks, groups of columns and found letters in a table, by real clicks and keys.
class TestTableMarks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Look::apply(*qApp, Theme::Light); }
    void init();
    void cleanup() { m_page.reset(); }

    void markSetChangedRemoved();
    void markOfACell();
    void wrongConditionIsSaid();
    void keptWithTheColumns();
    void groupsOfColumns();
    void foundLetters_data();
    void foundLetters();
    void foundLettersArePainted();
    void groundKeepsContrast();

private:
    int column(const QString &name) const { return int(m_model->columnNames().indexOf(name)); }
    QModelIndex cell(int row, const QString &name) const
    {
        return m_model->index(row, column(name));
    }
    MarksDialog *marks() const { return m_page->findChild<MarksDialog *>(); }
    static void click(QDialog *dialog, const QString &button)
    {
        QTest::mouseClick(dialog->findChild<QPushButton *>(button), Qt::LeftButton);
    }
    std::unique_ptr<QWidget> m_page;
    RowTableModel *m_model = nullptr;
    RowTableView *m_view = nullptr;
    RowTools *m_tools = nullptr;
};

void TestTableMarks::init()
{
    m_page = std::make_unique<QWidget>();
    m_model = new RowTableModel(m_page.get());
    m_view = new RowTableView(m_model, m_page.get());
    m_tools = new RowTools(m_model, m_view, RowTools::Shape::Line, m_page.get());
    auto *layout = new QVBoxLayout(m_page.get());
    layout->addWidget(m_tools);
    layout->addWidget(m_view);
    RowSource source;
    m_model->append(source.many(40));
    m_page->resize(800, 500);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    QApplication::setActiveWindow(m_page.get());
}

void TestTableMarks::markSetChangedRemoved()
{
    QSignalSpy kept(m_tools, &RowTools::layoutChanged);
    Q_EMIT m_view->markColumn(u"State"_s);
    QTRY_VERIFY(marks() && marks()->isVisible());
    MarksDialog *dialog = marks();
    QCOMPARE(dialog->findChild<QComboBox *>(u"markColumn"_s)->currentText(), u"State"_s);
    QVERIFY(!dialog->findChild<QPushButton *>(u"addMark"_s)->isEnabled());
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"markWhere"_s), u"State=stopped"_s);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"markWord"_s), u"asleep"_s);
    dialog->findChild<QComboBox *>(u"markSign"_s)->setCurrentIndex(1);
    click(dialog, u"addMark"_s);
    QCOMPARE(kept.count(), 1);
    QCOMPARE(cell(0, u"State"_s).data().toString(), u"stopped, asleep"_s);
    QCOMPARE(m_model->marks().front().sign, ViewMark::Sign::Error);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"markWord"_s), u"!"_s);
    click(dialog, u"changeMark"_s);
    QCOMPARE(cell(0, u"State"_s).data().toString(), u"stopped, asleep!"_s);
    QCOMPARE(m_model->marks().size(), std::size_t(1));
    click(dialog, u"removeMark"_s);
    QVERIFY(m_model->marks().empty());
    QVERIFY(!dialog->findChild<QPushButton *>(u"removeMark"_s)->isEnabled());
    QCOMPARE(kept.count(), 3);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!marks());
}

void TestTableMarks::markOfACell()
{
    QMenu menu;
    m_tools->fillRowMenu(&menu, cell(1, u"State"_s));
    auto *action = menu.findChild<QAction *>(u"markCell"_s);
    QVERIFY(action);
    action->trigger();
    QTRY_VERIFY(marks());
    QCOMPARE(marks()->findChild<QLineEdit *>(u"markWhere"_s)->text(), u"State=Running"_s);
    click(marks(), u"addMark"_s);
    QVERIFY(cell(1, u"State"_s).data(Qt::DecorationRole).isValid());
    QVERIFY(!cell(0, u"State"_s).data(Qt::DecorationRole).isValid());
}

void TestTableMarks::wrongConditionIsSaid()
{
    Q_EMIT m_view->markColumn(u"Id"_s);
    QTRY_VERIFY(marks());
    auto *where = marks()->findChild<QLineEdit *>(u"markWhere"_s);
    auto *problem = marks()->findChild<QLabel *>(u"markProblem"_s);
    for (const QString &text : {u"Nowhere=1"_s, u"Id=\"open"_s}) {
        where->setText(text);
        QVERIFY(problem->isVisible());
        QVERIFY(!marks()->findChild<QPushButton *>(u"addMark"_s)->isEnabled());
    }
    where->setText(u"Id>5"_s);
    QVERIFY(!problem->isVisible());
    QTest::keyClick(where, Qt::Key_Return);
    QCOMPARE(m_model->marks().size(), std::size_t(1));
}

void TestTableMarks::keptWithTheColumns()
{
    const std::vector<RowMark> wanted{{.column = u"Id"_s, .where = u"Id>5"_s, .word = u"big"_s}};
    m_model->setMarks(wanted);
    const QByteArray layout = m_tools->saveLayout();
    m_model->setMarks({});
    m_tools->restoreLayout(layout);
    QCOMPARE(m_model->marks(), wanted);
    m_tools->restoreLayout("{\"marks\": 7}");
    QVERIFY(m_model->marks().empty());
}

void TestTableMarks::groupsOfColumns()
{
    CimClass schema{.name = u"Item"_s};
    schema.derivation = {u"Base"_s};
    schema.properties = {
        cimProperty(u"Name"_s, CimType::String, true), cimProperty(u"State"_s, CimType::String),
        cimProperty(u"Id"_s, CimType::UInt32), cimProperty(u"Path"_s, CimType::String)};
    schema.properties[2].classOrigin = schema.properties[3].classOrigin = u"Base"_s;
    m_model->setSchema(schema);
    QMenu menu;
    m_view->fillColumnMenu(&menu);
    auto *choose = menu.findChild<QAction *>(u"chooseColumns"_s);
    QVERIFY(choose);
    choose->trigger();
    auto *dialog = m_page->findChild<ColumnsDialog *>();
    QTRY_VERIFY(dialog && dialog->isVisible());
    auto *tree = dialog->findChild<QTreeWidget *>(u"columnTree"_s);
    QCOMPARE(tree->topLevelItemCount(), 3);
    QTreeWidgetItem *inherited = tree->topLevelItem(2);
    QCOMPARE(inherited->text(0), u"Inherited from Base"_s);
    // By the keyboard: Space changes a whole group.
    tree->setFocus();
    tree->setCurrentItem(inherited);
    QTest::keyClick(tree, Qt::Key_Space);
    QTRY_COMPARE(m_view->hiddenColumns(), (QStringList{u"Id"_s, u"Path"_s}));
    QVERIFY(m_view->isColumnHidden(column(u"Id"_s)));
    tree->setCurrentItem(inherited->child(0));
    QTest::keyClick(tree, Qt::Key_Space);
    QTRY_COMPARE(m_view->hiddenColumns(), QStringList{u"Path"_s});
    QCOMPARE(inherited->checkState(0), Qt::PartiallyChecked);
    QTest::keyClicks(dialog->findChild<FilterField *>(u"columnFilter"_s), u"sta"_s);
    QTRY_VERIFY(inherited->isHidden());
    QVERIFY(!tree->topLevelItem(1)->isHidden());
    click(dialog, u"showAllColumns"_s);
    QTRY_VERIFY(m_view->hiddenColumns().isEmpty());
    dialog->close();
}

void TestTableMarks::foundLetters_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("sought");
    QTest::addColumn<QString>("marked"); // with brackets
    QTest::newRow("none") << u"abc"_s << QStringList{u"x"_s} << u"abc"_s;
    QTest::newRow("case") << u"WinRM win"_s << QStringList{u"WIN"_s} << u"[Win]RM [win]"_s;
    QTest::newRow("overlapping") << u"abcd"_s << QStringList{u"abc"_s, u"cd"_s} << u"[abcd]"_s;
    QTest::newRow("beside") << u"aa"_s << QStringList{u"a"_s} << u"[aa]"_s;
    QTest::newRow("empty") << u"aa"_s << QStringList{QString()} << u"aa"_s;
}

void TestTableMarks::foundLetters()
{
    QFETCH(QString, text);
    QFETCH(QStringList, sought);
    QString shown = text;
    auto found = CellDelegate::foundIn(text, sought);
    std::ranges::reverse(found);
    for (const auto &[at, size] : found)
        shown.insert(at + size, u']').insert(at, u'[');
    QTEST(shown, "marked");
}

/// While one types; gone with the filter. Only cells of the column that is named, where one is.
void TestTableMarks::foundLettersArePainted()
{
    const auto picture = [this](const QString &name) {
        return m_view->viewport()->grab(m_view->visualRect(cell(3, name))).toImage();
    };
    m_tools->setFilter(u"Path>a"_s); // the same rows as with the last one
    QTRY_VERIFY(m_model->rowCount() < 40);
    const QImage name = picture(u"Name"_s), path = picture(u"Path"_s);
    QTest::keyClicks(m_tools->filter(), u" erv"_s);
    QTRY_VERIFY(picture(u"Name"_s) != name);
    QCOMPARE(picture(u"Path"_s), path);
    m_tools->setFilter(u"Path~w"_s);
    QTRY_VERIFY(picture(u"Path"_s) != path);
    QCOMPARE(picture(u"Name"_s), name);
    m_tools->setFilter(u"Path>a"_s);
    QTRY_COMPARE(picture(u"Path"_s), path);
}

void TestTableMarks::groundKeepsContrast()
{
    QPalette black = Look::darkPalette();
    black.setColor(QPalette::Base, Qt::black);
    black.setColor(QPalette::Text, Qt::yellow);
    for (const QPalette &palette : {Look::lightPalette(), Look::darkPalette(), black}) {
        const QColor ground = CellDelegate::soughtGround(palette);
        QVERIFY(Look::contrast(palette.color(QPalette::Text), ground) >= 4.5);
        QVERIFY(ground != palette.color(QPalette::Base));
    }
}

QTEST_MAIN(TestTableMarks)
#include "tst_tablemarks.moc"
