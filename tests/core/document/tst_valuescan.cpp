#include "document/valuescan.h"

#include "document/rowsetbuilder.h"

#include <QTest>

#include <algorithm>

namespace {

/// Rows whose columns are packed in each of the ways: one value, few, many, hardly any, wide apart.
RowSet sampleRows(RowSetBuilder &builder, int batches, int rowsEach)
{
    RowSet set;
    int n = 0;
    for (int batch = 0; batch < batches; ++batch) {
        QByteArray items = "<r xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>";
        for (int i = 0; i < rowsEach; ++i, ++n) {
            const QByteArray number = QByteArray::number(n);
            items += "<I><One>same</One><Few>" + QByteArray::number(n % 5) + "</Few><Many>text "
                + number + "</Many>";
            items += n % 40 ? "" : "<Rare>" + number + "</Rare>";
            items += n % 3 ? "<Nil xsi:nil='true'/>" : "<Nil/>";
            items += "<List>" + number + "</List><List>" + QByteArray::number(n % 4) + "</List>";
            if (batch > 0)
                items += "<Late>" + QByteArray::number(n % 6) + "</Late>";
            if (n % 9 == 0)
                items += "<Deep><X>" + number + "</X></Deep>";
            items += "</I>";
        }
        const auto read = readXml(items + "</r>");
        if (!read)
            qFatal("bad sample: %s", qPrintable(read.error().message));
        for (const Node item : (*read)->root().children())
            builder.addRow(item);
        set.append(builder.takeBatch());
    }
    return set;
}

bool endsAsWanted(std::string_view text)
{
    return !text.empty() && (text.back() == '3' || text.back() == 'e');
}

bool passes(const Cell &cell)
{
    switch (cell.kind()) {
    case CellKind::Scalar:
        return endsAsWanted(cell.text());
    case CellKind::Array:
        return endsAsWanted(cell.at(0).text());
    default:
        return cell.kind() == CellKind::Object;
    }
}

} // namespace

class TestValueScan final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void marksWhatCellsSay_data();
    void marksWhatCellsSay();
    void absentAndNilAreAsked();
    void aTextIsAskedAboutOnce();
    void leavesMarksAlone();
};

void TestValueScan::marksWhatCellsSay_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("count");
    QTest::newRow("all") << 0 << 900;
    QTest::newRow("within one page") << 320 << 50;
    QTest::newRow("over pages") << 299 << 302;
    QTest::newRow("beyond the end") << 880 << 40;
    QTest::newRow("nothing") << 10 << 0;
}

void TestValueScan::marksWhatCellsSay()
{
    QFETCH(int, from);
    QFETCH(int, count);
    RowSetBuilder builder;
    const RowSet rows = sampleRows(builder, 3, 300);
    ValueScan scan(passes); // one for all columns: what it knows of a text holds for all
    int found = 0;
    for (std::uint32_t column = 0; column < rows.columnCount(); ++column) {
        std::vector<std::uint8_t> marks(std::size_t(count), 0);
        scan.mark(rows, column, std::uint32_t(from), marks);
        for (int i = 0; i < count; ++i) {
            const auto row = std::uint32_t(from + i);
            const bool expected = row < rows.rowCount() && passes(rows.cell(row, column));
            QVERIFY2(bool(marks[std::size_t(i)]) == expected,
                     qPrintable(QStringLiteral("row %1, column %2").arg(row).arg(column)));
            found += expected;
        }
    }
    // At least the column that passes throughout.
    QVERIFY(found >= std::min(count, int(rows.rowCount()) - from));
}

void TestValueScan::absentAndNilAreAsked()
{
    RowSetBuilder builder;
    const RowSet rows = sampleRows(builder, 2, 100);
    const auto absent = [&rows](const char *name) {
        ValueScan scan([](const Cell &cell) { return cell.isAbsent(); });
        std::vector<std::uint8_t> marks(rows.rowCount(), 0);
        scan.mark(rows, *rows.columnNamed(name), 0, marks);
        return std::count(marks.begin(), marks.end(), 1);
    };
    QCOMPARE(absent("One"), 0);
    QCOMPARE(absent("Nil"), 0);
    QCOMPARE(absent("Rare"), 195);
    QCOMPARE(absent("Late"), 100);
}

void TestValueScan::aTextIsAskedAboutOnce()
{
    RowSetBuilder builder;
    const RowSet rows = sampleRows(builder, 3, 300);
    int asked = 0;
    ValueScan scan([&asked](const Cell &) { return ++asked < 0; });
    std::vector<std::uint8_t> marks(rows.rowCount(), 0);
    scan.mark(rows, *rows.columnNamed("One"), 0, marks);
    QCOMPARE(asked, 1);
    scan.mark(rows, *rows.columnNamed("Few"), 0, marks);
    QCOMPARE(asked, 6);
    scan.mark(rows, *rows.columnNamed("Few"), 0, marks);
    QCOMPARE(asked, 6);
}

void TestValueScan::leavesMarksAlone()
{
    RowSetBuilder builder;
    const RowSet rows = sampleRows(builder, 1, 50);
    int asked = 0;
    ValueScan scan([&asked](const Cell &) { return ++asked < 0; });
    std::vector<std::uint8_t> marks(rows.rowCount(), 1);
    scan.mark(rows, *rows.columnNamed("Many"), 0, marks);
    QCOMPARE(asked, 0);
    QCOMPARE(std::count(marks.begin(), marks.end(), 1), 50);
}

QTEST_GUILESS_MAIN(TestValueScan)
#include "tst_valuescan.moc"
