#include "protocol/endpointreference.h"
#include "protocol/resourcelocator.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// "uri|name=value|name=value", or "error:WORD".
QString described(const Result<ResourceLocator> &result)
{
    if (!result)
        return u"error"_s;
    QString text = result.value().uri;
    for (const Selector &selector : result.value().selectors)
        text += u'|' + selector.name + u'=' + selector.value;
    return text;
}

} // namespace

class TestResourceLocator : public QObject
{
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void shortens_data();
    void shortens();
    void shortFormReadsBack();
    void names_data();
    void names();
    void classForms();
    void selectors();
    void comparesReferences();
};

void TestResourceLocator::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const QString wsman = u"http://schemas.microsoft.com/wbem/wsman/1"_s;
    QTest::newRow("winrm") << u"winrm/config"_s << wsman + u"/config"_s;
    QTest::newRow("wsman") << u"wsman/config/Listener"_s << wsman + u"/config/Listener"_s;
    QTest::newRow("alias case") << u"WinRM/Config"_s << wsman + u"/Config"_s;
    QTest::newRow("alone") << u"winrm"_s << wsman;
    QTest::newRow("wmicimv2") << u"wmicimv2/Win32_Service"_s
                              << wsman + u"/wmi/root/cimv2/Win32_Service"_s;
    QTest::newRow("wmi") << u"wmi/root/StandardCimv2/X"_s << wsman + u"/wmi/root/StandardCimv2/X"_s;
    QTest::newRow("cimv2") << u"cimv2/CIM_Foo"_s
                           << u"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Foo"_s;
    QTest::newRow("shell") << u"shell/cmd"_s << wsman + u"/windows/shell/cmd"_s;
    QTest::newRow("all classes") << u"wmicimv2/*"_s << wsman + u"/wmi/root/cimv2/*"_s;
    QTest::newRow("full") << u"http://intel.com/wbem/wscim/1/amt-schema/1/AMT_X"_s
                          << u"http://intel.com/wbem/wscim/1/amt-schema/1/AMT_X"_s;
    QTest::newRow("spaces around") << u"  winrm/config "_s << wsman + u"/config"_s;
    QTest::newRow("selector") << u"wmicimv2/Win32_Service?Name=Spooler"_s
                              << wsman + u"/wmi/root/cimv2/Win32_Service|Name=Spooler"_s;
    QTest::newRow("two") << u"winrm/config/Listener?Address=*+Transport=HTTP"_s
                         << wsman + u"/config/Listener|Address=*|Transport=HTTP"_s;
    QTest::newRow("quoted") << u"wmi/x/y?A=\"a+b =?\"+B=c"_s << wsman + u"/wmi/x/y|A=a+b =?|B=c"_s;
    QTest::newRow("empty value") << u"wmi/x/y?A=+B="_s << wsman + u"/wmi/x/y|A=|B="_s;
    QTest::newRow("quoted empty") << u"wmi/x/y?A=\"\""_s << wsman + u"/wmi/x/y|A="_s;
    QTest::newRow("percent") << u"wmi/x/y?A=%2Bb%20%c3%A4"_s << wsman + u"/wmi/x/y|A=+b \u00e4"_s;
    QTest::newRow("percent in quotes")
        << u"wmi/x/y?A=\"C:\\%22x%22\""_s << wsman + u"/wmi/x/y|A=C:\\\"x\""_s;
    QTest::newRow("lone percent") << u"wmi/x/y?A=100%"_s << wsman + u"/wmi/x/y|A=100%"_s;
    QTest::newRow("equals in value") << u"wmi/x/y?A=b=c"_s << wsman + u"/wmi/x/y|A=b=c"_s;
    QTest::newRow("slash in value") << u"wmi/x/y?A=a/b"_s << wsman + u"/wmi/x/y|A=a/b"_s;
}

void TestResourceLocator::parses()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(described(parseResource(text)), expected);
}

void TestResourceLocator::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("blank") << u"  "_s;
    QTest::newRow("https") << u"https://schemas.microsoft.com/wbem/wsman/1/config"_s;
    QTest::newRow("https case") << u"HTTPS://Schemas.dmtf.org/x"_s;
    QTest::newRow("no uri") << u"Win32_Service"_s;
    QTest::newRow("unknown alias") << u"winrmx/config"_s;
    QTest::newRow("scheme only") << u"http:"_s;
    QTest::newRow("path") << u"/winrm/config"_s;
    QTest::newRow("space in uri") << u"winrm/con fig"_s;
    QTest::newRow("empty query") << u"winrm/config?"_s;
    QTest::newRow("no equals") << u"winrm/config?Name"_s;
    QTest::newRow("no name") << u"winrm/config?=a"_s;
    QTest::newRow("no name after plus") << u"winrm/config?a=b+c+d=e"_s;
    QTest::newRow("trailing plus") << u"winrm/config?a=b+"_s;
    QTest::newRow("open quote") << u"winrm/config?a=\"b"_s;
    QTest::newRow("after quote") << u"winrm/config?a=\"b\"c"_s;
    QTest::newRow("twice") << u"winrm/config?a=b+A=c"_s;
    QTest::newRow("not utf-8") << u"winrm/config?a=%ff"_s;
    QTest::newRow("control") << u"winrm/config?a=b\nc"_s;
    QTest::newRow("long") << u"winrm/"_s + QString(70000, u'x');
}

