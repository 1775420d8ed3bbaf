#include "demoexchange.h"

#include <QTest>

using namespace request;

namespace {

const QByteArray transferAction = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
const QByteArray environment = cimv2 + "Win32_Environment";
const QByteArray item = cimv2 + "Demo_Item";
const QByteArray service = cimv2 + "Win32_Service";

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

private:
    RawReply exchange(const TestEnvelope &envelope) { return m_test->exchange(envelope); }
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

QTEST_GUILESS_MAIN(TestDemoWrites)
#include "tst_demowrites.moc"
