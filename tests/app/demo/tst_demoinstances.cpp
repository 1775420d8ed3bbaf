#include "demoexchange.h"

#include "demo/enumerations.h"

#include <QElapsedTimer>
#include <QTest>

#include <set>

using namespace request;
using namespace Qt::StringLiterals;

class TestDemoInstances final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void listsNamespacesThatCanBeEntered();
    void hasTheClasses_data();
    void hasTheClasses();
    void writesValues();
    void marksNullAndEmptyArrays();
    void getsInstances();
    void answersTheDmtfForm();
    void enumeratesSubclasses();
    void takesPolymorphismModes();
    void tellsReferences();
    void enumeratesItems();
    void fillsPagesByBytes();
    void startsWithoutOptimisation();
    void faultsOnChangedPulls();
    void releases();
    void faultsOnASecondPullInFlight();
    void timesOutByLatency();
    void forgetsIdleContexts();
    void servesManyItemsQuickly();

private:
    RawReply exchange(const TestEnvelope &envelope) { return m_test->exchange(envelope); }
    QList<Node> all(const TestEnvelope &first, int maxElements = 1000)
    {
        m_replies.clear();
        return m_test->all(first, maxElements, m_replies);
    }

    std::unique_ptr<TestHost> m_test;
    QList<RawReply> m_replies; ///< of the last all()
};

void TestDemoInstances::initTestCase()
{
    DemoOptions options;
    options.items = 300;
    m_test = std::make_unique<TestHost>(options);
}

void TestDemoInstances::listsNamespacesThatCanBeEntered()
{
    const QByteArray wmi = "http://schemas.microsoft.com/wbem/wsman/1/wmi/";
    const QList<Node> items = all(enumerateOf(wmi + "root/__NAMESPACE", 10), 10);
    QStringList names;
    for (Node item : items)
        names.append(QString::fromUtf8(text(item.child("Name"))));
    QCOMPARE(names, QStringList({u"cimv2"_s, u"default"_s, u"StandardCimv2"_s}));
    for (const QString &name : names) {
        const RawReply below = exchange(
            enumerateOf(wmi + "root/" + name.toUtf8() + "/__NAMESPACE", 10));
        QCOMPARE(below.status, 200);
        QCOMPARE(below.bodyElement.child("Items").childCount(), 0u);
        QVERIFY(below.bodyElement.child("EndOfSequence"));
    }
}

void TestDemoInstances::hasTheClasses_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("atLeast");
    const QList<QPair<QByteArray, int>> classes = {
        {"Win32_Service", 120},
        {"Win32_Process", 60},
        {"Win32_OperatingSystem", 1},
        {"Win32_ComputerSystem", 1},
        {"Win32_LogicalDisk", 4},
        {"Win32_BIOS", 1},
        {"Win32_NetworkAdapterConfiguration", 4},
        {"Win32_QuickFixEngineering", 10},
        {"Win32_UserAccount", 5},
        {"Win32_Share", 5},
        {"Win32_DependentService", 20},
        {"Win32_Processor", 2},
        {"Win32_Group", 5},
        {"Win32_TimeZone", 1},
        {"Demo_Item", 300},
    };
    for (const auto &[name, atLeast] : classes)
        QTest::newRow(name.constData()) << name << atLeast;
}

void TestDemoInstances::hasTheClasses()
{
    QFETCH(QByteArray, name);
    QFETCH(int, atLeast);
    const QByteArray both = "<w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode>";
    const QList<Node> items = all(enumerateOf(cimv2 + name.toLower(), 1000, both));
    QVERIFY2(items.size() >= atLeast, m_replies.last().body.constData());
    std::set<QByteArray> keys;
    for (Node item : items) {
        const Node instance = item.firstChild();
        QCOMPARE(instance.localName(), std::string_view(name.constData()));
        QCOMPARE(instance.namespaceUri(), std::string_view((cimv2 + name).constData()));
        QByteArray previous;
        for (Node property : instance.children()) {
            const QByteArray lower = QByteArray(property.localName().data(),
                                                qsizetype(property.localName().size()))
                                         .toLower();
            QVERIFY2(previous <= lower, lower.constData()); // alphabetical, ignoring case
            previous = lower;
        }
        QByteArray key;
        for (Node part : item.child("EndpointReference").descendant("SelectorSet").children())
            key += text(part) + text(part.descendant("Selector")) + '\n';
        keys.insert(key);
    }
    QCOMPARE(int(keys.size()), int(items.size()));
}