void TestResourceLocator::refuses()
{
    QFETCH(QString, text);
    const Result<ResourceLocator> result = parseResource(text);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Local);
    QCOMPARE(result.error().cause, Cause::LocalUsage);
}

void TestResourceLocator::shortens_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("config") << u"wsman/config"_s << u"winrm/config"_s;
    QTest::newRow("cimv2") << u"wmi/root/cimv2/Win32_Service?Name=Spooler"_s
                           << u"wmicimv2/Win32_Service?Name=Spooler"_s;
    QTest::newRow("wmi") << u"wmi/root/cimv2x/A"_s << u"wmi/root/cimv2x/A"_s;
    QTest::newRow("shell") << u"shell/cmd"_s << u"shell/cmd"_s;
    QTest::newRow("foreign") << u"http://intel.com/a/B?A=b"_s << u"http://intel.com/a/B?A=b"_s;
    QTest::newRow("quoted") << u"wmi/x/y?A=\"a+b\"+B=\"c d\""_s << u"wmi/x/y?A=\"a+b\"+B=\"c d\""_s;
}

void TestResourceLocator::shortens()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const Result<ResourceLocator> locator = parseResource(text);
    QVERIFY(locator.ok());
    QCOMPARE(shortResource(locator.value()), expected);
}

void TestResourceLocator::shortFormReadsBack()
{
    ResourceLocator locator = wmiClass(u"root\\cimv2"_s, u"X"_s);
    const QStringList values{u""_s,      u"a+b"_s,          u"\"q\""_s,   u"50%20"_s,      u" x "_s,
                             u"a=b?c"_s, u"\u00e4\u20ac"_s, u"C:\\a/b"_s, u"tab\tline\n"_s};
    for (qsizetype i = 0; i < values.size(); ++i)
        locator.setSelector(u"K%1+=\""_s.arg(i), values[i]);
    const Result<ResourceLocator> again = parseResource(shortResource(locator));
    QVERIFY(again.ok());
    QCOMPARE(described(again), described(locator));
    QVERIFY(again.value() == locator);
}

void TestResourceLocator::names_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("className");
    QTest::addColumn<QString>("cimNamespace");
    QTest::newRow("wmi") << u"wmi/root/a/b/C"_s << u"C"_s << u"root/a/b"_s;
    QTest::newRow("wmicimv2") << u"wmicimv2/C?__cimnamespace=root/x"_s << u"C"_s << u"root/cimv2"_s;
    QTest::newRow("dmtf") << u"cimv2/C?__CIMNamespace=root\\x"_s << u"C"_s << u"root/x"_s;
    QTest::newRow("without") << u"cimv2/C"_s << u"C"_s << QString();
    QTest::newRow("config") << u"winrm/config"_s << u"config"_s << QString();
    QTest::newRow("2005") << u"http://schemas.microsoft.com/wbem/wsman/2005/06/wmi/root/cimv2/C"_s
                          << u"C"_s << u"root/cimv2"_s;
    QTest::newRow("foreign wmi") << u"http://example.com/wmi/root/C"_s << u"C"_s << QString();
    QTest::newRow("no slash") << u"urn:x"_s << u"urn:x"_s << QString();
}

void TestResourceLocator::names()
{
    QFETCH(QString, text);
    const Result<ResourceLocator> locator = parseResource(text);
    QVERIFY(locator.ok());
    QTEST(locator.value().className(), "className");
    QTEST(locator.value().cimNamespace(), "cimNamespace");
}

void TestResourceLocator::classForms()
{
    QCOMPARE(shortResource(wmiClass(u"root\\cimv2"_s, u"C"_s)), u"wmicimv2/C"_s);
    QCOMPARE(shortResource(dmtfClass(u"root\\x"_s, u"C"_s)), u"cimv2/C?__cimnamespace=root/x"_s);
    QVERIFY(dmtfClass({}, u"C"_s).selectors.empty());
}

void TestResourceLocator::selectors()
{
    ResourceLocator locator;
    locator.setSelector(u"Name"_s, u"a"_s);
    locator.setSelector(u"NAME"_s, u"b"_s);
    QCOMPARE(locator.selectors.size(), std::size_t(1));
    QCOMPARE(locator.selector(u"name")->value, u"b"_s);
    QVERIFY(!locator.selector(u"other"));
}

void TestResourceLocator::comparesReferences()
{
    EndpointReference reference{.address = u"x"_s, .resource = wmiClass(u"root"_s, u"C"_s)};
    Selector a{.name = u"A"_s, .reference = std::make_shared<EndpointReference>(reference)};
    Selector b{.name = u"A"_s, .reference = std::make_shared<EndpointReference>(reference)};
    QVERIFY(a == b);
    reference.resource.setSelector(u"K"_s, u"1"_s);
    b.reference = std::make_shared<EndpointReference>(reference);
    QVERIFY(!(a == b));
    b.reference.reset();
    QVERIFY(!(a == b));
    reference.resource.selectors.push_back(a);
    QCOMPARE(referenceText(reference), u"C.K=\"1\",A=\"C\""_s);
}

QTEST_APPLESS_MAIN(TestResourceLocator)
#include "tst_resourcelocator.moc"
