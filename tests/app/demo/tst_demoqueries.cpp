#include "demoexchange.h"

#include <QTest>

#include <set>

using namespace request;
using namespace Qt::StringLiterals;

class TestDemoQueries final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void filtersByWql_data();
    void filtersByWql();
    void projectsByWql();
    void refusesWql_data();
    void refusesWql();
    void filtersBySelectors();
    void listsMetaClasses();
    void tellsClasses();
    void keepsDataAndSchemaTogether();

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

void TestDemoQueries::initTestCase()
{
    DemoOptions options;
    options.items = 300;
    m_test = std::make_unique<TestHost>(options);
}

void TestDemoQueries::filtersByWql_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("count");
    const auto row = [](const QByteArray &query, int count) {
        QTest::newRow(query.constData()) << query << count;
    };
    row("select * from Win32_Service where Name='winrm'", 1);
    row("SELECT * FROM win32_service WHERE name = \"WinRM\" AND State = 'Running'", 1);
    row("select * from Win32_Service where Name like 'win%' and not State='Stopped'", 4);
    row("select * from Win32_Service where Name like 'W[a-c]%'", 2);
    row("select * from Win32_Service where Description is null", 1);
    row("select * from Win32_LogicalDisk where Size > 18446744073709551614", 1);
    row("select * from Win32_LogicalDisk where Size is not null", 4);
    row("select * from Win32_LogicalDisk where FreeSpace = 0 or DriveType = 5", 2);
    row("select * from Win32_LogicalDisk where 3 = DriveType and (DeviceID <> 'C:')", 1);
    row("select * from Win32_LogicalDisk where VolumeDirty = true", 1);
    row("select * from Win32_UserAccount where LocalAccount=TRUE and Disabled=FALSE", 5);
    row("select * from Win32_OperatingSystem where LastBootUpTime > '20250101000000.000000+000'",
        1);
    row("select * from Win32_OperatingSystem where LastBootUpTime < '20250101000000.000000+000'",
        0);
    row("select * from Win32_Process where ProcessId = 0x4", 1);
    row("select * from Demo_Item where ItemID >= 'ITEM-0000290'", 10);
}

void TestDemoQueries::filtersByWql()
{
    QFETCH(QByteArray, query);
    QFETCH(int, count);
    const QList<Node> items = all(enumerateOf(cimv2 + "*", 1000, wql(query)));
    QVERIFY2(m_replies.last().status == 200, m_replies.last().body.constData());
    QCOMPARE(items.size(), count);
}

void TestDemoQueries::projectsByWql()
{
    const QList<Node> items = all(enumerateOf(
        cimv2 + "*", 1000,
        wql("select Name,installdate, LastBootUpTime,BootDevice from Win32_OperatingSystem")));
    QCOMPARE(items.size(), 1);
    QCOMPARE(items.first().localName(), "XmlFragment");
    QByteArray names;
    for (Node child : items.first().children()) {
        names += QByteArray(child.localName().data(), qsizetype(child.localName().size())) + ' ';
        QVERIFY(child.namespaceUri().empty());
    }
    QCOMPARE(names, "BootDevice InstallDate LastBootUpTime Name ");
    const Node date = items.first().child("InstallDate").firstChild();
    QCOMPARE(date.localName(), "Datetime");
    QVERIFY(date.namespaceUri().empty());
}

void TestDemoQueries::refusesWql_data()
{
    QTest::addColumn<QByteArray>("query");
    for (const char *query :
         {"", "select", "select * from", "select * from Win32_Nothing",
          "select Nothing from Win32_Service", "select * from Win32_Service where",
          "select * from Win32_Service where Nothing = 1",
          "select * from Win32_Service where Name = ",
          "select * from Win32_Service where Name = 'x",
          "select * from Win32_Service where (Name = 'x'",
          "select * from Win32_Service where ProcessId = 'many'",
          "select * from Win32_NetworkAdapterConfiguration where IPAddress = '192.0.2.21'",
          "select * from Win32_Service order by Name",
          "select * from Win32_Service where Started = 'perhaps'",
          "select * from Win32_OperatingSystem where InstallDate > 'yesterday'"}) {
        QTest::newRow(query) << QByteArray(query);
    }
    QTest::newRow("deep") << "select * from Win32_Service where " + QByteArray(100, '(')
            + "Name='x'" + QByteArray(100, ')');
}

