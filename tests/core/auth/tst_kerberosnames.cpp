#include "auth/kerberosfacts.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Form = AccountName::Form;

/// Names of users, services and realms, by a krb5.conf of the test's own.
class TestKerberosNames final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void accounts_data();
    void accounts();
    void principals_data();
    void principals();
    void principalsWithoutRealm();
    void services_data();
    void services();
    void addressesHaveNoService_data();
    void addressesHaveNoService();
    void configuration();
    void noTicket();
    void brokenConfiguration();

private:
    void configure(const QByteArray &text);
    QTemporaryDir m_folder;
};

void TestKerberosNames::configure(const QByteArray &text)
{
    QFile file(m_folder.filePath(u"krb5.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(text);
    file.close();
    qputenv("KRB5_CONFIG", file.fileName().toLocal8Bit());
}

void TestKerberosNames::initTestCase()
{
    qputenv("KRB5CCNAME", "FILE:" + m_folder.filePath(u"none"_s).toLocal8Bit());
    configure("[libdefaults]\n default_realm = CORP.EXAMPLE.COM\n dns_lookup_realm = false\n"
              " dns_lookup_kdc = false\n[realms]\n CORP.EXAMPLE.COM = {\n  kdc = kdc1.example.com\n"
              "  kdc = kdc2.example.com:8888\n }\n[domain_realm]\n .example.com = "
              "CORP.EXAMPLE.COM\n odd.example.net = OTHER.EXAMPLE.NET\n");
}

void TestKerberosNames::accounts_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Form>("form");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("domain");
    QTest::newRow("empty") << u""_s << Form::Empty << u""_s << u""_s;
    QTest::newRow("plain") << u"alice"_s << Form::Plain << u"alice"_s << u""_s;
    QTest::newRow("blanks count") << u" alice "_s << Form::Plain << u" alice "_s << u""_s;
    QTest::newRow("principal") << u"alice@example.com"_s << Form::Principal << u"alice"_s
                               << u"example.com"_s;
    QTest::newRow("two at") << u"a@b@C"_s << Form::Principal << u"a@b"_s << u"C"_s;
    QTest::newRow("at first") << u"@C"_s << Form::Plain << u"@C"_s << u""_s;
    QTest::newRow("at last") << u"a@"_s << Form::Plain << u"a@"_s << u""_s;
    QTest::newRow("domain") << u"CORP\\alice"_s << Form::Domain << u"alice"_s << u"CORP"_s;
    QTest::newRow("domain, at") << u"CORP\\a@b"_s << Form::Domain << u"a@b"_s << u"CORP"_s;
    QTest::newRow("local") << u".\\alice"_s << Form::Local << u"alice"_s << u""_s;
    QTest::newRow("no user") << u"CORP\\"_s << Form::Domain << u""_s << u"CORP"_s;
    QTest::newRow("no domain") << u"\\alice"_s << Form::Domain << u"alice"_s << u""_s;
}

void TestKerberosNames::accounts()
{
    QFETCH(QString, name);
    const AccountName account = accountName(name);
    QTEST(account.form, "form");
    QTEST(account.user, "user");
    QTEST(account.domain, "domain");
}

void TestKerberosNames::principals_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("principal"); // empty: refused
    const QString alice = u"alice@CORP.EXAMPLE.COM"_s;
    QTest::newRow("principal") << u"alice@CORP.EXAMPLE.COM"_s << alice;
    QTest::newRow("small letters") << u"alice@corp.example.com"_s << alice;
    QTest::newRow("plain") << u"alice"_s << alice;
    QTest::newRow("domain is the first label") << u"CORP\\alice"_s << alice;
    QTest::newRow("in small letters") << u"corp\\alice"_s << alice;
    QTest::newRow("domain is the realm") << u"corp.example.com\\alice"_s << alice;
    QTest::newRow("domain with a dot") << u"other.example.net\\bob"_s << u"bob@OTHER.EXAMPLE.NET"_s;
    QTest::newRow("instance") << u"alice/admin"_s << u"alice/admin@CORP.EXAMPLE.COM"_s;
    QTest::newRow("at in the user") << u"a@b@CORP.EXAMPLE.COM"_s << u"a\\@b@CORP.EXAMPLE.COM"_s;
    QTest::newRow("other domain") << u"OTHER\\alice"_s << u""_s;
    QTest::newRow("not a label") << u"COR\\alice"_s << u""_s;
    QTest::newRow("local") << u".\\alice"_s << u""_s;
    QTest::newRow("empty") << u""_s << u""_s;
    QTest::newRow("no user") << u"CORP\\"_s << u""_s;
    QTest::newRow("no domain") << u"\\alice"_s << u""_s;
    QTest::newRow("no realm") << u"alice@"_s << u""_s;
    QTest::newRow("NUL") << QString(u"al"_s + QChar(u'\0') + u"ice@X.EXAMPLE.COM"_s) << u""_s;
}

void TestKerberosNames::principals()
{
    QFETCH(QString, name);
    QFETCH(QString, principal);
    const auto result = kerberosPrincipal(name);
    QCOMPARE(result ? *result : QString(), principal);
    if (!result) {
        QCOMPARE(result.error().kind, Error::Kind::Authentication);
        QCOMPARE(result.error().cause, Cause::AuthUserForm);
    }
}

