#include "document/rowbatch.h"
#include "peer/process/peerprocess.h"
#include "session/enumerateoperation.h"
#include "session/session.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// What an enumeration gave, gathered until it finished.
struct Gathered
{
    RowSet rows;
    Outcome outcome;
    QList<QByteArray> pages;
    int batchesAfterCancel = 0;
};

EnumerateParameters items(std::uint32_t maxElements = 32000)
{
    return {.resource = wmiClass(u"root/cimv2"_s, u"Peer_Item"_s), .maxElements = maxElements};
}

class Enumeration
{
public:
    explicit Enumeration(const PeerProcess &peer)
        : session(peer.options(), fixedCredential({.password = Secret(PeerProcess::password())}),
                  refuseUntrusted())
    { }

    Gathered run(const EnumerateParameters &parameters, const EnumerateOptions &options = {},
                 int cancelAfterRows = 0)
    {
        Gathered gathered;
        bool done = false;
        bool cancelled = false;
        auto *operation = new EnumerateOperation(&session, parameters, options);
        QObject::connect(operation, &EnumerateOperation::rowsReceived, operation,
                         [&](const RowBatchPtr &batch) {
                             gathered.batchesAfterCancel += cancelled;
                             gathered.rows.append(batch);
                             if (cancelAfterRows && int(gathered.rows.rowCount()) >= cancelAfterRows
                                 && !cancelled) {
                                 cancelled = true;
                                 operation->cancel();
                             }
                         });
        QObject::connect(operation, &EnumerateOperation::pageReceived, operation,
                         [&](const QByteArray &page) { gathered.pages.append(page); });
        QObject::connect(operation, &EnumerateOperation::paused, operation, [&, operation] {
            ++pauses;
            operation->resume();
        });
        QObject::connect(operation, &Operation::finished, operation, [&](const Outcome &outcome) {
            gathered.outcome = outcome;
            done = true;
        });
        operation->start();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(done, 60000); }();
        return gathered;
    }

    Session session;
    int pauses = 0;
};

qsizetype distinct(const RowSet &rows, std::string_view column)
{
    QSet<QByteArray> values;
    const auto index = rows.columnNamed(column);
    for (std::uint32_t row = 0; index && row < rows.rowCount(); ++row) {
        const auto text = rows.cell(row, *index).text();
        values.insert(QByteArray(text.data(), qsizetype(text.size())));
    }
    return values.size();
}

} // namespace

class TestEnumerate final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyInstanceOnceAndNoBodyTwice_data();
    void everyInstanceOnceAndNoBodyTwice();
    void smallPages();
    void streamedPagesGo();
    void cap();
    void pauses();
    void cancelKeepsRowsAndReleases();
    void rawPages();
    void references();
    void connectionLostInTheMiddleEndsAsPartial();
    void enumerateIsRepeatedOnceAfterALostConnection();
    void encodingLimitBeforeTheFirstRowStartsOverSmaller();
    void encodingLimitLaterEndsAsPartial();
    void lostContextEndsAsPartial();
    void emptyPullIsNotTheEnd();
    void oddReplies_data();
    void oddReplies();
};

void TestEnumerate::everyInstanceOnceAndNoBodyTwice_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("http") << false;
    QTest::newRow("https") << true;
}

void TestEnumerate::everyInstanceOnceAndNoBodyTwice()
{
    QFETCH(const bool, tls);
    const PeerProcess peer({u"--class"_s, u"Peer_Item=10001"_s}, tls);
    QVERIFY2(peer.isRunning(), peer.startError().constData());
    const Gathered gathered = Enumeration(peer).run(items());
    QVERIFY2(!gathered.outcome.error, qPrintable(gathered.outcome.error.message));
    QVERIFY(!gathered.outcome.partial);
    QCOMPARE(gathered.outcome.rows, std::uint64_t(10001));
    QCOMPARE(gathered.rows.rowCount(), 10001u);
    QCOMPARE(distinct(gathered.rows, "Id"), 10001);
    const QJsonObject stats = peer.stats();
    QCOMPARE(stats.value("duplicates"_L1).toInt(-1), 0);
    QCOMPARE(stats.value("open_contexts"_L1).toInt(-1), 0);
    QCOMPARE(stats.value("max_pulls_in_flight"_L1).toInt(-1), 1);
    QCOMPARE(stats.value("faults"_L1).toObject(), QJsonObject());
}

void TestEnumerate::smallPages()
{
    const PeerProcess peer({u"--class"_s, u"Peer_Item=1001"_s});
    const Gathered gathered = Enumeration(peer).run(items(10));
    QVERIFY2(!gathered.outcome.error, qPrintable(gathered.outcome.error.message));
    QCOMPARE(distinct(gathered.rows, "Id"), 1001);
    QCOMPARE(peer.stats().value("max_pulls_in_flight"_L1).toInt(), 1);
}