void TestDemoQueries::refusesWql()
{
    QFETCH(QByteArray, query);
    const RawReply reply = exchange(enumerateOf(cimv2 + "*", 1000, wql(query)));
    QCOMPARE(reply.status, 500);
    QCOMPARE(reply.faultCode(), 0x8033801Au);
    QCOMPARE(reply.text("Value"), "s:Sender");
    QVERIFY(reply.document->root().descendant("ProviderFault").descendant("Message"));
}

void TestDemoQueries::filtersBySelectors()
{
    const auto filter = [](const QByteArray &selectors) {
        return "<w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter\">"
               "<w:SelectorSet>"
            + selectors + "</w:SelectorSet></w:Filter>";
    };
    QCOMPARE(all(enumerateOf(cimv2 + "Win32_LogicalDisk", 10, filter(selector("DriveType", "3"))))
                 .size(),
             2);
    const auto code = [&](const QByteArray &filterElement) {
        return exchange(enumerateOf(cimv2 + "Win32_LogicalDisk", 10, filterElement)).faultCode();
    };
    QCOMPARE(code(filter(selector("Nothing", "3"))), 0x8033801Au);
    QCOMPARE(code(filter(selector("InstallDate", "3"))), 0x8033801Au);
    QCOMPARE(code(filter(selector("Name", "a'b"))), 0x8033801Au);
    QCOMPARE(code("<w:Filter Dialect=\"http://example.com/other\">x</w:Filter>"), 0x80338019u);
    QCOMPARE(code(wql("select * from Win32_LogicalDisk")), 0x803380FBu);
    QCOMPARE(exchange(enumerateOf(cimv2 + "*", 10)).faultCode(), 0x8033801Au);
}

void TestDemoQueries::listsMetaClasses()
{
    QList<Node> items = all(enumerateOf(cimv2 + "*", 1000, wql("select * from meta_class")));
    QVERIFY(items.size() > 30);
    items = all(enumerateOf(cimv2 + "*", 1000,
                            wql("select * from meta_class where __Class like 'Win32_S%'")));
    QCOMPARE(items.size(), 4);
    QVERIFY(items.last().child("Name").isNil());
    items = all(enumerateOf(cimv2 + "*", 1000,
                            wql("select * from meta_class where __this isa 'Win32_Account'")));
    QCOMPARE(items.size(), 3);
}

