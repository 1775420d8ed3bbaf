#include "core/transport/transporttest.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

const QByteArray basicField = "WWW-Authenticate: Basic realm=\"WSMAN\"\r\n";

/// A source that keeps the questions for the test to answer.
struct Source
{
    std::vector<CredentialRequest> requests;
    std::vector<CredentialAnswer> answers;

    CredentialSource function()
    {
        return [this](const CredentialRequest &request, const CredentialAnswer &answer) {
            requests.push_back(request);
            answers.push_back(answer);
        };
    }
};

ConnectionOptions basicOptions(const ScriptedServer &server, bool tls = false)
{
    auto options = optionsFor(server, tls);
    options.authentication = Authentication::Basic;
    options.userName = u"Administrator"_s;
    return options;
}

QByteArray authorization(const QByteArray &pair)
{
    return "Basic " + pair.toBase64();
}

/// Lets in only who offers `pair`.
void guard(ScriptedServer &server, const QByteArray &pair)
{
    server.setAnswer([pair](const auto &request, const auto &peer) {
        if (request.field("Authorization") == authorization(pair))
            peer.reply(request.body);
        else
            peer.reply("no", 401, basicField);
    });
}

const AuthDetails *authDetails(const WsmanReply *reply)
{
    return std::get_if<AuthDetails>(&reply->wsmanError().details);
}

} // namespace

/// Signing in with Basic, or not at all.
class TestTransportAuth final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sentAtOnceAndVerbatim_data();
    void sentAtOnceAndVerbatim();
    void overTlsOnlyAfterTheJudgement();
    void automaticSignsInWithAUser();
    void noneMeetsA401();
    void notOffered();
    void offeredSchemes_data();
    void offeredSchemes();
    void refusedOnceThenRight();
    void refusedTwiceIsTheEnd();
    void samePasswordAgainIsNotOffered();
    void givingUpAfterARefusal();
    void givingUpAtFirstIsACancel();
    void fixedCredentialIsOfferedOnce();
    void oneQuestionForParallelManagers();
    void wrongPasswordIsOfferedOnceByParallelManagers();
    void theProverMayFailWithoutAVerdict();
    void cancelledDuringTheQuestion();
    void answerAfterTheEnd();
    void hostThatClosesDuringTheQuestion();
    void lateRefusalOfAProvenCredential();
    void colonInTheUser();
    void closingRefusals();
};

void TestTransportAuth::sentAtOnceAndVerbatim_data()
{
    QTest::addColumn<QString>("optionsUser");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QByteArray>("pair");
    QTest::newRow("plain") << u"Bob"_s << QString() << u"pw"_s << "Bob:pw"_ba;
    QTest::newRow("blanks") << u" Bob "_s << QString() << u" pw "_s << " Bob : pw "_ba;
    QTest::newRow("UTF-8") << u"B\u00f6b"_s << QString() << u"\u20ac:"_s
                           << "B\xc3\xb6"
                              "b:\xe2\x82\xac:"_ba;
    QTest::newRow("from the credential") << u"Bob"_s << u".\\Ann"_s << u"x"_s << ".\\Ann:x"_ba;
    QTest::newRow("empty password") << u"Bob"_s << QString() << QString() << "Bob:"_ba;
}

void TestTransportAuth::sentAtOnceAndVerbatim()
{
    QFETCH(QString, optionsUser);
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(QByteArray, pair);
    ScriptedServer server;
    guard(server, pair);
    auto options = basicOptions(server);
    options.userName = optionsUser;
    AccessManager manager(contextFor(options, {}, fixedCredential(credential(user, password))));
    for (int i = 0; i < 3; ++i)
        VERIFY_GOOD(manager.postEnvelope(envelope, false));
    QCOMPARE(server.requests().size(), 3u);
    QCOMPARE(server.connections(), 1);
    QCOMPARE(manager.security().mechanism, u"Basic"_s);
    QCOMPARE(manager.security().identity, user.isEmpty() ? optionsUser : user);
}

void TestTransportAuth::overTlsOnlyAfterTheJudgement()
{
    ScriptedServer server(makeCertificate());
    Source source;
    AccessManager manager(
        contextFor(basicOptions(server, true), refuseUntrusted(), source.function()));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::TlsSelfSigned);
    QVERIFY(source.requests.empty());
    QCOMPARE(server.bytesReceived(), 0);
}

