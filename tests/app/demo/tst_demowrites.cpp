#include "demoexchange.h"

#include <QTest>

using namespace request;

namespace {

const QByteArray transferAction = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
const QByteArray environment = cimv2 + "Win32_Environment";
const QByteArray item = cimv2 + "Demo_Item";
const QByteArray service = cimv2 + "Win32_Service";
const QByteArray registry = cimv2 + "StdRegProv";

TestEnvelope transferOf(const char *operation, const QByteArray &resource,
                        const QByteArray &selectors, const QByteArray &inner = {})
{
    const QByteArray cls = resource.mid(resource.lastIndexOf('/') + 1);
    return {.action = transferAction + operation,
            .resource = resource,
            .body = inner.isNull() ? QByteArray()
                                   : "<" + cls + " xmlns=\"" + resource
                    + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">" + inner + "</"
                    + cls + ">",
            .selectors = selectors};
}

TestEnvelope callOf(const QByteArray &resource, const QByteArray &method,
                    const QByteArray &inner = "", const QByteArray &selectors = {})
{
    return {.action = resource + "/" + method,
            .resource = resource,
            .body = "<p:" + method + "_INPUT xmlns:p=\"" + resource + "\">" + inner
                + "</p:" + method + "_INPUT>",
            .selectors = selectors};
}

QByteArray named(const QByteArray &name)
{
    return selector("Name", name);
}

QByteArray fragment(const QByteArray &path)
{
    return "<w:FragmentTransfer s:mustUnderstand=\"true\">" + path + "</w:FragmentTransfer>";
}

QByteArray modified(const QByteArray &property)
{
    return "<w:OptionSet><w:Option Name=\"wmiarray:__MIInstanceModifiedPropertiesList\""
           " Type=\"xs:string\">"
        + property + "</w:Option></w:OptionSet>";
}

} // namespace

class TestDemoWrites : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_test = std::make_unique<TestHost>(DemoOptions{.items = 20}); }
    void cleanup() { m_test.reset(); }
    void putsAnItem();
    void putsWhatTheListNames();
    void createsAndDeletes();
    void fragments();
    void faults_data();
    void faults();
    void services();
    void processes();
    void readsAndWritesTheRegistry();
    void keepsValuesOfTheRegistry();
    void otherMethods();

private:
    RawReply exchange(const TestEnvelope &envelope) { return m_test->exchange(envelope); }
    QByteArray result(const TestEnvelope &envelope)
    {
        const RawReply reply = exchange(envelope);
        return reply.status == 200 ? reply.text("ReturnValue")
                                   : QByteArray::number(reply.faultCode(), 16);
    }
    QByteArray firstItem()
    {
        return selector("ItemID", exchange(enumerateOf(item, 1)).text("ItemID"));
    }
    std::unique_ptr<TestHost> m_test;
};

void TestDemoWrites::putsAnItem()
{
    const QByteArray keys = firstItem();
    const RawReply got = exchange(getOf(item, keys));
    const qsizetype from = got.body.indexOf("<s:Body>") + 8;
    QByteArray body = got.body.mid(from, got.body.indexOf("</s:Body>") - from);
    const QByteArray owner = "<p:Owner>" + got.text("Owner") + "</p:Owner>";
    QVERIFY(body.contains(owner));
    TestEnvelope put = transferOf("Put", item, keys);
    put.body = body.replace(owner, "<p:Owner>A &lt;new&gt; owner</p:Owner>");
    const RawReply reply = exchange(put);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("Action"), transferAction + "PutResponse");
    QCOMPARE(exchange(getOf(item, keys)).text("Owner"), "A <new> owner");
    QCOMPARE(exchange(enumerateOf(item, 1)).text("Owner"), "A <new> owner");
}

