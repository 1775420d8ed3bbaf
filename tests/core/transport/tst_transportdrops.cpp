#include "core/transport/transporttest.h"

using namespace Qt::StringLiterals;

namespace {

using Answer = std::function<void(const ScriptedPeer &)>;

} // namespace

Q_DECLARE_METATYPE(Answer)

/// A connection that ends where it should not. Whatever happens, a body leaves once.
class TestTransportDrops final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void afterTheRequest_data();
    void afterTheRequest();
    void onAUsedConnection_data();
    void onAUsedConnection();
    void withinALargeRequest();
    void beforeTheRequest();
    void hostThatAlwaysResets();
    void theNextExchangeStartsAnew();

private:
    TestCertificate m_identity = makeCertificate();
};

void TestTransportDrops::afterTheRequest_data()
{
    QTest::addColumn<bool>("tls");
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<QList<Cause>>("causes");
    const auto sending = [](const QByteArray &bytes) {
        return Answer([bytes](const ScriptedPeer &peer) {
            peer.write(bytes);
            peer.close();
        });
    };
    // Qt reports a reset as an end; NetReset where the system says more.
    const QList<Cause> gone{Cause::NetClosed, Cause::NetReset};
    const QList<Cause> cut{Cause::HttpTruncated};
    for (const bool tls : {false, true}) {
        const char *with = tls ? "TLS" : "TCP";
        QTest::addRow("%s close", with) << tls << sending({}) << gone;
        QTest::addRow("%s reset", with) << tls << Answer([](const auto &p) { p.reset(); }) << gone;
        QTest::addRow("%s in the status line", with) << tls << sending("HTTP/1.1 2") << cut;
        QTest::addRow("%s in the head", with) << tls << sending("HTTP/1.1 200 OK\r\nA: b") << cut;
        QTest::addRow("%s after the head", with)
            << tls << sending("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n") << cut;
        QTest::addRow("%s in the body", with)
            << tls << sending("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcd") << cut;
        QTest::addRow("%s in a chunk", with)
            << tls << sending("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")
            << cut;
        QTest::addRow("%s before the last chunk", with)
            << tls << sending("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n")
            << cut;
        QTest::addRow("%s after 100 Continue", with)
            << tls << sending("HTTP/1.1 100 Continue\r\n\r\n") << cut;
        QTest::addRow("%s not HTTP", with)
            << tls << sending("SSH-2.0-x\r\n") << QList{Cause::HttpMalformed};
    }
}

void TestTransportDrops::afterTheRequest()
{
    QFETCH(bool, tls);
    QFETCH(Answer, answer);
    QFETCH(QList<Cause>, causes);
    ScriptedServer server(tls ? std::optional(m_identity) : std::nullopt);
    server.setAnswer([&](const auto &, const auto &peer) { answer(peer); });
    auto options = optionsFor(server, tls);
    options.pinSha256 = tls ? m_identity.sha256() : QByteArray();
    AccessManager manager(contextFor(options));
    auto *reply = manager.postEnvelope(envelope, false);
    QVERIFY(awaitFinished(reply));
    const Error &error = reply->wsmanError();
    QVERIFY2(causes.contains(error.cause), causeId(error.cause).data());
    QVERIFY(reply->requestSent());
    QCOMPARE(server.bodies(envelope), 1);
    QCOMPARE(server.connections(), 1);
    QVERIFY(!manager.isConnected());
}

void TestTransportDrops::onAUsedConnection_data()
{
    afterTheRequest_data();
}

void TestTransportDrops::onAUsedConnection()
{
    QFETCH(bool, tls);
    QFETCH(Answer, answer);
    QFETCH(QList<Cause>, causes);
    ScriptedServer server(tls ? std::optional(m_identity) : std::nullopt);
    server.setAnswer([&](const auto &request, const auto &peer) {
        request.number == 1 ? peer.reply("first") : answer(peer);
    });
    auto options = optionsFor(server, tls);
    options.pinSha256 = tls ? m_identity.sha256() : QByteArray();
    AccessManager manager(contextFor(options));
    VERIFY_GOOD(manager.postEnvelope("warm up", false));
    auto *reply = manager.postEnvelope(envelope, false);
    QVERIFY(awaitFinished(reply));
    QVERIFY2(causes.contains(reply->wsmanError().cause), causeId(reply->wsmanError().cause).data());
    QCOMPARE(server.bodies(envelope), 1);
    QCOMPARE(server.connections(), 1);
}

void TestTransportDrops::withinALargeRequest()
{
    ScriptedServer server;
    std::optional<ScriptedPeer> host;
    server.setAccepted([&host](const auto &peer) {
        host = peer;
        return false;
    });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(QByteArray(32 << 20, 'x'), false);
    QTRY_VERIFY(server.bytesReceived() > 0);
    host->reset();
    QVERIFY(awaitFinished(reply));
    const Cause cause = reply->wsmanError().cause;
    QVERIFY2(cause == Cause::NetClosed || cause == Cause::NetReset, causeId(cause).data());
    QVERIFY(reply->requestSent());
    QCOMPARE(server.connections(), 1);
}

void TestTransportDrops::beforeTheRequest()
{
    // The host closes right after each reply without saying so: the next request finds it out.
    for (const bool tls : {false, true}) {
        ScriptedServer server(tls ? std::optional(m_identity) : std::nullopt);
        server.setAnswer([](const auto &, const auto &peer) {
            peer.reply("a");
            peer.close();
        });
        auto options = optionsFor(server, tls);
        options.pinSha256 = tls ? m_identity.sha256() : QByteArray();
        AccessManager manager(contextFor(options));
        for (int i = 1; i <= 5; ++i) {
            auto *reply = manager.postEnvelope(envelope, false);
            VERIFY_GOOD(reply);
            QCOMPARE(reply->connectionNumber(), i);
            QCOMPARE(server.bodies(envelope), i);
        }
    }
}

void TestTransportDrops::hostThatAlwaysResets()
{
    ScriptedServer server;
    server.setAccepted([](const auto &peer) {
        peer.reset();
        return false;
    });
    // Qt takes a reset for a connection that is still coming about; our time ends that.
    auto options = optionsFor(server);
    options.connectTimeout = std::chrono::milliseconds(300);
    AccessManager manager(contextFor(options));
    auto *reply = manager.postEnvelope(envelope, false);
    QVERIFY(awaitFinished(reply));
    QVERIFY(reply->wsmanError().kind == Error::Kind::Connection);
    QVERIFY(!reply->wsmanError().maybeExecuted);
    QCOMPARE(server.bytesReceived(), 0);
}

void TestTransportDrops::theNextExchangeStartsAnew()
{
    ScriptedServer server;
    server.setAnswer([](const auto &request, const auto &peer) {
        request.number == 1 ? peer.close() : peer.reply(request.body);
    });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *first = manager.postEnvelope("1", false);
    auto *second = manager.postEnvelope("2", false);
    QVERIFY(awaitFinished(first));
    QVERIFY(first->wsmanError());
    VERIFY_GOOD(second);
    QCOMPARE(second->readAll(), "2"_ba);
    QCOMPARE(server.bodies("1"), 1);
    QCOMPARE(server.bodies("2"), 1);
}

QTEST_GUILESS_MAIN(TestTransportDrops)
#include "tst_transportdrops.moc"