void TestTransportAuth::automaticSignsInWithAUser()
{
    ScriptedServer server;
    guard(server, "Administrator:pw");
    auto options = basicOptions(server);
    options.authentication = Authentication::Automatic;
    AccessManager manager(contextFor(options, {}, fixedCredential(credential({}, u"pw"_s))));
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
    options.userName.clear();
    AccessManager nobody(contextFor(options, {}, fixedCredential(credential({}, u"pw"_s))));
    COMPARE_CAUSE(nobody.postEnvelope(envelope, false), Cause::AuthRequired);
}

void TestTransportAuth::noneMeetsA401()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) {
        peer.reply("Error: 401", 401,
                   "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Kerberos\r\n" + basicField);
    });
    AccessManager manager(contextFor(optionsFor(server)));
    auto *reply = manager.postEnvelope(envelope, false);
    COMPARE_CAUSE(reply, Cause::AuthRequired);
    QVERIFY(reply->wsmanError().kind == Error::Kind::Authentication);
    QCOMPARE(authDetails(reply)->offered, (QStringList{u"Negotiate"_s, u"Kerberos"_s, u"Basic"_s}));
    QCOMPARE(reply->head().status, 401);
    QCOMPARE(reply->readAll(), "Error: 401"_ba);
    QCOMPARE(reply->error(), QNetworkReply::AuthenticationRequiredError);
    COMPARE_CAUSE(manager.postEnvelope(envelope, false, true), Cause::AuthRequired);
    QCOMPARE(server.connections(), 1);
}

void TestTransportAuth::notOffered()
{
    ScriptedServer server;
    server.setAnswer([](const auto &, const auto &peer) {
        peer.reply({}, 401, "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: CredSSP\r\n");
    });
    Source source;
    const auto context = contextFor(basicOptions(server), {}, source.function());
    AccessManager manager(context);
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(source.answers.size(), 1u);
    source.answers[0](credential({}, u"pw"_s));
    COMPARE_CAUSE(reply, Cause::AuthNotOffered);
    QCOMPARE(authDetails(reply)->mechanism, u"basic"_s);
    QCOMPARE(authDetails(reply)->offered, (QStringList{u"Negotiate"_s, u"CredSSP"_s}));
    // The password goes out no second time.
    AccessManager other(context);
    COMPARE_CAUSE(other.postEnvelope(envelope, false), Cause::AuthNotOffered);
    QCOMPARE(server.requests().size(), 1u);
    QCOMPARE(source.requests.size(), 1u);
}

void TestTransportAuth::offeredSchemes_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("folded") << "WWW-Authenticate: Negotiate, Basic realm=\"a, b\"\r\n"_ba
                            << Cause::AuthRejected;
    QTest::newRow("case") << "WWW-AUTHENTICATE: BASIC\r\n"_ba << Cause::AuthRejected;
    QTest::newRow("in a realm only")
        << "WWW-Authenticate: Digest realm=\"Basic \\\", Basic x\", nonce=Basic\r\n"_ba
        << Cause::AuthNotOffered;
    QTest::newRow("nothing said") << QByteArray() << Cause::AuthRejected;
}

void TestTransportAuth::offeredSchemes()
{
    QFETCH(QByteArray, fields);
    QFETCH(Cause, cause);
    ScriptedServer server;
    server.setAnswer([&](const auto &, const auto &peer) { peer.reply({}, 401, fields); });
    AccessManager manager(
        contextFor(basicOptions(server), {}, fixedCredential(credential({}, u"pw"_s))));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), cause);
}

