#include "demoexchange.h"

#include <QTest>

using namespace request;

namespace {

const QByteArray transferAction = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
const QByteArray listener = config + "/listener";
const QByteArray mapping = config + "/service/certmapping";
const QByteArray plugin = config + "/plugin";
const QByteArray issuer = "7E4402B9D1C35F8A60E7B2149D38CF51A06B8E72";
const QByteArray certificate = "B3D1F05C7E924A6880CE1D27F4963B5A0817E2DC";

TestEnvelope putOf(const QByteArray &resource, const QByteArray &inner,
                   const QByteArray &selectors = {})
{
    return {.action = transferAction + "Put",
            .resource = resource,
            .body = QByteArray(inner).replace("XMLNS", "xmlns=\"" + resource + "\""),
            .selectors = selectors};
}

TestEnvelope createOf(const QByteArray &resource, const QByteArray &inner,
                      const QByteArray &selectors)
{
    TestEnvelope envelope = putOf(resource, inner, selectors);
    envelope.action = transferAction + "Create";
    return envelope;
}

TestEnvelope deleteOf(const QByteArray &resource, const QByteArray &selectors)
{
    return {.action = transferAction + "Delete", .resource = resource, .selectors = selectors};
}

QByteArray listenerKeys(const QByteArray &address, const QByteArray &transport)
{
    return selector("Address", address) + selector("Transport", transport);
}

QByteArray mappingKeys(const QByteArray &subject, const QByteArray &by = issuer)
{
    return selector("Issuer", by) + selector("Subject", subject)
        + selector("URI", "http://schemas.microsoft.com/wbem/wsman/1/*");
}

const QByteArray user = "<UserName>svc-new</UserName><Password>a secret</Password>";

} // namespace

class TestDemoConfig : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_test = std::make_unique<TestHost>(DemoOptions{.items = 1}); }
    void cleanup() { m_test.reset(); }
    void putsValues();
    void putsTheWholeTreeBack();
    void takesAllOrNothing();
    void faults_data();
    void faults();
    void makesAndDeletesListeners();
    void makesAndDeletesMappings();
    void changesPlugins();
    void restores();
    void analyzes();
    void envelopeSizeIsObeyed();

private:
    RawReply exchange(const TestEnvelope &envelope) { return m_test->exchange(envelope); }
    std::unique_ptr<TestHost> m_test;
};

void TestDemoConfig::putsValues()
{
    const QByteArray winrs = config + "/winrs";
    const RawReply reply = exchange(
        putOf(winrs,
              "<Winrs XMLNS><IdleTimeout>900000</IdleTimeout>"
              "<AllowRemoteShellAccess>0</AllowRemoteShellAccess></Winrs>"));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("Action"), transferAction + "PutResponse");
    QCOMPARE(reply.text("IdleTimeout"), "900000");
    const RawReply got = exchange(getOf(config));
    QCOMPARE(text(got.bodyElement.child("Winrs").child("IdleTimeout")), "900000");
    QCOMPARE(text(got.bodyElement.child("Winrs").child("AllowRemoteShellAccess")), "false");
    QCOMPARE(text(got.bodyElement.child("Winrs").child("MaxMemoryPerShellMB")), "4096");
}

void TestDemoConfig::putsTheWholeTreeBack()
{
    const RawReply got = exchange(getOf(config));
    const qsizetype from = got.body.indexOf("<s:Body>") + 8;
    QByteArray body = got.body.mid(from, got.body.indexOf("</s:Body>") - from);
    body.replace("5000</cfg:NetworkDelayms>", "6000</cfg:NetworkDelayms>");
    TestEnvelope put = putOf(config, body);
    QCOMPARE(exchange(put).status, 200);
    QCOMPARE(exchange(getOf(config + "/client")).text("NetworkDelayms"), "6000");
}

void TestDemoConfig::takesAllOrNothing()
{
    const RawReply reply = exchange(
        putOf(config,
              "<Config XMLNS><MaxBatchItems>20</MaxBatchItems>"
              "<Client><NetworkDelayms>1</NetworkDelayms></Client></Config>"));
    QCOMPARE(reply.status, 500);
    QCOMPARE(exchange(getOf(config)).text("MaxBatchItems"), "32000");
}

