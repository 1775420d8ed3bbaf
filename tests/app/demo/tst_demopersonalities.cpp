#include "demoexchange.h"

#include "demo/demoschema.h"
#include "demo/personality.h"
#include "protocol/namespaces.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTest>

#include <set>

using namespace request;
using namespace Qt::StringLiterals;

namespace {

QByteArray bytes(std::string_view view)
{
    return {view.data(), qsizetype(view.size())};
}

QString sharedFolder(const char *variable, const QString &name)
{
    const QString folder = qEnvironmentVariable(
        variable, QStringLiteral(WINRM_SOURCE_DIR "/../shared/") + name);
    return QFileInfo::exists(folder) ? folder : QString();
}

/// What kind of part an element is, whatever it is called on that host: instances and their
/// properties have names of their own everywhere.
bool isProtocol(std::string_view uri)
{
    return uri.starts_with("http://www.w3.org/") || uri.starts_with("http://schemas.xmlsoap.org/")
        || uri.starts_with("http://schemas.dmtf.org/wbem/wsman/") || uri == ns::cimCommon
        || uri == ns::microsoft;
}

/// Names, namespaces, prefixes and order of a message, an element a line. What stands in a class's
/// namespace is told by its depth alone, and once where it is repeated; the text of what names the
/// server's own values is left out.
struct Tree
{
    bool prefixes = true;
    QByteArray lines;
    void add(Node node, int depth = 0)
    {
        const NameView name = node.name();
        const bool known = isProtocol(name.namespaceUri);
        QByteArray line(depth * 2, ' ');
        if (prefixes)
            line += bytes(name.prefix) + ':';
        line += known                   ? '{' + bytes(name.namespaceUri) + '}' + bytes(name.local)
            : name.namespaceUri.empty() ? QByteArray("bare")
                                        : QByteArray("own");
        std::set<QByteArray> attributes;
        for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
            const AttributeView attribute = node.attribute(i);
            const NameView key = attribute.name;
            attributes.insert(
                ' ' + bytes(key.prefix) + ':' + bytes(key.local)
                + (key.local == "Name" ? QByteArray() : '=' + bytes(attribute.value)));
        }
        for (const QByteArray &attribute : attributes)
            line += attribute;
        line += '\n';
        if (!lines.endsWith(line) || known)
            lines += line;
        for (Node child : node.children())
            add(child, depth + 1);
    }
};

QByteArray treeOf(Node node, bool prefixes = true)
{
    Tree tree{prefixes, {}};
    tree.add(node);
    return tree.lines;
}

/// The part of a message that does not depend on the class: everything but what is in Items or an
/// instance.
QByteArray frameOf(const QByteArray &message, bool prefixes = true)
{
    const auto document = readXml(message);
    if (!document)
        return "not well-formed";
    QByteArray frame;
    QByteArrayList seen;
    const QByteArrayList lines = treeOf((*document)->root(), prefixes).split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray trimmed = line.trimmed();
        const bool own = trimmed.contains("own") && !trimmed.contains('{');
        // There may be more of a kind on one side: items, keys, references.
        if (own || trimmed.isEmpty() || seen.contains(line))
            continue;
        seen.append(line);
        frame += line + '\n';
    }
    return frame;
}

struct DeviceHost : TestHost
{
    explicit DeviceHost(const QString &as)
        : TestHost({.as = as})
    { }
    /// On a connection of its own: openwsman ends each.
    RawReply ask(const QByteArray &body,
                 const QByteArray &type = "application/soap+xml;charset=UTF-8")
    {
        RawConnection own(host.port(), false);
        own.send(request::post(body, request::basic("demo", password), type));
        return own.read();
    }
    RawReply ask(const TestEnvelope &envelope) { return ask(envelope.bytes()); }
};

const QByteArray amt = "http://intel.com/wbem/wscim/1/amt-schema/1/";
const QByteArray dell = "http://schemas.dell.com/wbem/wscim/1/cim-schema/2/";
const QByteArray sblim = "http://sblim.sf.net/wbem/wscim/1/cim-schema/2/";

QByteArray inNamespace(const char *ns)
{
    return selector("__cimnamespace", ns);
}

TestEnvelope plainEnumerate(const QByteArray &resource, const QByteArray &selectors = {})
{
    return {.action = enumeration + "Enumerate",
            .resource = resource,
            .body = "<n:Enumerate/>",
            .selectors = selectors};
}

TestEnvelope pullOf(const TestEnvelope &first, const QByteArray &context, int items)
{
    TestEnvelope pull = first;
    pull.action = enumeration + "Pull";
    pull.body = pullBody(context, items);
    return pull;
}

} // namespace

