#include "core/transport/transporttest.h"

#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ConnectionOptions impatient(const ScriptedServer &server, bool tls = false)
{
    auto options = optionsFor(server, tls);
    options.connectTimeout = 150ms;
    options.operationTimeout = 100ms;
    options.networkDelay = 50ms;
    return options;
}

/// Writes `bytes` every 20 ms until the peer is gone.
void drip(const ScriptedPeer &peer, const QByteArray &bytes, QObject *owner)
{
    auto *timer = new QTimer(owner);
    QObject::connect(timer, &QTimer::timeout, owner, [peer, bytes, timer] {
        if (peer.isOpen())
            peer.write(bytes);
        else
            timer->stop();
    });
    timer->start(20);
}

} // namespace

/// Limits of time and size, and stopping.
class TestTransportTimes final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nobodyAnswersTls();
    void noAnswer();
    void noAnswerOverTls();
    void slowDrip_data();
    void slowDrip();
    void refusedPort();
    void unknownName();
    void hugeHead();
    void hugeBody_data();
    void hugeBody();
    void unreadBodyHoldsTheHostBack();
    void cancelWhileConnecting();
    void cancelWhileWaiting();
    void cancelWithinTheBody();
    void cancelFromReadyRead();
    void disconnectEndsEverything();
    void deletingTheReplyStopsIt();
    void deletingTheManagerStopsIt();
};

void TestTransportTimes::nobodyAnswersTls()
{
    ScriptedServer server;
    server.setAccepted([](const auto &) { return false; });
    AccessManager manager(contextFor(impatient(server, true)));
    auto *reply = manager.postEnvelope(envelope, false);
    COMPARE_CAUSE(reply, Cause::TimeoutDeadline);
    QVERIFY(reply->wsmanError().kind == Error::Kind::Timeout);
    QVERIFY(!reply->requestSent());
}

void TestTransportTimes::noAnswer()
{
    ScriptedServer server;
    AccessManager manager(contextFor(impatient(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    COMPARE_CAUSE(reply, Cause::TimeoutDeadline);
    QCOMPARE(reply->error(), QNetworkReply::TimeoutError);
    QVERIFY(reply->requestSent());
    QVERIFY(reply->times().finished >= 140000);
    QVERIFY(!manager.isConnected());
    QTRY_COMPARE(server.openConnections(), 0);
    QCOMPARE(server.bodies(envelope), 1);
}

void TestTransportTimes::noAnswerOverTls()
{
    const auto identity = makeCertificate();
    ScriptedServer server(identity);
    auto options = impatient(server, true);
    options.connectTimeout = 10s;
    options.pinSha256 = identity.sha256();
    AccessManager manager(contextFor(options));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::TimeoutDeadline);
    QCOMPARE(server.bodies(envelope), 1);
}

void TestTransportTimes::slowDrip_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("more");
    QTest::newRow("head") << "HTTP/1.1 200 OK\r\n"_ba
                          << "A: b\r\n"_ba;
    QTest::newRow("body") << "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"_ba
                          << "x"_ba;
    QTest::newRow("chunks") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"_ba
                            << "1\r\nx\r\n"_ba;
    QTest::newRow("to the close") << "HTTP/1.1 200 OK\r\n\r\n"_ba
                                  << "x"_ba;
}

void TestTransportTimes::slowDrip()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, more);
    ScriptedServer server;
    server.setAnswer([&](const auto &, const auto &peer) {
        peer.write(start);
        drip(peer, more, &server);
    });
    AccessManager manager(contextFor(impatient(server)));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::TimeoutDeadline);
    QTRY_COMPARE(server.openConnections(), 0);
}

void TestTransportTimes::refusedPort()
{
    ConnectionOptions options;
    {
        const ScriptedServer server;
        options = optionsFor(server);
    }
    AccessManager manager(contextFor(options));
    auto *reply = manager.postEnvelope(envelope, false);
    COMPARE_CAUSE(reply, Cause::NetRefused);
    QVERIFY(reply->wsmanError().kind == Error::Kind::Connection);
    QCOMPARE(reply->error(), QNetworkReply::ConnectionRefusedError);
    QCOMPARE(reply->wsmanError().host, u"127.0.0.1"_s);
    QVERIFY(!reply->requestSent());
}

void TestTransportTimes::unknownName()
{
    const ScriptedServer server;
    auto options = optionsFor(server);
    options.host = u"no..such..name"_s; // refused by every resolver without asking the network
    AccessManager manager(contextFor(options));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::NetDns);
}

void TestTransportTimes::hugeHead()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) {
        peer.write("HTTP/1.1 200 OK\r\nA: " + QByteArray(200000, 'x'));
    });
    AccessManager manager(contextFor(optionsFor(server)));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::HttpHeadTooLarge);
    QTRY_COMPARE(server.openConnections(), 0);
}