void TestDemoWrites::putsWhatTheListNames()
{
    const QByteArray keys = firstItem();
    TestEnvelope put = transferOf("Put", item, keys,
                                  "<OwnerMail>mail@example.com</OwnerMail><Owner xsi:nil=\"true\"/>"
                                  "<Site>not meant</Site>");
    put.more = modified("OwnerMail");
    const QByteArray site = exchange(getOf(item, keys)).text("Site");
    QCOMPARE(exchange(put).status, 200);
    const RawReply got = exchange(getOf(item, keys));
    QCOMPARE(got.text("OwnerMail"), "mail@example.com");
    QVERIFY(!got.text("Owner").isEmpty());
    QCOMPARE(got.text("Site"), site);
}

void TestDemoWrites::createsAndDeletes()
{
    const QByteArray keys = selector("Name", "NEW_ONE") + selector("UserName", "&lt;SYSTEM&gt;");
    const QByteArray body = "<Name>NEW_ONE</Name><UserName>&lt;SYSTEM&gt;</UserName>"
                            "<VariableValue>1</VariableValue>";
    const RawReply made = exchange(transferOf("Create", environment, {}, body));
    QCOMPARE(made.status, 200);
    QCOMPARE(made.bodyElement.localName(), "ResourceCreated");
    QCOMPARE(text(made.bodyElement.child("ReferenceParameters").child("ResourceURI")), environment);
    QCOMPARE(exchange(getOf(environment, keys)).text("VariableValue"), "1");
    QCOMPARE(exchange(transferOf("Create", environment, {}, body)).faultCode(), 0x80338033u);
    QCOMPARE(exchange(transferOf("Put", environment, keys, "<VariableValue>2</VariableValue>"))
                 .text("VariableValue"),
             "2");
    const RawReply gone = exchange(transferOf("Delete", environment, keys));
    QCOMPARE(gone.status, 200);
    QVERIFY(!gone.bodyElement);
    QCOMPARE(exchange(transferOf("Delete", environment, keys)).faultCode(), 0x8033811Au);
}

void TestDemoWrites::fragments()
{
    const QByteArray keys = firstItem();
    TestEnvelope get = getOf(item, keys);
    get.more = fragment("Owner");
    const RawReply whole = exchange(get);
    QCOMPARE(whole.status, 200);
    QCOMPARE(whole.text("FragmentTransfer"), "Owner");
    QCOMPARE(whole.bodyElement.localName(), "XmlFragment");
    QCOMPARE(whole.bodyElement.firstChild().localName(), "Owner");
    get.more = fragment("Owner/text()");
    const RawReply bare = exchange(get);
    QVERIFY(!bare.bodyElement.firstChild());
    QCOMPARE(text(bare.bodyElement), text(whole.bodyElement.firstChild()));

    TestEnvelope put = transferOf("Put", item, keys);
    put.more = fragment("Owner");
    put.body = "<w:XmlFragment><Owner>by fragment</Owner></w:XmlFragment>";
    QCOMPARE(exchange(put).status, 200);
    QCOMPARE(exchange(getOf(item, keys)).text("Owner"), "by fragment");
    put.more = fragment("Site");
    put.body = "<w:XmlFragment><Site>elsewhere</Site></w:XmlFragment>";
    QCOMPARE(exchange(put).faultCode(), 0x80338102u);
    for (const QByteArray path : {"owner", "/Owner", "Owner[0]", "Owner[2]", "Nothing"}) {
        get.more = fragment(path);
        QCOMPARE(exchange(get).faultCode(), 0x80338093u);
    }
}

