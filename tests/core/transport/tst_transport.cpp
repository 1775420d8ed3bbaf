#include "core/transport/transporttest.h"

using namespace Qt::StringLiterals;

/// What leaves, what comes back, and how a connection is used again.
class TestTransport final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void requestIsExactlyThis();
    void utf16AndAnonymous();
    void replyBehavesLikeAReply();
    void bodyComesInPieces();
    void connectionIsUsedAgain();
    void exchangesTakeTurns();
    void closeIsHonoured_data();
    void closeIsHonoured();
    void idleConnectionThatDiedIsReplaced();
    void bytesAfterTheReply();
    void unaskedBytesEndTheConnection();
    void redirectsAreNotFollowed();
    void statusDoesNotDecide_data();
    void statusDoesNotDecide();
    void ownFieldsCannotBeSet();
    void otherHostsAndMethodsAreRefused();
    void nothingInTheClearWithoutAWord();
    void finishedIsNeverSentFromWithinACall();
};

void TestTransport::requestIsExactlyThis()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) { peer.reply("<ok/>"); });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    VERIFY_GOOD(reply);
    QCOMPARE(server.requests().size(), 1u);
    const QByteArray expected = "POST /wsman HTTP/1.1\r\nHost: 127.0.0.1:"
        + QByteArray::number(server.port())
        + "\r\nContent-Type: application/soap+xml;charset=UTF-8\r\nUser-Agent: WinRM Console\r\n"
          "Accept-Encoding: identity\r\nConnection: Keep-Alive\r\nContent-Length: "
        + QByteArray::number(envelope.size());
    QCOMPARE(server.requests()[0].head, expected);
    QCOMPARE(server.requests()[0].body, envelope);
    QCOMPARE(reply->bytesSent(), expected.size() + 4 + envelope.size());
}

void TestTransport::utf16AndAnonymous()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) { peer.reply("<ok/>"); });
    auto options = optionsFor(server);
    options.authentication = Authentication::Basic;
    options.userName = u"u"_s;
    options.path = u"/a b/wsman"_s;
    int asked = 0;
    AccessManager manager(contextFor(options, {}, [&asked](const auto &, const auto &answer) {
        ++asked;
        answer(std::nullopt);
    }));
    auto *reply = manager.postEnvelope("x", true, true);
    VERIFY_GOOD(reply);
    const ScriptedRequest &request = server.requests().at(0);
    QVERIFY(request.head.startsWith("POST /a%20b/wsman HTTP/1.1\r\n"));
    QCOMPARE(request.field("Content-Type"), "application/soap+xml;charset=UTF-16"_ba);
    QCOMPARE(request.field("WSMANIDENTIFY"), "unauthenticated"_ba);
    QVERIFY(request.field("Authorization").isEmpty());
    QCOMPARE(asked, 0);
}

void TestTransport::replyBehavesLikeAReply()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) {
        peer.reply("<fault/>", 500, "X-A: 1\r\nX-A: 2\r\n");
    });
    AccessManager manager(contextFor(optionsFor(server)));
    QSignalSpy managerFinished(&manager, &QNetworkAccessManager::finished);
    auto *reply = manager.postEnvelope(envelope, false);
    QVERIFY(manager.isBusy());
    QCOMPARE(reply->connectionNumber(), 0);
    QVERIFY(!reply->requestSent());
    QSignalSpy finished(reply, &QNetworkReply::finished);
    QSignalSpy failed(reply, &QNetworkReply::errorOccurred);
    QVERIFY(finished.wait());
    QVERIFY(!reply->wsmanError());
    QCOMPARE(reply->error(), QNetworkReply::InternalServerError);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(managerFinished.count(), 1);
    QVERIFY(reply->isFinished());
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 500);
    QCOMPARE(reply->rawHeader("x-a"), "1, 2"_ba);
    QCOMPARE(reply->head().all("X-A").size(), 2u);
    QCOMPARE(reply->bytesAvailable(), 8);
    QCOMPARE(reply->readAll(), "<fault/>"_ba);
    QCOMPARE(reply->connectionNumber(), 1);
    QVERIFY(reply->requestSent());
    const ExchangeTimes times = reply->times();
    QVERIFY(times.connected >= 0 && times.encrypted == -1);
    QVERIFY(times.sent >= times.connected);
    QVERIFY(times.firstByte >= times.sent);
    QVERIFY(times.finished >= times.firstByte);
    QVERIFY(manager.isConnected());
    QVERIFY(!manager.isBusy());
    QVERIFY(manager.security().clearText());
    QCOMPARE(manager.security().mechanism, u"none"_s);
}