void TestDemoConfig::faults_data()
{
    QTest::addColumn<QByteArray>("envelope");
    QTest::addColumn<quint32>("code");
    QTest::addColumn<QByteArray>("subcode");
    const auto row = [](const char *name, const TestEnvelope &envelope, quint32 code,
                        const char *subcode) {
        QTest::newRow(name) << envelope.bytes() << code << QByteArray(subcode);
    };
    const QByteArray client = config + "/client";
    const QByteArray service = config + "/service";
    row("below the range",
        putOf(config, "<Config XMLNS><MaxEnvelopeSizekb>31</MaxEnvelopeSizekb></Config>"),
        0x80338041, "w:SchemaValidationError");
    row("above the range",
        putOf(service, "<Service XMLNS><MaxConnections>513</MaxConnections></Service>"), 0x80338041,
        "w:SchemaValidationError");
    row("no number", putOf(client, "<Client XMLNS><NetworkDelayms>soon</NetworkDelayms></Client>"),
        0x80338041, "w:SchemaValidationError");
    row("no boolean", putOf(config + "/client/auth", "<Auth XMLNS><Digest>yes</Digest></Auth>"),
        0x80338041, "w:SchemaValidationError");
    row("unknown element", putOf(client, "<Client XMLNS><Colour>blue</Colour></Client>"),
        0x80338041, "w:SchemaValidationError");
    row("element twice",
        putOf(client, "<Client XMLNS><URLPrefix>a</URLPrefix><URLPrefix>b</URLPrefix></Client>"),
        0x80338041, "w:SchemaValidationError");
    row("URL prefix", putOf(client, "<Client XMLNS><URLPrefix>/a</URLPrefix></Client>"), 0x80338041,
        "w:SchemaValidationError");
    row("trusted hosts", putOf(client, "<Client XMLNS><TrustedHosts>a b</TrustedHosts></Client>"),
        0x8033809F, "w:InvalidParameter");
    row("Group Policy", putOf(config + "/client/auth", "<Auth XMLNS><Basic>true</Basic></Auth>"),
        0x8033808A, "w:AccessDenied");
    row("read-only in the service",
        putOf(config,
              "<Config XMLNS><Service><DefaultPorts><HTTP>80</HTTP></DefaultPorts>"
              "</Service></Config>"),
        0x8033813F, "w:InternalError");
    row("deprecated",
        putOf(config, "<Config XMLNS><MaxProviderRequests>25</MaxProviderRequests></Config>"),
        0x803381AE, "w:InternalError");
    row("shell run time",
        putOf(config + "/winrs", "<Winrs XMLNS><MaxShellRunTime>1</MaxShellRunTime></Winrs>"),
        0x803381AE, "w:InternalError");
    row("default ports of the service", putOf(service + "/defaultports", "<DefaultPorts XMLNS/>"),
        0x80338013, "a:ActionNotSupported");
    row("other root", putOf(client, "<Service XMLNS/>"), 0x80338015, "x:InvalidRepresentation");
    row("root in lower case", putOf(client, "<client XMLNS/>"), 0x80338015,
        "x:InvalidRepresentation");
    row("other namespace", putOf(client, "<Client xmlns=\"http://example.com/x\"/>"), 0x80338058,
        "x:InvalidRepresentation");
    row("no body", putOf(client, {}), 0x80338027, "w:SchemaValidationError");
    row("no security descriptor",
        putOf(service, "<Service XMLNS><RootSDDL>open</RootSDDL></Service>"), 0x8033815C,
        "w:InvalidParameter");
    row("listener of Group Policy",
        putOf(listener, "<Listener XMLNS><Port>80</Port></Listener>", listenerKeys("*", "HTTP")),
        0x8033808A, "w:AccessDenied");
    row("delete a listener of Group Policy", deleteOf(listener, listenerKeys("*", "HTTP")),
        0x8033808A, "w:AccessDenied");
    row("listener that is there",
        createOf(listener, "<Listener XMLNS/>", listenerKeys("*", "HTTP")), 0x80338033,
        "w:AlreadyExists");
    row("address of a listener",
        createOf(listener, "<Listener XMLNS/>", listenerKeys("somewhere", "HTTP")), 0x8033805D,
        "w:InvalidSelectors");
    row("half the keys", createOf(listener, "<Listener XMLNS/>", selector("Address", "*")),
        0x8033805A, "w:InvalidSelectors");
    row("HTTPS without a certificate",
        createOf(listener, "<Listener XMLNS/>", listenerKeys("IP:192.0.2.21", "HTTPS")), 0x80338082,
        "w:InternalError");
    row("certificate for another name",
        createOf(listener,
                 "<Listener XMLNS><Hostname>srv99.example.com</Hostname>"
                 "<CertificateThumbprint>"
                     + certificate + "</CertificateThumbprint></Listener>",
                 listenerKeys("IP:192.0.2.21", "HTTPS")),
        0x80338082, "w:InternalError");
    row("thumbprint with spaces",
        createOf(listener,
                 "<Listener XMLNS><CertificateThumbprint>B3 D1</CertificateThumbprint>"
                 "</Listener>",
                 listenerKeys("IP:192.0.2.21", "HTTPS")),
        0x80338041, "w:SchemaValidationError");
    row("port of a listener",
        createOf(listener, "<Listener XMLNS><Port>0</Port></Listener>",
                 listenerKeys("IP:192.0.2.21", "HTTP")),
        0x80338041, "w:SchemaValidationError");
    row("key changed",
        putOf(listener, "<Listener XMLNS><Transport>HTTP</Transport></Listener>",
              listenerKeys("*", "HTTPS")),
        0x803380ED, "x:InvalidRepresentation");
    row("no such listener", deleteOf(listener, listenerKeys("IP:192.0.2.99", "HTTP")), 0x80338000,
        "a:DestinationUnreachable");
    row("mapping without a password",
        createOf(mapping, "<CertMapping XMLNS><UserName>svc</UserName></CertMapping>",
                 mappingKeys("a@example.com")),
        0x8033816C, "w:InvalidParameter");
    row("blank password",
        createOf(mapping, "<CertMapping XMLNS><UserName>svc</UserName><Password/></CertMapping>",
                 mappingKeys("a@example.com")),
        0x8033816B, "w:InvalidParameter");
    row("long password",
        createOf(mapping,
                 "<CertMapping XMLNS><UserName>svc</UserName><Password>" + QByteArray(256, 'x')
                     + "</Password></CertMapping>",
                 mappingKeys("a@example.com")),
        0x8033816A, "w:InvalidParameter");
    row("domain account",
        createOf(mapping,
                 "<CertMapping XMLNS><UserName>EXAMPLE\\svc</UserName><Password>x</Password>"
                 "</CertMapping>",
                 mappingKeys("a@example.com")),
        0x80338154, "w:InternalError");
    row("star inside the subject",
        createOf(mapping, "<CertMapping XMLNS>" + user + "</CertMapping>", mappingKeys("a*b")),
        0x80338161, "w:InvalidSelectors");
    row("unknown issuer",
        createOf(mapping, "<CertMapping XMLNS>" + user + "</CertMapping>",
                 mappingKeys("a@example.com", QByteArray(40, 'A'))),
        0x80338162, "w:InvalidSelectors");
    row("delete a branch", deleteOf(client, {}), 0x80338013, "a:ActionNotSupported");
    row("unknown method",
        {.action = config + "/Explode", .resource = config, .body = "<Explode_INPUT/>"}, 0x80338013,
        "a:ActionNotSupported");
}