void TestTransportAuth::refusedOnceThenRight()
{
    ScriptedServer server;
    guard(server, "Administrator:right");
    Source source;
    AccessManager manager(contextFor(basicOptions(server), {}, source.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(source.answers.size(), 1u);
    QCOMPARE(source.requests[0].host, u"127.0.0.1"_s);
    QCOMPARE(source.requests[0].userName, u"Administrator"_s);
    QVERIFY(!source.requests[0].previousRefused);
    source.answers[0](credential({}, u"wrong"_s));
    QTRY_COMPARE(source.answers.size(), 2u);
    QVERIFY(source.requests[1].previousRefused);
    source.answers[1](credential({}, u"right"_s));
    VERIFY_GOOD(reply);
    QCOMPARE(reply->readAll(), envelope);
    QCOMPARE(reply->head().status, 200);
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
    QCOMPARE(source.requests.size(), 2u);
}

void TestTransportAuth::refusedTwiceIsTheEnd()
{
    ScriptedServer server;
    guard(server, "nobody");
    Source source;
    AccessManager manager(contextFor(basicOptions(server), {}, source.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    for (unsigned i = 0; i < 2; ++i) {
        QTRY_COMPARE(source.answers.size(), i + 1);
        source.answers[i](credential({}, u"wrong %1"_s.arg(i)));
    }
    COMPARE_CAUSE(reply, Cause::AuthRejected);
    QCOMPARE(authDetails(reply)->offered, QStringList{u"Basic"_s});
    QCOMPARE(reply->head().status, 401);
    QVERIFY(!reply->wsmanError().message.contains(u"wrong"_s));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::AuthRejected);
    QCOMPARE(source.requests.size(), 2u);
    QCOMPARE(server.requests().size(), 2u);
}

void TestTransportAuth::samePasswordAgainIsNotOffered()
{
    ScriptedServer server;
    guard(server, "nobody");
    AccessManager manager(
        contextFor(basicOptions(server), {},
                   [](const auto &, const auto &answer) { answer(credential({}, u"wrong"_s)); }));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::AuthRejected);
    QCOMPARE(server.requests().size(), 1u);
}

void TestTransportAuth::givingUpAfterARefusal()
{
    ScriptedServer server;
    guard(server, "nobody");
    Source source;
    AccessManager manager(contextFor(basicOptions(server), {}, source.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(source.answers.size(), 1u);
    source.answers[0](credential({}, u"wrong"_s));
    QTRY_COMPARE(source.answers.size(), 2u);
    source.answers[1](std::nullopt);
    COMPARE_CAUSE(reply, Cause::AuthRejected);
    QCOMPARE(reply->readAll(), "no"_ba);
}

void TestTransportAuth::givingUpAtFirstIsACancel()
{
    ScriptedServer server;
    guard(server, "Administrator:pw");
    Source source;
    AccessManager manager(contextFor(basicOptions(server), {}, source.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(source.answers.size(), 1u);
    source.answers[0](std::nullopt);
    COMPARE_CAUSE(reply, Cause::Cancelled);
    QVERIFY(server.requests().empty());
    // Asked again by what is started later.
    auto *next = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(source.answers.size(), 2u);
    QVERIFY(!source.requests[1].previousRefused);
    source.answers[1](credential({}, u"pw"_s));
    VERIFY_GOOD(next);
}

void TestTransportAuth::fixedCredentialIsOfferedOnce()
{
    ScriptedServer server;
    guard(server, "nobody");
    AccessManager manager(
        contextFor(basicOptions(server), {}, fixedCredential(credential({}, u"pw"_s))));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::AuthRejected);
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::AuthRejected);
    QCOMPARE(server.requests().size(), 1u);
}

void TestTransportAuth::oneQuestionForParallelManagers()
{
    ScriptedServer server;
    guard(server, "Administrator:pw");
    Source source;
    const auto context = contextFor(basicOptions(server), {}, source.function());
    AccessManager a(context), b(context), c(context);
    auto *one = a.postEnvelope("1", false);
    auto *two = b.postEnvelope("2", false);
    auto *three = c.postEnvelope("3", false);
    QTRY_COMPARE(server.connections(), 3);
    QTRY_COMPARE(source.answers.size(), 1u);
    source.answers[0](credential({}, u"pw"_s));
    source.answers[0](std::nullopt); // a second answer counts for nothing
    VERIFY_GOOD(one);
    VERIFY_GOOD(two);
    VERIFY_GOOD(three);
    QCOMPARE(source.requests.size(), 1u);
    QCOMPARE(server.requests().size(), 3u);
}

void TestTransportAuth::wrongPasswordIsOfferedOnceByParallelManagers()
{
    ScriptedServer server;
    guard(server, "nobody");
    const auto context = contextFor(basicOptions(server), {},
                                    fixedCredential(credential({}, u"pw"_s)));
    AccessManager a(context), b(context), c(context);
    auto *one = a.postEnvelope("1", false);
    auto *two = b.postEnvelope("2", false);
    auto *three = c.postEnvelope("3", false);
    COMPARE_CAUSE(one, Cause::AuthRejected);
    COMPARE_CAUSE(two, Cause::AuthRejected);
    COMPARE_CAUSE(three, Cause::AuthRejected);
    QCOMPARE(server.requests().size(), 1u);
}

void TestTransportAuth::theProverMayFailWithoutAVerdict()
{
    ScriptedServer server;
    server.setAnswer([](const auto &request, const auto &peer) {
        request.number == 1 ? peer.close() : peer.reply(request.body);
    });
    const auto context = contextFor(basicOptions(server), {},
                                    fixedCredential(credential({}, u"pw"_s)));
    AccessManager a(context), b(context);
    auto *one = a.postEnvelope("1", false);
    auto *two = b.postEnvelope("2", false);
    QVERIFY(awaitFinished(one));
    QVERIFY(awaitFinished(two));
    QCOMPARE(int(bool(one->wsmanError())) + int(bool(two->wsmanError())), 1);
    QCOMPARE(server.requests().size(), 2u);
}

void TestTransportAuth::cancelledDuringTheQuestion()
{
    ScriptedServer server;
    guard(server, "Administrator:pw");
    Source source;
    AccessManager manager(contextFor(basicOptions(server), {}, source.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(source.answers.size(), 1u);
    reply->abort();
    COMPARE_CAUSE(reply, Cause::Cancelled);
    source.answers[0](credential({}, u"pw"_s));
    QVERIFY(server.requests().empty());
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
    QCOMPARE(source.requests.size(), 1u);
}

void TestTransportAuth::answerAfterTheEnd()
{
    ScriptedServer server;
    Source source;
    auto manager = std::make_unique<AccessManager>(
        contextFor(basicOptions(server), {}, source.function()));
    manager->postEnvelope(envelope, false);
    QTRY_COMPARE(source.answers.size(), 1u);
    manager.reset();
    source.answers[0](credential({}, u"pw"_s));
    QVERIFY(server.requests().empty());
}

void TestTransportAuth::hostThatClosesDuringTheQuestion()
{
    ScriptedServer server;
    guard(server, "Administrator:pw");
    Source source;
    auto options = basicOptions(server);
    options.operationTimeout = std::chrono::milliseconds(200);
    options.networkDelay = std::chrono::milliseconds(200);
    AccessManager manager(contextFor(options, {}, source.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(source.answers.size(), 1u);
    server.closeAll();
    QTRY_COMPARE(server.openConnections(), 0);
    // The clock stands still while the question is open.
    QTimer slow;
    slow.setSingleShot(true);
    QSignalSpy longer(&slow, &QTimer::timeout);
    slow.start(600);
    QVERIFY(longer.wait());
    source.answers[0](credential({}, u"pw"_s));
    VERIFY_GOOD(reply);
    QCOMPARE(server.bodies(envelope), 1);
}

void TestTransportAuth::lateRefusalOfAProvenCredential()
{
    ScriptedServer server;
    guard(server, "Administrator:old");
    Source source;
    AccessManager manager(contextFor(basicOptions(server), {}, source.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(source.answers.size(), 1u);
    source.answers[0](credential({}, u"old"_s));
    VERIFY_GOOD(reply);
    guard(server, "Administrator:new");
    auto *later = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(source.answers.size(), 2u);
    QVERIFY(source.requests[1].previousRefused);
    source.answers[1](credential({}, u"new"_s));
    VERIFY_GOOD(later);
}

void TestTransportAuth::colonInTheUser()
{
    ScriptedServer server;
    AccessManager manager(
        contextFor(basicOptions(server), {}, fixedCredential(credential(u"a:b"_s, u"pw"_s))));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::OptionsRefused);
    QVERIFY(server.requests().empty());
}

void TestTransportAuth::closingRefusals()
{
    ScriptedServer server;
    server.setAnswer([](const auto &request, const auto &peer) {
        if (request.number == 1)
            peer.reply("no", 401, basicField + "Connection: close\r\n");
        else
            peer.reply("yes");
        if (request.number == 1)
            peer.close();
    });
    int asked = 0;
    AccessManager manager(
        contextFor(basicOptions(server), {}, [&asked](const auto &, const auto &answer) {
            answer(credential({}, QString::number(++asked)));
        }));
    auto *reply = manager.postEnvelope(envelope, false);
    VERIFY_GOOD(reply);
    QCOMPARE(reply->readAll(), "yes"_ba);
    QCOMPARE(reply->connectionNumber(), 2);
    QCOMPARE(asked, 2);
}

QTEST_GUILESS_MAIN(TestTransportAuth)
#include "tst_transportauth.moc"
