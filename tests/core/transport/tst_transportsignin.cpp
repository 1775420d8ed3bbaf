#include "core/transport/transporttest.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxLegBase64 = 64 << 10;

/// NTLM over http, agreed to: its first leg needs neither a KDC nor a ticket.
ConnectionOptions ntlmOptions(const ScriptedServer &server, bool tls = false)
{
    auto options = optionsFor(server, tls);
    options.authentication = Authentication::Ntlm;
    options.userName = u"EXAMPLE\\alice"_s;
    options.allowClearText = false;
    options.unverifiedHost = !tls;
    if (tls)
        options.skipCaCheck = options.skipCnCheck = true;
    return options;
}

CredentialSource password()
{
    return fixedCredential(credential({}, u"pw"_s));
}

QByteArray challenge(const QByteArray &value)
{
    return "WWW-Authenticate: " + value + "\r\n";
}

} // namespace

/// Handshakes that go wrong, with a host that plays its part by a script.
class TestTransportSignIn final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstLegIsUnaskedAndEmpty();
    void hostsThatMakeNoSense_data();
    void hostsThatMakeNoSense();
    void startsOverOnce();
    void silentHostsEnd();
    void cancelledInTheHandshake();
    void automaticFallsToBasicOverTls();
    void automaticKeepsToNegotiateWhereItIsOffered();
    void automaticOverHttpNeedsAWord();
    void ntlmOverHttpNeedsAWord();
    void ticketsAreForNames();
};

void TestTransportSignIn::firstLegIsUnaskedAndEmpty()
{
    ScriptedServer server;
    server.setAnswer(
        [](const auto &, const auto &peer) { peer.reply({}, 401, challenge("Basic")); });
    AccessManager manager(contextFor(ntlmOptions(server), {}, password()));
    auto *reply = manager.postEnvelope(envelope, false);
    COMPARE_CAUSE(reply, Cause::AuthNotOffered);
    QCOMPARE(server.requests().size(), 1u);
    const ScriptedRequest &leg = server.requests().front();
    QVERIFY(leg.field("Authorization").startsWith("Negotiate "));
    QCOMPARE(leg.field("Content-Length"), "0"_ba);
    QVERIFY(leg.body.isEmpty());
    QVERIFY(!reply->requestSent());
    QVERIFY(!reply->requestHead().contains("Authorization"));
    // The refusal counts for the whole session.
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::AuthNotOffered);
    QCOMPARE(server.requests().size(), 1u);
}

void TestTransportSignIn::hostsThatMakeNoSense_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("no base64") << 401 << challenge("Negotiate !!!!") << QByteArray()
                               << Cause::AuthNotOffered;
    QTest::newRow("half base64") << 401 << challenge("Negotiate AAA=A") << QByteArray()
                                 << Cause::AuthNotOffered;
    QTest::newRow("no token") << 401 << challenge("Negotiate " + QByteArray("garbage!").toBase64())
                              << QByteArray() << Cause::AuthMalformed;
    QTest::newRow("huge token") << 401
                                << challenge("Negotiate " + QByteArray(maxLegBase64 + 4, 'A'))
                                << QByteArray() << Cause::AuthMalformed;
    QTest::newRow("accepts at once")
        << 200 << QByteArray() << QByteArray() << Cause::AuthHostUnproven;
    QTest::newRow("web page") << 404 << "Content-Type: text/html\r\n"_ba
                              << "<html>"_ba << Cause::HttpNotFound;
    QTest::newRow("stopped") << 503 << QByteArray() << QByteArray()
                             << Cause::HttpServiceUnavailable;
    QTest::newRow("elsewhere") << 302 << "Location: http://example.com/\r\n"_ba << QByteArray()
                               << Cause::HttpRedirect;
    QTest::newRow("endless body") << 401 << challenge("Negotiate") << QByteArray(2 << 20, 'x')
                                  << Cause::HttpTooLarge;
}