void TestDemoConfig::faults()
{
    QFETCH(QByteArray, envelope);
    QFETCH(quint32, code);
    QFETCH(QByteArray, subcode);
    const RawReply reply = m_test->exchange(envelope);
    QCOMPARE(reply.status, 500);
    QCOMPARE(QByteArray::number(reply.faultCode(), 16), QByteArray::number(code, 16));
    QCOMPARE(text(reply.bodyElement.child("Code").child("Subcode").child("Value")), subcode);
}

void TestDemoConfig::makesAndDeletesListeners()
{
    const QByteArray keys = listenerKeys("IP:192.0.2.21", "https");
    const RawReply made = exchange(
        createOf(listener,
                 "<Listener XMLNS><Port>5999</Port><CertificateThumbprint>" + certificate
                     + "</CertificateThumbprint></Listener>",
                 keys));
    QCOMPARE(made.status, 200);
    QCOMPARE(made.text("Action"), transferAction + "CreateResponse");
    QCOMPARE(made.bodyElement.localName(), "ResourceCreated");
    QCOMPARE(text(made.bodyElement.child("ReferenceParameters").child("ResourceURI")), listener);
    QCOMPARE(text(made.bodyElement.descendant("Selector")), "IP:192.0.2.21");

    const RawReply got = exchange(getOf(listener, keys));
    QCOMPARE(got.text("Port"), "5999");
    QCOMPARE(got.text("Transport"), "HTTPS");
    QCOMPARE(got.text("Hostname"), "backup.srv21.example.com");
    QCOMPARE(got.text("ListeningOn"), "192.0.2.21");
    QCOMPARE(exchange(putOf(listener, "<Listener XMLNS><Port>6000</Port></Listener>", keys))
                 .text("Port"),
             "6000");
    QList<RawReply> replies;
    QCOMPARE(m_test->all(enumerateOf(listener, 10), 10, replies).size(), 4);

    const RawReply gone = exchange(deleteOf(listener, keys));
    QCOMPARE(gone.status, 200);
    QVERIFY(!gone.bodyElement);
    QCOMPARE(exchange(getOf(listener, keys)).faultCode(), 0x80338000u);
}