void TestDemoQueries::tellsClasses()
{
    TestEnvelope one = getOf(metadata,
                             selector("__cimnamespace", "root/cimv2")
                                 + selector("ClassName", "win32_service"));
    RawReply reply = exchange(one);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.bodyElement.localName(), "CLASS");
    QVERIFY(reply.bodyElement.namespaceUri().empty());
    QCOMPARE(reply.bodyElement.attribute("NAME").value_or(""), "Win32_Service");
    QCOMPARE(reply.bodyElement.attribute("SUPERCLASS").value_or(""), "Win32_BaseService");
    QVERIFY(!reply.bodyElement.descendant("QUALIFIER"));
    const auto own = reply.bodyElement.childCount();

    one.more = "<w:OptionSet>";
    for (const char *name : {"IncludeInheritanceHierarchy", "IncludeInheritedElements",
                             "IncludeQualifiers", "IncludeClassOrigin"})
        one.more += QByteArray("<w:Option Name=\"") + name + "\">true</w:Option>";
    one.more += "</w:OptionSet>";
    reply = exchange(one);
    QVERIFY(reply.bodyElement.attribute("DERIVATION")
                .value_or("")
                .starts_with("Win32_BaseService,CIM_Service,"));
    QVERIFY(reply.bodyElement.childCount() > own);
    bool keyFound = false;
    for (Node property : reply.bodyElement.children()) {
        if (property.attribute("NAME") != "Name" || property.localName() != "PROPERTY")
            continue;
        QCOMPARE(property.attribute("CLASSORIGIN").value_or(""), "Win32_BaseService");
        for (Node qualifier : property.children())
            keyFound = keyFound || qualifier.attribute("NAME") == "key";
    }
    QVERIFY(keyFound);

    one.selectors = selector("ClassName", "Win32_Nothing");
    reply = exchange(one);
    QCOMPARE(reply.faultCode(), 0x80041010u);
    QCOMPARE(reply.text("CIMStatusCode"), "5");
    one.selectors = selector("__cimnamespace", "root/nothing") + selector("ClassName", "x");
    QCOMPARE(exchange(one).faultCode(), 0x8004100Eu);
    one.selectors = selector("__cimnamespace", "root/cimv2");
    QCOMPARE(exchange(one).faultCode(), 0x8033805Au);

    TestEnvelope list = enumerateOf(metadata, 1000);
    list.selectors = selector("__cimnamespace", "root/StandardCimv2");
    std::set<std::string> names;
    for (Node item : all(list))
        names.insert(std::string(item.attribute("NAME").value_or("")));
    QVERIFY(names.contains("MSFT_NetAdapter"));
    QVERIFY(!names.contains("Win32_Service"));
    list.selectors = selector("__cimnamespace", "root/cimv2")
        + selector("ClassName", "CIM_Service");
    QCOMPARE(all(list).size(), 1);
    list.more = "<w:OptionSet><w:Option Name=\"IncludeSubClasses\">true</w:Option></w:OptionSet>";
    QCOMPARE(all(list).size(), 3);
}

/// Every instance has the properties its class tells, with values of their types.
void TestDemoQueries::keepsDataAndSchemaTogether()
{
    for (const QByteArray &ns : {QByteArray("root/cimv2"), QByteArray("root/StandardCimv2")}) {
        TestEnvelope list = enumerateOf(metadata, 1000);
        list.selectors = selector("__cimnamespace", ns);
        list.more = "<w:OptionSet><w:Option Name=\"IncludeInheritedElements\">true</w:Option>"
                    "<w:Option Name=\"IncludeQualifiers\">true</w:Option></w:OptionSet>";
        QList<RawReply> classReplies;
        const QList<Node> classes = m_test->all(list, 1000, classReplies);
        QVERIFY(classes.size() >= 10);
        for (Node cls : classes) {
            const QByteArray className = attribute(cls, "NAME");
            QHash<QByteArray, QByteArray> types;
            for (Node property : cls.children()) {
                if (property.localName().starts_with("PROPERTY"))
                    types[attribute(property, "NAME")] = attribute(property, "TYPE");
            }
            const QByteArray resource = "http://schemas.microsoft.com/wbem/wsman/1/wmi/" + ns + '/'
                + className;
            for (Node instance : all(enumerateOf(resource, 1000))) {
                if (instance.localName() != std::string_view(className.constData()))
                    continue;
                for (Node value : instance.children()) {
                    const QByteArray property(value.localName().data(),
                                              qsizetype(value.localName().size()));
                    QVERIFY2(types.contains(property), property.constData());
                    if (value.isNil())
                        continue;
                    const QByteArray type = types.value(property);
                    const QByteArray content = text(value);
                    bool valid = true;
                    if (type.startsWith("uint")) {
                        const int bits = type.mid(4).toInt();
                        const quint64 number = content.toULongLong(&valid);
                        valid = valid && (bits == 64 || number >> bits == 0);
                    } else if (type.startsWith("sint")) {
                        content.toLongLong(&valid);
                    } else if (type == "boolean") {
                        valid = content == "true" || content == "false";
                    } else if (type == "datetime") {
                        valid = value.childCount() == 1;
                    } else if (type == "real32") {
                        content.toDouble(&valid);
                    }
                    const QByteArray what = className + '.' + property + '=' + content;
                    QVERIFY2(valid, what.constData());
                }
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestDemoQueries)
#include "tst_demoqueries.moc"