void TestDemoInstances::writesValues()
{
    const RawReply reply = exchange(getOf(cimv2 + "win32_logicaldisk", selector("deviceid", "p:")));
    QCOMPARE(reply.status, 200);
    QCOMPARE(text(reply.bodyElement.child("Size")), "18446744073709551615");
    QVERIFY(reply.bodyElement.child("InstallDate").isNil());
    const RawReply c = exchange(getOf(cimv2 + "Win32_LogicalDisk", selector("DeviceID", "C:")));
    QVERIFY(c.bodyElement.child("VolumeName"));
    QVERIFY(!c.bodyElement.child("VolumeName").isNil());
    QVERIFY(c.bodyElement.child("VolumeName").text().empty());

    const RawReply system = exchange(getOf(cimv2 + "Win32_OperatingSystem"));
    const Node boot = system.bodyElement.child("LastBootUpTime").firstChild();
    QCOMPARE(boot.localName(), "Datetime");
    QCOMPARE(boot.namespaceUri(), "http://schemas.dmtf.org/wbem/wscim/1/common");

    const RawReply item = exchange(getOf(cimv2 + "Demo_Item", selector("ItemID", "ITEM-0000000")));
    QCOMPARE(item.status, 200);
    QCOMPARE(item.bodyElement.child("Uptime").firstChild().localName(), "Interval");
    const Node place = item.bodyElement.child("Location");
    QVERIFY(place.child("Building"));
    QCOMPARE(place.child("Building").namespaceUri(),
             std::string_view((cimv2 + "Demo_Location").constData()));
    QVERIFY(place.attribute("type").value_or("").ends_with(":Demo_Location_Type"));
}

void TestDemoInstances::marksNullAndEmptyArrays()
{
    TestEnvelope envelope = enumerateOf(cimv2 + "Demo_Item", 1000);
    const auto count = [this](const TestEnvelope &e, const char *attribute) {
        int found = 0;
        for (Node item : all(e)) {
            for (Node property : item.children())
                found += property.attribute(attribute).has_value();
        }
        return found;
    };
    QCOMPARE(count(envelope, "IsNullArray"), 0);
    envelope.more = "<w:OptionSet xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><w:Option "
                    "Name=\"msftwinrm:UsePreciseArrays\" Type=\"xs:boolean\">true</w:Option>"
                    "</w:OptionSet>";
    QVERIFY(count(envelope, "IsNullArray") > 0);
    QVERIFY(count(envelope, "IsEmptyArray") > 0);
}

void TestDemoInstances::getsInstances()
{
    const RawReply service = exchange(getOf(cimv2 + "Win32_Service", selector("Name", "winrm")));
    QCOMPARE(service.status, 200);
    QCOMPARE(service.text("Name"), "WinRM");
    QCOMPARE(service.text("State"), "Running");
    QCOMPARE(exchange(getOf(cimv2 + "Demo_Item", selector("ItemID", "ITEM-0000299"))).status, 200);
    QCOMPARE(exchange(getOf(cimv2 + "Demo_Item", selector("ItemID", "ITEM-0000300"))).faultCode(),
             0x8033811Au);
    QCOMPARE(exchange(getOf(cimv2 + "Win32_BIOS")).text("SerialNumber"), "EX21-0047-1193");
}

void TestDemoInstances::answersTheDmtfForm()
{
    TestEnvelope envelope = getOf(
        dmtf + "MSFT_NetAdapter",
        selector("__cimnamespace", "root\\standardcimv2")
            + selector("DeviceID", "{1B2C3D4E-0001-4A5B-8C6D-000000000002}")
            + selector("CreationClassName", "MSFT_NetAdapter")
            + selector("SystemCreationClassName", "CIM_NetworkPort")
            + selector("SystemName", "srv21.example.com"));
    const RawReply reply = exchange(envelope);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("Name"), "Ethernet");
    QCOMPARE(reply.bodyElement.namespaceUri(),
             std::string_view((dmtf + "MSFT_NetAdapter").constData()));

    TestEnvelope list = enumerateOf(dmtf + "Win32_Share", 100,
                                    "<w:EnumerationMode>EnumerateEPR</w:EnumerationMode>");
    list.selectors = selector("__cimnamespace", "root/cimv2");
    for (Node item : all(list)) {
        QByteArray ns;
        for (Node part : item.descendant("SelectorSet").children()) {
            if (part.attribute("Name") == "__cimnamespace")
                ns = text(part);
        }
        QCOMPARE(ns, "root/cimv2");
    }
}

