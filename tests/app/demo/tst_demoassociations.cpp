#include "demoexchange.h"

#include <QTest>

using namespace request;
using namespace Qt::StringLiterals;

namespace {

const QByteArray all = cimv2 + "*";
const QByteArray drive = R"(Win32_DiskDrive.DeviceID="\\\\.\\PHYSICALDRIVE0")";
const QByteArray partition = R"(Win32_DiskPartition.DeviceID="Disk #0, Partition #1")";
const QByteArray winrm = "Win32_Service.Name='winrm'";

/// `kind` is AssociatedInstances or AssociationInstances; `conditions` are its further elements.
QByteArray filter(const QByteArray &kind, const QByteArray &cls, const QByteArray &keys,
                  const QByteArray &conditions = {}, const QByteArray &letter = "a")
{
    const QByteArray binding = "http://schemas.dmtf.org/wbem/wsman/1/cimbinding";
    return "<w:Filter xmlns:b=\"" + binding + ".xsd\" Dialect=\"" + binding + '/' + letter
        + "ssociationFilter\"><b:" + kind
        + "><b:Object><a:Address>http://127.0.0.1/wsman</a:Address><a:ReferenceParameters>"
          "<w:ResourceURI>"
        + cimv2 + cls + "</w:ResourceURI><w:SelectorSet>" + keys
        + "</w:SelectorSet></a:ReferenceParameters></b:Object>" + conditions + "</b:" + kind
        + "></w:Filter>";
}

} // namespace

class TestDemoAssociations final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { m_test = std::make_unique<TestHost>(DemoOptions{.items = 20}); }
    void finds_data();
    void finds();
    void tellsWhatIsAsked();
    void followsWhatIsWritten();
    void refuses_data();
    void refuses();

private:
    /// `Class` or `Class key` of each instance that came.
    QStringList names(const QByteArray &filterElement, const QByteArray &mode = {})
    {
        m_replies.clear();
        QStringList found;
        for (Node item : m_test->all(enumerateOf(all, 50, mode + filterElement), 50, m_replies)) {
            const QByteArray key = text(item.child("DeviceID") ? item.child("DeviceID")
                                                               : item.child("Name"));
            const std::string_view local = item.localName();
            found.append(QString::fromLatin1(local.data(), qsizetype(local.size())).mid(6)
                         + (key.isEmpty() ? QString() : u' ' + QString::fromUtf8(key)));
        }
        return found;
    }
    std::unique_ptr<TestHost> m_test;
    QList<RawReply> m_replies;
};

void TestDemoAssociations::finds_data()
{
    QTest::addColumn<QByteArray>("filterElement");
    QTest::addColumn<QStringList>("found");
    const auto query = [](const QByteArray &text, const QStringList &found) {
        QTest::newRow(text.constData()) << wql(text) << found;
    };
    const QStringList both{u"DiskDrive \\\\.\\PHYSICALDRIVE0"_s, u"LogicalDisk C:"_s};
    query("associators of {" + partition + "}", both);
    query("ASSOCIATORS OF {" + partition + "} WHERE ResultClass = Win32_LogicalDisk", both.mid(1));
    query("associators of {" + partition + "} where assocclass=Win32_LogicalDiskToPartition",
          both.mid(1));
    query("associators of {" + partition + "} where Role=Dependent", both.first(1));
    query("associators of {" + partition + "} where ResultRole = Dependent Role=Antecedent",
          both.mid(1));
    query("associators of {" + partition + "} where ResultClass = Win32_Service", {});
    query("associators of {" + drive + "}",
          {u"DiskPartition Disk #0, Partition #0"_s, u"DiskPartition Disk #0, Partition #1"_s,
           u"DiskPartition Disk #0, Partition #2"_s});
    query("references of {" + partition + "}",
          {u"DiskDriveToDiskPartition"_s, u"LogicalDiskToPartition"_s});
    query("references of {" + partition + "} where ResultClass=CIM_Dependency Role=Antecedent",
          {u"LogicalDiskToPartition"_s});
    query("associators of {" + winrm + "} where ResultClass=Win32_ComputerSystem",
          {u"ComputerSystem SRV21"_s});

    const QByteArray keys = selector("DeviceID", "Disk #0, Partition #1")
        + selector("__cimnamespace", "root/cimv2");
    const auto element = [&keys](const char *name, const QByteArray &kind,
                                 const QByteArray &conditions, const QStringList &found) {
        QTest::newRow(name) << filter(kind, "Win32_DiskPartition", keys, conditions) << found;
    };
    element("filter", "AssociatedInstances", "", both);
    element("filter by classes", "AssociatedInstances",
            "<b:AssociationClassName>CIM_Dependency</b:AssociationClassName>"
            "<b:ResultClassName>CIM_LogicalDisk</b:ResultClassName>",
            both.mid(1));
    element("filter by roles", "AssociatedInstances",
            "<b:Role>Dependent</b:Role><b:ResultRole>Antecedent</b:ResultRole>", both.first(1));
    element("filter for references", "AssociationInstances", "<b:Role>Antecedent</b:Role>",
            {u"LogicalDiskToPartition"_s});
    QTest::newRow("capital A") << filter("AssociatedInstances", "Win32_DiskPartition", keys, {},
                                         "A")
                               << both;
}

