#include "document/xmlreader.h"
#include "inventory/quickconfig.h"
#include "inventory/registry.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"
#include "session/writerules.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// A reply to Invoke with this content of METHOD_OUTPUT.
InvokeReply replyWith(const QByteArray &content)
{
    const auto message = readMessage(
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
        "xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/config/service\"><s:Body>"
        "<p:M_OUTPUT>"
        + content + "</p:M_OUTPUT></s:Body></s:Envelope>");
    return readInvokeReply(message.value()).value();
}

QString text(const InvokeParameters &parameters, QStringView name)
{
    const Property *const property = parameters.input.property(name);
    return property && property->value() ? property->value()->text : QString();
}

} // namespace

/// Calls that Windows hosts know.
class TestWindowsCalls final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void analyzes();
    void readsAnAnalysis();
    void sendsTheRemedyBack();
    void refusesAnotherAnswer();
    void readsKeysAndValues();
    void writesValues_data();
    void writesValues();
    void hives();
};

void TestWindowsCalls::analyzes()
{
    const InvokeParameters https = analyzeRemoting(true, true);
    QCOMPARE(text(https, u"Transport"), u"https"_s);
    QVERIFY(https.input.property(u"Force"));
    QVERIFY(!analyzeRemoting(false).input.property(u"Force"));
    const Request request = writeInvoke({.to = u"http://h.example.com:5985/wsman"_s},
                                        analyzeService());
    QCOMPARE(request.action,
             u"http://schemas.microsoft.com/wbem/wsman/1/config/service/AnalyzeService"_s);
    QVERIFY(isReadMethod(https.resource, https.method));
}

void TestWindowsCalls::readsAnAnalysis()
{
    const auto done = readAnalysis(
        replyWith("<p:RemotingEnabled Source=\"GPO\">true</p:RemotingEnabled><p:Results/>"));
    QVERIFY(done.ok());
    QVERIFY(done.value().enabled && done.value().byPolicy && !done.value().remedy);
}

void TestWindowsCalls::sendsTheRemedyBack()
{
    const auto analysis = readAnalysis(
        replyWith("<p:RemotingEnabled>false</p:RemotingEnabled><p:Results>Start it.</p:Results>"
                  "<p:EnableRemoting_INPUT><p:Listener Address=\"*\"/><p:Transport>http"
                  "</p:Transport></p:EnableRemoting_INPUT>"));
    QVERIFY(analysis.ok());
    QVERIFY(!analysis.value().enabled && !analysis.value().byPolicy);
    QCOMPARE(analysis.value().results, u"Start it."_s);
    QVERIFY(analysis.value().remedy);
    const InvokeParameters &remedy = *analysis.value().remedy;
    QCOMPARE(remedy.method, u"EnableRemoting"_s);
    QVERIFY(!isReadMethod(remedy.resource, remedy.method));
    const auto sent = readMessage(writeInvoke({}, remedy).envelope);
    QCOMPARE(sent.value().content.localName(), "EnableRemoting_INPUT");
    QCOMPARE(sent.value().content.child("Listener").attribute("Address"), "*");
    QCOMPARE(sent.value().content.child("Transport").text(), "http");
    QVERIFY(readRemedy(replyWith("<p:Status>succeeded</p:Status>")).succeeded);
    QVERIFY(!readRemedy(replyWith("<p:Results>no</p:Results>")).succeeded);
}

void TestWindowsCalls::refusesAnotherAnswer()
{
    const auto analysis = readAnalysis(replyWith("<p:ReturnValue>0</p:ReturnValue>"));
    QVERIFY(!analysis);
    QCOMPARE(analysis.error().cause, Cause::SoapUnexpected);
}

void TestWindowsCalls::readsKeysAndValues()
{
    const InvokeParameters keys = registryKeys(RegistryHive::LocalMachine, u"SOFTWARE\\X"_s);
    QCOMPARE(text(keys, u"hDefKey"), u"2147483650"_s);
    QCOMPARE(text(keys, u"sSubKeyName"), u"SOFTWARE\\X"_s);
    QVERIFY(isReadMethod(keys.resource, keys.method));
    QCOMPARE(readRegistryKeys(replyWith("<p:ReturnValue>0</p:ReturnValue><p:sNames>a</p:sNames>"
                                        "<p:sNames>b</p:sNames>")),
             QStringList({u"a"_s, u"b"_s}));
    const auto values = readRegistryValues(
        replyWith("<p:sNames/><p:sNames>odd</p:sNames><p:sNames>n</p:sNames>"
                  "<p:Types>1</p:Types><p:Types>8</p:Types><p:Types>11</p:Types>"));
    QCOMPARE(values.size(), std::size_t(2));
    QCOMPARE(values[0].name, QString());
    QVERIFY(values[1].type == RegistryType::QWord);
    const InvokeParameters value = registryValue(RegistryHive::Users, u"K"_s, values[1]);
    QCOMPARE(value.method, u"GetQWORDValue"_s);
    QVERIFY(isReadMethod(value.resource, value.method));
    QCOMPARE(readRegistryValue(replyWith("<p:uValue>1</p:uValue><p:uValue>255</p:uValue>")),
             QStringList({u"1"_s, u"255"_s}));
}

void TestWindowsCalls::writesValues_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("name");
    const auto row = [](RegistryType type, const QStringList &texts, const char *method,
                        const char *name) {
        QTest::newRow(method) << int(type) << texts << QString::fromLatin1(method)
                              << QString::fromLatin1(name);
    };
    row(RegistryType::String, {u"x"_s}, "SetStringValue", "sValue");
    row(RegistryType::ExpandString, {u"%x%"_s}, "SetExpandedStringValue", "sValue");
    row(RegistryType::Binary, {u"1"_s, u"255"_s}, "SetBinaryValue", "uValue");
    row(RegistryType::DWord, {u"7"_s}, "SetDWORDValue", "uValue");
    row(RegistryType::MultiString, {u"a"_s, u""_s}, "SetMultiStringValue", "sValue");
    row(RegistryType::QWord, {u"7"_s}, "SetQWORDValue", "uValue");
}

void TestWindowsCalls::writesValues()
{
    QFETCH(int, type);
    QFETCH(QStringList, texts);
    QFETCH(QString, method);
    QFETCH(QString, name);
    const InvokeParameters set = registrySetValue(
        RegistryHive::LocalMachine, u"K"_s, {.name = u"N"_s, .type = RegistryType(type)}, texts);
    QCOMPARE(set.method, method);
    const Property *const property = set.input.property(name);
    QVERIFY(property);
    QCOMPARE(property->values.size(), std::size_t(texts.size()));
    QCOMPARE(property->values.front().text, texts.front());
    QVERIFY(!isReadMethod(set.resource, set.method));
}

void TestWindowsCalls::hives()
{
    QVERIFY(registryHiveNamed(u"hklm") == RegistryHive::LocalMachine);
    QVERIFY(registryHiveNamed(u"HKEY_USERS") == RegistryHive::Users);
    QVERIFY(!registryHiveNamed(u"HKEY"));
}

QTEST_APPLESS_MAIN(TestWindowsCalls)
#include "tst_windowscalls.moc"
