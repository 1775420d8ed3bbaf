#include "demoexchange.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace request;
using namespace Qt::StringLiterals;

class TestDemoHost final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void identifies();
    void identifiesForStrangersWithZeros();
    void refusesWrongPasswords();
    void answersHttpAsWindowsDoes_data();
    void answersHttpAsWindowsDoes();
    void refusesWhatIsTooLarge();
    void readsAndWritesUtf16();
    void enumeratesOverTls();
    void tellsItsConfiguration_data();
    void tellsItsConfiguration();
    void enumeratesConfiguration_data();
    void enumeratesConfiguration();
    void enumeratesListenersInAllModes();
    void getsConfigurationBySelectors();
    void faults_data();
    void faults();
    void namesTheHeaderItDoesNotKnow();
    void keepsAGivenPasswordFile();
    void refusesAnOpenPasswordFile();

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

void TestDemoHost::initTestCase()
{
    DemoOptions options;
    options.items = 300;
    m_test = std::make_unique<TestHost>(options);
    QVERIFY(m_test->password.size() >= 24);
    const auto mode = QFileInfo(m_test->host.passwordFile()).permissions();
    QVERIFY(!(mode & QFileDevice::Permissions(0x0077))); // nobody else
}

void TestDemoHost::identifies()
{
    const RawReply reply = m_test->exchange(identify);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("ProductVendor"), "Microsoft Corporation");
    QVERIFY(reply.text("ProductVersion").endsWith("Stack: 3.0"));
    QVERIFY(!reply.text("SecurityProfileName").isEmpty());
}

void TestDemoHost::identifiesForStrangersWithZeros()
{
    RawConnection stranger(m_test->host.port(), false);
    stranger.send(post(identify, "WSMANIDENTIFY: unauthenticated\r\n"));
    const RawReply reply = stranger.read();
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("ProductVersion"), "OS: 0.0.0 SP: 0.0 Stack: 3.0");
    QVERIFY(reply.text("SecurityProfileName").isEmpty());

    stranger.send(post(getOf(config).bytes(), "WSMANIDENTIFY: unauthenticated\r\n"));
    QCOMPARE(stranger.read().status, 401); // only Identify
}

void TestDemoHost::refusesWrongPasswords()
{
    RawConnection stranger(m_test->host.port(), false);
    stranger.send(post(identify, {}));
    RawReply reply = stranger.read();
    QCOMPARE(reply.status, 401);
    QCOMPARE(reply.header("WWW-Authenticate"), "Basic realm=\"WSMAN\"");
    QCOMPARE(reply.body, QByteArray());

    QByteArray wrong = m_test->password;
    wrong[0] = wrong[0] == 'x' ? 'y' : 'x';
    for (const QByteArray &headers :
         {basic("demo", wrong), basic("demo", m_test->password.toUpper()),
          basic("other", m_test->password), basic("demo", {}),
          QByteArray("Authorization: Basic ###\r\n"),
          QByteArray("Authorization: Negotiate abc\r\n")}) {
        stranger.send(post(identify, headers));
        QCOMPARE(stranger.read().status, 401);
    }
    stranger.send(post(identify, basic("DEMO", m_test->password)));
    QCOMPARE(stranger.read().status, 200); // user names ignore case
}