void TestDemoInstances::enumeratesSubclasses()
{
    std::set<std::string> classes;
    for (Node item : all(enumerateOf(cimv2 + "CIM_LogicalDevice", 100)))
        classes.insert(std::string(item.localName()));
    QCOMPARE(classes,
             (std::set<std::string>{"Win32_DiskDrive", "Win32_DiskPartition", "Win32_LogicalDisk",
                                    "Win32_Printer", "Win32_Processor", "Win32_Volume"}));
}

void TestDemoInstances::takesPolymorphismModes()
{
    const auto mode = [](const QByteArray &name) {
        return "<b:PolymorphismMode "
               "xmlns:b=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd\">"
            + name + "</b:PolymorphismMode>";
    };
    const QByteArray devices = cimv2 + "CIM_LogicalDevice";
    const qsizetype whole = all(enumerateOf(devices, 100)).size();
    for (const char *name : {"IncludeSubClassProperties", "ExcludeSubClassProperties", "None"})
        QCOMPARE(all(enumerateOf(devices, 100, mode(name))).size(), whole);
    const QByteArray query = wql("select * from CIM_LogicalDevice");
    QCOMPARE(all(enumerateOf(cimv2 + "*", 100, query + mode("IncludeSubClassProperties"))).size(),
             whole);
    QCOMPARE(exchange(enumerateOf(cimv2 + "*", 100, query + mode("None"))).faultCode(),
             0x80338137u);
}

void TestDemoInstances::tellsReferences()
{
    const QList<Node> items = all(enumerateOf(cimv2 + "Win32_DependentService", 100));
    const Node end = items.first().child("Antecedent");
    QVERIFY(end.child("Address"));
    QCOMPARE(text(end.descendant("ResourceURI")), cimv2 + "Win32_Service");
    QCOMPARE(end.descendant("Selector").attribute("Name").value_or(""), "Name");
    const auto reference = [](const QByteArray &name, const QByteArray &service) {
        return selector(name,
                        "<a:EndpointReference><a:Address>x</a:Address>"
                        "<a:ReferenceParameters><w:ResourceURI>"
                            + cimv2
                            + "Win32_Service"
                              "</w:ResourceURI><w:SelectorSet>"
                            + selector("Name", service)
                            + "</w:SelectorSet></a:ReferenceParameters></a:EndpointReference>");
    };
    const QByteArray resource = cimv2 + "Win32_DependentService";
    QCOMPARE(exchange(getOf(resource,
                            reference("Antecedent", "RpcSs") + reference("Dependent", "WinRM")))
                 .status,
             200);
    QCOMPARE(exchange(getOf(resource,
                            reference("Antecedent", "WinRM") + reference("Dependent", "RpcSs")))
                 .faultCode(),
             0x8033811Au);
}

void TestDemoInstances::enumeratesItems()
{
    const QList<Node> items = all(enumerateOf(cimv2 + "demo_item", 70), 70);
    QCOMPARE(items.size(), 300);
    QCOMPARE(m_replies.size(), 5);
    std::set<std::string> ids;
    for (Node item : items) {
        QCOMPARE(item.localName(), "Demo_Item");
        ids.insert(std::string(item.child("ItemID").text()));
    }
    QCOMPARE(ids.size(), 300u);
    QCOMPARE(m_replies.first().text("EnumerationContext"),
             m_replies.at(1).text("EnumerationContext"));
    QVERIFY(!m_replies.last().bodyElement.child("EnumerationContext"));
    QVERIFY(m_replies.first().bodyElement.child("http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
                                                "Items"));
    QVERIFY(m_replies.last().bodyElement.child("http://schemas.xmlsoap.org/ws/2004/09/enumeration",
                                               "EndOfSequence"));
}

