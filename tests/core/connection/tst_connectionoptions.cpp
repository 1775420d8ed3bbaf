#include "connection/connectionoptions.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestConnectionOptions final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void keepsTheRestOfTheDefaults();
    void urlHasAceAndBrackets();
    void showsThePortOnlyWhereUnusual();
    void certificateName_data();
    void certificateName();
    void paths_data();
    void paths();
    void pins();
    void refusedPins_data();
    void refusedPins();
    void authenticationNames();
    void automaticIsNegotiateWithAUserOrATicket();
};

void TestConnectionOptions::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("tls");
    QTest::addColumn<bool>("automatic");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("url");
    const auto row = [](const char *text, const char *host, const char *scheme, int port,
                        const char *path, const char *url) {
        const QString s = QString::fromLatin1(scheme);
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(host) << (s != u"http")
                            << (s == u"auto") << port << QString::fromLatin1(path)
                            << QString::fromLatin1(url);
    };
    row("srv1", "srv1", "auto", 0, "/wsman", "https://srv1:5986/wsman");
    row(" srv1.example.com \n", "srv1.example.com", "auto", 0, "/wsman",
        "https://srv1.example.com:5986/wsman");
    row("srv1:16993", "srv1", "auto", 16993, "/wsman", "https://srv1:16993/wsman");
    row("srv1/prefix", "srv1", "auto", 0, "/prefix", "https://srv1:5986/prefix");
    row("http://srv1", "srv1", "http", 0, "/wsman", "http://srv1:5985/wsman");
    row("HTTPS://Srv1/", "Srv1", "https", 0, "/wsman", "https://srv1:5986/wsman");
    row("https://srv1:443/a/b_c", "srv1", "https", 443, "/a/b_c", "https://srv1:443/a/b_c");
    row("https://srv1:1/wsman/", "srv1", "https", 1, "/wsman/", "https://srv1:1/wsman/");
    row("https://srv1/a%20b@c", "srv1", "https", 0, "/a%20b@c", "https://srv1:5986/a%20b@c");
    row("srv1:65535", "srv1", "auto", 65535, "/wsman", "https://srv1:65535/wsman");
    row("my_server-2", "my_server-2", "auto", 0, "/wsman", "https://my_server-2:5986/wsman");
    row("srv1.example.com.", "srv1.example.com.", "auto", 0, "/wsman",
        "https://srv1.example.com.:5986/wsman");
    row("192.0.2.7", "192.0.2.7", "auto", 0, "/wsman", "https://192.0.2.7:5986/wsman");
    row("http://192.0.2.7:80", "192.0.2.7", "http", 80, "/wsman", "http://192.0.2.7:80/wsman");
    row("[2001:db8::1]", "2001:db8::1", "auto", 0, "/wsman", "https://[2001:db8::1]:5986/wsman");
    row("[2001:DB8::1]:5985", "2001:DB8::1", "auto", 5985, "/wsman",
        "https://[2001:db8::1]:5985/wsman");
    row("2001:db8::1", "2001:db8::1", "auto", 0, "/wsman", "https://[2001:db8::1]:5986/wsman");
    row("::1", "::1", "auto", 0, "/wsman", "https://[::1]:5986/wsman");
    row("http://[::ffff:192.0.2.1]:1", "::ffff:192.0.2.1", "http", 1, "/wsman",
        "http://[::ffff:192.0.2.1]:1/wsman");
    row("[fe80::1%eth0]:5986", "fe80::1%eth0", "auto", 5986, "/wsman",
        "https://[fe80::1%25eth0]:5986/wsman");
    row("https://[fe80::1%25eth0]", "fe80::1%eth0", "https", 0, "/wsman",
        "https://[fe80::1%25eth0]:5986/wsman");
    row("b\xc3\xbc"
        "cher.example.org:1234",
        "b\xc3\xbc"
        "cher.example.org",
        "auto", 1234, "/wsman", "https://xn--bcher-kva.example.org:1234/wsman");
    row("https://\xe4\xbe\x8b\xe3\x81\x88.example.com", "\xe4\xbe\x8b\xe3\x81\x88.example.com",
        "https", 0, "/wsman", "https://xn--r8jz45g.example.com:5986/wsman");
    row("https", "https", "auto", 0, "/wsman", "https://https:5986/wsman");
}

void TestConnectionOptions::reads()
{
    QFETCH(QString, text);
    const auto options = parseConnection(text);
    QVERIFY2(options, options ? "" : qPrintable(options.error().message));
    QTEST(options->host, "host");
    QTEST(options->tls, "tls");
    QTEST(options->automaticScheme, "automatic");
    QTEST(int(options->port), "port");
    QTEST(options->path, "path");
    QTEST(QString::fromLatin1(options->url().toEncoded()), "url");
}