void TestDemoHost::answersHttpAsWindowsDoes_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("closes");
    const QByteArray host = "Host: 127.0.0.1\r\n";
    const QByteArray signedIn = basic("demo", m_test->password);
    QTest::newRow("get") << "GET /wsman HTTP/1.1\r\n" + host + "\r\n" << 405 << false;
    QTest::newRow("other path") << "POST /other HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n"
                                << 404 << false;
    QTest::newRow("content type") << post("x", signedIn, "text/xml") << 415 << false;
    QTest::newRow("charset") << post("x", signedIn, "application/soap+xml;charset=latin1") << 415
                             << false;
    QTest::newRow("chunked") << "POST /wsman HTTP/1.1\r\n" + host
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                             << 501 << true;
    QTest::newRow("expect") << "POST /wsman HTTP/1.1\r\n" + host
            + "Expect: 100-continue\r\nContent-Length: 1\r\n\r\n"
                            << 417 << true;
    QTest::newRow("no length") << "POST /wsman HTTP/1.1\r\n" + host + "\r\n" << 411 << true;
    QTest::newRow("two lengths") << "POST /wsman HTTP/1.1\r\n" + host
            + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"
                                 << 400 << true;
    QTest::newRow("negative length")
        << "POST /wsman HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n"
        << 400 << true;
    QTest::newRow("no host") << QByteArray("POST /wsman HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
                             << 400 << true;
    QTest::newRow("folded header") << "GET /wsman HTTP/1.1\r\n" + host + " folded\r\n\r\n"
                                   << 400 << true;
    QTest::newRow("version") << "GET /wsman HTTP/2.0\r\n" + host + "\r\n" << 505 << true;
    QTest::newRow("no HTTP") << QByteArray("hello\r\n\r\n") << 400 << true;
    QTest::newRow("endless head") << "GET /wsman HTTP/1.1\r\nX: " + QByteArray(70 * 1024, 'x')
                                  << 431 << true;
}

void TestDemoHost::answersHttpAsWindowsDoes()
{
    QFETCH(QByteArray, sent);
    QFETCH(int, status);
    QFETCH(bool, closes);
    RawConnection connection(m_test->host.port(), false);
    connection.send(sent);
    const RawReply reply = connection.read();
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.header("Server"), "Microsoft-HTTPAPI/2.0");
    if (status == 404)
        QVERIFY(reply.body.contains("<html>"));
    if (closes) {
        QVERIFY(connection.isClosedByHost());
    } else {
        connection.send(post(identify, basic("demo", m_test->password)));
        QCOMPARE(connection.read().status, 200);
    }
}

void TestDemoHost::refusesWhatIsTooLarge()
{
    RawConnection connection(m_test->host.port(), false);
    connection.send("POST /wsman HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 512001\r\n\r\n");
    const RawReply reply = connection.read();
    QCOMPARE(reply.status, 413);
    QVERIFY(!reply.document);
}

void TestDemoHost::readsAndWritesUtf16()
{
    const QString envelope = QString::fromUtf8(getOf(config).bytes());
    QByteArray wide("\xff\xfe", 2);
    for (QChar c : envelope) {
        wide += char(c.unicode() & 0xff);
        wide += char(c.unicode() >> 8);
    }
    m_test->connection->send(
        post(wide, basic("demo", m_test->password), "application/soap+xml;charset=UTF-16"));
    const RawReply reply = m_test->connection->read();
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("Content-Type"), "application/soap+xml;charset=UTF-16");
    QVERIFY(reply.body.startsWith("\xff\xfe"));
    QCOMPARE(reply.text("MaxEnvelopeSizekb"), "500");
}

void TestDemoHost::enumeratesOverTls()
{
    DemoOptions options;
    options.items = 20;
    options.tls = true;
    TestHost test(options);
    QVERIFY(test.connection->isOpen());
    QCOMPARE(test.host.pinSha256().size(), 32);
    const QSslCertificate certificate = test.connection->socket().peerCertificate();
    QCOMPARE(certificate.digest(QCryptographicHash::Sha256), test.host.pinSha256());
    QCOMPARE(certificate.subjectInfo(QSslCertificate::CommonName), QStringList(u"localhost"_s));
    QCOMPARE(certificate.subjectAlternativeNames().size(), 3);
    const RawReply reply = test.exchange(enumerateOf(cimv2 + "Demo_Item", 100));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.bodyElement.child("Items").childCount(), 20u);
    QVERIFY(reply.bodyElement.child("EndOfSequence"));
}