/// The demo host as other servers than Windows: what it says of itself, and its messages beside
/// those that such servers were recorded to send.
class TestDemoPersonalities final : public QObject
{
    Q_OBJECT
private slots:
    void refusesAnUnknownName();
    void answersOfMethodsNameWhatThereIs();
    void everyoneAnswersIdentify_data();
    void everyoneAnswersIdentify();
    void amtEnumeratesInTwoSteps();
    void amtSignsInByDigest();
    void envelopesHaveOwnWords();
    void idracWrapsReferencesOfMethods();
    void omiIsSilentWithoutCredentials();
    void omiKeepsTheContextAtTheEnd();
    void omiNamesAnswersOfMethodsAfterThem();
    void omiWritesBooleansInCapitals();
    void omiHasNoNamespaceInReferences();
    void omiHoldsTheClassOfAnAbandonedEnumeration();
    void openwsmanHasItsOwnHttp();
    void openwsmanAnswersMustUnderstandWith200();
    void openwsmanHasEmptyBodies();
    void openwsmanEchoesTheContentType();
    void openwsmanSendsOneItemUnlessAsked();
    void openwsmanReplacesWholeInstances();
    void isLikeTheRecorded_data();
    void isLikeTheRecorded();
    void isLikeTheCorpus_data();
    void isLikeTheCorpus();
};

void TestDemoPersonalities::refusesAnUnknownName()
{
    DemoHost host({.as = u"solaris"_s});
    const Done done = host.start();
    QVERIFY(!done);
    QCOMPARE(done.error().cause, Cause::LocalUsage);
    QVERIFY(done.error().message.contains("openwsman"_L1));
}

void TestDemoPersonalities::answersOfMethodsNameWhatThereIs()
{
    int held = 0;
    for (const QString &name : Personality::names()) {
        const DemoSchema schema(*Personality::named(name));
        std::set<const DemoClass *> classes;
        for (const std::string &space : schema.namespaces()) {
            for (const DemoClass *cls : schema.classesOf(space))
                classes.insert(cls);
        }
        QVERIFY(classes.size() > 5);
        for (const DemoClass *cls : classes) {
            for (const DemoMethod &method : cls->ownMethods) {
                const auto isParameter = [&method](const std::string &wanted) {
                    return std::any_of(method.parameters.begin(), method.parameters.end(),
                                       [&](const DemoProperty &p) { return p.name == wanted; });
                };
                for (const DemoAnswer &answer : method.answers) {
                    const QByteArray where = (cls->name + '.' + method.name).c_str();
                    QVERIFY2(!answer.result.empty(), where.constData());
                    for (const auto &[parameter, values] : answer.when)
                        QVERIFY2(isParameter(parameter) && !values.empty(), where.constData());
                    for (const auto &[parameter, value] : answer.out)
                        QVERIFY2(isParameter(parameter), where.constData());
                    for (const auto &[property, value] : answer.set)
                        QVERIFY2(cls->indexOf(property) >= 0, where.constData());
                    ++held;
                }
            }
        }
    }
    QVERIFY(held > 10);
}

void TestDemoPersonalities::everyoneAnswersIdentify_data()
{
    QTest::addColumn<QByteArray>("vendor");
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<bool>("dated");
    QTest::newRow("windows") << QByteArray("Microsoft Corporation")
                             << QByteArray("Microsoft-HTTPAPI/2.0") << true;
    QTest::newRow("amt") << QByteArray("Intel(R)")
                         << QByteArray("Intel(R) Active Management Technology 16.1.30.2260")
                         << true;
    QTest::newRow("idrac") << QByteArray("Openwsman Project") << QByteArray() << true;
    QTest::newRow("omi") << QByteArray("Open Management Infrastructure") << QByteArray() << false;
    QTest::newRow("openwsman") << QByteArray("Openwsman Project") << QByteArray("openwsman/2.8")
                               << false;
}

void TestDemoPersonalities::everyoneAnswersIdentify()
{
    QFETCH(QByteArray, vendor);
    QFETCH(QByteArray, server);
    QFETCH(bool, dated);
    DeviceHost host(QString::fromLatin1(QTest::currentDataTag()));
    const RawReply reply = host.ask(identify);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("ProductVendor"), vendor);
    QCOMPARE(reply.header("Server"), server);
    QCOMPARE(!reply.header("Date").isEmpty(), dated);
}

void TestDemoPersonalities::amtEnumeratesInTwoSteps()
{
    DeviceHost host(u"amt"_s);
    const TestEnvelope first = enumerateOf(amt + "AMT_EthernetPortSettings", 50);
    const RawReply opened = host.ask(first);
    QVERIFY(!opened.document->root().descendant("Items"));
    const RawReply half = host.ask(pullOf(first, opened.text("EnumerationContext"), 1));
    QCOMPARE(half.document->root().descendant("Items").childCount(), 1u);
    QVERIFY(!half.text("EnumerationContext").isEmpty());
    const RawReply rest = host.ask(pullOf(first, half.text("EnumerationContext"), 50));
    QCOMPARE(rest.document->root().descendant("Items").childCount(), 1u);
    QVERIFY(rest.document->root().descendant("EndOfSequence"));
    QVERIFY(!rest.document->root().descendant("EnumerationContext"));
    QVERIFY(!rest.document->root().descendant("SubnetMask")); // null is absent
}

