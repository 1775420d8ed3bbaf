#include "models/columngroups.h"
#include "models/rowmarks.h"
#include "models/rowtablemodel.h"
#include "ui/models/rowsamples.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QJsonDocument>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

/// Marks that a user set on a table, and the groups its columns stand in.
class TestRowMarks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void marksWhereItHolds();
    void followsTheRows();
    void keptAsJson();
    void badJson_data();
    void badJson();
    void intoAView_data();
    void intoAView();
    void groups();
    void groupsWithoutSchema();

private:
    static const std::vector<RowMark> &samples();
};

const std::vector<RowMark> &TestRowMarks::samples()
{
    static const std::vector<RowMark> marks{{.column = u"State"_s,
                                             .where = u"State=stopped Id>500"_s,
                                             .sign = ViewMark::Sign::Error,
                                             .word = u"look"_s},
                                            {.column = u"State"_s, .where = u"State=stopped"_s}};
    return marks;
}

void TestRowMarks::marksWhereItHolds()
{
    RowSource source;
    RowTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.append(source.many(300));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setMarks(samples());
    QCOMPARE(changed.count(), 1);
    model.setMarks(samples());
    QCOMPARE(changed.count(), 1);
    const auto column = [&model](const QString &name) {
        return int(model.columnNames().indexOf(name));
    };
    int looked = 0, plain = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex state = model.index(row, column(u"State"_s));
        const QModelIndex id = model.index(row, column(u"Id"_s));
        const bool stopped = state.data(RawTextRole).toString() == u"stopped"_s;
        const bool first = stopped && id.data(RawTextRole).toInt() > 500;
        QCOMPARE(state.data().toString(), first ? u"stopped, look"_s : state.data(RawTextRole));
        QCOMPARE(!state.data(Qt::DecorationRole).value<QIcon>().isNull(), stopped);
        QCOMPARE(state.data(Qt::ToolTipRole).toString().contains(u"Id>500"_s), first);
        QVERIFY(!id.data(Qt::DecorationRole).isValid());
        looked += first;
        plain += stopped && !first;
    }
    QVERIFY(looked > 0 && plain > 0);
    model.setMarks({});
    QVERIFY(!model.index(0, column(u"State"_s)).data(Qt::DecorationRole).isValid());
}

/// Other rows, other columns, another order: what is asked is asked of what is there now.
void TestRowMarks::followsTheRows()
{
    RowTableModel model;
    model.setMarks({{.column = u"A"_s, .where = u"B=1"_s, .word = u"one"_s}});
    const auto text = [&model](int row) {
        return model.index(row, int(model.columnNames().indexOf(u"A"_s))).data().toString();
    };
    RowSource source;
    model.append(source.batch("<I><A>x</A></I>")); // there is no B yet
    QCOMPARE(text(0), u"x"_s);
    model.append(source.batch("<I><A>y</A><B>1</B></I>"));
    QCOMPARE(text(0), u"x"_s);
    QCOMPARE(text(1), u"y, one"_s);
    RowSource other;
    RowSet rows;
    rows.append(other.batch("<I><B>1</B><A>z</A></I><I><B>2</B><A>w</A></I>"));
    model.setRows(rows);
    QCOMPARE(text(0), u"z, one"_s);
    QCOMPARE(text(1), u"w"_s);
    QSignalSpy refreshed(&model, &RowTableModel::refreshed);
    RowSource third;
    RowSet again;
    again.append(third.batch("<I><A>z</A><B>2</B></I><I><A>w</A><B>1</B></I>"));
    model.refreshWith(again, {u"A"_s});
    QVERIFY(refreshed.wait());
    QCOMPARE(text(0), u"z"_s);
    QCOMPARE(text(1), u"w, one"_s);
}

void TestRowMarks::keptAsJson()
{
    QCOMPARE(rowMarksFrom(toJson(samples())), samples());
    QVERIFY(rowMarksFrom({}).empty());
}