void TestEnumerate::streamedPagesGo()
{
    const PeerProcess peer({u"--class"_s, u"Peer_Item=1001"_s});
    Session session(peer.options(), fixedCredential({.password = Secret(PeerProcess::password())}),
                    refuseUntrusted());
    QSet<QByteArray> ids;
    std::vector<std::weak_ptr<const TextStore>> stores;
    bool done = false;
    auto *operation = new EnumerateOperation(&session, items(50), {.streaming = true});
    connect(operation, &EnumerateOperation::rowsReceived, this, [&](const RowBatchPtr &batch) {
        if (stores.empty() || stores.back().lock() != batch->store)
            stores.push_back(batch->store);
        RowSet rows;
        rows.append(batch);
        const auto column = rows.columnNamed("Id");
        for (std::uint32_t row = 0; column && row < rows.rowCount(); ++row) {
            const auto text = rows.cell(row, *column).text();
            ids.insert(QByteArray(text.data(), qsizetype(text.size())));
        }
    });
    connect(operation, &Operation::finished, this, [&](const Outcome &outcome) {
        done = true;
        QVERIFY(!outcome.error);
    });
    operation->start();
    QTRY_VERIFY_WITH_TIMEOUT(done, 60000);
    QCOMPARE(ids.size(), 1001);
    QCOMPARE(stores.size(), 21u);
    const auto alive = [](const auto &store) { return !store.expired(); };
    QVERIFY(std::ranges::count_if(stores, alive) <= 1); // the parser's own
}

void TestEnumerate::cap()
{
    const PeerProcess peer({u"--class"_s, u"Peer_Item=5000"_s});
    const Gathered gathered = Enumeration(peer).run(items(100), {.maxRows = 250});
    QVERIFY(!gathered.outcome.error);
    QVERIFY(gathered.outcome.partial);
    QCOMPARE(gathered.outcome.rows, std::uint64_t(250));
    QVERIFY(gathered.rows.rowCount() >= 250);
    QTRY_COMPARE(peer.stats().value("open_contexts"_L1).toInt(), 0);
}

void TestEnumerate::pauses()
{
    const PeerProcess peer({u"--class"_s, u"Peer_Item=1000"_s});
    Enumeration enumeration(peer);
    const Gathered gathered = enumeration.run(items(100), {.pauseEvery = 300});
    QCOMPARE(gathered.rows.rowCount(), 1000u);
    QCOMPARE(enumeration.pauses, 3);
}

void TestEnumerate::cancelKeepsRowsAndReleases()
{
    const PeerProcess peer({u"--class"_s, u"Peer_Item=100000"_s});
    Enumeration enumeration(peer);
    const Gathered gathered = enumeration.run(items(), {}, 500);
    QCOMPARE(gathered.outcome.error.kind, Error::Kind::Cancelled);
    QVERIFY(gathered.outcome.partial);
    QCOMPARE(gathered.batchesAfterCancel, 0);
    QVERIFY(gathered.rows.rowCount() >= 500);
    QTRY_COMPARE(peer.stats().value("open_contexts"_L1).toInt(), 0);
    QTRY_VERIFY(!enumeration.session.isReleasing());
}

void TestEnumerate::rawPages()
{
    const PeerProcess peer({u"--class"_s, u"Peer_Item=250"_s});
    const Gathered gathered = Enumeration(peer).run(items(100), {.keepRawPages = true});
    QCOMPARE(gathered.pages.size(), 3);
    for (const QByteArray &page : gathered.pages)
        QVERIFY(readMessage(page));
}

void TestEnumerate::references()
{
    const PeerProcess peer({u"--class"_s, u"Peer_Item=30"_s});
    auto parameters = items();
    parameters.mode = EnumerationMode::ObjectAndReference;
    const Gathered gathered = Enumeration(peer).run(parameters);
    QCOMPARE(gathered.rows.rowCount(), 30u);
    QVERIFY(gathered.rows.hasReference(29));
    QVERIFY(!gathered.rows.reference(29).selectors.empty());
}

void TestEnumerate::connectionLostInTheMiddleEndsAsPartial()
{
    const PeerProcess peer(
        {u"--class"_s, u"Peer_Item=5000"_s, u"--personality"_s, u"drop-after-request=3"_s});
    const Gathered gathered = Enumeration(peer).run(items(1000));
    QCOMPARE(gathered.outcome.error.cause, Cause::EnumerationConnectionLost);
    QVERIFY(gathered.outcome.partial);
    QVERIFY(gathered.rows.rowCount() > 0);
    QCOMPARE(peer.stats().value("duplicates"_L1).toInt(-1), 0);
}

void TestEnumerate::enumerateIsRepeatedOnceAfterALostConnection()
{
    const PeerProcess peer(
        {u"--class"_s, u"Peer_Item=10"_s, u"--personality"_s, u"drop-after-request=1"_s});
    const Gathered gathered = Enumeration(peer).run(items());
    QVERIFY2(!gathered.outcome.error, qPrintable(gathered.outcome.error.message));
    QCOMPARE(gathered.rows.rowCount(), 10u);
    const PeerProcess always(
        {u"--class"_s, u"Peer_Item=10"_s, u"--personality"_s, u"drop-after-request"_s});
    QVERIFY(Enumeration(always).run(items()).outcome.error);
    QCOMPARE(always.stats().value("requests"_L1).toInt(), 2);
}