void TestDemoInstances::fillsPagesByBytes()
{
    TestEnvelope envelope = enumerateOf(cimv2 + "Demo_Item", 32000);
    envelope.size = "40000";
    const QList<Node> items = all(envelope, 32000);
    QCOMPARE(items.size(), 300);
    for (const RawReply &reply : std::as_const(m_replies))
        QVERIFY(reply.body.size() <= 40000);
    // Full up to one item.
    QVERIFY(m_replies.first().body.size() > 40000 - 4000);

    TestEnvelope small = getOf(config + "/plugin", selector("Name", "WMI Provider"));
    small.size = "8192";
    QCOMPARE(exchange(small).status, 200);
    TestEnvelope tight = enumerateOf(metadata, 10);
    tight.more = "<w:OptionSet><w:Option Name=\"IncludeQualifiers\">true</w:Option></w:OptionSet>";
    tight.size = "8192";
    QCOMPARE(exchange(tight).status, 200); // small classes first ...
    all(tight, 10);
    QCOMPARE(m_replies.last().faultCode(), 0x80338048u); // ... then one that never fits
}

void TestDemoInstances::startsWithoutOptimisation()
{
    const RawReply first = exchange({.action = enumeration + "Enumerate",
                                     .resource = cimv2 + "Demo_Item",
                                     .body = "<n:Enumerate/>"});
    QCOMPARE(first.status, 200);
    QVERIFY(!first.bodyElement.child("Items"));
    QVERIFY(!first.bodyElement.child("EndOfSequence"));
    const RawReply second = exchange({.action = enumeration + "Pull",
                                      .resource = cimv2 + "Demo_Item",
                                      .body = "<n:Pull><n:EnumerationContext>"
                                          + first.text("EnumerationContext")
                                          + "</n:EnumerationContext></n:Pull>"});
    QCOMPARE(second.bodyElement.child("Items").childCount(), 1u); // MaxElements is 1 unless said
}

void TestDemoInstances::faultsOnChangedPulls()
{
    const RawReply first = exchange(enumerateOf(cimv2 + "Demo_Item", 10));
    const QByteArray context = first.text("EnumerationContext");
    TestEnvelope pull{.action = enumeration + "Pull",
                      .resource = cimv2 + "Demo_Item",
                      .body = pullBody(context, 11)};
    QCOMPARE(exchange(pull).faultCode(), 0x803381ADu);
    pull.body = pullBody(context, 10);
    pull.size = "511999";
    QCOMPARE(exchange(pull).faultCode(), 0x803381ADu);
    pull.size = "512000";
    pull.body.replace("n:MaxElements", "w:MaxElements");
    QCOMPARE(exchange(pull).faultCode(), 0x80338041u);
    pull.body = pullBody(context, 10);
    QCOMPARE(exchange(pull).bodyElement.child("Items").childCount(), 10u); // it lives on
}

void TestDemoInstances::releases()
{
    const RawReply first = exchange(enumerateOf(cimv2 + "Demo_Item", 10));
    const QByteArray context = first.text("EnumerationContext");
    const TestEnvelope release{.action = enumeration + "Release",
                               .resource = cimv2 + "Demo_Item",
                               .body = "<n:Release><n:EnumerationContext>" + context
                                   + "</n:EnumerationContext></n:Release>"};
    const RawReply reply = exchange(release);
    QCOMPARE(reply.status, 200);
    QVERIFY(!reply.bodyElement);
    QCOMPARE(exchange({.action = enumeration + "Pull",
                       .resource = cimv2 + "Demo_Item",
                       .body = pullBody(context, 10)})
                 .faultCode(),
             0x8033801Bu);
    QCOMPARE(exchange(release).faultCode(), 0x8033801Bu);
}