void TestDemoHost::tellsItsConfiguration_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("root");
    QTest::addColumn<QByteArray>("names");
    QTest::newRow("config") << QByteArray() << QByteArray("Config")
                            << QByteArray("MaxEnvelopeSizekb MaxTimeoutms MaxBatchItems "
                                          "MaxProviderRequests Client Service Winrs");
    QTest::newRow("client") << QByteArray("/client") << QByteArray("Client")
                            << QByteArray("NetworkDelayms URLPrefix AllowUnencrypted Auth "
                                          "DefaultPorts TrustedHosts");
    QTest::newRow("client/auth") << QByteArray("/client/auth") << QByteArray("Auth")
                                 << QByteArray("Basic Digest Kerberos Negotiate Certificate "
                                               "CredSSP");
    QTest::newRow("client/defaultports") << QByteArray("/client/defaultports")
                                         << QByteArray("DefaultPorts") << QByteArray("HTTP HTTPS");
    QTest::newRow("service") << QByteArray("/service") << QByteArray("Service")
                             << QByteArray(
                                    "RootSDDL MaxConcurrentOperations "
                                    "MaxConcurrentOperationsPerUser EnumerationTimeoutms "
                                    "MaxConnections MaxPacketRetrievalTimeSeconds AllowUnencrypted "
                                    "Auth DefaultPorts IPv4Filter IPv6Filter "
                                    "EnableCompatibilityHttpListener "
                                    "EnableCompatibilityHttpsListener CertificateThumbprint "
                                    "AllowRemoteAccess");
    QTest::newRow("service/auth") << QByteArray("/service/auth") << QByteArray("Auth")
                                  << QByteArray("Basic Kerberos Negotiate Certificate CredSSP "
                                                "CbtHardeningLevel");
    QTest::newRow("winrs") << QByteArray("/winrs") << QByteArray("Winrs")
                           << QByteArray("AllowRemoteShellAccess IdleTimeout MaxConcurrentUsers "
                                         "MaxShellRunTime MaxProcessesPerShell "
                                         "MaxMemoryPerShellMB MaxShellsPerUser");
}

void TestDemoHost::tellsItsConfiguration()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, root);
    QFETCH(QByteArray, names);
    const RawReply reply = exchange(getOf(config + path));
    QCOMPARE(reply.status, 200);
    QCOMPARE(QByteArray(reply.bodyElement.localName().data()).left(root.size()), root);
    const QByteArray uri = config + path;
    QCOMPARE(reply.bodyElement.namespaceUri(), std::string_view(uri.constData()));
    QByteArray found;
    for (Node child : reply.bodyElement.children()) {
        found += QByteArray(child.localName().data(), qsizetype(child.localName().size())) + ' ';
        QCOMPARE(child.namespaceUri(), std::string_view(uri.constData()));
    }
    QCOMPARE(found.trimmed(), names);
}

void TestDemoHost::enumeratesConfiguration_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("element");
    QTest::addColumn<int>("count");
    QTest::newRow("listener") << QByteArray("/listener") << QByteArray("Listener") << 3;
    QTest::newRow("certmapping") << QByteArray("/service/certmapping") << QByteArray("CertMapping")
                                 << 3;
    QTest::newRow("plugin") << QByteArray("/plugin") << QByteArray("PlugInConfiguration") << 8;
}

void TestDemoHost::enumeratesConfiguration()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, element);
    QFETCH(int, count);
    const QList<Node> items = all(enumerateOf(config + path, 2), 2);
    QCOMPARE(items.size(), count);
    for (Node item : items)
        QCOMPARE(item.localName(), std::string_view(element.constData()));
    QCOMPARE(exchange(enumerateOf(config + path, 2, wql("select * from x"))).faultCode(),
             0x80338018u);
    if (path == "/listener") {
        QCOMPARE(items.first().attribute("Source").value_or(""), "GPO");
        int listening = 0;
        for (Node child : items.first().children())
            listening += child.localName() == "ListeningOn";
        QVERIFY(listening > 3);
    }
    if (path == "/plugin")
        QCOMPARE(items.first().namespaceUri(),
                 "http://schemas.microsoft.com/wbem/wsman/1/config/PluginConfiguration");
}

