#include "connection/credential.h"
#include "connection/trust.h"
#include "peer/cpp/testcertificate.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestTrust final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void factsOfACertificate();
    void factsOfSomethingElse();
    void hostileNamesAreEscaped();
    void digestsAreReadable();
    void refuseUntrustedSaysNo();
    void fixedCredentialAnswersOnce();
};

void TestTrust::factsOfACertificate()
{
    const auto authority = makeCertificate(
        {.commonName = u"Root"_s, .names = {}, .authority = true});
    const auto leaf = makeCertificate(
        {.commonName = u"srv1.example.com"_s,
         .names = {"DNS:srv1.example.com", "DNS:srv1", "IP:192.0.2.1"}},
        &authority);
    const QByteArray der = leaf.certificate.toDer();
    const CertificateFacts facts = certificateFacts(der);
    QCOMPARE(facts.der, der);
    QCOMPARE(facts.sha256, leaf.sha256());
    QCOMPARE(facts.sha256.size(), 32);
    QCOMPARE(facts.sha1.size(), 20);
    QCOMPARE(facts.subject, u"CN=srv1.example.com"_s);
    QCOMPARE(facts.issuer, u"CN=Root"_s);
    QCOMPARE(facts.names, (QStringList{u"srv1.example.com"_s, u"srv1"_s, u"192.0.2.1"_s}));
    QCOMPARE(facts.notBefore.timeSpec(), Qt::UTC);
    QCOMPARE(facts.notBefore.secsTo(facts.notAfter), 7200);
    QCOMPARE(facts.keyText, u"EC 256"_s);
    QVERIFY(!facts.selfSigned);
    QVERIFY(certificateFacts(authority.certificate.toDer()).selfSigned);
}

void TestTrust::factsOfSomethingElse()
{
    const QByteArray der = makeCertificate().certificate.toDer();
    QVERIFY(certificateFacts({}).sha256.isEmpty());
    QVERIFY(certificateFacts("no certificate").sha256.isEmpty());
    QVERIFY(certificateFacts(der.left(100)).sha256.isEmpty());
    QVERIFY(certificateFacts(der.left(100)).der.isEmpty());
}

void TestTrust::hostileNamesAreEscaped()
{
    const auto odd = makeCertificate({.commonName = u"a\nb\u001b[31m, CN=c \u00e4"_s});
    const QString subject = certificateFacts(odd.certificate.toDer()).subject;
    QVERIFY(!subject.contains(u'\n'));
    QVERIFY(!subject.contains(u'\u001b'));
    QVERIFY(subject.contains(u"\\, CN"_s));
    QVERIFY(subject.contains(u'\u00e4'));
}

void TestTrust::digestsAreReadable()
{
    QCOMPARE(colonHex(QByteArray::fromHex("00abcdef")), u"00:AB:CD:EF"_s);
    QCOMPARE(colonHex({}), QString());
}

void TestTrust::refuseUntrustedSaysNo()
{
    std::optional<TrustAnswer> answer;
    refuseUntrusted()({}, [&answer](TrustAnswer given) { answer = given; });
    QCOMPARE(answer, std::optional(TrustAnswer::No));
    QVERIFY(nobodyDecides(refuseUntrusted()));
    QVERIFY(nobodyDecides({}));
    QVERIFY(!nobodyDecides([](const TrustQuestion &, const TrustReply &) {}));
}

void TestTrust::fixedCredentialAnswersOnce()
{
    const auto source = fixedCredential({.userName = u"u"_s, .password = Secret(u"p"_s)});
    std::vector<std::optional<Credential>> answers;
    const auto keep = [&answers](std::optional<Credential> c) { answers.push_back(std::move(c)); };
    source({}, keep);
    source({}, keep);
    QCOMPARE(answers.size(), 2u);
    QVERIFY(answers[0] && answers[0]->userName == u"u"_s);
    QCOMPARE(answers[0]->password.reveal(), "p"_ba);
    QVERIFY(!answers[1]);
}

QTEST_GUILESS_MAIN(TestTrust)
#include "tst_trust.moc"
