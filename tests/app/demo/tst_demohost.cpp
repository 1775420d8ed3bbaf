#include "demoexchange.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace request;

class TestDemoHost final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void identifies();
    void tellsItsConfiguration();
    void enumeratesItems();
    void enumeratesOverTls();

private:
    std::unique_ptr<TestHost> m_test;
};

void TestDemoHost::initTestCase()
{
    DemoOptions options;
    options.items = 300;
    m_test = std::make_unique<TestHost>(options);
    QVERIFY(m_test->password.size() >= 24);
    QVERIFY(m_test->connection->isOpen());
}

void TestDemoHost::identifies()
{
    const RawReply reply = m_test->exchange(identify);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text("ProductVendor"), "Microsoft Corporation");
    QVERIFY(reply.text("ProductVersion").endsWith("Stack: 3.0"));
    QVERIFY(!reply.text("SecurityProfileName").isEmpty());
}

void TestDemoHost::tellsItsConfiguration()
{
    const RawReply reply = m_test->exchange(TestEnvelope{.action = get, .resource = config});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.bodyElement.localName(), "Config");
    QCOMPARE(reply.bodyElement.namespaceUri(), std::string_view(config.constData()));
    QCOMPARE(reply.text("MaxEnvelopeSizekb"), "500");
}

void TestDemoHost::enumeratesItems()
{
    QList<RawReply> replies;
    const QList<Node> items = m_test->all({.action = enumeration + "Enumerate",
                                           .resource = cimv2 + "demo_item",
                                           .body = enumerateBody(70)},
                                          70, replies);
    QCOMPARE(items.size(), 300);
    QCOMPARE(replies.size(), 5);
    std::set<std::string> ids;
    for (Node item : items) {
        QCOMPARE(item.localName(), "Demo_Item");
        ids.insert(std::string(item.child("ItemID").text()));
    }
    QCOMPARE(ids.size(), 300u);
}

void TestDemoHost::enumeratesOverTls()
{
    DemoOptions options;
    options.items = 20;
    options.tls = true;
    TestHost test(options);
    QVERIFY(test.connection->isOpen());
    QCOMPARE(test.host.pinSha256().size(), 32);
    QCOMPARE(test.connection->socket().peerCertificate().digest(QCryptographicHash::Sha256),
             test.host.pinSha256());
    const RawReply reply = test.exchange(TestEnvelope{.action = enumeration + "Enumerate",
                                                      .resource = cimv2 + "Demo_Item",
                                                      .body = enumerateBody(100)});
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.bodyElement.child("Items").childCount(), 20u);
    QVERIFY(reply.bodyElement.child("EndOfSequence"));
}

QTEST_GUILESS_MAIN(TestDemoHost)
#include "tst_demohost.moc"