void TestDemoHost::enumeratesListenersInAllModes()
{
    const QByteArray epr = "<w:EnumerationMode>EnumerateEPR</w:EnumerationMode>";
    const QByteArray both = "<w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode>";
    for (Node item : all(enumerateOf(config + "/listener", 10, epr))) {
        QCOMPARE(item.localName(), "EndpointReference");
        QCOMPARE(item.descendant("SelectorSet").childCount(), 2u);
    }
    for (Node item : all(enumerateOf(config + "/listener", 10, both))) {
        QCOMPARE(item.localName(), "Item");
        QCOMPARE(item.firstChild().localName(), "Listener");
        QCOMPARE(item.firstChild().nextSibling().localName(), "EndpointReference");
    }
    QCOMPARE(exchange(enumerateOf(config + "/plugin", 10, epr)).faultCode(), 0x80338086u);
}

void TestDemoHost::getsConfigurationBySelectors()
{
    const QByteArray keys = selector("address", "*") + selector("Transport", "https");
    const RawReply reply = exchange(getOf(config + "/listener", keys));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("Port"), "5986");
    QCOMPARE(exchange(getOf(config + "/plugin", selector("Name", "WMI Provider"))).status, 200);
    QCOMPARE(exchange(getOf(config + "/listener", selector("Address", "*"))).faultCode(),
             0x8033805Au);
    QCOMPARE(exchange(getOf(config + "/listener", keys + selector("Port", "1"))).faultCode(),
             0x8033805Bu);
    QCOMPARE(exchange(getOf(config + "/plugin", selector("Name", "none"))).faultCode(),
             0x80338000u);
    QCOMPARE(exchange(getOf(config, selector("Name", "x"))).faultCode(), 0x8033805Bu);
}