void TestEnumerate::encodingLimitBeforeTheFirstRowStartsOverSmaller()
{
    const PeerProcess peer(
        {u"--class"_s, u"Peer_Item=100"_s, u"--personality"_s, u"encoding-limit=20000"_s});
    const Gathered gathered = Enumeration(peer).run(items(100));
    QVERIFY2(!gathered.outcome.error, qPrintable(gathered.outcome.error.message));
    QCOMPARE(distinct(gathered.rows, "Id"), 100);
    QCOMPARE(Enumeration(peer).run(items(1000)).outcome.error.cause, Cause::FaultEncodingLimit);
}

void TestEnumerate::encodingLimitLaterEndsAsPartial()
{
    const PeerProcess peer(
        {u"--class"_s, u"Peer_Item=100"_s, u"--personality"_s, u"encoding-limit=5@2"_s});
    const Gathered gathered = Enumeration(peer).run(items(10));
    QCOMPARE(gathered.outcome.error.cause, Cause::FaultEncodingLimit);
    QVERIFY(gathered.outcome.partial);
    QCOMPARE(gathered.rows.rowCount(), 10u);
}

void TestEnumerate::lostContextEndsAsPartial()
{
    const PeerProcess peer(
        {u"--class"_s, u"Peer_Item=100"_s, u"--personality"_s, u"expire-context=2"_s});
    const Gathered gathered = Enumeration(peer).run(items(10));
    QCOMPARE(gathered.outcome.error.cause, Cause::FaultContextLost);
    QVERIFY(gathered.outcome.partial);
}

void TestEnumerate::emptyPullIsNotTheEnd()
{
    const PeerProcess peer(
        {u"--class"_s, u"Peer_Item=50"_s, u"--personality"_s, u"empty-pull=2"_s});
    const Gathered gathered = Enumeration(peer).run(items(10));
    QVERIFY(!gathered.outcome.error);
    QCOMPARE(distinct(gathered.rows, "Id"), 50);
}

void TestEnumerate::oddReplies_data()
{
    QTest::addColumn<QString>("personality");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("html") << u"html"_s << Cause::HttpHtml;
    QTest::newRow("not found") << u"not-found"_s << Cause::HttpNotFound;
    QTest::newRow("empty") << u"empty"_s << Cause::HttpEmpty;
    QTest::newRow("truncated") << u"truncate"_s << Cause::HttpTruncated;
    QTest::newRow("truncated chunks") << u"truncate-chunked"_s << Cause::HttpTruncated;
    QTest::newRow("redirect") << u"redirect"_s << Cause::HttpRedirect;
    QTest::newRow("malformed") << u"malformed"_s << Cause::SoapMalformed;
    QTest::newRow("dtd") << u"dtd"_s << Cause::SoapDtd;
    QTest::newRow("deep") << u"deep"_s << Cause::SoapTooDeep;
    QTest::newRow("huge head") << u"huge-head"_s << Cause::HttpHeadTooLarge;
    QTest::newRow("other message") << u"relates-to"_s << Cause::SoapWrongReply;
    QTest::newRow("fault without detail") << u"fault-no-detail"_s << Cause::Unknown;
    QTest::newRow("fault with 200") << u"fault-200"_s << Cause::Unknown;
    for (const auto &good : {u"chunked"_s, u"no-length"_s, u"utf16"_s, u"connection-close"_s,
                             u"continue"_s, u"drip"_s})
        QTest::newRow(qPrintable(good)) << good << Cause::Cancelled; // Cancelled stands for "works"
}

void TestEnumerate::oddReplies()
{
    QFETCH(const QString, personality);
    QFETCH(const Cause, cause);
    const PeerProcess peer({u"--class"_s, u"Peer_Item=3"_s, u"--personality"_s, personality});
    QVERIFY2(peer.isRunning(), peer.startError().constData());
    const Gathered gathered = Enumeration(peer).run(items());
    const Error &error = gathered.outcome.error;
    if (cause == Cause::Cancelled) {
        QVERIFY2(!error, qPrintable(causeId(error.cause) + u' ' + error.message));
        QCOMPARE(gathered.rows.rowCount(), 3u);
    } else if (cause == Cause::Unknown) {
        QCOMPARE(error.kind, Error::Kind::Fault);
    } else {
        QVERIFY2(error.cause == cause, qPrintable(causeId(error.cause) + u' ' + error.message));
        // What came before the page broke is kept and labelled.
        QCOMPARE(gathered.outcome.partial, gathered.rows.rowCount() > 0);
        QVERIFY(gathered.rows.rowCount() == 0 || cause == Cause::SoapMalformed);
    }
}

QTEST_GUILESS_MAIN(TestEnumerate)
#include "tst_enumerate.moc"
