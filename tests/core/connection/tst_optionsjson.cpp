#include "connection/optionsjson.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestOptionsJson final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void defaultsAreAnEmptyObject();
    void everyMemberComesBack();
    void unknownMembersAreIgnored();
    void refuses_data();
    void refuses();
};

namespace {

ConnectionOptions everythingElse()
{
    return {.host = u"b\u00fccher.example.org"_s,
            .tls = false,
            .port = 65535,
            .path = u"/other"_s,
            .automaticScheme = true,
            .authentication = Authentication::Basic,
            .userName = u"EXAMPLE\\ops "_s,
            .skipCaCheck = true,
            .skipCnCheck = true,
            .skipRevocationCheck = true,
            .caFile = u"/etc/ca.pem"_s,
            .pinSha256 = QByteArray(32, '\xab'),
            .allowClearText = true,
            .operationTimeout = 1234ms,
            .networkDelay = 0ms,
            .connectTimeout = 999ms,
            .maxEnvelopeKib = 150,
            .batchItems = 4294967295U,
            .locale = u"de-DE"_s,
            .utf16 = true,
            .readOnly = true};
}

} // namespace

void TestOptionsJson::defaultsAreAnEmptyObject()
{
    QCOMPARE(toJson({}), QJsonObject());
    const auto options = connectionOptionsFromJson({});
    QVERIFY(options && *options == ConnectionOptions());
}

void TestOptionsJson::everyMemberComesBack()
{
    const ConnectionOptions options = everythingElse();
    const QJsonObject json = toJson(options);
    QCOMPARE(json.size(), 21); // as many as ConnectionOptions has members
    QCOMPARE(json.value(u"pinSha256").toString().left(9), u"sha256:ab"_s);
    QCOMPARE(json.value(u"operationTimeout").toInt(), 1234);
    const auto back = connectionOptionsFromJson(json);
    QVERIFY(back && *back == options);
}

void TestOptionsJson::unknownMembersAreIgnored()
{
    const auto options = connectionOptionsFromJson(
        {{u"host"_s, u"srv1"_s}, {u"proxy"_s, QJsonObject()}});
    QVERIFY(options);
    QCOMPARE(options->host, u"srv1"_s);
}

void TestOptionsJson::refuses_data()
{
    QTest::addColumn<QJsonObject>("json");
    const auto row = [](const char *name, const QString &member, const QJsonValue &value) {
        QTest::newRow(name) << QJsonObject{{member, value}};
    };
    row("host is a number", u"host"_s, 5);
    row("host is null", u"host"_s, QJsonValue());
    row("host is huge", u"host"_s, QString(5000, u'a'));
    row("host with a zero byte", u"host"_s, QString(QChar(0)));
    row("tls is text", u"tls"_s, u"true"_s);
    row("port too large", u"port"_s, 65536);
    row("port negative", u"port"_s, -1);
    row("port is a fraction", u"port"_s, 1.5);
    row("port is text", u"port"_s, u"5986"_s);
    row("mechanism of another version", u"authentication"_s, u"telepathy"_s);
    row("pin too short", u"pinSha256"_s, u"sha256:ab"_s);
    row("pin is a number", u"pinSha256"_s, 7);
    row("timeout negative", u"operationTimeout"_s, -5);
    row("timeout beyond all reason", u"operationTimeout"_s, 1e18);
    row("batch beyond 32 bits", u"batchItems"_s, 4294967296.0);
    row("locale is a list", u"locale"_s, QJsonArray());
}

void TestOptionsJson::refuses()
{
    QFETCH(QJsonObject, json);
    const auto options = connectionOptionsFromJson(json);
    QVERIFY(!options);
    QCOMPARE(options.error().kind, Error::Kind::Local);
    QCOMPARE(options.error().cause, Cause::LocalProfileCorrupt);
}

QTEST_GUILESS_MAIN(TestOptionsJson)
#include "tst_optionsjson.moc"
