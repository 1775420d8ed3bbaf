#include "core/transport/transporttest.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

/// A decider that answers `answer`, at once or when told to, and counts.
struct Decider
{
    std::vector<TrustQuestion> questions;
    std::vector<TrustReply> replies;
    std::optional<TrustAnswer> answer;

    TrustDecider function()
    {
        return [this](const TrustQuestion &question, const TrustReply &reply) {
            questions.push_back(question);
            if (answer)
                reply(*answer);
            else
                replies.push_back(reply);
        };
    }
};

void answerWithBody(ScriptedServer &server)
{
    server.setAnswer([](const auto &request, const auto &peer) { peer.reply(request.body); });
}

} // namespace

/// The host's certificate is judged before a byte of a request, once for the whole session.
class TestTransportTls final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void rightPin();
    void wrongPinIsAStop();
    void pinReplacesNameAndExpiry();
    void changedCertificateEndsTheSession();
    void changedCertificateUnderAPin();
    void authorityFile();
    void authorityFileOfNoUse();
    void authorityDoesNotExcuseTheName();
    void refusedWithItsReason_data();
    void refusedWithItsReason();
    void askedOnceForManyConnections();
    void answers_data();
    void answers();
    void answerAfterTheEnd();
    void hostThatClosesDuringTheQuestion();
    void skips_data();
    void skips();
    void namesAreChecked_data();
    void namesAreChecked();
    void cancelledDuringTheQuestion();
    void plainPortAnswersTls();
    void tlsPortAnswersPlain();
    void noCommonVersion();
    void closedDuringTheHandshake();
    void bigBodiesOverTls();

private:
    TestCertificate m_plain = makeCertificate();
};

void TestTransportTls::initTestCase()
{
    QVERIFY(!m_plain.certificate.isNull());
    QVERIFY(!m_plain.key.isNull());
}