void TestTransport::bodyComesInPieces()
{
    ScriptedServer server;
    std::optional<ScriptedPeer> host;
    server.setAnswer([&host](const auto &, const auto &peer) {
        host = peer;
        peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
    });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(reply->bytesAvailable(), 2);
    QVERIFY(!reply->isFinished());
    QCOMPARE(reply->head().status, 200);
    QCOMPARE(reply->read(1), "a"_ba);
    QCOMPARE(reply->bytesAvailable(), 1);
    host->write("3\r\ncde\r\n0\r\n\r\n");
    VERIFY_GOOD(reply);
    QCOMPARE(reply->readAll(), "bcde"_ba);
}

void TestTransport::connectionIsUsedAgain()
{
    ScriptedServer server;
    server.setAnswer(
        [](const auto &r, const auto &peer) { peer.reply(r.body, r.number == 2 ? 500 : 200); });
    AccessManager manager(contextFor(optionsFor(server)));
    for (int i = 1; i <= 4; ++i) {
        const QByteArray body = QByteArray(i * 20000, 'x');
        auto *reply = manager.postEnvelope(body, false);
        VERIFY_GOOD(reply);
        QCOMPARE(reply->readAll(), body);
        QCOMPARE(reply->connectionNumber(), 1);
        QCOMPARE(reply->times().connected >= 0, i == 1);
    }
    QCOMPARE(manager.connectionCount(), 1);
    QCOMPARE(server.connections(), 1);
}

void TestTransport::exchangesTakeTurns()
{
    ScriptedServer server;
    std::vector<ScriptedPeer> peers;
    server.setAnswer([&peers](const auto &, const auto &peer) { peers.push_back(peer); });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *first = manager.postEnvelope("1", false);
    auto *second = manager.postEnvelope("2", false);
    auto *third = manager.postEnvelope("3", false);
    QTRY_COMPARE(peers.size(), 1u);
    second->abort();
    peers[0].reply("one");
    VERIFY_GOOD(first);
    COMPARE_CAUSE(second, Cause::Cancelled);
    QVERIFY(!second->requestSent());
    QTRY_COMPARE(peers.size(), 2u);
    peers[1].reply("three");
    VERIFY_GOOD(third);
    QCOMPARE(server.bodies("1"), 1);
    QCOMPARE(server.bodies("2"), 0);
    QCOMPARE(server.bodies("3"), 1);
    QCOMPARE(server.connections(), 1);
}

void TestTransport::closeIsHonoured_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("close");
    QTest::newRow("said") << httpReply("a", 200, "Connection: close\r\n") << false;
    QTest::newRow("said and done") << httpReply("a", 200, "Connection: close\r\n") << true;
    QTest::newRow("done, not said") << httpReply("a") << true;
    QTest::newRow("1.0") << "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na"_ba << false;
    QTest::newRow("to the close") << "HTTP/1.1 200 OK\r\n\r\na"_ba << true;
}

void TestTransport::closeIsHonoured()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, close);
    ScriptedServer server;
    server.setAnswer([&](const auto &, const auto &peer) {
        peer.write(bytes);
        if (close)
            peer.close();
    });
    AccessManager manager(contextFor(optionsFor(server)));
    for (int i = 1; i <= 3; ++i) {
        auto *reply = manager.postEnvelope(envelope, false);
        VERIFY_GOOD(reply);
        QCOMPARE(reply->readAll(), "a"_ba);
        QCOMPARE(reply->connectionNumber(), i);
    }
    QCOMPARE(server.bodies(envelope), 3);
}

void TestTransport::idleConnectionThatDiedIsReplaced()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) { peer.reply("a"); });
    AccessManager manager(contextFor(optionsFor(server)));
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
    QVERIFY(manager.isConnected());
    QTRY_COMPARE(server.openConnections(), 1);
    server.closeAll();
    QTRY_COMPARE(server.openConnections(), 0);
    QTRY_VERIFY(!manager.isConnected());
    auto *reply = manager.postEnvelope(envelope, false);
    VERIFY_GOOD(reply);
    QCOMPARE(reply->connectionNumber(), 2);
}

void TestTransport::bytesAfterTheReply()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) { peer.write(httpReply("a") + "more"); });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    COMPARE_CAUSE(reply, Cause::HttpMalformed);
    QVERIFY(reply->wsmanError().kind == Error::Kind::Protocol);
    QVERIFY(!manager.isConnected());
}

void TestTransport::unaskedBytesEndTheConnection()
{
    ScriptedServer server;
    std::optional<ScriptedPeer> host;
    server.setAnswer([&host](const auto &, const auto &peer) {
        host = peer;
        peer.reply("a");
    });
    AccessManager manager(contextFor(optionsFor(server)));
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
    host->write(httpReply("forged"));
    QTRY_VERIFY(!manager.isConnected());
    auto *reply = manager.postEnvelope(envelope, false);
    VERIFY_GOOD(reply);
    QCOMPARE(reply->readAll(), "a"_ba);
    QCOMPARE(reply->connectionNumber(), 2);
}

