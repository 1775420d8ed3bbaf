#include "corpusfiles.h"
#include "rowcompare.h"

#include "document/rowbatch.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// Rows of many kinds, the same for the same seed.
QByteArray randomItem(QRandomGenerator &random)
{
    QByteArray item = random.bounded(20) == 0 ? "<p:Other" : "<p:Thing";
    const QByteArray name = item.mid(1);
    if (random.bounded(10) == 0)
        item += " xsi:type='p:Thing_Type' Source=\"GPO\"";
    item += '>';
    for (int i = 0; i < 12; ++i) {
        const QByteArray column = "P" + QByteArray::number(i);
        const int sort = random.bounded(24);
        const QByteArray number = QByteArray::number(random.bounded(30));
        if (sort < 10)
            item += property(column, number);
        else if (sort < 12)
            item += property(column,
                             "text \xC3\xA4 &amp; " + QByteArray::number(random.generate()));
        else if (sort < 14)
            item += "<p:" + column + " xsi:nil=\"true\"/>";
        else if (sort == 14)
            item += property(column, "<cim:Datetime>2026-01-" + number + "</cim:Datetime>");
        else if (sort == 15)
            item += property(column, number) + property(column, "") + property(column, number);
        else if (sort == 16)
            item += property(column, "<p:Inner>" + number + "</p:Inner><p:Other/>");
        else if (sort == 17)
            item += property(column,
                             "<a:Address>x</a:Address><a:ReferenceParameters><w:Selector "
                             "Name='k'>"
                                 + number + "</w:Selector></a:ReferenceParameters>");
        else if (sort == 18)
            item += property(column, number, " xsi:type='xs:int' Source='GPO'");
        else if (sort == 19)
            item += property(column, "<p:A>1</p:A>") + property(column, "<p:A>2</p:A>", " b='1'");
        else if (sort == 20)
            item += property(column, "");
    }
    return item + "</" + name + ">\n";
}

} // namespace

/// Rows say what the documents say that they were read from.
class TestRowSetDocument final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cellsEqualTheDocument_data();
    void cellsEqualTheDocument();
    void addRowEqualsParsing();
    void largeTexts();
    void corpusRows();
};

void TestRowSetDocument::cellsEqualTheDocument_data()
{
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("batchBytes");
    QTest::newRow("one batch") << 1 << 2000 << (1 << 22);
    QTest::newRow("many batches") << 2 << 2000 << 5000;
    QTest::newRow("batches of a few rows") << 3 << 500 << 700;
    QTest::newRow("a byte at a time") << 4 << 100 << 1;
    QTest::newRow("odd pieces") << 5 << 300 << 37;
}

void TestRowSetDocument::cellsEqualTheDocument()
{
    QFETCH(int, seed);
    QFETCH(int, rows);
    QFETCH(int, batchBytes);
    QRandomGenerator random{quint32(seed)};
    QByteArray items;
    for (int i = 0; i < rows; ++i)
        items += randomItem(random);
    const RowSet set = rowsOf(items, batchBytes);
    QCOMPARE(set.rowCount(), std::uint32_t(rows));
    const auto document = parsed(opening + items + "</Items>");
    std::uint32_t row = 0;
    for (Node item : document->root().children()) {
        const auto difference = rowDifference(set, row, item);
        QVERIFY2(difference.isEmpty(), (QByteArray::number(row) + ' ' + difference).constData());
        ++row;
    }
}

void TestRowSetDocument::addRowEqualsParsing()
{
    QRandomGenerator random(11);
    QByteArray items;
    for (int i = 0; i < 200; ++i)
        items += randomItem(random);
    const auto document = parsed(opening + items + "</Items>");
    RowSetBuilder builder;
    RowSet set;
    for (Node item : document->root().children())
        builder.addRow(item);
    QCOMPARE(builder.pendingRows(), 200u);
    set.append(builder.takeBatch());
    std::uint32_t row = 0;
    for (Node item : document->root().children()) {
        const auto difference = rowDifference(set, row++, item);
        QVERIFY2(difference.isEmpty(), difference.constData());
    }
}

void TestRowSetDocument::largeTexts()
{
    QByteArray items;
    for (int length : {0, 31, 32, 8000, 8189, 8190, 8192, 40'000, 65'535, 65'536, 300'000, 5})
        items += "<p:C><p:A>" + QByteArray(length, char('a' + length % 26)) + "</p:A></p:C>";
    const RowSet set = rowsOf(items);
    const auto document = parsed(opening + items + "</Items>");
    std::uint32_t row = 0;
    for (Node item : document->root().children())
        QCOMPARE(rowDifference(set, row++, item), "");
}

void TestRowSetDocument::corpusRows()
{
    const auto files = corpusFiles();
    if (files.empty())
        QSKIP("No recorded messages: set WSMAN_CORPUS to their folder");
    std::uint32_t rows = 0;
    for (const auto &[name, bytes] : files) {
        const auto document = readXml(bytes);
        if (!document)
            continue;
        RowSetBuilder builder;
        ItemsSink sink(builder);
        XmlReader reader(sink);
        RowSet set;
        for (qsizetype at = 0; at < bytes.size(); at += 1500) {
            QVERIFY2(reader.feed(bytes.mid(at, 1500)), qPrintable(reader.error().message));
            set.append(builder.takeBatch());
        }
        QVERIFY(reader.finish());
        const Node items = (*document)->root().descendant("Items");
        std::uint32_t row = 0;
        for (Node item : items.children()) {
            QVERIFY2(row < set.rowCount(), qPrintable(name));
            const auto difference = rowDifference(set, row++, item);
            QVERIFY2(difference.isEmpty(), (name.toUtf8() + ' ' + difference).constData());
        }
        QCOMPARE(set.rowCount(), row);
        rows += row;
    }
    qInfo("%u rows", rows);
    QVERIFY(rows > 100);
}

QTEST_GUILESS_MAIN(TestRowSetDocument)
#include "tst_rowsetdocument.moc"