void TestTransportSignIn::hostsThatMakeNoSense()
{
    QFETCH(int, status);
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, body);
    QFETCH(Cause, cause);
    ScriptedServer server;
    server.setAnswer([&](const auto &, const auto &peer) { peer.reply(body, status, fields); });
    AccessManager manager(contextFor(ntlmOptions(server), {}, password()));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), cause);
    QVERIFY(server.connections() <= 2);
    QCOMPARE(server.bodies(envelope), 0);
}

void TestTransportSignIn::startsOverOnce()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) { peer.close(); });
    AccessManager manager(contextFor(ntlmOptions(server), {}, password()));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::AuthClosed);
    QCOMPARE(server.connections(), 2);
    QCOMPARE(server.bodies(envelope), 0);
}

void TestTransportSignIn::silentHostsEnd()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &) {});
    auto options = ntlmOptions(server);
    options.operationTimeout = std::chrono::milliseconds(200);
    options.networkDelay = std::chrono::milliseconds(100);
    AccessManager manager(contextFor(options, {}, password()));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::TimeoutDeadline);
    QCOMPARE(server.connections(), 1);
}

void TestTransportSignIn::cancelledInTheHandshake()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &) {});
    AccessManager manager(contextFor(ntlmOptions(server), {}, password()));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(server.requests().size(), 1u);
    reply->abort();
    COMPARE_CAUSE(reply, Cause::Cancelled);
    QTRY_COMPARE(server.openConnections(), 0);
    // And before the library has said anything.
    auto *early = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(server.connections(), 2);
    early->abort();
    COMPARE_CAUSE(early, Cause::Cancelled);
}

void TestTransportSignIn::automaticFallsToBasicOverTls()
{
    ScriptedServer server(makeCertificate());
    server.setAnswer([](const auto &request, const auto &peer) {
        if (request.field("Authorization").startsWith("Basic "))
            peer.reply(request.body);
        else
            peer.reply({}, 401, challenge("Basic realm=\"WSMAN\""));
    });
    auto options = ntlmOptions(server, true);
    options.authentication = Authentication::Automatic;
    AccessManager manager(contextFor(options, {}, password()));
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
    QCOMPARE(server.connections(), 1);
    QCOMPARE(server.requests().size(), 3u); // what it offers is asked once
    QCOMPARE(manager.security().mechanism, u"Basic"_s);
}

void TestTransportSignIn::automaticKeepsToNegotiateWhereItIsOffered()
{
    ScriptedServer server(makeCertificate());
    server.setAnswer([](const auto &, const auto &peer) {
        peer.reply({}, 401, challenge("Negotiate") + challenge("Basic realm=\"WSMAN\""));
    });
    auto options = ntlmOptions(server, true);
    options.authentication = Authentication::Automatic;
    AccessManager manager(contextFor(options, {}, password()));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::AuthNotOffered);
    for (const ScriptedRequest &request : server.requests())
        QVERIFY(!request.field("Authorization").startsWith("Basic"));
}

void TestTransportSignIn::automaticOverHttpNeedsAWord()
{
    ScriptedServer server;
    auto options = ntlmOptions(server);
    options.authentication = Authentication::Automatic;
    options.unverifiedHost = false;
    AccessManager manager(contextFor(options, {}, password()));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::AuthUnverifiedHost);
    QVERIFY(server.requests().empty());
}

void TestTransportSignIn::ntlmOverHttpNeedsAWord()
{
    ScriptedServer server;
    auto options = ntlmOptions(server);
    options.unverifiedHost = false;
    AccessManager manager(contextFor(options, {}, password()));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::AuthUnverifiedHost);
    QVERIFY(server.requests().empty());
}

void TestTransportSignIn::ticketsAreForNames()
{
    ScriptedServer server;
    auto options = ntlmOptions(server);
    options.authentication = Authentication::Kerberos;
    AccessManager manager(contextFor(options, {}, password()));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::KrbAddress);
    options.userName.clear();
    AccessManager nobody(contextFor(options));
    COMPARE_CAUSE(nobody.postEnvelope(envelope, false), Cause::KrbAddress);
    QVERIFY(server.requests().empty());
}

QTEST_GUILESS_MAIN(TestTransportSignIn)
#include "tst_transportsignin.moc"