void TestTransport::redirectsAreNotFollowed()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) {
        peer.reply("moved", 302, "Location: http://other.example.com/wsman\r\n");
    });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    COMPARE_CAUSE(reply, Cause::HttpRedirect);
    const auto *details = std::get_if<HttpDetails>(&reply->wsmanError().details);
    QVERIFY(details);
    QCOMPARE(details->location, u"http://other.example.com/wsman"_s);
    QCOMPARE(details->status, 302);
    QCOMPARE(server.requests().size(), 1u);
}

void TestTransport::statusDoesNotDecide_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {200, 202, 304, 400, 403, 404, 407, 413, 500, 503})
        QTest::addRow("%d", status) << status;
}

void TestTransport::statusDoesNotDecide()
{
    QFETCH(int, status);
    ScriptedServer server;
    const QByteArray body = status == 304 ? QByteArray() : envelope;
    server.setAnswer([&](const auto &, const auto &peer) { peer.reply(body, status); });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    VERIFY_GOOD(reply);
    QCOMPARE(reply->head().status, status);
    QCOMPARE(reply->readAll(), body);
}

void TestTransport::ownFieldsCannotBeSet()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) { peer.reply("a"); });
    const auto options = optionsFor(server);
    AccessManager manager(contextFor(options));
    QNetworkRequest request(options.url());
    request.setRawHeader("Host", "evil.example.com");
    request.setRawHeader("Authorization", "Basic eA==");
    request.setRawHeader("Expect", "100-continue");
    request.setRawHeader("X-Other", "kept");
    auto *reply = qobject_cast<WsmanReply *>(manager.post(request, "b"_ba));
    QVERIFY(reply);
    VERIFY_GOOD(reply);
    const ScriptedRequest &seen = server.requests().at(0);
    QCOMPARE(seen.field("Host"), "127.0.0.1:" + QByteArray::number(server.port()));
    QVERIFY(seen.field("Authorization").isEmpty());
    QVERIFY(seen.field("Expect").isEmpty());
    QCOMPARE(seen.field("X-Other"), "kept"_ba);
    QCOMPARE(seen.field("Content-Type"), "application/soap+xml;charset=UTF-8"_ba);

    request.setRawHeader("X-Other", "a\r\nInjected: b");
    auto *broken = qobject_cast<WsmanReply *>(manager.post(request, "c"_ba));
    COMPARE_CAUSE(broken, Cause::LocalUsage);
    QCOMPARE(server.requests().size(), 1u);
}

void TestTransport::otherHostsAndMethodsAreRefused()
{
    ScriptedServer server;
    const auto options = optionsFor(server);
    AccessManager manager(contextFor(options));
    QUrl elsewhere = options.url();
    elsewhere.setHost(u"192.0.2.1"_s);
    auto *posted = qobject_cast<WsmanReply *>(manager.post(QNetworkRequest(elsewhere), "b"_ba));
    COMPARE_CAUSE(posted, Cause::LocalUsage);
    auto *got = qobject_cast<WsmanReply *>(manager.get(QNetworkRequest(options.url())));
    COMPARE_CAUSE(got, Cause::LocalUsage);
    QCOMPARE(server.connections(), 0);
}

void TestTransport::nothingInTheClearWithoutAWord()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) { peer.reply("a"); });
    auto options = optionsFor(server);
    options.allowClearText = false;
    for (const auto authentication : {Authentication::None, Authentication::Basic}) {
        options.authentication = authentication;
        AccessManager manager(contextFor(options));
        auto *reply = manager.postEnvelope(envelope, false);
        COMPARE_CAUSE(reply, Cause::OptionsClearText);
        QVERIFY(!reply->requestSent());
        QCOMPARE(server.connections(), 0);
    }
    AccessManager manager(contextFor(options));
    VERIFY_GOOD(manager.postEnvelope(envelope, false, true));
}

void TestTransport::finishedIsNeverSentFromWithinACall()
{
    ScriptedServer server;
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    QSignalSpy finished(reply, &QNetworkReply::finished);
    reply->abort();
    reply->abort();
    QCOMPARE(finished.count(), 0);
    QVERIFY(!reply->isFinished());
    QVERIFY(finished.wait());
    QVERIFY(reply->wsmanError().kind == Error::Kind::Cancelled);
    QCOMPARE(reply->error(), QNetworkReply::OperationCanceledError);
    reply->abort();
    QTest::qWait(0);
    QCOMPARE(finished.count(), 1);
}

QTEST_GUILESS_MAIN(TestTransport)
#include "tst_transport.moc"