void TestDemoConfig::makesAndDeletesMappings()
{
    const QByteArray keys = mappingKeys("*.new.example.com");
    QCOMPARE(
        exchange(createOf(mapping, "<CertMapping XMLNS>" + user + "</CertMapping>", keys)).status,
        200);
    const RawReply got = exchange(getOf(mapping, keys));
    QCOMPARE(got.text("UserName"), "svc-new");
    QCOMPARE(got.text("Password"), "");
    QVERIFY(!got.body.contains("a secret"));
    QCOMPARE(
        exchange(putOf(mapping, "<CertMapping XMLNS><Enabled>false</Enabled></CertMapping>", keys))
            .text("Enabled"),
        "false");
    QCOMPARE(exchange(deleteOf(mapping, keys)).status, 200);
    QCOMPARE(exchange(deleteOf(mapping, keys)).faultCode(), 0x80338000u);
}

void TestDemoConfig::changesPlugins()
{
    const QByteArray keys = selector("Name", "Example.Maintenance");
    const RawReply got = exchange(getOf(plugin, keys));
    const qsizetype from = got.body.indexOf("<s:Body>") + 8;
    QByteArray body = got.body.mid(from, got.body.indexOf("</s:Body>") - from);
    body.replace("Enabled=\"true\"", "Enabled=\"false\" RunAsPassword=\"hidden\"");
    const RawReply put = exchange(putOf(plugin, body, keys));
    QCOMPARE(put.status, 200);
    QCOMPARE(attribute(put.bodyElement, "Enabled"), "false");
    QVERIFY(!exchange(getOf(plugin, keys)).body.contains("hidden"));
    QCOMPARE(exchange(putOf(plugin,
                            QByteArray(body).replace("Example.Maintenance\" F", "Other\" F"), keys))
                 .faultCode(),
             0x803380EDu);
    QCOMPARE(exchange(deleteOf(plugin, keys)).status, 200);
    QCOMPARE(exchange(createOf(plugin, body, keys)).status, 200);
}

void TestDemoConfig::restores()
{
    exchange(putOf(config + "/winrs", "<Winrs XMLNS><IdleTimeout>1</IdleTimeout></Winrs>"));
    QCOMPARE(exchange(getOf(config + "/winrs")).text("IdleTimeout"), "1");
    const RawReply reply = exchange({.action = config + "/Restore",
                                     .resource = config,
                                     .body = "<Restore_INPUT xmlns=\"" + config + "\"/>"});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.bodyElement.localName(), "Restore_OUTPUT");
    QCOMPARE(exchange(getOf(config + "/winrs")).text("IdleTimeout"), "1800000");
}

void TestDemoConfig::analyzes()
{
    const QByteArray service = config + "/service";
    const auto ask = [&](const QByteArray &method, const QByteArray &inner) {
        return exchange({.action = service + "/" + method,
                         .resource = service,
                         .body = "<" + method + "_INPUT xmlns=\"" + service + "\">" + inner + "</"
                             + method + "_INPUT>"});
    };
    QCOMPARE(ask("AnalyzeService", {}).text("RemotingEnabled"), "true");
    QCOMPARE(ask("Analyze", "<Transport>https</Transport>").text("RemotingEnabled"), "true");
    QCOMPARE(exchange(deleteOf(listener, listenerKeys("*", "HTTPS"))).status, 200);
    const RawReply missing = ask("Analyze", "<Transport>https</Transport>");
    QCOMPARE(missing.text("RemotingEnabled"), "false");
    QVERIFY(missing.bodyElement.child("EnableRemoting_INPUT"));
    const RawReply enabled = ask("EnableRemoting", "<Transport>HTTPS</Transport>");
    QCOMPARE(enabled.text("Status"), "succeeded");
    QCOMPARE(exchange(getOf(listener, listenerKeys("*", "HTTPS"))).text("Enabled"), "true");
}

void TestDemoConfig::envelopeSizeIsObeyed()
{
    QCOMPARE(
        exchange(putOf(config, "<Config XMLNS><MaxEnvelopeSizekb>32</MaxEnvelopeSizekb></Config>"))
            .status,
        200);
    TestEnvelope large = getOf(config);
    large.more = "<z:Pad xmlns:z=\"http://example.com/pad\">" + QByteArray(40'000, 'x')
        + "</z:Pad>";
    m_test->connection->send(post(large.bytes(), basic("demo", m_test->password)));
    QCOMPARE(m_test->connection->read().status, 413);
}

QTEST_GUILESS_MAIN(TestDemoConfig)
#include "tst_democonfig.moc"