void TestRowMarks::badJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no object") << QByteArray("[1, null, []]");
    QTest::newRow("no column") << QByteArray(R"([{"where": "a", "sign": "ok"}])");
    QTest::newRow("no condition") << QByteArray(R"([{"on": "A", "sign": "ok", "where": " "}])");
    QTest::newRow("open quotes") << QByteArray(R"([{"on": "A", "sign": "ok", "where": "\"a"}])");
    QTest::newRow("sign") << QByteArray(R"([{"on": "A", "sign": "fire", "where": "a"}])");
}

void TestRowMarks::badJson()
{
    QFETCH(QByteArray, json);
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    QVERIFY(!array.isEmpty());
    QVERIFY(rowMarksFrom(array).empty());
}

void TestRowMarks::intoAView_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<int>("tests"); // 0: a view cannot say it
    QTest::newRow("equal") << u"A=1 B!=x"_s << 2;
    QTest::newRow("numbers") << u"A>1 B<2.5"_s << 2;
    QTest::newRow("contains") << u"A~x"_s << 1;
    QTest::newRow("anywhere") << u"x"_s << 0;
    QTest::newRow("not strictly") << u"A>=1"_s << 0;
    QTest::newRow("words compared") << u"A>b"_s << 0;
    QTest::newRow("a column twice") << u"A>1 A<5"_s << 0;
    QTest::newRow("nothing") << QString() << 0;
}

void TestRowMarks::intoAView()
{
    QFETCH(QString, where);
    QFETCH(int, tests);
    const auto made = viewMark({.column = u"A"_s, .where = where, .word = u"w"_s});
    QCOMPARE(made.has_value(), tests > 0);
    if (!made)
        return;
    QCOMPARE(int(made->when.size()), tests);
    ReadyView view{.id = u"my.x"_s, .title = u"X"_s, .group = u"G"_s};
    view.hosts = {HostKind::Windows};
    ViewSection section{.className = u"C"_s};
    section.columns = {{.property = u"A"_s}};
    section.marks = {*made};
    view.sections = {section};
    const auto read = readReadyView(writeReadyView(view));
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(read->sections.front().marks.size(), std::size_t(1));
}

void TestRowMarks::groups()
{
    CimClass schema{.name = u"Child"_s, .superClass = u"Parent"_s};
    schema.derivation = {u"Parent"_s, u"Grandparent"_s};
    const auto property = [](const QString &name, const QString &origin, bool key = false) {
        CimProperty made = cimProperty(name, CimType::String, key);
        made.classOrigin = origin;
        made.propagated = origin != u"Child"_s;
        return made;
    };
    schema.properties = {property(u"Old"_s, u"Grandparent"_s), property(u"Mid"_s, u"Parent"_s),
                         property(u"New"_s, u"Child"_s),
                         property(u"Key"_s, u"Grandparent"_s, true)};
    RowSource source;
    RowTableModel model;
    model.setSchema(schema);
    model.append(source.batch("<Child><Old>1</Old><Mid>1</Mid><New>1</New><Key>1</Key>"
                              "<__PATH>x</__PATH><Extra>1</Extra></Child>"));
    const std::vector<ColumnGroup> wanted{{u"Keys"_s, {u"Key"_s}},
                                          {u"Child itself"_s, {u"New"_s}},
                                          {u"Inherited from Parent"_s, {u"Mid"_s}},
                                          {u"Inherited from Grandparent"_s, {u"Old"_s}},
                                          {u"System properties"_s, {u"__PATH"_s}},
                                          {u"Not in the schema"_s, {u"Extra"_s}}};
    QCOMPARE(columnGroups(model), wanted);
}

void TestRowMarks::groupsWithoutSchema()
{
    RowSource source;
    RowTableModel model;
    QVERIFY(columnGroups(model).empty());
    model.append(source.many(3));
    const auto groups = columnGroups(model);
    QCOMPARE(groups.size(), std::size_t(1));
    QCOMPARE(groups.front().columns, model.columnNames());
}

QTEST_MAIN(TestRowMarks)
#include "tst_rowmarks.moc"