void TestConnectionOptions::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("rule");
    const auto row = [](const QString &text, const char *rule) {
        QTest::newRow(text.left(60).toUtf8().toPercentEncoding(" :/[]%@?#").constData())
            << text << QString::fromLatin1(rule);
    };
    for (const auto &text :
         {u""_s, u"   "_s, u"http://"_s, u"https:///wsman"_s, u":5985"_s, u"[]"_s, u"/"_s})
        row(text, "connection.empty");
    for (const auto &text :
         {u"ftp://srv1"_s, u"://srv1"_s, u"htps://srv1"_s, u"wsman://srv1"_s, u"https ://srv1"_s})
        row(text, "connection.scheme");
    for (const auto &text :
         {u"srv1:"_s, u"srv1:0"_s, u"srv1:65536"_s, u"srv1:99999999999999999999"_s, u"srv1:-1"_s,
          u"srv1:+80"_s, u"srv1: 80"_s, u"srv1:8o"_s, u"http://srv1:0x50"_s, u"[::1]:"_s,
          u"srv1:\u0665\u0669\u0668\u0665"_s, u"https:/srv1"_s, u"user:pw/x@srv1"_s})
        row(text, "connection.port");
    for (const auto &text :
         {u"user@srv1"_s, u"https://user:hunter2@srv1"_s, u"user:hunter2@srv1:5985"_s,
          u"https://@srv1"_s, u"EXAMPLE\\user@srv1"_s})
        row(text, "connection.userinfo");
    for (const auto &text : {u"srv1?x=1"_s, u"https://srv1/wsman?PSVersion=5"_s, u"srv1#a"_s,
                             u"https://srv1/wsman#"_s})
        row(text, "connection.query");
    for (const auto &text :
         {u"srv1/a b"_s, u"srv1/../x"_s, u"srv1/a\\b"_s, u"srv1/%zz"_s, u"srv1/%4"_s,
          u"srv1/a\nb"_s, u"srv1/<x>"_s, u"srv1/"_s + QString(300, u'a')})
        row(text, "connection.path");
    for (const auto &text : {u"sr v1"_s,
                             u"srv1\nX: y"_s,
                             u"srv1\r\n"_s + u"x"_s,
                             u"srv\x00"_s + QChar(0) + u"1"_s,
                             u"a..b"_s,
                             u".srv1"_s,
                             u"."_s,
                             u"EXAMPLE\\srv1"_s,
                             u"srv1,srv2"_s,
                             u"*"_s,
                             u"10.0.1"_s,
                             u"256.0.2.1"_s,
                             u"192.0.2.07"_s,
                             u"1"_s,
                             u"0x7f.1"_s,
                             u"0x7f000001"_s,
                             u"[srv1]"_s,
                             u"[192.0.2.1]"_s,
                             u"[::1"_s,
                             u"[::1]x"_s,
                             u"::1]"_s,
                             u"[:::1]"_s,
                             u"[2001:db8::1]]"_s,
                             u"[fe80::1%]"_s,
                             u"[fe80::1%a,b]"_s,
                             u"12345::1"_s,
                             u"a:b:c"_s,
                             u"-%41"_s,
                             u"srv1%25x"_s,
                             QString(64, u'a'),
                             QString(2049, u'a'),
                             QString(u"a."_s).repeated(130),
                             u"\u2025x"_s,
                             u"a\u200eb\u0000"_s})
        row(text, "connection.host");
}

void TestConnectionOptions::refuses()
{
    QFETCH(QString, text);
    const auto options = parseConnection(text);
    QVERIFY(!options);
    QCOMPARE(options.error().kind, Error::Kind::Local);
    QCOMPARE(options.error().cause, Cause::LocalUsage);
    QVERIFY(!options.error().message.contains(u"hunter2"));
    const auto *details = std::get_if<RuleDetails>(&options.error().details);
    QVERIFY(details);
    QTEST(details->rule, "rule");
}

void TestConnectionOptions::keepsTheRestOfTheDefaults()
{
    const ConnectionOptions defaults{.host = u"old"_s,
                                     .tls = false,
                                     .port = 99,
                                     .path = u"/old"_s,
                                     .userName = u"admin "_s,
                                     .caFile = u"/x.pem"_s};
    const auto options = parseConnection(u"srv1"_s, defaults);
    QVERIFY(options);
    const ConnectionOptions expected{
        .host = u"srv1"_s, .automaticScheme = true, .userName = u"admin "_s, .caFile = u"/x.pem"_s};
    QCOMPARE(*options == expected, true);
}

void TestConnectionOptions::urlHasAceAndBrackets()
{
    ConnectionOptions options{.host = u"m\u00fcller.example.net"_s};
    QCOMPARE(options.url().host(QUrl::FullyEncoded), u"xn--mller-kva.example.net"_s);
    options.host = u"fe80::2%3"_s;
    QCOMPARE(options.url().authority(QUrl::FullyEncoded), u"[fe80::2%253]:5986"_s);
    QVERIFY(options.url().userInfo().isEmpty());
    options.host = u"no host at all"_s;
    QVERIFY(!options.url().isValid() || options.url().host().isEmpty());
}