void TestTransportTimes::hugeBody_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("length") << "HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n"_ba;
    QTest::newRow("chunk") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4000001\r\n"_ba;
}

void TestTransportTimes::hugeBody()
{
    QFETCH(QByteArray, start);
    ScriptedServer server;
    server.setAnswer([&](const auto &, const auto &peer) { peer.write(start); });
    AccessManager manager(contextFor(optionsFor(server)));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::HttpTooLarge);
    QTRY_COMPARE(server.openConnections(), 0);
}

void TestTransportTimes::unreadBodyHoldsTheHostBack()
{
    ScriptedServer server;
    const QByteArray body(40 << 20, 'x');
    server.setAnswer([&](const auto &, const auto &peer) { peer.reply(body); });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_VERIFY(reply->bytesAvailable() >= (8 << 20));
    QSignalSpy more(reply, &QIODevice::readyRead);
    QVERIFY(!more.wait(300));
    QVERIFY(reply->bytesAvailable() <= (8 << 20) + (64 << 10));
    QVERIFY(!reply->isFinished());
    qint64 read = 0;
    while (!reply->isFinished() || reply->bytesAvailable() > 0) {
        read += reply->readAll().size();
        if (!reply->isFinished())
            QTRY_VERIFY(reply->bytesAvailable() > 0 || reply->isFinished());
    }
    QVERIFY(!reply->wsmanError());
    QCOMPARE(read, body.size());
}

void TestTransportTimes::cancelWhileConnecting()
{
    ScriptedServer server;
    server.setAccepted([](const auto &) { return false; });
    AccessManager manager(contextFor(optionsFor(server, true)));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(server.openConnections(), 1);
    reply->abort();
    COMPARE_CAUSE(reply, Cause::Cancelled);
    QTRY_COMPARE(server.openConnections(), 0);
    QVERIFY(!manager.isBusy());
}

void TestTransportTimes::cancelWhileWaiting()
{
    ScriptedServer server;
    server.setAnswer([](const auto &request, const auto &peer) {
        if (request.body == "2")
            peer.reply("b");
    });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope("1", false);
    auto *next = manager.postEnvelope("2", false);
    QTRY_COMPARE(server.requests().size(), 1u);
    reply->abort();
    COMPARE_CAUSE(reply, Cause::Cancelled);
    QVERIFY(reply->requestSent());
    VERIFY_GOOD(next);
    QCOMPARE(next->connectionNumber(), 2);
    QTRY_COMPARE(server.openConnections(), 1);
}

void TestTransportTimes::cancelWithinTheBody()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) {
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(reply->bytesAvailable(), 5);
    reply->abort();
    QCOMPARE(reply->bytesAvailable(), 0);
    COMPARE_CAUSE(reply, Cause::Cancelled);
    QTRY_COMPARE(server.openConnections(), 0);
}

void TestTransportTimes::cancelFromReadyRead()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) { peer.reply(QByteArray(1 << 20, 'x')); });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    connect(reply, &QIODevice::readyRead, reply, &QNetworkReply::abort);
    COMPARE_CAUSE(reply, Cause::Cancelled);
    auto *next = manager.postEnvelope(envelope, false);
    VERIFY_GOOD(next);
    QCOMPARE(next->readAll().size(), 1 << 20);
}

void TestTransportTimes::disconnectEndsEverything()
{
    ScriptedServer server;
    AccessManager manager(contextFor(optionsFor(server)));
    auto *running = manager.postEnvelope("1", false);
    auto *queued = manager.postEnvelope("2", false);
    QTRY_COMPARE(server.requests().size(), 1u);
    manager.disconnectFromHost();
    COMPARE_CAUSE(running, Cause::Cancelled);
    COMPARE_CAUSE(queued, Cause::Cancelled);
    QTRY_COMPARE(server.openConnections(), 0);
    QCOMPARE(server.bodies("2"), 0);
}

void TestTransportTimes::deletingTheReplyStopsIt()
{
    ScriptedServer server;
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(server.requests().size(), 1u);
    delete reply;
    QTRY_COMPARE(server.openConnections(), 0);
    server.setAnswer([](const auto &, const auto &peer) { peer.reply("a"); });
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
}

void TestTransportTimes::deletingTheManagerStopsIt()
{
    ScriptedServer server;
    auto manager = std::make_unique<AccessManager>(contextFor(optionsFor(server)));
    int finished = 0;
    for (int i = 0; i < 3; ++i)
        connect(manager->postEnvelope(envelope, false), &QNetworkReply::finished, this,
                [&finished] { ++finished; });
    QTRY_COMPARE(server.requests().size(), 1u);
    manager.reset();
    QTRY_COMPARE(server.openConnections(), 0);
    QCOMPARE(finished, 0);
}

QTEST_GUILESS_MAIN(TestTransportTimes)
#include "tst_transporttimes.moc"