void TestDemoWrites::faults_data()
{
    QTest::addColumn<QByteArray>("envelope");
    QTest::addColumn<quint32>("code");
    QTest::addColumn<QByteArray>("subcode");
    QTest::addColumn<quint32>("inner");
    const auto row = [](const char *name, const TestEnvelope &envelope, quint32 code,
                        const char *subcode, quint32 inner) {
        QTest::newRow(name) << envelope.bytes() << code << QByteArray(subcode) << inner;
    };
    const QByteArray path = selector("Name", "Path") + selector("UserName", "&lt;SYSTEM&gt;");
    const QByteArray disk = cimv2 + "Win32_LogicalDisk";
    const QByteArray c = selector("DeviceID", "C:");
    row("class without writable properties", transferOf("Put", service, named("WinRM"), ""),
        0x80338102, "w:UnsupportedFeature", 0x80041024);
    row("read-only property", transferOf("Put", disk, c, "<FreeSpace>1</FreeSpace>"), 0x80338102,
        "w:UnsupportedFeature", 0x80041023);
    row("key", transferOf("Put", environment, path, "<Name>Other</Name>"), 0x803380ED,
        "x:InvalidRepresentation", 0x803380ED);
    row("unknown property", transferOf("Put", disk, c, "<Colour>blue</Colour>"), 0x80338041,
        "w:SchemaValidationError", 0x80041031);
    row("property in other case", transferOf("Put", disk, c, "<volumename>a</volumename>"),
        0x80338041, "w:SchemaValidationError", 0x80041031);
    row("no number",
        transferOf("Put", item, selector("ItemID", "ITEM-0000001"), "<Priority>high</Priority>"),
        0x80338056, "x:InvalidRepresentation", 0x80041005);
    TestEnvelope other = transferOf("Put", disk, c, "");
    other.body.replace("Win32_LogicalDisk xmlns", "Win32_Disk xmlns")
        .replace("</Win32_LogicalDisk>", "</Win32_Disk>");
    row("other root", other, 0x80338015, "x:InvalidRepresentation", 0x80338015);
    TestEnvelope foreign = transferOf("Put", disk, c, "");
    foreign.body.replace("xmlns=\"" + disk, "xmlns=\"http://example.com/");
    row("other namespace", foreign, 0x80338058, "x:InvalidRepresentation", 0x80338058);
    row("no key", transferOf("Put", disk, selector("Size", "1"), ""), 0x8033805B,
        "w:InvalidSelectors", 0x8033805B);
    row("half a key", transferOf("Put", environment, named("Path"), ""), 0x8033805A,
        "w:InvalidSelectors", 0x8033805A);
    row("no such instance", transferOf("Delete", disk, selector("DeviceID", "Z:")), 0x8033811A,
        "a:EndpointUnavailable", 0x80041002);
    row("not to be deleted", transferOf("Delete", disk, c), 0x80338102, "w:UnsupportedFeature",
        0x80041024);
    row("not to be created", transferOf("Create", disk, {}, "<DeviceID>X:</DeviceID>"), 0x80338102,
        "w:UnsupportedFeature", 0x80041024);
    row("created without a key", transferOf("Create", environment, {}, "<Name>a</Name>"),
        0x80338056, "x:InvalidRepresentation", 0x80041008);
    row("access denied", transferOf("Delete", cimv2 + "Win32_Process", selector("Handle", "4")), 5,
        "w:AccessDenied", 0x80041003);
    row("unknown method", callOf(service, "Explode", "", named("WinRM")), 0x80338013,
        "a:ActionNotSupported", 0x8004102E);
    row("unknown parameter", callOf(service, "StartService", "<p:Now>1</p:Now>", named("WinRM")),
        0x80338055, "w:InvalidParameter", 0x8004102F);
    row("missing parameter", callOf(service, "ChangeStartMode", "", named("WinRM")), 0x8033803A,
        "w:InvalidParameter", 0x8004102F);
    row("parameter of the wrong type",
        callOf(registry, "EnumKey",
               "<p:hDefKey>HKLM</p:hDefKey><p:sSubKeyName>SOFTWARE</p:sSubKeyName>"),
        0x80338054, "w:InvalidParameter", 0x80041005);
    row("keys of a static method",
        callOf(cimv2 + "Win32_Process", "Create", "", selector("Handle", "4")), 0x8033805B,
        "w:InvalidSelectors", 0x8033805B);
    row("method of nobody", callOf(service, "StartService", "", named("nobody")), 0x8033811A,
        "a:EndpointUnavailable", 0x80041002);
}

