#include "views/securitylabels.h"

#include <QTest>

using namespace Qt::StringLiterals;

class SecurityLabelsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void protection_data();
    void protection();
    void signIn_data();
    void signIn();
    void tipsAreEscaped();
};

void SecurityLabelsTest::protection_data()
{
    QTest::addColumn<SecurityState>("state");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Meaning>("meaning");
    QTest::addColumn<QString>("icon");
    SecurityState state;
    QTest::newRow("clear") << state << u"Clear text"_s << Meaning::ClearText << u"lock-open"_s;
    state.sealing = u"Kerberos AES256"_s;
    QTest::newRow("sealed") << state << u"Sealed by Kerberos AES256"_s << Meaning::Sealed
                            << u"lock-closed"_s;
    state = {.tls = true, .tlsVersion = u"TLS 1.3"_s};
    QTest::newRow("tls") << state << u"TLS 1.3"_s << Meaning::Sealed << u"lock-closed"_s;
    state.checksSkipped = true;
    QTest::newRow("skipped") << state << u"TLS 1.3, not checked"_s << Meaning::Warning
                             << u"warning"_s;
    state.trustedOnce = true;
    QTest::newRow("once") << state << u"TLS 1.3, trusted once"_s << Meaning::Sealed
                          << u"lock-closed"_s;
    state.pinned = true;
    QTest::newRow("pinned") << state << u"TLS 1.3, pinned"_s << Meaning::Sealed << u"pin"_s;
}

void SecurityLabelsTest::protection()
{
    QFETCH(SecurityState, state);
    const SecurityLabel label = protectionLabel(state);
    QTEST(label.text, "text");
    QTEST(label.meaning, "meaning");
    QTEST(label.icon, "icon");
    QVERIFY(!label.tip.isEmpty());
}

void SecurityLabelsTest::signIn_data()
{
    QTest::addColumn<int>("left"); // seconds; -1000: no end
    QTest::addColumn<bool>("verified");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Meaning>("meaning");
    QTest::newRow("no end") << -1000 << true << u"Kerberos"_s << Meaning::Plain;
    QTest::newRow("hours") << 36000 << true << u"Kerberos"_s << Meaning::Plain;
    QTest::newRow("soon") << 8 * 60 + 5 << true << u"Kerberos, ticket ends at %1 (in 8 minutes)"_s
                          << Meaning::Warning;
    QTest::newRow("now") << 0 << true << u"Kerberos, ticket ended at %1"_s << Meaning::Warning;
    QTest::newRow("unverified") << -1000 << false << u"Kerberos, host not verified"_s
                                << Meaning::Warning;
}

void SecurityLabelsTest::signIn()
{
    QFETCH(int, left);
    QFETCH(bool, verified);
    const QDateTime now = QDateTime::currentDateTime();
    SecurityState state;
    state.mechanism = u"Kerberos"_s;
    state.identity = u"alice@EXAMPLE.COM"_s;
    if (left != -1000)
        state.signInExpires = now.addSecs(left);
    if (!verified)
        state.notes = {SecurityNote::HostUnverified};
    const SecurityLabel label = signInLabel(state, now);
    QFETCH(QString, text);
    const QDateTime ends = state.signInExpires.toLocalTime();
    const bool today = ends.date() == now.date();
    const QString at = today ? QLocale().toString(ends.time(), QLocale::ShortFormat)
                             : QLocale().toString(ends, QLocale::ShortFormat);
    QCOMPARE(label.text, text.contains(u"%1"_s) ? text.arg(at) : text);
    const bool ending = text.contains(u"ticket"_s);
    QCOMPARE(label.tip.contains(u"kinit alice@EXAMPLE.COM"_s), ending);
    QTEST(label.meaning, "meaning");
    QCOMPARE(label.icon.isEmpty(), label.meaning == Meaning::Plain);
    QVERIFY(label.tip.contains(u"alice@EXAMPLE.COM"_s));
}

void SecurityLabelsTest::tipsAreEscaped()
{
    SecurityState state{.tls = true, .tlsVersion = u"TLS 1.3"_s};
    state.mechanism = u"NTLM"_s;
    state.identity = u"<b>bold</b>"_s;
    state.certificate.subject = u"CN=<img src=x>"_s;
    QVERIFY(!signInLabel(state, QDateTime::currentDateTime()).tip.contains(u"<b>"_s));
    QVERIFY(!protectionLabel(state).tip.contains(u"<img"_s));
}

QTEST_MAIN(SecurityLabelsTest)
#include "tst_securitylabels.moc"