void TestDemoPersonalities::amtSignsInByDigest()
{
    DeviceHost host(u"amt"_s);
    const auto md5 = [](const QByteArray &text) {
        return QCryptographicHash::hash(text, QCryptographicHash::Md5).toHex();
    };
    RawConnection anonymous(host.host.port(), false);
    anonymous.send(post(identify, {}));
    const RawReply refused = anonymous.read();
    QCOMPARE(refused.status, 401);
    const QByteArray challenge = refused.header("WWW-Authenticate");
    QVERIFY(challenge.startsWith("Digest "));
    const auto part = [&challenge](const QByteArray &name) {
        const qsizetype from = challenge.indexOf(name + "=\"") + name.size() + 2;
        return challenge.mid(from, challenge.indexOf('"', from) - from);
    };
    const auto credentials = [&](const QByteArray &password, const QByteArray &count) {
        const QByteArray realm = part("realm");
        const QByteArray nonce = part("nonce");
        const QByteArray response = md5(md5("demo:" + realm + ':' + password) + ':' + nonce + ':'
                                        + count + ":c0ffee:auth:" + md5("POST:/wsman"));
        return "Authorization: Digest username=\"demo\", realm=\"" + realm + "\", nonce=\"" + nonce
            + "\", uri=\"/wsman\", qop=auth, nc=" + count + ", cnonce=\"c0ffee\", response=\""
            + response + "\"\r\n";
    };
    const auto statusOf = [&host](const QByteArray &header) {
        RawConnection own(host.host.port(), false);
        own.send(post(identify, header));
        return own.read().status;
    };
    QCOMPARE(statusOf(credentials(host.password, "00000001")), 200);
    QCOMPARE(statusOf(credentials(host.password, "00000001")), 401); // the same again
    QCOMPARE(statusOf(credentials("wrong", "00000002")), 401);
    QCOMPARE(statusOf(credentials(host.password, "00000002")), 200);
}

/// What Windows says of 8192 octets is not true of a device that wants 50,000.
void TestDemoPersonalities::envelopesHaveOwnWords()
{
    for (const char *name : {"amt", "idrac", "omi", "openwsman"}) {
        DeviceHost host(QString::fromLatin1(name));
        TestEnvelope envelope = plainEnumerate(dmtf + "CIM_ComputerSystem");
        envelope.size = "600";
        const RawReply reply = host.ask(envelope);
        QVERIFY2(reply.body.contains("EncodingLimit"), reply.body.constData());
        QVERIFY2(!reply.body.contains("8192"), name);
        QCOMPARE(reply.body.contains("50000"), QByteArray(name) == "amt");
    }
}

void TestDemoPersonalities::idracWrapsReferencesOfMethods()
{
    DeviceHost host(u"idrac"_s);
    const QByteArray service = dell + "DCIM_BIOSService";
    const RawReply reply = host.ask(TestEnvelope{
        .action = service + "/CreateTargetedConfigJob",
        .resource = service,
        .body = "<i:CreateTargetedConfigJob_INPUT xmlns:i=\"" + service
            + "\"><i:Target>BIOS.Setup.1-1</i:Target></i:CreateTargetedConfigJob_INPUT>",
        .selectors = selector("SystemCreationClassName", "DCIM_ComputerSystem")
            + selector("SystemName", "DCIM:ComputerSystem")
            + selector("CreationClassName", "DCIM_BIOSService")
            + selector("Name", "DCIM:BIOSService")});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("ReturnValue"), QByteArray("4096"));
    const Node job = reply.bodyElement.child("Job");
    QVERIFY(job.child(ns::addressing, "EndpointReference"));
    QVERIFY(reply.body.contains("Name=\"__cimnamespace\">root/dcim<"));
}

void TestDemoPersonalities::omiIsSilentWithoutCredentials()
{
    DeviceHost host(u"omi"_s);
    RawConnection quiet(host.host.port(), false);
    quiet.send(post(identify, "WSMANIDENTIFY: unauthenticated\r\n"));
    // It reads on: what comes next on the connection is answered.
    quiet.send(post(identify, basic("demo", host.password)));
    const RawReply reply = quiet.read();
    QCOMPARE(reply.status, 200);
    QVERIFY(!quiet.socket().waitForReadyRead(100));
    RawConnection wrong(host.host.port(), false);
    wrong.send(post(identify, basic("demo", "wrong")));
    QCOMPARE(wrong.read().status, 401);
}

void TestDemoPersonalities::omiKeepsTheContextAtTheEnd()
{
    DeviceHost host(u"omi"_s);
    TestEnvelope all = enumerateOf(dmtf + "SCX_FileSystem", 50);
    all.selectors = inNamespace("root/scx");
    const RawReply reply = host.ask(all);
    QVERIFY(reply.document->root().descendant("EndOfSequence"));
    QVERIFY(!reply.text("EnumerationContext").isEmpty());
    QCOMPARE(host.ask(pullOf(all, reply.text("EnumerationContext"), 50)).status, 500);
    const RawReply opened = host.ask(
        plainEnumerate(dmtf + "SCX_FileSystem", inNamespace("root/scx")));
    QVERIFY(opened.document->root().descendant("Items"));
    QCOMPARE(opened.document->root().descendant("Items").childCount(), 0u);
}

void TestDemoPersonalities::omiNamesAnswersOfMethodsAfterThem()
{
    DeviceHost host(u"omi"_s);
    const QByteArray system = dmtf + "SCX_OperatingSystem";
    const RawReply reply = host.ask(
        TestEnvelope{.action = system + "/ExecuteCommand",
                     .resource = system,
                     .body = "<i:ExecuteCommand_INPUT xmlns:i=\"" + system
                         + "\"><i:Command>uname</i:Command></i:ExecuteCommand_INPUT>",
                     .selectors = inNamespace("root/scx")});
    QCOMPARE(reply.status, 200);
    QCOMPARE(bytes(reply.bodyElement.localName()), QByteArray("ExecuteCommand"));
    QCOMPARE(bytes(reply.bodyElement.namespaceUri()), dmtf + "ExecuteCommand");
    QCOMPARE(reply.text("Action"), system + "/ExecuteCommand");
    QCOMPARE(bytes(reply.bodyElement.firstChild().localName()), QByteArray("ReturnValue"));
}