void TestDemoHost::faults_data()
{
    QTest::addColumn<QByteArray>("envelope");
    QTest::addColumn<quint32>("code");
    QTest::addColumn<QByteArray>("subcode");
    const auto row = [](const char *name, const TestEnvelope &envelope, quint32 code,
                        const char *subcode) {
        QTest::newRow(name) << envelope.bytes() << code << QByteArray(subcode);
    };
    const TestEnvelope good = getOf(config);
    const auto with = [&good](auto change) {
        TestEnvelope changed = good;
        change(changed);
        return changed;
    };
    const auto more = [&with](const QByteArray &headers) {
        return with([&](TestEnvelope &e) { e.more = headers; });
    };
    row("no action", with([](auto &e) { e.action.clear(); }), 0x80338011,
        "a:MessageInformationHeaderRequired");
    row("no message id", with([](auto &e) { e.messageId.clear(); }), 0x80338011,
        "a:MessageInformationHeaderRequired");
    row("long message id", with([](auto &e) { e.messageId = QByteArray(3000, 'x'); }), 0x8033800F,
        "a:InvalidMessageInformationHeader");
    row("no ReplyTo", with([](auto &e) { e.replyTo.clear(); }), 0x80338011,
        "a:MessageInformationHeaderRequired");
    row("other ReplyTo", with([](auto &e) {
            e.replyTo = "<a:ReplyTo><a:Address>http://host.example.com/</a:Address></a:ReplyTo>";
        }),
        0x80338076, "w:UnsupportedFeature");
    row("other FaultTo",
        more("<a:FaultTo><a:Address>http://host.example.com/</a:Address></a:FaultTo>"), 0x80338076,
        "w:UnsupportedFeature");
    row("no resource", with([](auto &e) { e.resource.clear(); }), 0x8033803B,
        "a:DestinationUnreachable");
    row("unknown resource", with([](auto &e) { e.resource = "http://example.com/nothing"; }),
        0x80338000, "a:DestinationUnreachable");
    row("https resource",
        with([](auto &e) { e.resource = "https://schemas.microsoft.com/wbem/wsman/1/config"; }),
        0x80338000, "a:DestinationUnreachable");
    row("unknown branch", with([](auto &e) { e.resource = config + "/nothing"; }), 0x80338000,
        "a:DestinationUnreachable");
    row("unknown action", with([](auto &e) { e.action += "It"; }), 0x80338013,
        "a:ActionNotSupported");
    row("action of other case", with([](auto &e) { e.action = e.action.toUpper(); }), 0x80338013,
        "a:ActionNotSupported");
    row("small envelope", with([](auto &e) { e.size = "8191"; }), 0x80338035, "w:EncodingLimit");
    row("no number", with([](auto &e) { e.size = "many"; }), 0x8033800F,
        "a:InvalidMessageInformationHeader");
    row("short timeout", more("<w:OperationTimeout>PT0.4S</w:OperationTimeout>"), 0x8033800C,
        "w:UnsupportedFeature");
    row("negative timeout", more("<w:OperationTimeout>PT-1S</w:OperationTimeout>"), 0x8033800F,
        "a:InvalidMessageInformationHeader");
    row("no duration", more("<w:OperationTimeout>60</w:OperationTimeout>"), 0x8033800F,
        "a:InvalidMessageInformationHeader");
    row("locale must be understood",
        more("<w:Locale xml:lang=\"en-US\" s:mustUnderstand=\"true\"/>"), 0x80338087,
        "w:UnsupportedFeature");
    row("data locale must be understood",
        more("<p:DataLocale xml:lang=\"en-US\" s:mustUnderstand=\"1\"/>"), 0x80338087,
        "w:UnsupportedFeature");
    row("header twice", more("<a:MessageID>uuid:2</a:MessageID>"), 0x8033800F,
        "a:InvalidMessageInformationHeader");
    row("selector twice",
        with([](auto &e) { e.selectors = selector("A", "1") + selector("a", "2"); }), 0x8033805F,
        "w:InvalidSelectors");
    row("fragment of configuration",
        more("<w:FragmentTransfer s:mustUnderstand=\"true\">Client</w:FragmentTransfer>"),
        0x80338077, "w:UnsupportedFeature");
    row("fragment not marked", more("<w:FragmentTransfer>Client</w:FragmentTransfer>"), 0x8033800F,
        "a:InvalidMessageInformationHeader");
    row("body in Get", with([](auto &e) { e.body = "<x/>"; }), 0x80338027,
        "w:SchemaValidationError");
    row("enumerate what cannot be", enumerateOf(config, 1), 0x80338013, "a:ActionNotSupported");
    row("MaxElements of the other namespace",
        {.action = enumeration + "Enumerate",
         .resource = cimv2 + "Win32_Service",
         .body = "<n:Enumerate><n:MaxElements>2</n:MaxElements></n:Enumerate>"},
        0x80338041, "w:SchemaValidationError");
    row("OptimizeEnumeration of the other namespace",
        {.action = enumeration + "Enumerate",
         .resource = cimv2 + "Win32_Service",
         .body = "<n:Enumerate><n:OptimizeEnumeration/></n:Enumerate>"},
        0x80338041, "w:SchemaValidationError");
    row("Enumerate of the other namespace",
        {.action = enumeration + "Enumerate",
         .resource = cimv2 + "Win32_Service",
         .body = "<w:Enumerate/>"},
        0x80338027, "w:SchemaValidationError");
    row("MaxElements 0", enumerateOf(cimv2 + "Win32_Service", 0), 0x80338041,
        "w:SchemaValidationError");
    row("Expires", enumerateOf(cimv2 + "Win32_Service", 1, "<n:Expires>PT60S</n:Expires>"),
        0x80338068, "w:UnsupportedFeature");
    row("unknown mode",
        enumerateOf(cimv2 + "Win32_Service", 1, "<w:EnumerationMode>All</w:EnumerationMode>"),
        0x80338086, "w:UnsupportedFeature");
    row("filter of configuration", enumerateOf(config + "/listener", 1, wql("select * from x")),
        0x80338018, "n:FilteringNotSupported");
    row("unknown class", getOf(cimv2 + "Win32_Nothing"), 0x80338000, "a:DestinationUnreachable");
    row("unknown namespace",
        getOf("http://schemas.microsoft.com/wbem/wsman/1/wmi/root/nothing/Win32_Service"),
        0x80338000, "a:DestinationUnreachable");
    row("class without keys", getOf(cimv2 + "Win32_Service"), 0x803380FA, "w:InvalidSelectors");
    row("missing key", getOf(cimv2 + "Win32_UserAccount", selector("Name", "Guest")), 0x8033805A,
        "w:InvalidSelectors");
    row("no key",
        getOf(cimv2 + "Win32_Service", selector("Name", "WinRM") + selector("State", "Running")),
        0x8033805B, "w:InvalidSelectors");
    row("no such instance", getOf(cimv2 + "Win32_Service", selector("Name", "nobody")), 0x8033811A,
        "a:EndpointUnavailable");
    row("other namespace selector",
        getOf(cimv2 + "Win32_BIOS", selector("__cimnamespace", "root/default")), 0x8033813B,
        "w:InvalidSelectors");
    row("Pull of nothing",
        {.action = enumeration + "Pull",
         .resource = cimv2 + "Demo_Item",
         .body = pullBody("uuid:NOTHING", 1)},
        0x8033801B, "n:InvalidEnumerationContext");
    QTest::newRow("no XML") << QByteArray("<s:Envelope") << 0x80338043u
                            << QByteArray("w:SchemaValidationError");
    QTest::newRow("document type") << QByteArray("<!DOCTYPE x [<!ENTITY a \"b\">]>") + good.bytes()
                                   << 0x80338043u << QByteArray("w:SchemaValidationError");
    QTest::newRow("SOAP 1.1") << good.bytes().replace("http://www.w3.org/2003/05/soap-envelope",
                                                      "http://schemas.xmlsoap.org/soap/envelope/")
                              << 0x8033800Du << QByteArray();
}