void TestDemoWrites::faults()
{
    QFETCH(QByteArray, envelope);
    QFETCH(quint32, code);
    QFETCH(QByteArray, subcode);
    QFETCH(quint32, inner);
    const RawReply reply = m_test->exchange(envelope);
    QCOMPARE(reply.status, 500);
    QCOMPARE(QByteArray::number(reply.faultCode(), 16), QByteArray::number(code, 16));
    QCOMPARE(text(reply.bodyElement.child("Code").child("Subcode").child("Value")), subcode);
    const Node nested = reply.document->root().descendant("ProviderFault").firstChild();
    QCOMPARE(QByteArray::number(attribute(nested, "Code").toUInt(), 16),
             QByteArray::number(inner, 16));
}

void TestDemoWrites::services()
{
    const auto call = [&](const char *method, const char *name, const QByteArray &inner = "") {
        return result(callOf(service, method, inner, named(name)));
    };
    const auto state = [&](const char *name) {
        return exchange(getOf(service, named(name))).text("State");
    };
    QCOMPARE(call("StopService", "EventSystem"), "3"); // SENS needs it
    QCOMPARE(call("StopService", "SENS"), "0");
    QCOMPARE(state("SENS"), "Stopped");
    QCOMPARE(call("StopService", "SENS"), "6");
    QCOMPARE(call("StartService", "SENS"), "0");
    QCOMPARE(call("StartService", "SENS"), "10");
    QCOMPARE(call("StopService", "BrokerInfrastructure"), "5");
    QCOMPARE(call("ChangeStartMode", "SENS", "<p:StartMode>Disabled</p:StartMode>"), "0");
    QCOMPARE(exchange(getOf(service, named("SENS"))).text("StartMode"), "Disabled");
    QCOMPARE(call("StopService", "SENS"), "0");
    QCOMPARE(call("StartService", "SENS"), "14");
    QCOMPARE(call("ChangeStartMode", "SENS", "<p:StartMode>Sometimes</p:StartMode>"), "21");
    QCOMPARE(call("ChangeStartMode", "SENS", "<p:StartMode>Automatic</p:StartMode>"), "0");
    QCOMPARE(exchange(getOf(service, named("SENS"))).text("StartMode"), "Auto");
    const RawReply reply = exchange(callOf(service, "StartService", "", named("SENS")));
    QCOMPARE(reply.text("Action"), service + "/StartServiceResponse");
    QCOMPARE(reply.bodyElement.localName(), "StartService_OUTPUT");
    QVERIFY(exchange(getOf(service, named("SENS"))).text("ProcessId") != "0");
    QCOMPARE(state("SENS"), "Running");
}

void TestDemoWrites::processes()
{
    const QByteArray process = cimv2 + "Win32_Process";
    const RawReply made = exchange(
        callOf(process, "Create", "<p:CommandLine>notepad.exe C:\\a.txt</p:CommandLine>"));
    QCOMPARE(made.text("ReturnValue"), "0");
    const QByteArray keys = selector("Handle", made.text("ProcessId"));
    QCOMPARE(exchange(getOf(process, keys)).text("Name"), "notepad.exe");
    const RawReply owner = exchange(callOf(process, "GetOwner", "", keys));
    QCOMPARE(owner.text("Domain"), "NT AUTHORITY");
    QCOMPARE(owner.text("User"), "SYSTEM");
    QCOMPARE(result(callOf(process, "Terminate", "<p:Reason>1</p:Reason>", keys)), "0");
    QCOMPARE(exchange(getOf(process, keys)).faultCode(), 0x8033811Au);
    QCOMPARE(result(callOf(process, "Terminate", "", selector("Handle", "4"))), "2");
    QCOMPARE(result(callOf(process, "Create", "<p:CommandLine/>")), "21");
    QCOMPARE(result(callOf(process, "Create", "<p:CommandLine>D:\\no\\such.exe</p:CommandLine>")),
             "9");
}

