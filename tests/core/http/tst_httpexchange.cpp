#include "http/httpexchange.h"
#include "peer/cpp/scriptedserver.h"

#include <QSignalSpy>
#include <QSslSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What the transport's own tests cannot reach: silence apart from the deadline, pausing.
class TestHttpExchange final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void silenceEndsIt();
    void bytesBreakTheSilence();
    void pausedTimeDoesNotCount();
    void endOfTheConnectionWhilePaused();
    void signalsComeInOrder();
    void stoppedIsSilent();
    void socketThatIsNotOpen();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<QSslSocket> m_socket;
    const QByteArray m_request = HttpRequest{.host = "h", .body = "b"}.bytes();
};

void TestHttpExchange::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_socket = std::make_unique<QSslSocket>();
    m_socket->connectToHost(u"127.0.0.1"_s, m_server->port());
    QTRY_COMPARE(m_socket->state(), QAbstractSocket::ConnectedState);
}

void TestHttpExchange::silenceEndsIt()
{
    m_server->setAnswer([](const auto &, const auto &peer) {
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
    });
    HttpExchange exchange(*m_socket, {}, {.deadline = 60s, .silence = 100ms});
    QSignalSpy finished(&exchange, &HttpExchange::finished);
    exchange.start(m_request);
    QVERIFY(finished.wait());
    QCOMPARE(exchange.error().cause, Cause::TimeoutIdle);
    QVERIFY(exchange.error().kind == Error::Kind::Timeout);
    QVERIFY(!exchange.keepAlive());
}

void TestHttpExchange::bytesBreakTheSilence()
{
    QTimer drip;
    int left = 9;
    m_server->setAnswer([&](const auto &, const auto &peer) {
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
        connect(&drip, &QTimer::timeout, &drip, [&drip, &left, peer] {
            peer.write("x");
            if (--left == 0)
                drip.stop();
        });
        drip.start(100);
    });
    HttpExchange exchange(*m_socket, {}, {.deadline = 60s, .silence = 700ms});
    QSignalSpy finished(&exchange, &HttpExchange::finished);
    exchange.start(m_request);
    QVERIFY(finished.wait(20000));
    QVERIFY(!exchange.error());
    QVERIFY(exchange.keepAlive());
}

void TestHttpExchange::pausedTimeDoesNotCount()
{
    m_server->setAnswer([](const auto &, const auto &peer) { peer.reply("abc"); });
    HttpExchange exchange(*m_socket, {}, {.deadline = 300ms, .silence = 300ms});
    QSignalSpy finished(&exchange, &HttpExchange::finished);
    exchange.start(m_request);
    exchange.setPaused(true);
    QVERIFY(!finished.wait(600));
    exchange.setPaused(false);
    QVERIFY(finished.wait());
    QVERIFY(!exchange.error());
    QCOMPARE(exchange.takeBody(), "abc"_ba);
}

void TestHttpExchange::endOfTheConnectionWhilePaused()
{
    m_server->setAnswer([](const auto &, const auto &peer) {
        peer.reply("abc");
        peer.close();
    });
    HttpExchange exchange(*m_socket, {}, {});
    QSignalSpy finished(&exchange, &HttpExchange::finished);
    exchange.start(m_request);
    exchange.setPaused(true);
    QTRY_COMPARE(m_server->openConnections(), 0);
    QVERIFY(!finished.wait(50));
    exchange.setPaused(false);
    QVERIFY(finished.wait());
    QVERIFY(!exchange.error());
    QCOMPARE(exchange.takeBody(), "abc"_ba);
}

void TestHttpExchange::signalsComeInOrder()
{
    m_server->setAnswer([](const auto &, const auto &peer) { peer.reply("abc"); });
    HttpExchange exchange(*m_socket, {}, {});
    QStringList seen;
    connect(&exchange, &HttpExchange::sent, this, [&] { seen << u"sent"_s; });
    connect(&exchange, &HttpExchange::firstByte, this, [&] { seen << u"first"_s; });
    connect(&exchange, &HttpExchange::headRead, this, [&] { seen << u"head"_s; });
    connect(&exchange, &HttpExchange::bodyRead, this, [&] { seen << u"body"_s; });
    connect(&exchange, &HttpExchange::finished, this, [&] { seen << u"finished"_s; });
    exchange.start(m_request);
    QVERIFY(!seen.contains(u"finished"_s));
    QTRY_VERIFY(seen.contains(u"finished"_s));
    QCOMPARE(seen, (QStringList{u"sent"_s, u"first"_s, u"head"_s, u"body"_s, u"finished"_s}));
    QCOMPARE(exchange.bytesSent(), m_request.size());
    QCOMPARE(exchange.head().status, 200);
}

void TestHttpExchange::stoppedIsSilent()
{
    m_server->setAnswer([](const auto &, const auto &peer) { peer.reply("abc"); });
    HttpExchange exchange(*m_socket, {}, {.deadline = 50ms, .silence = 50ms});
    QSignalSpy finished(&exchange, &HttpExchange::finished);
    exchange.start(m_request);
    exchange.stop();
    QVERIFY(!finished.wait(150));
}

void TestHttpExchange::socketThatIsNotOpen()
{
    m_socket->abort();
    HttpExchange exchange(*m_socket, {}, {});
    QSignalSpy finished(&exchange, &HttpExchange::finished);
    QTest::ignoreMessage(QtWarningMsg, "QIODevice::write (QSslSocket): device not open");
    exchange.start(m_request);
    QCOMPARE(finished.count(), 0);
    QVERIFY(finished.wait());
    QCOMPARE(exchange.error().cause, Cause::NetClosed);
}

QTEST_GUILESS_MAIN(TestHttpExchange)
#include "tst_httpexchange.moc"