void TestDemoHost::faults()
{
    QFETCH(QByteArray, envelope);
    QFETCH(quint32, code);
    QFETCH(QByteArray, subcode);
    const RawReply reply = m_test->exchange(envelope);
    QCOMPARE(reply.status, 500);
    QCOMPARE(reply.bodyElement.localName(), "Fault");
    QCOMPARE(QByteArray::number(reply.faultCode(), 16), QByteArray::number(code, 16));
    QCOMPARE(text(reply.bodyElement.child("Code").child("Subcode").child("Value")), subcode);
    QVERIFY(!reply.bodyElement.child("Reason").child("Text").text().empty());
}

void TestDemoHost::namesTheHeaderItDoesNotKnow()
{
    TestEnvelope envelope = getOf(config);
    envelope.more = "<z:New xmlns:z=\"http://example.com/new\" s:mustUnderstand=\"true\"/>";
    const RawReply reply = exchange(envelope);
    QCOMPARE(reply.status, 500);
    const Node header = reply.document->root().child("Header").child("NotUnderstood");
    const std::string_view name = header.attribute("qname").value_or("");
    QVERIFY(name.ends_with(":New"));
    QCOMPARE(header.resolvePrefix(name.substr(0, name.find(':'))).value_or(""),
             "http://example.com/new");
    QVERIFY(!reply.bodyElement.child("Detail"));
    envelope.more.replace("true", "false");
    QCOMPARE(exchange(envelope).status, 200);
}

void TestDemoHost::keepsAGivenPasswordFile()
{
    QTemporaryDir folder;
    DemoOptions options;
    options.items = 1;
    options.passwordFile = folder.filePath(u"password"_s);
    QByteArray first;
    {
        TestHost test(options);
        first = test.password;
        QCOMPARE(test.exchange(identify).status, 200);
    }
    QVERIFY(QFile::exists(options.passwordFile));
    TestHost again(options);
    QCOMPARE(again.password, first);

    QString privateFile;
    {
        TestHost test(DemoOptions{.items = 1});
        privateFile = test.host.passwordFile();
        QVERIFY(QFile::exists(privateFile));
    }
    QVERIFY(!QFile::exists(privateFile));
}

void TestDemoHost::refusesAnOpenPasswordFile()
{
    QTemporaryDir folder;
    DemoOptions options;
    options.passwordFile = folder.filePath(u"password"_s);
    QFile file(options.passwordFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("secret word\n");
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    DemoHost host(options);
    const Done done = host.start();
    QVERIFY(!done);
    QVERIFY(done.error().cause == Cause::LocalPasswordFileMode);

    DemoOptions taken;
    taken.port = m_test->host.port();
    DemoHost second(taken);
    QVERIFY(!second.start());
}

QTEST_GUILESS_MAIN(TestDemoHost)
#include "tst_demohost.moc"