void TestDemoPersonalities::omiWritesBooleansInCapitals()
{
    DeviceHost host(u"omi"_s);
    TestEnvelope all = enumerateOf(dmtf + "SCX_FileSystem", 50);
    all.selectors = inNamespace("root/scx");
    const RawReply reply = host.ask(all);
    QCOMPARE(reply.text("IsOnline"), QByteArray("TRUE"));
    QVERIFY(reply.body.contains(":ReadOnly>FALSE<"));
    QVERIFY(!reply.body.contains(">true<"));
}

void TestDemoPersonalities::omiHasNoNamespaceInReferences()
{
    DeviceHost host(u"omi"_s);
    TestEnvelope all = enumerateOf(dmtf + "SCX_FileSystem", 50,
                                   "<w:EnumerationMode>EnumerateEPR</w:EnumerationMode>");
    all.selectors = inNamespace("root/scx");
    const RawReply reply = host.ask(all);
    QVERIFY(reply.document->root().descendant("EndpointReference"));
    QVERIFY(!reply.body.contains("__cimnamespace"));
}

void TestDemoPersonalities::omiHoldsTheClassOfAnAbandonedEnumeration()
{
    DeviceHost host(u"omi"_s);
    TestEnvelope abandoned = enumerateOf(dmtf + "SCX_UnixProcess", 2);
    abandoned.selectors = inNamespace("root/scx");
    const RawReply opened = host.ask(abandoned);
    QCOMPARE(opened.status, 200);
    TestEnvelope other = abandoned;
    other.messageId = "uuid:other";
    other.more = "<w:OperationTimeout>PT0.5S</w:OperationTimeout>";
    const RawReply late = host.ask(other);
    QCOMPARE(late.status, 500);
    QVERIFY(late.body.contains("TimedOut"));
    TestEnvelope elsewhere = enumerateOf(dmtf + "SCX_FileSystem", 2);
    elsewhere.selectors = inNamespace("root/scx");
    QCOMPARE(host.ask(elsewhere).status, 200);
    // Whoever waits goes on as soon as the enumeration is released.
    RawConnection waiting(host.host.port(), false);
    other.more = "<w:OperationTimeout>PT20S</w:OperationTimeout>";
    waiting.send(post(other.bytes(), basic("demo", host.password)));
    TestEnvelope release = abandoned;
    release.action = enumeration + "Release";
    release.body = "<n:Release><n:EnumerationContext>" + opened.text("EnumerationContext")
        + "</n:EnumerationContext></n:Release>";
    QCOMPARE(host.ask(release).status, 200);
    QCOMPARE(waiting.read().status, 200);
}

void TestDemoPersonalities::openwsmanHasItsOwnHttp()
{
    DeviceHost host(u"openwsman"_s);
    RawConnection connection(host.host.port(), false);
    connection.send(post(identify, basic("demo", host.password)));
    const RawReply reply = connection.read();
    QVERIFY(reply.head.startsWith("HTTP/1.1 200 (null)\r\n"));
    QCOMPARE(reply.header("Connection"), QByteArray("Close"));
    QVERIFY(connection.isClosedByHost());
    RawConnection anonymous(host.host.port(), false);
    anonymous.send(post(identify, {}));
    const RawReply refused = anonymous.read();
    QVERIFY(refused.head.startsWith("HTTP/1.1 401 Unauthorized\r\n"));
    QCOMPARE(refused.body, QByteArray("Error: 401\r\n"));
    QCOMPARE(refused.header("WWW-Authenticate"), QByteArray("Basic realm=\"OPENWSMAN\""));
}

void TestDemoPersonalities::openwsmanAnswersMustUnderstandWith200()
{
    DeviceHost host(u"openwsman"_s);
    TestEnvelope get = getOf(dmtf + "Demo_Setting", selector("Name", "alpha"));
    get.more =
        "<w:OptionSet s:mustUnderstand=\"true\"><w:Option Name=\"a\">b</w:Option></w:OptionSet>";
    const RawReply reply = host.ask(get);
    QCOMPARE(reply.status, 200);
    const Node fault = reply.bodyElement;
    QCOMPARE(bytes(fault.child("Code").child("Value").text()), QByteArray("s:MustUnderstand"));
    QVERIFY(reply.body.contains("qname=\"wsman:OptionSet\""));
    get.more.replace(" s:mustUnderstand=\"true\"", "");
    QCOMPARE(bytes(host.ask(get).bodyElement.localName()), QByteArray("Demo_Setting"));
}

void TestDemoPersonalities::openwsmanHasEmptyBodies()
{
    DeviceHost host(u"openwsman"_s);
    const RawReply media = host.ask(identify, "text/xml");
    QCOMPARE(media.status, 415);
    QVERIFY(media.body.isEmpty());
    QByteArray old = identify;
    old.replace(QByteArray(ns::soap.data(), qsizetype(ns::soap.size())),
                "http://schemas.xmlsoap.org/soap/envelope/");
    const RawReply version = host.ask(old);
    QCOMPARE(version.status, 500);
    QVERIFY(version.body.isEmpty());
}

