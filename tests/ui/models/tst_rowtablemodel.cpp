#include "models/rowtablemodel.h"

#include "models/rowarranger.h"
#include "models/rowchanges.h"
#include "models/rowstatistics.h"
#include "models/valueorder.h"
#include "rowsamples.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include <numeric>

using namespace Qt::StringLiterals;

namespace {

constexpr int longEnough = 20'000; // ms: a sanitized build on a busy machine

QStringList column(const RowTableModel &model, const QString &name)
{
    const int at = int(model.columnNames().indexOf(name));
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << model.index(row, at).data().toString();
    return texts;
}

void arrange(RowTableModel &model, const QString &filter)
{
    QSignalSpy arranged(&model, &RowTableModel::arranged);
    model.setFilter(RowFilter::parse(filter));
    QVERIFY(arranged.count() > 0 || arranged.wait(longEnough));
}

void sortBy(RowTableModel &model, const QString &name, Qt::SortOrder order = Qt::AscendingOrder)
{
    QSignalSpy arranged(&model, &RowTableModel::arranged);
    model.sort(int(model.columnNames().indexOf(name)), order);
    QVERIFY(arranged.count() > 0 || arranged.wait(longEnough));
}

} // namespace

class TestRowTableModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsNullEmptyAbsentApart()
    {
        RowSource source;
        RowTableModel model;
        QAbstractItemModelTester tester(&model);
        model.append(source.batch("<A><X>1</X><Y/></A><A><X xsi:nil='true'/></A>"));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.columnNames(), QStringList({u"X"_s, u"Y"_s}));
        const QModelIndex empty = model.index(0, 1);
        const QModelIndex null = model.index(1, 0);
        const QModelIndex absent = model.index(1, 1);
        QCOMPARE(empty.data().toString(), QString());
        QCOMPARE(empty.data(EmptyRole).toBool(), true);
        QCOMPARE(null.data().toString(), u"null"_s);
        QCOMPARE(null.data(CellKindRole).toInt(), int(CellKind::Nil));
        QCOMPARE(null.data(RawTextRole).toString(), QString());
        QCOMPARE(absent.data().toString(), u"\u2013"_s);
        QCOMPARE(absent.data(CellKindRole).toInt(), int(CellKind::Absent));
        const QSet<QString> tips{empty.data(Qt::ToolTipRole).toString(),
                                 null.data(Qt::ToolTipRole).toString(),
                                 absent.data(Qt::ToolTipRole).toString()};
        QCOMPARE(tips.size(), 3);
        QVERIFY(!tips.contains(QString()));
    }

    void showsArraysObjectsAndReferences()
    {
        RowSource source;
        RowTableModel model;
        model.append(source.batch(
            "<A><L>a</L><L>b</L><O xsi:type='p:Other_Type' xmlns:p='urn:p'><N>1</N><M>2</M></O>"
            "<R xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing'"
            " xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'><a:Address>x</a:Address>"
            "<a:ReferenceParameters><w:ResourceURI>http://schemas.microsoft.com/wbem/wsman/1/wmi/"
            "root/cimv2/Win32_Thing</w:ResourceURI><w:SelectorSet><w:Selector Name='Id'>7"
            "</w:Selector></w:SelectorSet></a:ReferenceParameters></R></A>"));
        QCOMPARE(column(model, u"L"_s), QStringList{u"a, b"_s});
        QCOMPARE(column(model, u"O"_s), QStringList{u"{Other: N=1, M=2}"_s});
        QCOMPARE(column(model, u"R"_s), QStringList{u"Win32_Thing.Id=\"7\""_s});
    }

    void neverTakesATipForHtml()
    {
        RowSource source;
        RowTableModel model;
        model.append(source.batch("<A><X>&lt;b&gt;bold words that are long enough for a tip of "
                                  "theirs&lt;/b&gt;</X></A>"));
        const QString tip = model.index(0, 0).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(u"&lt;b&gt;"_s));
    }

    void putsKeysAndClassFirst()
    {
        RowSource source;
        RowTableModel model;
        QAbstractItemModelTester tester(&model);
        model.append(source.batch("<A><X>1</X><Id>k</Id><Y>2</Y></A><B><X>3</X><Id>l</Id></B>"));
        QCOMPARE(model.columnNames(), QStringList({u"Class"_s, u"X"_s, u"Id"_s, u"Y"_s}));
        const QPersistentModelIndex kept(model.index(1, 2));
        QCOMPARE(kept.data().toString(), u"l"_s);
        CimClass schema{.name = u"A"_s};
        schema.properties = {cimProperty(u"Y"_s, CimType::UInt32),
                             cimProperty(u"ID"_s, CimType::String, true)};
        model.setSchema(schema);
        QCOMPARE(model.columnNames(), QStringList({u"Id"_s, u"Class"_s, u"Y"_s, u"X"_s}));
        QVERIFY(model.isKeyColumn(0));
        QVERIFY(model.isClassColumn(1));
        QCOMPARE(kept.data().toString(), u"l"_s);
        QCOMPARE(column(model, u"Class"_s), QStringList({u"A"_s, u"B"_s}));
    }

    void showsTheSchemasColumnsBeforeRowsCome()
    {
        RowSource source;
        RowTableModel model;
        QAbstractItemModelTester tester(&model);
        CimClass schema{.name = u"A"_s};
        schema.properties = {cimProperty(u"Never"_s, CimType::String),
                             cimProperty(u"Id"_s, CimType::String, true),
                             cimProperty(u"X"_s, CimType::UInt32)};
        model.setSchema(schema);
        QCOMPARE(model.columnNames(), QStringList({u"Id"_s, u"Never"_s, u"X"_s}));
        model.append(source.batch("<A><X>1</X><Id>k</Id></A>"));
        QCOMPARE(model.columnNames(), QStringList({u"Id"_s, u"X"_s}));
        QCOMPARE(model.index(0, 1).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight,
                 int(Qt::AlignRight));
    }

    void saysWhatNumbersMean()
    {
        RowSource source;
        RowTableModel model;
        model.append(source.batch("<A><S>2</S></A><A><S>1</S></A><A><S>9</S></A>"));
        CimProperty state = cimProperty(u"S"_s, CimType::UInt16);
        state.qualifiers.push_back(
            {.name = u"ValueMap"_s, .values = {u"1"_s, u"2"_s}, .array = true});
        state.qualifiers.push_back(
            {.name = u"Values"_s, .values = {u"Running"_s, u"Stopped"_s}, .array = true});
        CimClass schema{.name = u"A"_s};
        schema.properties = {state};
        model.setSchema(schema);
        QCOMPARE(column(model, u"S"_s), QStringList({u"2 (Stopped)"_s, u"1 (Running)"_s, u"9"_s}));
        arrange(model, u"S=stopped"_s);
        QCOMPARE(column(model, u"S"_s), QStringList{u"2 (Stopped)"_s});
        arrange(model, u"S!=stopped"_s);
        QCOMPARE(column(model, u"S"_s), QStringList({u"1 (Running)"_s, u"9"_s}));
    }

    void sorts_data()
    {
        QTest::addColumn<QByteArray>("values");
        QTest::addColumn<QStringList>("sorted");
        QTest::newRow("numbers") << QByteArray(
            "10 9 -3 2.5 18446744073709551615 18446744073709551614")
                                 << QStringList{u"-3"_s,
                                                u"2.5"_s,
                                                u"9"_s,
                                                u"10"_s,
                                                u"18446744073709551615"_s,
                                                u"18446744073709551614"_s};
        QTest::newRow("integers exactly")
            << QByteArray("18446744073709551615 -9 9007199254740993 9007199254740992 -10")
            << QStringList{u"-10"_s, u"-9"_s, u"9007199254740992"_s, u"9007199254740993"_s,
                           u"18446744073709551615"_s};
        QTest::newRow("texts") << QByteArray("b10 B9 a \xc3\x84nd z")
                               << QStringList{u"a"_s, u"b10"_s, u"B9"_s, u"z"_s, u"Änd"_s};
        QTest::newRow("long texts")
            << QByteArray("abcdefghZ abcdefgha ABCDEFGH abcdefg")
            << QStringList{u"abcdefg"_s, u"ABCDEFGH"_s, u"abcdefgha"_s, u"abcdefghZ"_s};
        QTest::newRow("dates") << QByteArray("20140403144550.468750+480 2014-04-03T07:00:00Z "
                                             "20140403064550.468750+000")
                               << QStringList{u"20140403144550.468750+480"_s,
                                              u"20140403064550.468750+000"_s,
                                              u"2014-04-03T07:00:00Z"_s};
    }
    void sorts()
    {
        QFETCH(QByteArray, values);
        QFETCH(QStringList, sorted);
        RowSource source;
        RowTableModel model;
        QAbstractItemModelTester tester(&model);
        QByteArray items = "<A><V xsi:nil='true'/></A><A><W/></A>";
        for (const QByteArray &value : values.split(' '))
            items += "<A><V>" + value + "</V></A>";
        model.append(source.batch(items));
        sortBy(model, u"V"_s);
        QStringList found;
        for (int row = 0; row < model.rowCount(); ++row)
            found << model.index(row, 0).data(RawTextRole).toString();
        QCOMPARE(found, sorted + QStringList({QString(), QString()}));
        QCOMPARE(model.index(model.rowCount() - 2, 0).data().toString(), u"null"_s);
        sortBy(model, u"V"_s, Qt::DescendingOrder);
        QCOMPARE(model.index(model.rowCount() - 1, 0).data().toString(), u"\u2013"_s);
        QSignalSpy arranged(&model, &RowTableModel::arranged);
        model.sort(-1);
        QCOMPARE(arranged.count(), 1);
        QCOMPARE(model.index(0, 0).data().toString(), u"null"_s);
    }

    /// Long texts with equal starts, equal ones among them, against std::stable_sort.
    void sortsTextsInBothOrders()
    {
        QList<QByteArray> values;
        const QByteArray long1(600, 'a');
        for (int i = 0; i < 400; ++i) {
            QByteArray value = long1.left(i * 37 % 601);
            if (i % 3)
                value += QByteArray::number(i % 11);
            values << value;
        }
        QByteArray items;
        for (qsizetype i = 0; i < values.size(); ++i)
            items += "<A><V>" + values.at(i) + "</V><N>" + QByteArray::number(i) + "</N></A>";
        RowSource source;
        RowTableModel model;
        model.append(source.batch(items));
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            std::vector<int> expected(std::size_t(values.size()));
            std::iota(expected.begin(), expected.end(), 0);
            std::stable_sort(expected.begin(), expected.end(), [&](int a, int b) {
                return order == Qt::AscendingOrder ? values.at(a) < values.at(b)
                                                   : values.at(b) < values.at(a);
            });
            sortBy(model, u"V"_s, order);
            const QStringList found = column(model, u"N"_s);
            for (std::size_t i = 0; i < expected.size(); ++i)
                QCOMPARE(found.at(qsizetype(i)), QString::number(expected[i]));
        }
    }

    void filters_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QStringList>("names");
        const auto row = [](const char *filter, const QStringList &names) {
            QTest::newRow(filter) << QString::fromUtf8(filter) << names;
        };
        row("", {u"WinRM"_s, u"Spooler"_s, u"Two words"_s, u"Odd"_s});
        row("win", {u"WinRM"_s, u"Odd"_s});
        row("WIN running", {u"WinRM"_s});
        row("state=RUNNING", {u"WinRM"_s, u"Two words"_s});
        row("State!=Running", {u"Spooler"_s, u"Odd"_s});
        row("Name~oo", {u"Spooler"_s});
        row("\"two words\"", {u"Two words"_s});
        row("Name=\"two words\"", {u"Two words"_s});
        row("Id>9", {u"Spooler"_s, u"Two words"_s});
        row("Id>=9", {u"WinRM"_s, u"Spooler"_s, u"Two words"_s});
        row("Id<10 Id>1", {u"WinRM"_s});
        row("Id=9.0", {u"WinRM"_s});
        row("Id=null", {u"Odd"_s});
        row("Path=", {u"Two words"_s});
        row("\"a=b\"", {u"Spooler"_s});
        row("Tags=two", {u"WinRM"_s});
        row("nothing has this", {});
    }
    void filters()
    {
        QFETCH(QString, filter);
        QFETCH(QStringList, names);
        RowSource source;
        RowTableModel model;
        QAbstractItemModelTester tester(&model);
        model.append(source.batch(
            "<S><Name>WinRM</Name><State>Running</State><Id>9</Id><Tags>one</Tags>"
            "<Tags>two</Tags></S>"
            "<S><Name>Spooler</Name><State>Stopped</State><Id>10</Id><Path>a=b</Path></S>"
            "<S><Name>Two words</Name><State>running</State><Id>100</Id><Path/></S>"
            "<S><Name>Odd</Name><State/><Id xsi:nil='true'/><Path>window</Path></S>"));
        arrange(model, u"Name=none"_s);
        QCOMPARE(model.rowCount(), 0);
        arrange(model, filter);
        QCOMPARE(column(model, u"Name"_s), names);
        QCOMPARE(model.totalRows(), 4u);
    }

    void understandsFilters()
    {
        QVERIFY(RowFilter::parse(u"a \"b c"_s).isClosed() == false);
        QCOMPARE(RowFilter::parse(u"Nme=1"_s).unknownColumn({u"Name"_s}), u"Nme"_s);
        QCOMPARE(RowFilter::parse(u"name=1"_s).unknownColumn({u"Name"_s}), QString());
        QCOMPARE(RowFilter::parse(u"C:\\Windows"_s).terms().front().column, QString());
        QVERIFY(RowFilter::parse(u"   "_s).isEmpty());
    }

    void takesRowsReadAgain_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("sorted");
        QTest::newRow("host's order") << QString() << QString();
        QTest::newRow("sorted") << QString() << u"Name"_s;
        QTest::newRow("filtered") << u"N>1"_s << u"N"_s;
    }
    void takesRowsReadAgain()
    {
        QFETCH(QString, filter);
        QFETCH(QString, sorted);
        RowSource first, second;
        RowTableModel model;
        QAbstractItemModelTester tester(&model);
        model.append(first.batch("<S><Name>a</Name><N>1</N></S><S><Name>b</Name><N>2</N></S>"
                                 "<S><Name>c</Name><N>3</N></S><S><Name>d</Name><N>4</N></S>"
                                 "<S><Name>e</Name><N>5</N></S>"));
        if (!sorted.isEmpty())
            sortBy(model, sorted, Qt::AscendingOrder);
        if (!filter.isEmpty())
            arrange(model, filter);
        QItemSelectionModel selection(&model);
        const QModelIndex c = model.index(int(column(model, u"Name"_s).indexOf(u"c"_s)), 1);
        const QModelIndex d = model.index(int(column(model, u"Name"_s).indexOf(u"d"_s)), 0);
        selection.select(c, QItemSelectionModel::Select | QItemSelectionModel::Rows);
        selection.setCurrentIndex(c, QItemSelectionModel::NoUpdate);
        const QPersistentModelIndex gone = d;

        // The columns come in another order, one is new; d and e are gone, f is new, c differs.
        RowSet again;
        again.append(second.batch("<S><N>2</N><Name>b</Name></S><S><N>30</N><Name>c</Name></S>"
                                  "<S><N>1</N><Name>a</Name></S><S><N>9</N><Name>f</Name><X>x</X>"
                                  "</S>"));
        QSignalSpy refreshed(&model, &RowTableModel::refreshed);
        model.refreshWith(again, {u"Name"_s});
        QVERIFY(refreshed.wait(longEnough));
        QCOMPARE(model.changes()->changedRows, 1u);
        QCOMPARE(model.changes()->newRows, 1u);
        QCOMPARE(model.changes()->goneRows, 2u);
        QCOMPARE(model.changes()->gone, (QStringList{u"d"_s, u"e"_s}));
        QCOMPARE(model.totalRows(), 4u);
        const QStringList expected = !filter.isEmpty() ? QStringList{u"b"_s, u"f"_s, u"c"_s}
            : !sorted.isEmpty()                        ? QStringList{u"a"_s, u"b"_s, u"c"_s, u"f"_s}
                                : QStringList{u"b"_s, u"c"_s, u"a"_s, u"f"_s};
        QCOMPARE(column(model, u"Name"_s), expected);
        QCOMPARE(model.columnNames(), (QStringList{u"N"_s, u"Name"_s, u"X"_s}));
        QVERIFY(!gone.isValid());
        const QModelIndex current = selection.currentIndex();
        QCOMPARE(current.siblingAtColumn(1).data().toString(), u"c"_s);
        QCOMPARE(selection.selection().size(), 1); // without the column that came
        QCOMPARE(selection.selection().first().top(), current.row());
        QCOMPARE(selection.selection().first().height(), 1);
        const QModelIndex number = current.siblingAtColumn(0);
        QCOMPARE(number.data().toString(), u"30"_s);
        QCOMPARE(number.data(ChangeRole).toInt(), int(CellChange::Changed));
        QVERIFY(number.data(Qt::ToolTipRole).toString().contains(u"Was: 3"_s));
        QCOMPARE(current.siblingAtColumn(1).data(ChangeRole).toInt(), int(CellChange::None));
        const int f = int(expected.indexOf(u"f"_s));
        QCOMPARE(model.index(f, 1).data(ChangeRole).toInt(), int(CellChange::New));
        model.forgetChanges();
        QCOMPARE(number.data(ChangeRole).toInt(), int(CellChange::None));

        // And once more, with nothing left of them.
        model.refreshWith(RowSet(), {u"Name"_s});
        QVERIFY(refreshed.wait(longEnough));
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.changes()->goneRows, 4u);
    }

    void sortsAgainWhileRowsAreCompared()
    {
        RowSource first, second;
        RowTableModel model;
        QAbstractItemModelTester tester(&model);
        model.append(first.batch("<S><Name>a</Name><N>1</N></S><S><Name>b</Name><N>2</N></S>"));
        RowSet again;
        again.append(second.batch("<S><Name>a</Name><N>7</N></S><S><Name>b</Name><N>2</N></S>"));
        QSignalSpy refreshed(&model, &RowTableModel::refreshed);
        model.refreshWith(again, {u"Name"_s});
        model.sortBy(u"N"_s, Qt::DescendingOrder); // before the other thread has answered
        QVERIFY(refreshed.wait(longEnough));
        QTRY_VERIFY(!model.isArranging());
        QCOMPARE(refreshed.count(), 1);
        QCOMPARE(column(model, u"N"_s), (QStringList{u"7"_s, u"2"_s}));
        model.refreshWith(again, {});
        model.clear(); // and nothing comes of it
        QTest::qWait(0);
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(refreshed.count(), 1);
        QCOMPARE(model.rowCount(), 0);
    }

    void matchesRowsWithoutKeys()
    {
        RowSource first, second;
        const std::atomic<quint64> wanted = 1;
        RowSet before, now;
        before.append(first.batch("<S><A>1</A></S><S><A>1</A></S><S><A>2</A></S>"));
        now.append(second.batch("<S><A>2</A></S><S><A>1</A></S><S><A>3</A></S>"));
        const RowChanges whole = compareRows(before, now, {}, nullptr, wanted, 1);
        QCOMPARE(whole.newRows, 1u);
        QCOMPARE(whole.goneRows, 1u);
        QCOMPARE(whole.changedRows, 0u);
        QCOMPARE(whole.before, (std::vector<std::uint32_t>{2, 0, RowChanges::nowhere}));
        const RowChanges unknown = compareRows(before, now, {u"NoKey"_s}, nullptr, wanted, 1);
        QCOMPARE(unknown.before, whole.before);
    }

    void saysTermsAsTheyAreRead_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("word") << u"Running"_s << u"C=Running"_s;
        QTest::newRow("empty") << QString() << u"C=\"\""_s;
        QTest::newRow("spaces") << u" two  words "_s << u"C=\" two  words \""_s;
        QTest::newRow("operator") << u"=<5"_s << u"C=\"=<5\""_s;
        QTest::newRow("quotes") << u"\"a\" b\""_s << u"C=\"\"\"a\"\" b\"\"\""_s;
        QTest::newRow("path") << u"C:\\Windows"_s << u"C=C:\\Windows"_s;
    }
    void saysTermsAsTheyAreRead()
    {
        QFETCH(QString, value);
        QFETCH(QString, text);
        const RowFilter::Term term{u"C"_s, RowFilter::Operator::Equal, value};
        QCOMPARE(RowFilter::termText(term), text);
        const RowFilter read = RowFilter::parse(u"x "_s + text + u" y"_s);
        QVERIFY(read.isClosed());
        QCOMPARE(read.terms().size(), 3u);
        QVERIFY(read.terms()[1] == term);
        QCOMPARE(RowFilter::termText({u"not a name"_s, term.op, value}), QString());
    }

    void countsColumns_data()
    {
        QTest::addColumn<QByteArray>("values"); // of V, separated by spaces
        QTest::addColumn<QString>("text");
        QTest::newRow("numbers") << QByteArray("4 -2 10")
                                 << u"V: 3 values, sum 12, smallest -2, "
                                    "largest 10, average 4"_s;
        QTest::newRow("fractions") << QByteArray("0.5 1")
                                   << u"V: 2 values, sum 1.5, smallest 0.5, "
                                      "largest 1, average 0.75"_s;
        QTest::newRow("texts") << QByteArray("a b a 7") << u"V: 4 values, 3 distinct"_s;
        QTest::newRow("beyond 64 bits")
            << QByteArray("9223372036854775807 9223372036854775807")
            << u"V: 2 values, sum 1.844674407E+19, smallest 9,223,372,036,854,775,807, largest "
               "9,223,372,036,854,775,807, average 9.22337E+18"_s;
        QTest::newRow("a number, then dates")
            << QByteArray("2024-01-02T00:00:00Z 7") << u"V: 2 values, 2 distinct"_s;
    }
    void countsColumns()
    {
        QFETCH(QByteArray, values);
        QFETCH(QString, text);
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        RowSource source;
        QByteArray items("<S><V xsi:nil='true'/></S><S><N>1</N></S><S><V/></S>");
        for (const QByteArray &value : values.split(' '))
            items += "<S><V>" + value + "</V></S>";
        RowSet set;
        set.append(source.batch(items));
        std::vector<std::uint32_t> rows(set.rowCount());
        std::iota(rows.begin(), rows.end(), 0u);
        const std::atomic<quint64> wanted = 1;
        const RowStatistics made = statisticsOf(set, rows, *set.columnNamed("V"), wanted, 1);
        QCOMPARE(made.text(u"V"_s, {}).replace(u"value(s)"_s, u"values"_s), text);
        QCOMPARE(made.rows, set.rowCount());
        if (made.kind == RowStatistics::Kind::Number)
            QVERIFY(made.text(u"V"_s, u"Bytes"_s).endsWith(u"(Bytes)"_s));
    }

    void countsDates()
    {
        RowSource source;
        RowSet set;
        set.append(source.batch("<S><V>2024-03-01T00:00:00Z</V></S><S><V>20240102000000.000000+000"
                                "</V></S><S><V>2024-02-01T00:00:00Z</V></S>"));
        const std::atomic<quint64> wanted = 1;
        const RowStatistics made = statisticsOf(set, {0, 1, 2}, 0, wanted, 1);
        QCOMPARE(made.kind, RowStatistics::Kind::Time);
        QCOMPARE(made.smallest, u"20240102000000.000000+000"_s);
        QCOMPARE(made.largest, u"2024-03-01T00:00:00Z"_s);
        QVERIFY(statisticsOf(set, {0}, 0, wanted, 1).text(u"V"_s, {}).isEmpty());
    }

    /// The index on another thread against a plain loop here.
    void agreesWithANaiveReference()
    {
        RowSource source;
        RowTableModel model;
        QAbstractItemModelTester tester(&model);
        model.append(source.many(3000));
        arrange(model, u"State=running Name~5"_s);
        sortBy(model, u"Id"_s, Qt::DescendingOrder);
        struct Row
        {
            QString name;
            int id;
            bool null;
        };
        std::vector<Row> expected;
        const RowSet &rows = model.rows();
        for (std::uint32_t i = 0; i < rows.rowCount(); ++i) {
            const auto text = [&](std::uint32_t c) {
                const std::string_view t = rows.cell(i, c).text();
                return QString::fromUtf8(t.data(), qsizetype(t.size()));
            };
            if (text(2).compare(u"running"_s, Qt::CaseInsensitive) == 0 && text(0).contains(u'5'))
                expected.push_back(
                    {text(0), text(1).toInt(), rows.cell(i, 1).kind() == CellKind::Nil});
        }
        std::stable_sort(expected.begin(), expected.end(), [](const Row &a, const Row &b) {
            return a.null != b.null ? b.null : a.id > b.id;
        });
        QCOMPARE(std::size_t(model.rowCount()), expected.size());
        QVERIFY(expected.size() > 100);
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.index(row, 0).data().toString(), expected[std::size_t(row)].name);
    }

    void keepsSelectionWhileRowsArriveSorted()
    {
        RowSource source;
        RowTableModel model;
        QAbstractItemModelTester tester(&model);
        model.append(source.many(500));
        sortBy(model, u"Name"_s);
        QItemSelectionModel selection(&model);
        const QString chosen = model.index(7, 0).data().toString();
        selection.select(model.index(7, 0),
                         QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        for (int i = 0; i < 10; ++i)
            model.append(source.many(300));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 3500, longEnough);
        QCOMPARE(selection.selectedRows().size(), 1);
        QCOMPARE(selection.selectedRows().first().data().toString(), chosen);
        QStringList names = column(model, u"Name"_s);
        QVERIFY(std::is_sorted(names.begin(), names.end(), [](const QString &a, const QString &b) {
            return a.compare(b, Qt::CaseInsensitive) < 0;
        }));
        arrange(model, u"Name=\""_s + chosen + u'"');
        QCOMPARE(selection.selectedRows().size(), 1);
        arrange(model, u"zzz"_s);
        QCOMPARE(model.rowCount(), 0);
        arrange(model, QString());
        QCOMPARE(model.rowCount(), 3500);
    }

    void aNewerRequestWins()
    {
        RowSource source;
        RowTableModel model;
        QAbstractItemModelTester tester(&model);
        model.append(source.many(2000));
        for (int i = 0; i < 20; ++i) {
            model.sort(i % 3, i % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
            model.setFilter(RowFilter::parse(QString::number(i)));
        }
        model.setFilter(RowFilter::parse(u"State=stopped"_s));
        model.sort(-1);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isArranging(), longEnough);
        const QStringList states = column(model, u"State"_s);
        QCOMPARE(states.size(), 667);
        QVERIFY(!states.contains(u"Running"_s));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.columnCount(), 0);
    }

    void keepsItsOrderWhenReadAgain()
    {
        RowTableModel model;
        QAbstractItemModelTester tester(&model);
        model.sortBy(u"Name"_s, Qt::DescendingOrder);
        for (int i = 0; i < 2; ++i) {
            RowSource source;
            model.append(source.batch("<A><Name>b</Name></A><A><Name>c</Name></A>"));
            QTRY_COMPARE_WITH_TIMEOUT(column(model, u"Name"_s), QStringList({u"c"_s, u"b"_s}),
                                      longEnough);
            QCOMPARE(model.sortColumn(), 0);
            model.clear();
        }
    }

    void goesAwayWhileBusy()
    {
        RowSource source;
        const RowBatchPtr batch = source.many(5000);
        for (int i = 0; i < 5; ++i) {
            auto model = std::make_unique<RowTableModel>();
            model->append(batch);
            model->sort(0);
        }
        QCoreApplication::processEvents();
    }

    void comparesValues()
    {
        QVERIFY(!numberKey(""));
        QVERIFY(!numberKey("1x"));
        QVERIFY(!numberKey("infinity"));
        QVERIFY(*numberKey("-1") < *numberKey("0"));
        QVERIFY(*numberKey("1e3") < *numberKey("1001"));
        QCOMPARE(timeKey("1970-01-01T00:00:00Z").value(), 0);
        QCOMPARE(timeKey("19700101000000.000001+000").value(), 1);
        QCOMPARE(timeKey("1970-01-01T01:00:00+01:00").value(), 0);
        QVERIFY(!timeKey("1970-13-01T00:00:00Z"));
        QVERIFY(!timeKey("not a time at all, truly"));
        QVERIFY(containsFolded("The QUICK fox", "quick"));
        QVERIFY(containsFolded("\xc3\x84rger", foldedText("\xc3\xa4RG")));
        QVERIFY(!containsFolded("abc", "abcd"));
    }
};

QTEST_MAIN(TestRowTableModel)
#include "tst_rowtablemodel.moc"
