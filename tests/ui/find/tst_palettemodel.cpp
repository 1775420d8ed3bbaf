#include "find/classhitmodel.h"
#include "find/palettemodel.h"
#include "look/rowdelegate.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

PaletteItem item(const QString &title, const QString &searched = {}, bool always = false)
{
    return {.icon = {},
            .title = title,
            .note = u"note"_s,
            .searched = searched,
            .run = [] {},
            .always = always};
}

ClassHit hit(const QString &className, const QString &member = {})
{
    return {.kind = member.isEmpty() ? ClassHit::Kind::Class : ClassHit::Kind::Property,
            .cimNamespace = u"root/cimv2"_s,
            .className = className,
            .member = member,
            .description = u"A serial thing."_s,
            .declaredIn = {}};
}

} // namespace

class TestPaletteModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void order_data();
    void order();
    void classesStandBetween();
    void rowsSayWhatTheyAre();
    void excerpts_data();
    void excerpts();
    void hitsAsATable();
};

void TestPaletteModel::order_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("nothing") << QString()
                             << QStringList{u"Open file"_s, u"Export"_s, u"Reset layout"_s,
                                            u"web01"_s, u"Search"_s};
    QTest::newRow("beginning") << u"ex"_s << QStringList{u"Export"_s, u"Search"_s};
    QTest::newRow("a word within") << u"FILE"_s << QStringList{u"Open file"_s, u"Search"_s};
    QTest::newRow("other words") << u"docks"_s << QStringList{u"Reset layout"_s, u"Search"_s};
    QTest::newRow("two words") << u"lay re"_s << QStringList{u"Reset layout"_s, u"Search"_s};
    QTest::newRow("letters") << u"ofl"_s << QStringList{u"Open file"_s, u"Search"_s};
    QTest::newRow("nowhere") << u"zzz"_s << QStringList{u"Search"_s};
}

void TestPaletteModel::order()
{
    QFETCH(QString, typed);
    PaletteModel model;
    QAbstractItemModelTester tester(&model);
    model.setItems({item(u"Open file"_s), item(u"Export"_s),
                    item(u"Reset layout"_s, u"Puts all docks back"_s), item(u"web01"_s, u"prod"_s),
                    item(u"Search"_s, {}, true)},
                   {});
    model.setTyped(typed);
    QStringList titles;
    for (int row = 0; row < model.rowCount(); ++row)
        titles << model.index(row).data().toString();
    QTEST(titles, "expected");
}

/// A class whose name begins so stands before a command with such a word, behind one that begins
/// so.
void TestPaletteModel::classesStandBetween()
{
    PaletteModel model;
    model.setItems({item(u"Reset serial"_s), item(u"Serial line"_s)}, [](const QString &typed) {
        std::vector<std::pair<int, PaletteItem>> found;
        for (const ClassHit &one :
             {hit(u"Win32_SerialPort"_s), hit(u"Win32_BIOS"_s, u"Oem"_s), hit(u"Serial"_s)})
            found.emplace_back(paletteFit(one, typed), item(one.className));
        return found;
    });
    model.setTyped(u"s"_s);
    QCOMPARE(model.rowCount(), 2); // one letter says nothing of classes
    model.setTyped(u"serial"_s);
    QStringList titles;
    for (int row = 0; row < model.rowCount(); ++row)
        titles << model.index(row).data().toString();
    QCOMPARE(titles,
             (QStringList{u"Serial"_s, u"Serial line"_s, u"Win32_SerialPort"_s, u"Reset serial"_s,
                          u"Win32_BIOS"_s}));
}

void TestPaletteModel::rowsSayWhatTheyAre()
{
    PaletteModel model;
    model.setItems({item(u"Export"_s, u"Write <b>it</b>"_s)}, {});
    const QModelIndex row = model.index(0);
    QCOMPARE(row.data(MutedRole).toString(), u"note"_s);
    QCOMPARE(row.data(Qt::AccessibleTextRole).toString(), u"Export, note"_s);
    QVERIFY(!row.data(Qt::ToolTipRole).toString().contains(u"<b>"_s)); // plain text
    QVERIFY(model.item(row) && !model.item({}));
}

void TestPaletteModel::excerpts_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("expected");
    QTest::newRow("at the beginning") << u"alpha"_s << u"alpha beta gamma ..."_s;
    QTest::newRow("later") << u"ZETA"_s << u"... zeta eta theta"_s;
    QTest::newRow("not there") << u"omega"_s << u"alpha beta gamma ..."_s;
}

void TestPaletteModel::excerpts()
{
    QFETCH(QString, word);
    const QString text = u"alpha beta gamma delta epsilon zeta eta theta"_s;
    QTEST(excerpt(text, {word}, 18), "expected");
    QCOMPARE(excerpt(text, {word}, 100), text);
}

void TestPaletteModel::hitsAsATable()
{
    ClassHitModel model;
    QAbstractItemModelTester tester(&model);
    model.setHits(
        {.hits = {hit(u"Win32_BIOS"_s), hit(u"Win32_BIOS"_s, u"SerialNumber"_s)}, .total = 2},
        u"serial"_s);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, ClassHitModel::ClassColumn).data().toString(), QString());
    QCOMPARE(model.index(1, ClassHitModel::NameColumn).data().toString(), u"SerialNumber"_s);
    QCOMPARE(model.index(1, ClassHitModel::ClassColumn).data().toString(), u"Win32_BIOS"_s);
    QCOMPARE(model.rowOf(hit(u"Win32_BIOS"_s, u"SerialNumber"_s)), 1);
    QCOMPARE(model.rowOf(hit(u"Other"_s)), -1);
    QVERIFY(!model.hit({}));
}

QTEST_MAIN(TestPaletteModel)
#include "tst_palettemodel.moc"