void TestDemoAssociations::finds()
{
    QFETCH(QByteArray, filterElement);
    QFETCH(QStringList, found);
    QCOMPARE(names(filterElement), found);
    QCOMPARE(m_replies.last().status, 200);
}

void TestDemoAssociations::tellsWhatIsAsked()
{
    const QByteArray query = wql("references of {" + partition + "}");
    names(query, "<w:EnumerationMode>EnumerateEPR</w:EnumerationMode>");
    const Node reference = m_replies.first().document->root().descendant("EndpointReference");
    QCOMPARE(text(reference.descendant("ResourceURI")), cimv2 + "Win32_DiskDriveToDiskPartition");
    const Node selectors = reference.descendant("SelectorSet");
    QCOMPARE(attribute(selectors.firstChild(), "Name"), "Antecedent");
    QVERIFY(selectors.firstChild().child("EndpointReference")); // a key that is a reference itself

    names(query, "<w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode>");
    const Node item = m_replies.first().bodyElement.child("Items").firstChild();
    QCOMPARE(item.localName(), "Item");
    QVERIFY(item.child("Win32_DiskDriveToDiskPartition") && item.child("EndpointReference"));

    names(filter("AssociatedInstances", "Win32_Service", selector("Name", "WinRM"),
                 "<b:ResultClassName>Win32_ComputerSystem</b:ResultClassName>"
                 "<b:IncludeResultProperty>Name</b:IncludeResultProperty>"
                 "<b:IncludeResultProperty>Domain</b:IncludeResultProperty>"));
    const Node part = m_replies.first().bodyElement.child("Items").firstChild();
    QCOMPARE(part.localName(), "XmlFragment");
    QVERIFY(part.child("Domain"));
    QVERIFY(!part.child("Roles"));
    QCOMPARE(text(part.child("Name")), "SRV21");
}

void TestDemoAssociations::followsWhatIsWritten()
{
    const QByteArray query = wql(
        "associators of {Win32_ComputerSystem.Name='SRV21'} where ResultClass=Win32_Service");
    const qsizetype before = names(query).size();
    QVERIFY(before > 50);
    const QByteArray service = cimv2 + "Win32_Service";
    const RawReply gone = m_test->exchange(
        TestEnvelope{.action = service + "/Delete",
                     .resource = service,
                     .body = "<p:Delete_INPUT xmlns:p=\"" + service + "\"/>",
                     .selectors = selector("Name", "Audiosrv")});
    QCOMPARE(gone.text("ReturnValue"), "0");
    QCOMPARE(names(query).size(), before - 1);
}

void TestDemoAssociations::refuses_data()
{
    QTest::addColumn<QByteArray>("filterElement");
    QTest::addColumn<quint32>("code");
    const auto row = [](const char *name, const QByteArray &filterElement, quint32 code) {
        QTest::newRow(name) << filterElement << code;
    };
    row("no of", wql("associators {" + winrm + "}"), 0x8033801A);
    row("no braces", wql("associators of " + winrm), 0x8033801A);
    row("open brace", wql("associators of {" + winrm), 0x8033801A);
    row("brace in quotes", wql("references of {Win32_Service.Name='}"), 0x8033801A);
    row("no key", wql("references of {Win32_Service}"), 0x8033811A);
    row("no value", wql("references of {Win32_Service.Name=}"), 0x8033801A);
    row("words after", wql("references of {" + winrm + "} order by Name"), 0x8033801A);
    row("unknown word", wql("references of {" + winrm + "} where Colour = blue"), 0x8033801A);
    row("word of the other", wql("references of {" + winrm + "} where AssocClass=CIM_Component"),
        0x8033801A);
    row("no such class", wql("associators of {Win32_Nothing.Name='x'}"), 0x8033801A);
    row("no such result class", wql("associators of {" + winrm + "} where ResultClass=Win32_X"),
        0x8033801A);
    row("no such instance", wql("associators of {Win32_Service.Name='nobody'}"), 0x8033811A);
    row("other filter", filter("Instances", "Win32_Service", selector("Name", "WinRM")),
        0x8033801A);
    row("unknown element",
        filter("AssociatedInstances", "Win32_Service", selector("Name", "WinRM"),
               "<b:Colour>blue</b:Colour>"),
        0x8033801A);
    row("filter without keys", filter("AssociatedInstances", "Win32_Service", ""), 0x8033811A);
}

void TestDemoAssociations::refuses()
{
    QFETCH(QByteArray, filterElement);
    QFETCH(quint32, code);
    const RawReply reply = m_test->exchange(enumerateOf(all, 50, filterElement));
    QCOMPARE(QByteArray::number(reply.faultCode(), 16), QByteArray::number(code, 16));
}

QTEST_GUILESS_MAIN(TestDemoAssociations)
#include "tst_demoassociations.moc"
