#include "text/securitytext.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestSecurityText final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shortTexts();
    void sentences_data();
    void sentences();
    void everyNoteHasASentence();
};

void TestSecurityText::shortTexts()
{
    SecurityState state;
    QCOMPARE(signInText(state), u"No sign-in"_s);
    QCOMPARE(protectionText(state), u"Clear text"_s);
    state.mechanism = u"Kerberos"_s;
    state.identity = u"alice@EXAMPLE.COM"_s;
    state.sealing = u"Kerberos AES256"_s;
    QCOMPARE(signInText(state), u"Kerberos"_s);
    QCOMPARE(protectionText(state), u"Sealed by Kerberos AES256"_s);
    state.tls = true;
    state.tlsVersion = u"TLS 1.3"_s;
    QCOMPARE(protectionText(state), u"TLS 1.3"_s);
}

void TestSecurityText::sentences_data()
{
    QTest::addColumn<SecurityState>("state");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << SecurityState{} << u"No sign-in. Nothing is encrypted."_s;
    QTest::newRow("basic") << SecurityState{.tls = true,
                                            .tlsVersion = u"TLS 1.3"_s,
                                            .cipher = u"C"_s,
                                            .certificate = {},
                                            .pinned = true,
                                            .mechanism = u"Basic"_s,
                                            .scheme = u"Basic"_s,
                                            .identity = u"u"_s}
                           << u"Signed in as u by Basic. TLS 1.3 encrypts the connection (C). The "
                              "certificate was accepted by its pin."_s;
    QTest::newRow("sealed") << SecurityState{.certificate = {},
                                             .mechanism = u"Kerberos"_s,
                                             .scheme = u"Negotiate"_s,
                                             .identity = u"a@B"_s,
                                             .service = u"HTTP/h"_s,
                                             .sealing = u"Kerberos AES256"_s,
                                             .notes = {SecurityNote::NoHttps}}
                            << u"Signed in as a@B by Kerberos (Negotiate). The ticket is for "
                               "HTTP/h. Messages are sealed by Kerberos AES256. The host offers no "
                               "HTTPS, so http is used."_s;
}

void TestSecurityText::sentences()
{
    QFETCH(SecurityState, state);
    QFETCH(QString, text);
    QCOMPARE(securitySentences(state).join(u' '), text);
}

void TestSecurityText::everyNoteHasASentence()
{
    for (const auto note :
         {SecurityNote::BecameNtlm, SecurityNote::OtherServiceName, SecurityNote::HostUnverified,
          SecurityNote::NoHttps, SecurityNote::NoChannelBinding})
        QVERIFY(noteText(note).endsWith(u'.'));
}

QTEST_GUILESS_MAIN(TestSecurityText)
#include "tst_securitytext.moc"