void TestTransportTls::rightPin()
{
    ScriptedServer server(m_plain);
    answerWithBody(server);
    auto options = optionsFor(server, true);
    options.pinSha256 = m_plain.sha256();
    Decider decider;
    AccessManager manager(contextFor(options, decider.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    VERIFY_GOOD(reply);
    QCOMPARE(reply->readAll(), envelope);
    QVERIFY(reply->times().encrypted >= reply->times().connected);
    const SecurityState security = manager.security();
    QVERIFY(security.tls && security.pinned && !security.trustedOnce && !security.checksSkipped);
    QVERIFY(!security.clearText());
    QCOMPARE(security.tlsVersion, u"TLS 1.3"_s);
    QVERIFY(!security.cipher.isEmpty());
    QCOMPARE(security.certificate.sha256, m_plain.sha256());
    QCOMPARE(security.certificate.subject, u"CN=127.0.0.1"_s);
    QCOMPARE(security.certificate.names, QStringList{u"127.0.0.1"_s});
    QVERIFY(security.certificate.selfSigned);
    QCOMPARE(security.certificate.keyText, u"EC 256"_s);
    QVERIFY(decider.questions.empty());
}

void TestTransportTls::wrongPinIsAStop()
{
    ScriptedServer server(m_plain);
    auto options = optionsFor(server, true);
    options.pinSha256 = makeCertificate().sha256();
    options.skipCaCheck = options.skipCnCheck = true;
    Decider decider{.answer = TrustAnswer::Pin};
    AccessManager manager(contextFor(options, decider.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    COMPARE_CAUSE(reply, Cause::TlsPinMismatch);
    QVERIFY(reply->wsmanError().kind == Error::Kind::Certificate);
    QVERIFY(decider.questions.empty());
    QVERIFY(!reply->requestSent());
    QCOMPARE(server.bytesReceived(), 0);
    const auto *details = std::get_if<TlsDetails>(&reply->wsmanError().details);
    QVERIFY(details);
    QCOMPARE(details->leafSha256, m_plain.sha256());
    QCOMPARE(details->leafDer, m_plain.certificate.toDer());
    QCOMPARE(details->expectedSha256, options.pinSha256);
    QCOMPARE(reply->wsmanError().host, u"127.0.0.1"_s);
}

void TestTransportTls::pinReplacesNameAndExpiry()
{
    const auto odd = makeCertificate(
        {.commonName = u"other.example.com"_s, .names = {}, .validFrom = -200, .validTo = -100});
    ScriptedServer server(odd);
    answerWithBody(server);
    auto options = optionsFor(server, true);
    options.pinSha256 = odd.sha256();
    AccessManager manager(contextFor(options));
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
}

void TestTransportTls::changedCertificateEndsTheSession()
{
    ScriptedServer server(m_plain);
    answerWithBody(server);
    Decider decider{.answer = TrustAnswer::Once};
    const auto context = contextFor(optionsFor(server, true), decider.function());
    AccessManager first(context);
    VERIFY_GOOD(first.postEnvelope(envelope, false));
    server.setIdentity(makeCertificate());
    AccessManager second(context);
    auto *reply = second.postEnvelope("secret", false);
    COMPARE_CAUSE(reply, Cause::TlsChangedDuringSession);
    QVERIFY(reply->wsmanError().kind == Error::Kind::Certificate);
    QCOMPARE(decider.questions.size(), 1u);
    QCOMPARE(server.bodies("secret"), 0);
    server.setIdentity(m_plain);
    VERIFY_GOOD(second.postEnvelope(envelope, false));
    QCOMPARE(decider.questions.size(), 1u);
}

void TestTransportTls::changedCertificateUnderAPin()
{
    ScriptedServer server(m_plain);
    answerWithBody(server);
    auto options = optionsFor(server, true);
    options.pinSha256 = m_plain.sha256();
    AccessManager manager(contextFor(options));
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
    manager.disconnectFromHost();
    server.setIdentity(makeCertificate());
    COMPARE_CAUSE(manager.postEnvelope("secret", false), Cause::TlsPinMismatch);
    QCOMPARE(server.bodies("secret"), 0);
}

void TestTransportTls::authorityFile()
{
    QTemporaryDir folder;
    const auto authority = makeCertificate(
        {.commonName = u"Test authority"_s, .names = {}, .authority = true});
    const auto leaf = makeCertificate({}, &authority);
    QFile file(folder.filePath(u"ca.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(authority.pem);
    file.close();
    ScriptedServer server(leaf);
    answerWithBody(server);
    auto options = optionsFor(server, true);
    options.caFile = file.fileName();
    Decider decider;
    AccessManager manager(contextFor(options, decider.function()));
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
    QVERIFY(decider.questions.empty());
    const SecurityState security = manager.security();
    QVERIFY(!security.pinned && !security.trustedOnce && !security.checksSkipped);

    // Another authority's host is not excused by it.
    server.setIdentity(m_plain);
    AccessManager other(contextFor(options));
    COMPARE_CAUSE(other.postEnvelope(envelope, false), Cause::TlsSelfSigned);
}

void TestTransportTls::authorityFileOfNoUse()
{
    QTemporaryDir folder;
    ScriptedServer server(m_plain);
    auto options = optionsFor(server, true);
    options.caFile = folder.filePath(u"absent.pem"_s);
    AccessManager manager(contextFor(options));
    auto *reply = manager.postEnvelope(envelope, false);
    COMPARE_CAUSE(reply, Cause::LocalFile);
    QVERIFY(reply->wsmanError().kind == Error::Kind::Local);
    QFile file(options.caFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no certificate");
    file.close();
    AccessManager another(contextFor(options));
    COMPARE_CAUSE(another.postEnvelope(envelope, false), Cause::LocalFile);
    QCOMPARE(server.connections(), 0);
}

void TestTransportTls::authorityDoesNotExcuseTheName()
{
    QTemporaryDir folder;
    const auto authority = makeCertificate(
        {.commonName = u"Test authority"_s, .names = {}, .authority = true});
    const auto leaf = makeCertificate(
        {.commonName = u"srv.example.com"_s, .names = {"DNS:srv.example.com"}}, &authority);
    QFile file(folder.filePath(u"ca.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(authority.pem);
    file.close();
    ScriptedServer server(leaf);
    auto options = optionsFor(server, true);
    options.caFile = file.fileName();
    AccessManager manager(contextFor(options));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::TlsNameMismatch);
}

void TestTransportTls::refusedWithItsReason_data()
{
    QTest::addColumn<TestCertificate>("identity");
    QTest::addColumn<QList<Cause>>("reasons");
    const QString other = u"other.example.com"_s;
    QTest::newRow("self-signed") << m_plain << QList{Cause::TlsSelfSigned};
    QTest::newRow("name") << makeCertificate({.commonName = other, .names = {"DNS:a.example.com"}})
                          << QList{Cause::TlsSelfSigned, Cause::TlsNameMismatch};
    QTest::newRow("expired") << makeCertificate({.validFrom = -200, .validTo = -100})
                             << QList{Cause::TlsSelfSigned, Cause::TlsExpired};
    QTest::newRow("not yet") << makeCertificate({.validFrom = 1000})
                             << QList{Cause::TlsSelfSigned, Cause::TlsNotYetValid};
    const auto authority = makeCertificate(
        {.commonName = u"Test authority"_s, .names = {}, .authority = true});
    QTest::newRow("unknown authority")
        << makeCertificate({}, &authority) << QList{Cause::TlsUntrusted};
}

void TestTransportTls::refusedWithItsReason()
{
    QFETCH(TestCertificate, identity);
    QFETCH(QList<Cause>, reasons);
    ScriptedServer server(identity);
    Decider decider{.answer = TrustAnswer::No};
    AccessManager asking(contextFor(optionsFor(server, true), decider.function()));
    auto *refused = asking.postEnvelope(envelope, false);
    COMPARE_CAUSE(refused, Cause::TlsTrustRefused);
    QVERIFY(refused->wsmanError().kind == Error::Kind::Certificate);
    QCOMPARE(decider.questions.size(), 1u);
    const TrustQuestion &question = decider.questions[0];
    QCOMPARE(QList(question.reasons.begin(), question.reasons.end()), reasons);
    QCOMPARE(question.certificate.sha256, identity.sha256());
    QCOMPARE(question.host, u"127.0.0.1"_s);
    QVERIFY(!question.problems.isEmpty());
    // The same certificate again: the answer stands.
    COMPARE_CAUSE(asking.postEnvelope(envelope, false), Cause::TlsTrustRefused);
    QCOMPARE(decider.questions.size(), 1u);

    AccessManager alone(contextFor(optionsFor(server, true)));
    auto *reply = alone.postEnvelope(envelope, false);
    COMPARE_CAUSE(reply, reasons.front());
    QVERIFY(std::get_if<TlsDetails>(&reply->wsmanError().details)->leafSha256 == identity.sha256());
    QCOMPARE(server.bytesReceived(), 0);
}

void TestTransportTls::askedOnceForManyConnections()
{
    ScriptedServer server(m_plain);
    answerWithBody(server);
    Decider decider;
    const auto context = contextFor(optionsFor(server, true), decider.function());
    AccessManager a(context), b(context), c(context);
    auto *one = a.postEnvelope("1", false);
    auto *two = b.postEnvelope("2", false);
    auto *three = c.postEnvelope("3", false);
    QTRY_COMPARE(server.connections(), 3);
    QTRY_COMPARE(decider.replies.size(), 1u);
    two->abort();
    COMPARE_CAUSE(two, Cause::Cancelled);
    QCOMPARE(server.bytesReceived(), 0);
    decider.replies[0](TrustAnswer::Once);
    decider.replies[0](TrustAnswer::No); // a second answer counts for nothing
    VERIFY_GOOD(one);
    VERIFY_GOOD(three);
    QCOMPARE(decider.questions.size(), 1u);
    QCOMPARE(server.bodies("2"), 0);
    QVERIFY(c.security().trustedOnce);
}

void TestTransportTls::answers_data()
{
    QTest::addColumn<TrustAnswer>("answer");
    QTest::addColumn<bool>("later");
    for (const bool later : {false, true}) {
        QTest::addRow("once %d", later) << TrustAnswer::Once << later;
        QTest::addRow("pin %d", later) << TrustAnswer::Pin << later;
    }
}

void TestTransportTls::answers()
{
    QFETCH(TrustAnswer, answer);
    QFETCH(bool, later);
    ScriptedServer server(m_plain);
    answerWithBody(server);
    Decider decider;
    if (!later)
        decider.answer = answer;
    auto options = optionsFor(server, true);
    options.connectTimeout = std::chrono::milliseconds(later ? 400 : 20000);
    AccessManager manager(contextFor(options, decider.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    if (later) {
        // The clock stands still while the question is open.
        QTRY_COMPARE(decider.replies.size(), 1u);
        QTimer slow;
        slow.setSingleShot(true);
        QSignalSpy longer(&slow, &QTimer::timeout);
        slow.start(700);
        QVERIFY(longer.wait());
        decider.replies[0](answer);
    }
    VERIFY_GOOD(reply);
    QCOMPARE(manager.security().pinned, answer == TrustAnswer::Pin);
    QCOMPARE(manager.security().trustedOnce, answer == TrustAnswer::Once);
    manager.disconnectFromHost();
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
    QCOMPARE(decider.questions.size(), 1u);
}

void TestTransportTls::answerAfterTheEnd()
{
    ScriptedServer server(m_plain);
    Decider decider;
    auto manager = std::make_unique<AccessManager>(
        contextFor(optionsFor(server, true), decider.function()));
    manager->postEnvelope(envelope, false);
    QTRY_COMPARE(decider.replies.size(), 1u);
    manager.reset();
    decider.replies[0](TrustAnswer::Once);
    QCOMPARE(server.bytesReceived(), 0);
}

void TestTransportTls::hostThatClosesDuringTheQuestion()
{
    ScriptedServer server(m_plain);
    answerWithBody(server);
    Decider decider;
    AccessManager manager(contextFor(optionsFor(server, true), decider.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(decider.replies.size(), 1u);
    server.closeAll();
    QTRY_COMPARE(server.openConnections(), 0);
    decider.replies[0](TrustAnswer::Once);
    VERIFY_GOOD(reply);
    QCOMPARE(reply->connectionNumber(), 2);
    QCOMPARE(server.bodies(envelope), 1);
}

void TestTransportTls::skips_data()
{
    QTest::addColumn<TestCertificate>("identity");
    QTest::addColumn<bool>("ca");
    QTest::addColumn<bool>("cn");
    QTest::addColumn<Cause>("cause");
    const auto other = makeCertificate({.commonName = u"other.example.com"_s, .names = {}});
    const auto expired = makeCertificate({.validFrom = -200, .validTo = -100});
    const auto authority = makeCertificate(
        {.commonName = u"Test authority"_s, .names = {}, .authority = true});
    QTest::newRow("authority") << m_plain << true << false << Cause::Unknown;
    QTest::newRow("unknown authority")
        << makeCertificate({}, &authority) << true << false << Cause::Unknown;
    QTest::newRow("authority and name") << other << true << true << Cause::Unknown;
    QTest::newRow("authority alone, wrong name")
        << other << true << false << Cause::TlsNameMismatch;
    QTest::newRow("name alone, self-signed") << other << false << true << Cause::TlsSelfSigned;
    QTest::newRow("expiry is never skipped") << expired << true << true << Cause::TlsExpired;
}

void TestTransportTls::skips()
{
    QFETCH(TestCertificate, identity);
    QFETCH(bool, ca);
    QFETCH(bool, cn);
    QFETCH(Cause, cause);
    ScriptedServer server(identity);
    answerWithBody(server);
    auto options = optionsFor(server, true);
    options.skipCaCheck = ca;
    options.skipCnCheck = cn;
    AccessManager manager(contextFor(options));
    auto *reply = manager.postEnvelope(envelope, false);
    if (cause != Cause::Unknown) {
        COMPARE_CAUSE(reply, cause);
        return;
    }
    VERIFY_GOOD(reply);
    QVERIFY(manager.security().checksSkipped);
    QVERIFY(!manager.security().pinned && !manager.security().trustedOnce);
}

void TestTransportTls::namesAreChecked_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QList<QByteArray>>("names");
    QTest::addColumn<bool>("good");
    QTest::newRow("name") << u"localhost"_s << QList<QByteArray>{"DNS:localhost"} << true;
    QTest::newRow("case") << u"LOCALHOST"_s << QList<QByteArray>{"DNS:localhost"} << true;
    QTest::newRow("second name") << u"localhost"_s
                                 << QList<QByteArray>{"DNS:a.example", "DNS:localhost"} << true;
    QTest::newRow("other name") << u"localhost"_s << QList<QByteArray>{"DNS:a.example"} << false;
    QTest::newRow("address") << u"127.0.0.1"_s << QList<QByteArray>{"IP:127.0.0.1"} << true;
    QTest::newRow("other address") << u"127.0.0.1"_s << QList<QByteArray>{"IP:127.0.0.2"} << false;
    QTest::newRow("address for a name")
        << u"localhost"_s << QList<QByteArray>{"IP:127.0.0.1"} << false;
}

void TestTransportTls::namesAreChecked()
{
    QFETCH(QString, host);
    QFETCH(QList<QByteArray>, names);
    QFETCH(bool, good);
    ScriptedServer server(makeCertificate({.commonName = u"nobody"_s, .names = names}));
    answerWithBody(server);
    auto options = optionsFor(server, true);
    options.host = host;
    options.skipCaCheck = true;
    AccessManager manager(contextFor(options));
    auto *reply = manager.postEnvelope(envelope, false);
    if (good)
        VERIFY_GOOD(reply);
    else
        COMPARE_CAUSE(reply, Cause::TlsNameMismatch);
}

void TestTransportTls::cancelledDuringTheQuestion()
{
    ScriptedServer server(m_plain);
    answerWithBody(server);
    Decider decider;
    AccessManager manager(contextFor(optionsFor(server, true), decider.function()));
    auto *reply = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(decider.replies.size(), 1u);
    reply->abort();
    COMPARE_CAUSE(reply, Cause::Cancelled);
    QTRY_COMPARE(server.openConnections(), 0);
    // The next one waits for the same question.
    auto *next = manager.postEnvelope(envelope, false);
    QTRY_COMPARE(server.openConnections(), 1);
    decider.replies[0](TrustAnswer::Pin);
    VERIFY_GOOD(next);
    QCOMPARE(decider.questions.size(), 1u);
    QCOMPARE(server.bodies(envelope), 1);
}

void TestTransportTls::plainPortAnswersTls()
{
    // https spoken to a port that speaks http and says so at once.
    ScriptedServer server;
    server.setAccepted([](const auto &peer) {
        peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        return false;
    });
    AccessManager manager(contextFor(optionsFor(server, true)));
    auto *reply = manager.postEnvelope(envelope, false);
    COMPARE_CAUSE(reply, Cause::NetTlsHandshake);
    QVERIFY(reply->wsmanError().kind == Error::Kind::Connection);
    QVERIFY2(reply->wsmanError().message.contains(u"http"_s),
             qPrintable(reply->wsmanError().message));
    QVERIFY(!reply->requestSent());
}

void TestTransportTls::tlsPortAnswersPlain()
{
    // http spoken to a TLS port: it answers with an alert and closes.
    ScriptedServer server(m_plain);
    AccessManager manager(contextFor(optionsFor(server, false)));
    auto *reply = manager.postEnvelope(envelope, false);
    QVERIFY(awaitFinished(reply));
    const Cause cause = reply->wsmanError().cause;
    QVERIFY2(cause == Cause::HttpMalformed || cause == Cause::NetClosed, causeId(cause).data());
    if (cause == Cause::HttpMalformed)
        QVERIFY(reply->wsmanError().message.contains(u"TLS"_s));
}

void TestTransportTls::noCommonVersion()
{
    ScriptedServer server;
    server.setAccepted([](const auto &peer) {
        peer.write(QByteArray::fromHex("15030300020246")); // fatal alert: protocol_version
        return false;
    });
    AccessManager manager(contextFor(optionsFor(server, true)));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::NetNoCommonTls);
}

void TestTransportTls::closedDuringTheHandshake()
{
    ScriptedServer server;
    server.setAccepted([](const auto &peer) {
        peer.close();
        return false;
    });
    AccessManager manager(contextFor(optionsFor(server, true)));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::NetTlsHandshake);
}

void TestTransportTls::bigBodiesOverTls()
{
    ScriptedServer server(m_plain);
    answerWithBody(server);
    auto options = optionsFor(server, true);
    options.pinSha256 = m_plain.sha256();
    AccessManager manager(contextFor(options));
    const QByteArray big(6 << 20, 'x');
    for (int i = 0; i < 2; ++i) {
        auto *reply = manager.postEnvelope(big, false);
        VERIFY_GOOD(reply);
        QCOMPARE(reply->readAll().size(), big.size());
        QVERIFY(reply->bytesSent() > big.size());
    }
    QCOMPARE(server.connections(), 1);
}

QTEST_GUILESS_MAIN(TestTransportTls)
#include "tst_transporttls.moc"