void TestDemoWrites::readsAndWritesTheRegistry()
{
    const QByteArray key =
        "<p:hDefKey>2147483650</p:hDefKey><p:sSubKeyName>SOFTWARE\\Example\\Monitor"
        "</p:sSubKeyName>";
    const auto value = [&key](const char *name) {
        return key + "<p:sValueName>" + name + "</p:sValueName>";
    };
    const RawReply values = exchange(callOf(registry, "EnumValues", key));
    int names = 0;
    for (Node node : values.bodyElement.children())
        names += node.localName() == "sNames";
    QCOMPARE(names, 7);
    QCOMPARE(exchange(callOf(registry, "EnumKey", key)).text("sNames"), "Rules");
    QCOMPARE(exchange(callOf(registry, "GetDWORDValue", value("Interval"))).text("uValue"), "60");
    QCOMPARE(exchange(callOf(registry, "GetQWORDValue", value("Quota"))).text("uValue"),
             "9007199254740993");
    QCOMPARE(exchange(callOf(registry, "GetMultiStringValue", value("hosts"))).text("sValue"),
             "srv21.example.com");
    QCOMPARE(result(callOf(registry, "GetStringValue", value("Interval"))), "2147749893");
    QCOMPARE(result(callOf(registry, "GetStringValue", value("Nothing"))), "2");
    QCOMPARE(result(callOf(registry, "EnumKey", "<p:sSubKeyName>Nothing</p:sSubKeyName>")), "2");
    QCOMPARE(result(callOf(registry, "EnumKey", "<p:sSubKeyName>SAM</p:sSubKeyName>")), "5");
    QCOMPARE(result(callOf(registry, "DeleteKey", key)), "5");
}

void TestDemoWrites::keepsValuesOfTheRegistry()
{
    const QByteArray key = "<p:hDefKey>2147483649</p:hDefKey><p:sSubKeyName>Software\\New\\Key"
                           "</p:sSubKeyName>";
    const QByteArray value = key + "<p:sValueName>Bytes</p:sValueName>";
    QCOMPARE(result(callOf(registry, "CreateKey", key)), "0");
    QCOMPARE(result(callOf(registry, "SetBinaryValue",
                           value + "<p:uValue>1</p:uValue><p:uValue>255</p:uValue>")),
             "0");
    const RawReply got = exchange(callOf(registry, "GetBinaryValue", value));
    QCOMPARE(got.text("uValue"), "1");
    QCOMPARE(result(callOf(registry, "SetBinaryValue", value + "<p:uValue>256</p:uValue>")),
             "80338054");
    QCOMPARE(exchange(callOf(registry, "CheckAccess", key)).text("bGranted"), "true");
    QCOMPARE(result(callOf(registry, "DeleteValue", value)), "0");
    QCOMPARE(result(callOf(registry, "DeleteKey", key)), "0");
    QCOMPARE(result(callOf(registry, "CheckAccess", key)), "2");
}

void TestDemoWrites::otherMethods()
{
    const RawReply got = exchange(enumerateOf(cimv2 + "Win32_OperatingSystem", 1));
    const QByteArray keys = named(got.text("Name"));
    const QByteArray system = cimv2 + "Win32_OperatingSystem";
    QCOMPARE(result(callOf(system, "Reboot", "", keys)), "0");
    const RawReply later = exchange(enumerateOf(system, 1));
    const auto bootOf = [](const RawReply &reply) {
        return text(reply.document->root().descendant("LastBootUpTime").firstChild());
    };
    QVERIFY(!bootOf(got).isEmpty());
    QVERIFY(bootOf(later) != bootOf(got));

    const QByteArray share = cimv2 + "Win32_Share";
    const QByteArray made = "<p:Path>C:\\Data</p:Path><p:Name>Data</p:Name><p:Type>0</p:Type>";
    QCOMPARE(result(callOf(share, "Create", made)), "0");
    QCOMPARE(result(callOf(share, "Create", made)), "22");
    QCOMPARE(exchange(getOf(share, named("data"))).text("Path"), "C:\\Data");
    QCOMPARE(result(callOf(share, "Delete", "", named("Data"))), "0");
    const RawReply count = exchange(callOf(item, "Count"));
    QCOMPARE(count.text("Items"), "20");
}

QTEST_GUILESS_MAIN(TestDemoWrites)
#include "tst_demowrites.moc"