void TestDemoPersonalities::openwsmanEchoesTheContentType()
{
    DeviceHost host(u"openwsman"_s);
    for (const QByteArray &type : {QByteArray("application/soap+xml;charset=UTF-8"),
                                   QByteArray("application/soap+xml; charset=\"utf-8\"")}) {
        const RawReply reply = host.ask(identify, type);
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.header("Content-Type"), type);
        QVERIFY(!reply.body.isEmpty());
    }
}

void TestDemoPersonalities::openwsmanSendsOneItemUnlessAsked()
{
    DeviceHost host(u"openwsman"_s);
    const TestEnvelope first = plainEnumerate(sblim + "Linux_UnixProcess");
    const RawReply opened = host.ask(first);
    TestEnvelope pull = first;
    pull.action = enumeration + "Pull";
    pull.body = "<n:Pull><n:EnumerationContext>" + opened.text("EnumerationContext")
        + "</n:EnumerationContext></n:Pull>";
    const RawReply one = host.ask(pull);
    QCOMPARE(one.document->root().descendant("Items").childCount(), 1u);
    const RawReply rest = host.ask(pullOf(first, one.text("EnumerationContext"), 100));
    QCOMPARE(rest.document->root().descendant("Items").childCount(), 39u);
}

void TestDemoPersonalities::openwsmanReplacesWholeInstances()
{
    DeviceHost host(u"openwsman"_s);
    const QByteArray resource = dmtf + "Demo_Setting";
    const RawReply reply = host.ask(
        TestEnvelope{.action = bytes(action::put),
                     .resource = resource,
                     .body = "<i:Demo_Setting xmlns:i=\"" + resource
                         + "\"><i:Name>alpha</i:Name><i:Value>new</i:Value></i:Demo_Setting>",
                     .selectors = selector("Name", "alpha")});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("Value"), QByteArray("new"));
    QVERIFY(reply.bodyElement.child("Count").isNil());
    QVERIFY(!reply.bodyElement.child("Tags")); // a null array is absent
}

