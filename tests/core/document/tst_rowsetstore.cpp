#include "rowcompare.h"

#include "document/rowbatch.h"

#include <QTest>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

/// How rows are kept, handed on and let go.
class TestRowSetStore final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void copiesSeeWhatTheyHad();
    void tooManyColumnsStopTheReader();
    void repeatedTextsAreStoredOnce();
    void aNewStoreLetsOldTextsGo();
    void droppedRowsLeaveTheirColumns();
    void aReaderThreadSeesWhatItWasHanded();
};

void TestRowSetStore::copiesSeeWhatTheyHad()
{
    RowSetBuilder builder;
    RowSet set;
    std::vector<RowSet> copies;
    for (int i = 0; i < 600; ++i) {
        builder.addRow(parsed("<C><A>" + QByteArray::number(i) + "</A></C>")->root());
        const auto batch = builder.takeBatch();
        QCOMPARE(rowCount(batch), 1u);
        set.append(batch);
        copies.push_back(set);
    }
    QVERIFY(!builder.takeBatch());
    QCOMPARE(rowCount(nullptr), 0u);
    for (int i = 0; i < 600; ++i) {
        QCOMPARE(copies[std::size_t(i)].rowCount(), std::uint32_t(i + 1));
        QCOMPARE(toBytes(copies[std::size_t(i)].cell(std::uint32_t(i), 0).text()),
                 QByteArray::number(i));
    }
}

void TestRowSetStore::tooManyColumnsStopTheReader()
{
    QByteArray bytes = "<Items>";
    for (int i = 0; i < 5000; ++i)
        bytes += "<C><A" + QByteArray::number(i) + "/></C>";
    RowSetBuilder builder;
    ItemsSink sink(builder);
    XmlReader reader(sink);
    QVERIFY(!reader.feed(bytes));
    QVERIFY(reader.stopped());
    QCOMPARE(builder.pendingRows(), 4096u);
    const auto batch = builder.takeBatch();
    RowSet set;
    set.append(batch);
    QCOMPARE(set.cell(4095, 4095).kind(), CellKind::Scalar);
    QVERIFY(set.memoryUsed() < 1'500'000);
}

void TestRowSetStore::repeatedTextsAreStoredOnce()
{
    const QByteArray text(1000, 'x');
    QByteArray items;
    for (int i = 0; i < 1000; ++i) {
        items += "<p:C><p:A>" + text + QByteArray::number(i % 7) + "</p:A><p:B>" + text
            + QByteArray::number(i % 5) + "</p:B></p:C>";
    }
    const RowSet set = rowsOf(items, 256 * 1024);
    QCOMPARE(set.rowCount(), 1000u);
    QVERIFY2(set.memoryUsed() < 150'000, QByteArray::number(set.memoryUsed()).constData());
    const void *a = cellOf(set, 3, "A").text().data();
    const void *b = cellOf(set, 8, "B").text().data();
    QCOMPARE(a, b);
}

void TestRowSetStore::aNewStoreLetsOldTextsGo()
{
    RowSetBuilder builder;
    const auto page = [&builder](const QByteArray &row) {
        builder.addRow(parsed(row)->root());
        auto batch = builder.takeBatch();
        builder.startNewStore();
        return batch;
    };
    auto first = page("<C><A>same</A><B>1</B></C>");
    auto second = page("<C><Late>x</Late><B>2</B><A>same</A></C>");
    const std::weak_ptr<const TextStore> texts = first->store;
    RowSet both;
    both.append(first);
    both.append(second);
    QCOMPARE(cellOf(both, 0, "A").text(), "same");
    QCOMPARE(cellOf(both, 1, "A").text(), "same");
    QCOMPARE(cellOf(both, 1, "B").text(), "2");
    QCOMPARE(both.columnNamed("A"), 0u);
    QCOMPARE(both.columnNamed("Late"), 2u);
    RowSet last;
    last.append(second);
    both = {};
    first.reset();
    QVERIFY(texts.expired());
    QCOMPARE(cellOf(last, 0, "A").text(), "same");
    QCOMPARE(last.columnNamed("B"), 1u);
}

void TestRowSetStore::droppedRowsLeaveTheirColumns()
{
    RowSetBuilder builder;
    const auto page = [&builder](const QByteArray &row) {
        builder.addRow(parsed(row)->root());
        return builder.takeBatch();
    };
    RowSet set;
    set.append(page("<C><A>1</A></C>"));
    set.setColumn(0, {.name = "A", .type = CimType::UInt32, .key = true});
    const RowSet copy = set;
    set.dropRows();
    QCOMPARE(set.rowCount(), 0u);
    QCOMPARE(set.columnCount(), 1u);
    set.append(page("<C><A>2</A><B>3</B></C>"));
    QCOMPARE(set.rowCount(), 1u);
    QCOMPARE(cellOf(set, 0, "A").text(), "2");
    QVERIFY(set.column(0).key);
    QCOMPARE(cellOf(copy, 0, "A").text(), "1");
}

void TestRowSetStore::aReaderThreadSeesWhatItWasHanded()
{
    std::mutex mutex;
    std::condition_variable arrived;
    std::vector<RowBatchPtr> handed;
    bool over = false;
    std::uint64_t read = 0;
    std::uint64_t wrong = 0;
    std::thread reader([&] {
        RowSet set;
        for (std::uint32_t row = 0;;) {
            std::unique_lock lock(mutex);
            arrived.wait(lock, [&] { return over || !handed.empty(); });
            if (handed.empty())
                return;
            for (const auto &batch : std::exchange(handed, {}))
                set.append(batch);
            lock.unlock();
            for (; row < set.rowCount(); ++row) {
                for (std::uint32_t c = 0; c < set.columnCount(); ++c, ++read) {
                    const QByteArray expected = QByteArray::number(c == 0 ? row : row % (c + 3));
                    wrong += toBytes(set.cell(row, c).text()) != expected;
                }
            }
        }
    });
    RowSetBuilder builder;
    for (int i = 0; i < 20'000; ++i) {
        builder.startElement({"urn:c", "C", ""}, {}, {});
        for (int c = 0; c < 6; ++c) {
            const std::string name = "P" + std::to_string(c);
            builder.startElement({"urn:c", name, ""}, {}, {});
            builder.text(std::to_string(c == 0 ? i : i % (c + 3)));
            builder.endElement();
        }
        builder.endElement();
        if (i % 97 == 0) {
            const std::lock_guard lock(mutex);
            handed.push_back(builder.takeBatch());
            arrived.notify_one();
        }
    }
    {
        const std::lock_guard lock(mutex);
        handed.push_back(builder.takeBatch());
        over = true;
        arrived.notify_one();
    }
    reader.join();
    QCOMPARE(read, 120'000u);
    QCOMPARE(wrong, 0u);
}

QTEST_GUILESS_MAIN(TestRowSetStore)
#include "tst_rowsetstore.moc"