void TestDemoInstances::faultsOnASecondPullInFlight()
{
    DemoOptions options;
    options.items = 30;
    options.latency = std::chrono::milliseconds(200);
    TestHost test(options);
    const RawReply first = test.exchange(enumerateOf(cimv2 + "Demo_Item", 10));
    const TestEnvelope pull{.action = enumeration + "Pull",
                            .resource = cimv2 + "Demo_Item",
                            .body = pullBody(first.text("EnumerationContext"), 10)};
    RawConnection other(test.host.port(), false);
    const QByteArray sent = post(pull.bytes(), basic("demo", test.password));
    test.connection->send(sent);
    other.send(sent);
    const RawReply a = test.connection->read();
    const RawReply b = other.read();
    const RawReply &good = a.status == 200 ? a : b;
    const RawReply &bad = a.status == 200 ? b : a;
    QCOMPARE(good.status, 200);
    QCOMPARE(bad.faultCode(), 0x80338006u);
    QCOMPARE(test.exchange(pull).status, 200);
}

void TestDemoInstances::timesOutByLatency()
{
    DemoOptions options;
    options.items = 30;
    options.latency = std::chrono::milliseconds(700);
    TestHost test(options);
    QElapsedTimer timer;
    timer.start();
    TestEnvelope envelope = enumerateOf(cimv2 + "Demo_Item", 10);
    const RawReply first = test.exchange(envelope);
    QVERIFY(timer.elapsed() >= 690);
    envelope.more = "<w:OperationTimeout>PT0.5S</w:OperationTimeout>";
    QCOMPARE(test.exchange(envelope).faultCode(), 0x80338029u);
    TestEnvelope pull{.action = enumeration + "Pull",
                      .resource = cimv2 + "Demo_Item",
                      .body = pullBody(first.text("EnumerationContext"), 10)};
    const QByteArray patient = pull.body;
    pull.body.replace("<n:MaxElements>", "<n:MaxTime>PT0.1S</n:MaxTime><n:MaxElements>");
    const RawReply late = test.exchange(pull);
    QCOMPARE(late.faultCode(), 0x8033801Cu);
    QCOMPARE(text(late.bodyElement.child("Code").child("Subcode").child("Value")), "n:TimedOut");
    pull.body = patient;
    QCOMPARE(test.exchange(pull).status, 200);
}

void TestDemoInstances::forgetsIdleContexts()
{
    struct Endless final : ItemSource
    {
        bool next(std::string &out) override
        {
            out += "<i/>";
            return true;
        }
    };
    EnumerationTable table;
    table.setTimeout(std::chrono::milliseconds(30));
    const auto idle = table.open(std::make_unique<Endless>(), {});
    const auto busy = table.open(std::make_unique<Endless>(), {});
    busy->inFlight = true;
    QVERIFY(table.find(idle->context));
    QTRY_VERIFY(!table.find(idle->context));
    QVERIFY(table.find(busy->context)); // its reply is still on the way
    busy->inFlight = false;
    QTRY_COMPARE(int(!table.find(busy->context)), 1);
    QCOMPARE(table.size(), 0u);
}

/// Prints the rate; the figure is not held against anything (a debug build is slow).
void TestDemoInstances::servesManyItemsQuickly()
{
    DemoOptions options;
    options.items = 20000;
    TestHost test(options);
    TestEnvelope envelope = enumerateOf(cimv2 + "Demo_Item", 32000);
    QElapsedTimer timer;
    timer.start();
    qint64 bytes = 0;
    int pages = 0;
    QByteArray context;
    for (bool more = true; more; ++pages) {
        test.connection->send(post(envelope.bytes(), basic("demo", test.password)));
        const QByteArray body = test.connection->readBody();
        bytes += body.size();
        more = !body.contains("EndOfSequence");
        const qsizetype at = body.indexOf("<n:EnumerationContext>") + 22;
        envelope.action = enumeration + "Pull";
        envelope.body = pullBody(body.mid(at, body.indexOf('<', at) - at), 32000);
        QVERIFY(!body.isEmpty());
    }
    const double seconds = double(timer.elapsed()) / 1000;
    qInfo("%d pages, %.1f MB in %.2f s: %.0f MB/s, %.0f bytes an item", pages, double(bytes) / 1e6,
          seconds, double(bytes) / 1e6 / seconds, double(bytes) / options.items);
    QVERIFY(double(bytes) / options.items > 2200);
    QVERIFY(double(bytes) / options.items < 3200);
}

QTEST_GUILESS_MAIN(TestDemoInstances)
#include "tst_demoinstances.moc"