void TestConnectionOptions::showsThePortOnlyWhereUnusual()
{
    ConnectionOptions options{.host = u"srv1"_s};
    QCOMPARE(options.displayHost(), u"srv1"_s);
    options.port = 5986;
    QCOMPARE(options.displayHost(), u"srv1"_s);
    options.tls = false;
    QCOMPARE(options.displayHost(), u"srv1:5986"_s);
    options.host = u"2001:db8::1"_s;
    QCOMPARE(options.displayHost(), u"[2001:db8::1]:5986"_s);
    options.port = 0;
    QCOMPARE(options.displayHost(), u"2001:db8::1"_s);
    QCOMPARE(int(options.effectivePort()), 5985);
}

void TestConnectionOptions::certificateName_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("name");
    QTest::newRow("case") << u"SRV1.Example.COM"_s << u"srv1.example.com"_s;
    QTest::newRow("dot") << u"srv1.example.com."_s << u"srv1.example.com"_s;
    QTest::newRow("idn") << u"b\u00fccher.example"_s << u"xn--bcher-kva.example"_s;
    QTest::newRow("zone") << u"FE80::1%eth0"_s << u"fe80::1"_s;
    QTest::newRow("ipv4") << u"192.0.2.1"_s << u"192.0.2.1"_s;
    QTest::newRow("impossible") << u"a b"_s << QString();
}

void TestConnectionOptions::certificateName()
{
    QFETCH(QString, host);
    QTEST(ConnectionOptions{.host = host}.certificateName(), "name");
}

void TestConnectionOptions::paths_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("possible");
    QTest::newRow("usual") << u"/wsman"_s << true;
    QTest::newRow("root") << u"/"_s << true;
    QTest::newRow("longest") << u"/"_s + QString(254, u'a') << true;
    QTest::newRow("too long") << u"/"_s + QString(255, u'a') << false;
    QTest::newRow("no slash") << u"wsman"_s << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("dots") << u"/a/../b"_s << false;
    QTest::newRow("line feed") << u"/a\nb"_s << false;
    QTest::newRow("escape at the end") << u"/a%2"_s << false;
    QTest::newRow("not ascii") << u"/\u00e4"_s << false;
}

void TestConnectionOptions::paths()
{
    QFETCH(QString, path);
    QTEST(isPossiblePath(path), "possible");
}

void TestConnectionOptions::pins()
{
    const QByteArray digest = QByteArray::fromHex(QByteArray("0fA1").repeated(16));
    for (const auto &text : {pinText(digest), QString::fromLatin1(digest.toHex()),
                             u" SHA256:"_s + QString::fromLatin1(digest.toHex(':')).toUpper()}) {
        const auto pin = parsePin(text);
        QVERIFY2(pin, qPrintable(text));
        QCOMPARE(*pin, digest);
    }
    QCOMPARE(pinText(digest).left(11), u"sha256:0fa1"_s);
}

void TestConnectionOptions::refusedPins_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("prefix alone") << u"sha256:"_s;
    QTest::newRow("sha1") << QString(40, u'a');
    QTest::newRow("one short") << QString(63, u'a');
    QTest::newRow("one long") << QString(65, u'a');
    QTest::newRow("other digest") << u"sha1:"_s + QString(64, u'a');
    QTest::newRow("not hex") << QString(63, u'a') + u"g"_s;
    QTest::newRow("other digits") << QString(64, u'\u0661');
    QTest::newRow("space inside") << QString(32, u'a') + u" "_s + QString(32, u'a');
}

void TestConnectionOptions::refusedPins()
{
    QFETCH(QString, text);
    const auto pin = parsePin(text);
    QVERIFY(!pin);
    QCOMPARE(pin.error().cause, Cause::LocalUsage);
}

void TestConnectionOptions::authenticationNames()
{
    for (const auto value :
         {Authentication::Automatic, Authentication::None, Authentication::Basic,
          Authentication::Negotiate, Authentication::Kerberos, Authentication::Ntlm})
        QCOMPARE(authenticationNamed(authenticationName(value)), std::optional(value));
    QCOMPARE(authenticationNamed(u"BASIC"), std::optional(Authentication::Basic));
    QCOMPARE(authenticationNamed(u"digest"), std::nullopt);
    QCOMPARE(authenticationNamed(u""), std::nullopt);
}

void TestConnectionOptions::automaticIsNegotiateWithAUserOrATicket()
{
    QCOMPARE(effectiveAuthentication({}), Authentication::None);
    QCOMPARE(effectiveAuthentication({}, true), Authentication::Negotiate);
    QCOMPARE(effectiveAuthentication({.userName = u"u"_s}), Authentication::Negotiate);
    QCOMPARE(effectiveAuthentication({.authentication = Authentication::None, .userName = u"u"_s}),
             Authentication::None);
}

QTEST_GUILESS_MAIN(TestConnectionOptions)
#include "tst_connectionoptions.moc"