/// A request that a server was recorded to answer, and one of the same kind to the demo host.
void TestDemoPersonalities::isLikeTheRecorded_data()
{
    QTest::addColumn<QString>("as");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray scx = inNamespace("root/scx");
    const auto omi = [](const char *name) {
        return u"omi/ops/basic-https/"_s + QLatin1StringView(name);
    };
    const auto inScx = [&scx](TestEnvelope envelope) {
        envelope.selectors += scx;
        return envelope.bytes();
    };
    const QString o = u"omi"_s;
    QTest::newRow("omi identify") << o << omi("01-resp-identify.xml") << identify << 200;
    QTest::newRow("omi enumerate") << o << omi("07-resp-enum-president.xml")
                                   << inScx(plainEnumerate(dmtf + "SCX_FileSystem")) << 200;
    QTest::newRow("omi optimized") << o << omi("11-resp-enum-president-opt.xml")
                                   << inScx(enumerateOf(dmtf + "SCX_FileSystem", 50)) << 200;
    QTest::newRow("omi references")
        << o << omi("12-resp-enum-president-epr.xml")
        << inScx(enumerateOf(dmtf + "SCX_Agent", 50,
                             "<w:EnumerationMode>EnumerateEPR</w:EnumerationMode>"))
        << 200;
    QTest::newRow("omi method")
        << o << omi("44-resp-invoke-calc-add.xml")
        << inScx({.action = dmtf + "SCX_OperatingSystem/ExecuteCommand",
                  .resource = dmtf + "SCX_OperatingSystem",
                  .body = "<i:ExecuteCommand_INPUT xmlns:i=\"" + dmtf
                      + "SCX_OperatingSystem\"><i:Command>x</i:Command></i:ExecuteCommand_INPUT>"})
        << 200;
    QTest::newRow("omi no class") << o << omi("64-resp-fault-noclass.xml")
                                  << inScx(getOf(dmtf + "SCX_Nothing", selector("Name", "x")))
                                  << 500;
    QTest::newRow("omi no namespace")
        << o << omi("65-resp-fault-nonamespace.xml")
        << getOf(dmtf + "SCX_Agent", inNamespace("root/none")).bytes() << 500;
    QTest::newRow("omi no instance")
        << o << omi("66-resp-fault-noinstance.xml")
        << inScx(getOf(dmtf + "SCX_Agent", selector("Name", "none"))) << 500;
    QTest::newRow("omi no method")
        << o << omi("52-resp-invoke-nomethod-fault.xml")
        << inScx({.action = dmtf + "SCX_Agent/Nothing",
                  .resource = dmtf + "SCX_Agent",
                  .body = "<i:Nothing_INPUT xmlns:i=\"" + dmtf + "SCX_Agent\"/>"})
        << 500;
    QTest::newRow("omi no context")
        << o << omi("71-resp-fault-badpullctx.xml")
        << pullOf(plainEnumerate(dmtf + "SCX_Agent", scx), "1", 5).bytes() << 500;
    QTest::newRow("omi bad query")
        << o << omi("72-resp-fault-badwql.xml")
        << inScx(enumerateOf("http://schemas.dmtf.org/wbem/wscim/1/*", 5, wql("selekt nothing")))
        << 500;
    TestEnvelope small = enumerateOf(dmtf + "SCX_Agent", 5);
    small.size = "100";
    QTest::newRow("omi small envelope")
        << o << omi("73-resp-fault-smallenvelope.xml") << inScx(small) << 500;
    TestEnvelope odd = getOf(dmtf + "SCX_Agent");
    odd.more = "<z:Weird xmlns:z=\"urn:example:z\" s:mustUnderstand=\"true\">x</z:Weird>";
    QTest::newRow("omi header") << o << omi("70-resp-fault-mustunderstand.xml") << inScx(odd)
                                << 500;
    const QByteArray person = "<i:Demo_Person xmlns:i=\"" + dmtf
        + "Demo_Person\"><i:Key>77</i:Key></i:Demo_Person>";
    QTest::newRow("omi create") << o << omi("79-resp-create-person.xml")
                                << TestEnvelope{.action = bytes(action::create),
                                                .resource = dmtf + "Demo_Person",
                                                .body = person}
                                       .bytes()
                                << 200;
    QTest::newRow("omi put") << o << omi("80-resp-put-person.xml")
                             << TestEnvelope{.action = bytes(action::put),
                                             .resource = dmtf + "Demo_Person",
                                             .body = QByteArray(person).replace("77", "1"),
                                             .selectors = selector("Key", "1")}
                                    .bytes()
                             << 500;
    QTest::newRow("omi delete") << o << omi("82-resp-delete-person.xml")
                                << TestEnvelope{.action = bytes(action::remove),
                                                .resource = dmtf + "Demo_Person",
                                                .selectors = selector("Key", "2")}
                                       .bytes()
                                << 200;

    const QString w = u"openwsman"_s;
    const auto ow = [](const char *name) {
        return u"openwsman/"_s + QLatin1StringView(name) + u".response.txt"_s;
    };
    const QByteArray setting = dmtf + "Demo_Setting";
    const auto body = [&setting](const QByteArray &content) {
        return "<i:Demo_Setting xmlns:i=\"" + setting + "\">" + content + "</i:Demo_Setting>";
    };
    QTest::newRow("openwsman identify") << w << ow("raw-identify-basic") << identify << 200;
    QTest::newRow("openwsman get")
        << w << ow("raw-get-all-types") << getOf(setting, selector("Name", "alpha")).bytes() << 200;
    QTest::newRow("openwsman enumerate")
        << w << ow("raw-ms-enumerate-plain-enumerate") << plainEnumerate(setting).bytes() << 200;
    QTest::newRow("openwsman optimized")
        << w << ow("raw-ms-enumerate-optimized-enumerate")
        << enumerateOf(sblim + "Linux_UnixProcess", 10).bytes() << 200;
    QTest::newRow("openwsman optimized, all")
        << w << ow("raw-ms-enumerate-wql-enumerate")
        << enumerateOf("http://schemas.dmtf.org/wbem/wscim/1/*", 50,
                       wql("select * from Demo_Setting where Enabled = true"))
               .bytes()
        << 200;
    TestEnvelope counted = plainEnumerate(setting);
    counted.more = "<w:RequestTotalItemsCountEstimate/>";
    QTest::newRow("openwsman estimate")
        << w << ow("wsman-enumerate-estimate-count-02") << counted.bytes() << 200;
    QTest::newRow("openwsman put") << w << ow("raw-put-null")
                                   << TestEnvelope{.action = bytes(action::put),
                                                   .resource = setting,
                                                   .body = body("<i:Name>beta</i:Name>"),
                                                   .selectors = selector("Name", "beta")}
                                          .bytes()
                                   << 200;
    QTest::newRow("openwsman create") << w << ow("raw-create")
                                      << TestEnvelope{.action = bytes(action::create),
                                                      .resource = setting,
                                                      .body = body("<i:Name>delta</i:Name>")}
                                             .bytes()
                                      << 200;
    QTest::newRow("openwsman create again") << w << ow("raw-create-again-exists")
                                            << TestEnvelope{.action = bytes(action::create),
                                                            .resource = setting,
                                                            .body = body("<i:Name>alpha</i:Name>")}
                                                   .bytes()
                                            << 400;
    QTest::newRow("openwsman create without key")
        << w << ow("raw-create-missing-key")
        << TestEnvelope{.action = bytes(action::create), .resource = setting, .body = body({})}
               .bytes()
        << 400;
    QTest::newRow("openwsman delete") << w << ow("raw-delete")
                                      << TestEnvelope{.action = bytes(action::remove),
                                                      .resource = setting,
                                                      .selectors = selector("Name", "gamma")}
                                             .bytes()
                                      << 200;
    QTest::newRow("openwsman no instance")
        << w << ow("raw-delete-again") << getOf(setting, selector("Name", "none")).bytes() << 400;
    QTest::newRow("openwsman no class")
        << w << ow("raw-get-wrong-class")
        << getOf(dmtf + "Demo_Nothing", selector("Name", "x")).bytes() << 400;
    QTest::newRow("openwsman no resource")
        << w << ow("raw-ms-config-get") << getOf(config).bytes() << 503;
    QTest::newRow("openwsman keys missing")
        << w << ow("raw-get-no-selector-many-instances") << getOf(setting).bytes() << 400;
    QTest::newRow("openwsman no method")
        << w << ow("raw-invoke-unknown-method")
        << TestEnvelope{.action = setting + "/Nothing",
                        .resource = setting,
                        .body = "<i:Nothing_INPUT xmlns:i=\"" + setting + "\"/>",
                        .selectors = selector("Name", "alpha")}
               .bytes()
        << 400;
    QTest::newRow("openwsman no action")
        << w << ow("raw-unknown-action")
        << TestEnvelope{.action = "urn:example:nothing", .resource = setting}.bytes() << 400;
    QTest::newRow("openwsman method")
        << w << ow("raw-invoke-bad-param")
        << TestEnvelope{.action = setting + "/Reset",
                        .resource = setting,
                        .body = "<i:Reset_INPUT xmlns:i=\"" + setting
                            + "\"><i:Count>9</i:Count></i:Reset_INPUT>",
                        .selectors = selector("Name", "alpha")}
               .bytes()
        << 200;
    QTest::newRow("openwsman no context") << w << ow("raw-pull-bad-context")
                                          << pullOf(plainEnumerate(setting), "x", 5).bytes() << 500;
    QTest::newRow("openwsman bad query")
        << w << ow("raw-ms-enumerate-wql-bad-enumerate")
        << enumerateOf("http://schemas.dmtf.org/wbem/wscim/1/*", 5, wql("selekt nothing")).bytes()
        << 400;
    QTest::newRow("openwsman xpath")
        << w << ow("raw-ms-enumerate-xpath-enumerate")
        << enumerateOf(
               setting, 5,
               "<w:Filter Dialect=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">x</w:Filter>")
               .bytes()
        << 400;
    QTest::newRow("openwsman dialect")
        << w << ow("raw-ms-enumerate-filter-bad-dialect-enumerate")
        << enumerateOf(setting, 5, "<w:Filter Dialect=\"urn:example:x\">x</w:Filter>").bytes()
        << 400;
    TestEnvelope fragment = getOf(setting, selector("Name", "alpha"));
    fragment.more = "<w:FragmentTransfer s:mustUnderstand=\"true\">Value</w:FragmentTransfer>";
    QTest::newRow("openwsman fragment") << w << ow("raw-fragment-get") << fragment.bytes() << 200;
    TestEnvelope options = getOf(setting, selector("Name", "alpha"));
    options.more =
        "<w:OptionSet s:mustUnderstand=\"true\"><w:Option Name=\"a\">b</w:Option></w:OptionSet>";
    QTest::newRow("openwsman options")
        << w << ow("raw-get-optionset-mustunderstand") << options.bytes() << 200;
    TestEnvelope nameless = getOf(setting, selector("Name", "alpha"));
    nameless.messageId = {};
    QTest::newRow("openwsman no message id")
        << w << ow("raw-no-messageid") << nameless.bytes() << 400;
}

void TestDemoPersonalities::isLikeTheRecorded()
{
    QFETCH(QString, as);
    QFETCH(QString, file);
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    DeviceHost host(as);
    const RawReply reply = host.ask(request);
    QCOMPARE(reply.status, status);
    const QString folder = sharedFolder("WSMAN_CAPTURES", u"captures"_s);
    if (folder.isEmpty())
        QSKIP("no recorded exchanges");
    QFile recorded(folder + u'/' + file);
    QVERIFY2(recorded.open(QIODevice::ReadOnly), qPrintable(file));
    QByteArray theirs = recorded.readAll();
    if (const qsizetype head = theirs.indexOf("\r\n\r\n"); theirs.startsWith("HTTP/")) {
        QCOMPARE(reply.head.left(reply.head.indexOf('\r')), theirs.left(theirs.indexOf('\r')));
        QCOMPARE(reply.header("Server"), QByteArray("openwsman/2.8"));
        theirs = theirs.mid(head + 4);
    }
    QCOMPARE(frameOf(reply.body), frameOf(theirs));
    // What goes with it as text: subcode and FaultDetail.
    const auto document = readXml(theirs);
    QVERIFY(bool(document));
    for (const char *name : {"FaultDetail", "OMI_Code"}) {
        const Node found = (*document)->root().descendant(name);
        QCOMPARE(reply.text(name), bytes(found.trimmedText()));
    }
    const Node code = (*document)->root().descendant("Code");
    QCOMPARE(bytes(reply.document->root().descendant("Code").child("Value").text()),
             bytes(code.child("Value").text()));
    const Node subcode = (*document)->root().descendant("Subcode");
    QCOMPARE(bytes(reply.document->root().descendant("Subcode").child("Value").text()),
             bytes(subcode.child("Value").text()));
}

void TestDemoPersonalities::isLikeTheCorpus_data()
{
    QTest::addColumn<QString>("as");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("pulls"); ///< the Pull after the request is what was recorded
    const QString a = u"amt"_s;
    QTest::newRow("amt get") << a << u"amt-mps/parseWSManResponseBody-01.xml"_s
                             << getOf(amt + "AMT_GeneralSettings").bytes() << false;
    QTest::newRow("amt enumerate")
        << a << u"amt-goamt/06.xml"_s << enumerateOf(dmtf + "CIM_BootConfigSetting", 250).bytes()
        << false;
    QTest::newRow("amt pull") << a << u"amt-goamt/08.xml"_s
                              << enumerateOf(dmtf + "CIM_BootConfigSetting", 250,
                                             "<w:EnumerationMode>EnumerateObjectAndEPR"
                                             "</w:EnumerationMode>")
                                     .bytes()
                              << true;
    QTest::newRow("amt pull of references")
        << a << u"amt-goamt/04.xml"_s << enumerateOf(dmtf + "CIM_OrderedComponent", 1).bytes()
        << true;
    QTest::newRow("amt put")
        << a << u"amt-dmt/amt-redirectionservice/put.xml"_s
        << TestEnvelope{.action = bytes(action::put),
                        .resource = amt + "AMT_RedirectionService",
                        .body = "<i:AMT_RedirectionService xmlns:i=\"" + amt
                            + "AMT_RedirectionService\"><i:ListenerEnabled>false"
                              "</i:ListenerEnabled></i:AMT_RedirectionService>"}
               .bytes()
        << false;
    QTest::newRow("amt delete")
        << a << u"amt-dmt/amt-publickey-management/delete.xml"_s
        << TestEnvelope{.action = bytes(action::remove),
                        .resource = amt + "AMT_PublicKeyCertificate",
                        .selectors = selector("InstanceID", "Intel(r) AMT Certificate: Handle: 1")}
               .bytes()
        << false;
    QTest::newRow("amt method")
        << a << u"amt-dmt/amt-timesynchronization/getlowaccuracytimesynch.xml"_s
        << TestEnvelope{.action = amt + "AMT_TimeSynchronizationService/GetLowAccuracyTimeSynch",
                        .resource = amt + "AMT_TimeSynchronizationService",
                        .body = "<i:GetLowAccuracyTimeSynch_INPUT xmlns:i=\"" + amt
                            + "AMT_TimeSynchronizationService\"/>"}
               .bytes()
        << false;
    QTest::newRow("amt fault") << a << u"amt-rps/fault-destinationunreachable.xml"_s
                               << getOf(amt + "AMT_Nothing").bytes() << false;
    const QString i = u"idrac"_s;
    QTest::newRow("idrac identify")
        << i << u"idrac-opennms/identify-response.xml"_s << identify << false;
    QTest::newRow("idrac get") << i << u"idrac-opennms/get-response.xml"_s
                               << getOf(dell + "DCIM_ComputerSystem",
                                        selector("CreationClassName", "DCIM_ComputerSystem")
                                            + selector("Name", "srv:system"))
                                      .bytes()
                               << false;
    QTest::newRow("idrac enumerate")
        << i << u"idrac-opennms/enum-response.xml"_s
        << plainEnumerate(dell + "DCIM_PowerSupplyView").bytes() << false;
    QTest::newRow("idrac optimized") << i << u"idrac-smi/DCIM_SystemView.xml"_s
                                     << enumerateOf(dell + "DCIM_SystemView", 50).bytes() << false;
    QTest::newRow("idrac pull") << i << u"idrac-opennms/pull-response.xml"_s
                                << plainEnumerate(dell + "DCIM_PowerSupplyView").bytes() << true;
    QTest::newRow("idrac method")
        << i << u"idrac-dracclient/computer_system-invoke-request_state_change-ok.xml"_s
        << TestEnvelope{.action = dell + "DCIM_ComputerSystem/RequestStateChange",
                        .resource = dell + "DCIM_ComputerSystem",
                        .body = "<i:RequestStateChange_INPUT xmlns:i=\"" + dell
                            + "DCIM_ComputerSystem\"><i:RequestedState>2</i:RequestedState>"
                              "</i:RequestStateChange_INPUT>",
                        .selectors = selector("CreationClassName", "DCIM_ComputerSystem")
                            + selector("Name", "srv:system")}
               .bytes()
        << false;
}

void TestDemoPersonalities::isLikeTheCorpus()
{
    QFETCH(QString, as);
    QFETCH(QString, file);
    QFETCH(QByteArray, request);
    QFETCH(bool, pulls);
    DeviceHost host(as);
    QByteArray ours = host.ask(request).body;
    if (pulls) {
        const auto document = readXml(ours);
        QVERIFY(bool(document));
        const Node header = (*document)->root();
        TestEnvelope pull{.action = enumeration + "Pull"};
        const qsizetype from = request.indexOf("<w:ResourceURI");
        const qsizetype start = request.indexOf('>', from) + 1;
        pull.resource = request.mid(start, request.indexOf('<', start) - start);
        pull.body = pullBody(bytes(header.descendant("EnumerationContext").trimmedText()), 250);
        ours = host.ask(pull).body;
    }
    const QString folder = sharedFolder("WSMAN_CORPUS", u"corpus"_s);
    if (folder.isEmpty())
        QSKIP("no recorded messages");
    QFile recorded(folder + u'/' + file);
    QVERIFY2(recorded.open(QIODevice::ReadOnly), qPrintable(file));
    QCOMPARE(frameOf(ours), frameOf(recorded.readAll()));
}

QTEST_GUILESS_MAIN(TestDemoPersonalities)
#include "tst_demopersonalities.moc"