void TestKerberosNames::principalsWithoutRealm()
{
    configure("[libdefaults]\n dns_lookup_realm = false\n");
    QCOMPARE(defaultRealm(), QString());
    QVERIFY(!kerberosPrincipal(u"alice"_s));
    QVERIFY(!kerberosPrincipal(u"CORP\\alice"_s));
    QCOMPARE(*kerberosPrincipal(u"alice@a.example.com"_s), u"alice@A.EXAMPLE.COM"_s);
    initTestCase();
}

void TestKerberosNames::services_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("service");
    QTest::addColumn<bool>("port");
    QTest::addColumn<QStringList>("names");
    const QString host = u"web01.example.com"_s;
    QTest::newRow("all") << host << u""_s << false
                         << QStringList{u"HTTP/web01.example.com"_s, u"WSMAN/web01.example.com"_s,
                                        u"host/web01.example.com"_s};
    QTest::newRow("port") << host << u""_s << true
                          << QStringList{u"HTTP/web01.example.com:5985"_s,
                                         u"WSMAN/web01.example.com:5985"_s,
                                         u"host/web01.example.com:5985"_s};
    QTest::newRow("class") << host << u"WSMAN"_s << false
                           << QStringList{u"WSMAN/web01.example.com"_s};
    QTest::newRow("class, port") << host << u"HTTP"_s << true
                                 << QStringList{u"HTTP/web01.example.com:5985"_s};
    QTest::newRow("whole") << host << u"HTTP/alias.example.com"_s << true
                           << QStringList{u"HTTP/alias.example.com"_s};
    QTest::newRow("whole for an address")
        << u"192.0.2.1"_s << u"HTTP/web01"_s << false << QStringList{u"HTTP/web01"_s};
    QTest::newRow("letters, dot") << u"Web01.Example.COM."_s << u"HTTP"_s << false
                                  << QStringList{u"HTTP/web01.example.com"_s};
    QTest::newRow("digits in a name")
        << u"10.example.com"_s << u"HTTP"_s << false << QStringList{u"HTTP/10.example.com"_s};
}

void TestKerberosNames::services()
{
    QFETCH(QString, host);
    QFETCH(QString, service);
    QFETCH(bool, port);
    const auto names = serviceNames(host, 5985, service, port);
    QVERIFY(names);
    QTEST(*names, "names");
}

void TestKerberosNames::addressesHaveNoService_data()
{
    QTest::addColumn<QString>("host");
    for (const char *host :
         {"192.0.2.1", "2001:db8::1", "[2001:db8::1]", "::1", "fe80::1%eth0", "3221225985", ""})
        QTest::newRow(host) << QString::fromLatin1(host);
}

void TestKerberosNames::addressesHaveNoService()
{
    QFETCH(QString, host);
    const auto names = serviceNames(host, 5985, {}, false);
    QVERIFY(!names);
    QCOMPARE(names.error().cause, Cause::KrbAddress);
    QVERIFY(!serviceNames(host, 5985, u"WSMAN"_s, true));
}

void TestKerberosNames::configuration()
{
    QCOMPARE(defaultRealm(), u"CORP.EXAMPLE.COM"_s);
    QCOMPARE(realmOfHost(u"web01.example.com"_s), u"CORP.EXAMPLE.COM"_s);
    QCOMPARE(realmOfHost(u"WEB01.EXAMPLE.COM"_s), u"CORP.EXAMPLE.COM"_s);
    QCOMPARE(realmOfHost(u"odd.example.net"_s), u"OTHER.EXAMPLE.NET"_s);
    QCOMPARE(realmOfHost(u"web01.example.org"_s), QString());
    const QStringList kdcs{u"kdc1.example.com"_s, u"kdc2.example.com:8888"_s};
    QCOMPARE(configuredKdcs(u"CORP.EXAMPLE.COM"_s), kdcs);
    QCOMPARE(configuredKdcs(u"OTHER.EXAMPLE.NET"_s), QStringList());
}

void TestKerberosNames::noTicket()
{
    const auto ticket = currentTicket();
    QVERIFY(!ticket);
    QCOMPARE(ticket.error().cause, Cause::KrbNoTicket);
    QVERIFY(!ticket.error().message.isEmpty());
    QVERIFY(!ticket.error().message.contains(m_folder.path()));
}

void TestKerberosNames::brokenConfiguration()
{
    configure("[libdefaults\n nonsense");
    const auto ticket = currentTicket();
    QVERIFY(!ticket);
    QCOMPARE(ticket.error().cause, Cause::KrbConfiguration);
    QCOMPARE(defaultRealm(), QString());
    QCOMPARE(realmOfHost(u"web01.example.com"_s), QString());
    QCOMPARE(configuredKdcs(u"CORP.EXAMPLE.COM"_s), QStringList());
    initTestCase();
}

QTEST_GUILESS_MAIN(TestKerberosNames)
#include "tst_kerberosnames.moc"
