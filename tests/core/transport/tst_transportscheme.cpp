#include "connection/httpshosts.h"
#include "connection/profilestore.h"
#include "core/transport/transporttest.h"

#include <QDir>
#include <QStandardPaths>
#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace {

/// A host of its own on loopback, so that the usual ports are free.
const QString host = u"127.91.17.3"_s;

/// Answers every request with an envelope, or closes each connection at once.
class PlainHost final : public QTcpServer
{
    Q_OBJECT
public:
    PlainHost(quint16 port, bool answers)
    {
        connect(this, &QTcpServer::newConnection, this, [this, answers] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                ++connections;
                if (!answers)
                    socket->close();
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                    m_bytes += socket->readAll();
                    if (!m_bytes.endsWith(envelope))
                        return;
                    m_bytes.clear();
                    socket->write(httpReply(envelope));
                });
            }
        });
        listen(QHostAddress(host), port);
    }
    int connections = 0;

private:
    QByteArray m_bytes;
};

ConnectionOptions automatic()
{
    return {.host = host,
            .automaticScheme = true,
            .authentication = Authentication::None,
            .allowClearText = true};
}

} // namespace

/// Which of HTTPS and HTTP an automatic scheme comes to.
class TestTransportScheme final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void httpWhereNothingAnswers();
    void failedTlsIsNoReason();
    void whatWasSeenIsExpected();
    void namedPortsAreTlsOnly();
    void bothRefused();
    void clearTextIsStillRefused();
};

void TestTransportScheme::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setApplicationName(u"winrm-console-scheme-test"_s);
}

void TestTransportScheme::init()
{
    QDir(ProfileStore::defaultDirectory()).removeRecursively();
}

void TestTransportScheme::httpWhereNothingAnswers()
{
    PlainHost plain(5985, true);
    QVERIFY2(plain.isListening(), qPrintable(plain.errorString()));
    const auto context = contextFor(automatic());
    AccessManager manager(context), other(context);
    auto *one = manager.postEnvelope(envelope, false);
    auto *two = other.postEnvelope(envelope, false);
    VERIFY_GOOD(one);
    VERIFY_GOOD(two);
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
    QCOMPARE(plain.connections, 2);
    QVERIFY(!context->options().tls);
    QCOMPARE(context->options().url().scheme(), u"http"_s);
    QCOMPARE(manager.security().notes, std::vector{SecurityNote::NoHttps});
}

void TestTransportScheme::failedTlsIsNoReason()
{
    PlainHost plain(5985, true), broken(5986, false);
    QVERIFY(plain.isListening() && broken.isListening());
    AccessManager manager(contextFor(automatic()));
    auto *reply = manager.postEnvelope(envelope, false);
    QVERIFY(awaitFinished(reply));
    QCOMPARE(reply->wsmanError().kind, Error::Kind::Connection);
    QCOMPARE(plain.connections, 0);
}

void TestTransportScheme::whatWasSeenIsExpected()
{
    PlainHost plain(5985, true);
    QVERIFY(HttpsHosts(ProfileStore::defaultDirectory()).add(automatic().certificateName()));
    AccessManager manager(contextFor(automatic()));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::NetHttpsExpected);
    QCOMPARE(plain.connections, 0);
}

void TestTransportScheme::namedPortsAreTlsOnly()
{
    PlainHost plain(5985, true);
    auto options = automatic();
    options.port = 5986;
    AccessManager manager(contextFor(options));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::NetRefused);
    QCOMPARE(plain.connections, 0);
}

void TestTransportScheme::bothRefused()
{
    const auto context = contextFor(automatic());
    AccessManager manager(context);
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::NetRefused);
    QVERIFY(context->options().tls);
    PlainHost plain(5985, true);
    VERIFY_GOOD(manager.postEnvelope(envelope, false));
}

void TestTransportScheme::clearTextIsStillRefused()
{
    PlainHost plain(5985, true);
    auto options = automatic();
    options.allowClearText = false;
    AccessManager manager(contextFor(options));
    COMPARE_CAUSE(manager.postEnvelope(envelope, false), Cause::OptionsClearText);
    QCOMPARE(plain.connections, 0);
}

QTEST_GUILESS_MAIN(TestTransportScheme)
#include "tst_transportscheme.moc"
