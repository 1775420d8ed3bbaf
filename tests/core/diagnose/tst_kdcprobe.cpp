#include "core/auth/krberror.h"
#include "diagnose/kdcprobe.h"
#include "peer/process/realmprocess.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUdpSocket>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A KDC that says what the test wants: one port for UDP and TCP.
struct MadeUpKdc
{
    QUdpSocket udp;
    QTcpServer tcp;
    int datagrams = 0, connections = 0;
    QByteArrayList datagramAnswers;
    QByteArray streamAnswer; ///< with its four bytes; empty: silence

    bool listen(bool withTcp = true)
    {
        QObject::connect(&udp, &QUdpSocket::readyRead, &udp, [this] {
            while (udp.hasPendingDatagrams()) {
                char bytes[2048];
                QHostAddress from;
                quint16 port = 0;
                udp.readDatagram(bytes, sizeof bytes, &from, &port);
                ++datagrams;
                for (const QByteArray &answer : datagramAnswers)
                    udp.writeDatagram(answer, from, port);
            }
        });
        QObject::connect(&tcp, &QTcpServer::newConnection, &tcp, [this] {
            QTcpSocket *socket = tcp.nextPendingConnection();
            ++connections;
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                socket->readAll();
                socket->write(streamAnswer);
            });
        });
        for (int i = 0; i < 20; ++i) {
            udp.close();
            if (!udp.bind(QHostAddress::LocalHost, 0))
                return false;
            if (!withTcp || tcp.listen(QHostAddress::LocalHost, udp.localPort()))
                return true;
        }
        return false;
    }
    QString server() const { return u"127.0.0.1:%1"_s.arg(udp.localPort()); }
};

QByteArray framed(const QByteArray &message)
{
    QByteArray length(4, '\0');
    qToBigEndian(quint32(message.size()), length.data());
    return length + message;
}

class KdcProbeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void realKdc_data();
    void realKdc();
    void realKdcWithOtherClock();
    void silentKdc();
    void silentKdcThenReal();
    void nobodyThere();
    void serverNames_data();
    void serverNames();
    void tooLargeGoesOnOverTcp();
    void noiseIsPassedOver();
    void hugeAnswer();
    void destroyed();

private:
    std::optional<Result<KdcAnswer>> ask(const QStringList &servers, const QString &principal);
    QString kdc() const { return u"127.0.0.1:%1"_s.arg(m_realm->facts().value("port"_L1).toInt()); }
    std::unique_ptr<RealmProcess> m_realm;
};

const QString alice = u"alice@EXAMPLE.COM"_s;

void KdcProbeTest::initTestCase()
{
    m_realm = std::make_unique<RealmProcess>();
    QVERIFY2(m_realm->isRunning(), m_realm->startError().constData());
    m_realm->enter();
}

std::optional<Result<KdcAnswer>> KdcProbeTest::ask(const QStringList &servers,
                                                   const QString &principal)
{
    const auto request = kdcRequest(principal);
    if (!request)
        return {};
    std::optional<Result<KdcAnswer>> answer;
    int answers = 0;
    KdcProbe probe(servers, *request);
    connect(&probe, &KdcProbe::finished, &probe, [&](const Result<KdcAnswer> &given) {
        answer = given;
        ++answers;
    });
    probe.start();
    if (answers != 0) // not within start()
        return {};
    (void)QTest::qWaitFor([&] { return answers > 0; }, 10000);
    return answers == 1 ? answer : std::nullopt;
}

void KdcProbeTest::realKdc_data()
{
    QTest::addColumn<QString>("principal");
    QTest::addColumn<int>("code");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("password wanted") << alice << 25 << Cause::Unknown;
    QTest::newRow("unknown user") << u"mallory@EXAMPLE.COM"_s << 6 << Cause::KrbUserUnknown;
    QTest::newRow("password expired")
        << u"expired@EXAMPLE.COM"_s << 23 << Cause::KrbPasswordExpired;
    QTest::newRow("account expired") << u"gone@EXAMPLE.COM"_s << 1 << Cause::KrbAccountLocked;
    QTest::newRow("account disabled") << u"disabled@EXAMPLE.COM"_s << 18 << Cause::KrbAccountLocked;
    QTest::newRow("nobody") << nobodyOf(u"EXAMPLE.COM"_s) << 6 << Cause::KrbUserUnknown;
    // MIT's KDC has no other word for a realm that is not its own.
    QTest::newRow("other realm") << u"alice@EXAMPLE.NET"_s << 6 << Cause::KrbUserUnknown;
}

void KdcProbeTest::realKdc()
{
    QFETCH(QString, principal);
    QFETCH(int, code);
    QFETCH(Cause, cause);
    const auto answer = ask({kdc()}, principal);
    QVERIFY(answer && *answer);
    const KdcAnswer &given = answer->value();
    QCOMPARE(given.reply.code, std::uint32_t(code));
    QCOMPARE(given.reply.cause, cause);
    QCOMPARE(given.server, kdc());
    QVERIFY(!given.tcp);
    QVERIFY(given.skew);
    QVERIFY(std::chrono::abs(*given.skew) <= 2s);
    QVERIFY(given.roundTrip < 3s);
}

void KdcProbeTest::realKdcWithOtherClock()
{
    RealmProcess late({u"--clock=-1h"_s});
    QVERIFY2(late.isRunning(), late.startError().constData());
    const auto answer = ask({u"127.0.0.1:%1"_s.arg(late.facts().value("port"_L1).toInt())}, alice);
    QVERIFY(answer && *answer);
    QVERIFY(answer->value().skew);
    const auto off = *answer->value().skew + 3600s;
    QVERIFY2(std::chrono::abs(off) < 60s, qPrintable(QString::number(off.count())));
}

void KdcProbeTest::silentKdc()
{
    MadeUpKdc silent;
    QVERIFY(silent.listen());
    QElapsedTimer clock;
    clock.start();
    const auto answer = ask({silent.server()}, alice);
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().cause, Cause::KrbKdcUnreachable);
    QCOMPARE(answer->error().kind, Error::Kind::Authentication);
    QCOMPARE(answer->error().message, silent.server());
    QVERIFY(clock.elapsed() >= 2700);
    QCOMPARE(silent.datagrams, 1);
    QCOMPARE(silent.connections, 1);
}

void KdcProbeTest::silentKdcThenReal()
{
    MadeUpKdc silent;
    QVERIFY(silent.listen(false));
    const auto answer = ask({silent.server(), kdc()}, alice);
    QVERIFY(answer && *answer);
    QCOMPARE(answer->value().server, kdc());
}

void KdcProbeTest::nobodyThere()
{
    MadeUpKdc closed;
    QVERIFY(closed.listen());
    const QString server = closed.server();
    closed.udp.close();
    closed.tcp.close();
    auto answer = ask({server}, alice);
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().cause, Cause::KrbKdcUnreachable);
    answer = ask({}, alice);
    QVERIFY(answer && !*answer);
    answer = ask({u"127.0.0.1:99999"_s, server, kdc()}, alice);
    QVERIFY(answer && *answer);
}

void KdcProbeTest::serverNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("name") << u"localhost:%1"_s;
    QTest::newRow("address") << u"127.0.0.1:%1"_s;
    QTest::newRow("brackets") << u"[::ffff:127.0.0.1]:%1"_s;
}

void KdcProbeTest::serverNames()
{
    QFETCH(QString, name);
    const QString server = name.arg(m_realm->facts().value("port"_L1).toInt());
    const auto answer = ask({server}, alice);
    QVERIFY(answer && *answer);
    QCOMPARE(answer->value().server, server);
}

void KdcProbeTest::tooLargeGoesOnOverTcp()
{
    MadeUpKdc made;
    QVERIFY(made.listen());
    const QDateTime ahead = QDateTime::currentDateTimeUtc().addSecs(600);
    made.datagramAnswers = {krbError(52, ahead)};
    made.streamAnswer = framed(krbError(25, ahead));
    const auto answer = ask({made.server()}, alice);
    QVERIFY(answer && *answer);
    QVERIFY(answer->value().tcp);
    QCOMPARE(answer->value().reply.code, 25u);
    QVERIFY(answer->value().skew);
    QVERIFY(std::chrono::abs(*answer->value().skew - 600s) <= 2s);
}

void KdcProbeTest::noiseIsPassedOver()
{
    MadeUpKdc made;
    QVERIFY(made.listen());
    made.datagramAnswers = {"noise", QByteArray(), QByteArray(3000, '\x7e'),
                            krbError(6, QDateTime::currentDateTimeUtc())};
    const auto answer = ask({made.server()}, alice);
    QVERIFY(answer && *answer);
    QCOMPARE(answer->value().reply.cause, Cause::KrbUserUnknown);
}

void KdcProbeTest::hugeAnswer()
{
    MadeUpKdc made;
    QVERIFY(made.listen());
    made.datagramAnswers = {krbError(52, QDateTime::currentDateTimeUtc())};
    made.streamAnswer = QByteArray("\x7f\xff\xff\xff", 4) + QByteArray(100'000, 'x');
    const auto answer = ask({made.server()}, alice);
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().cause, Cause::KrbKdcUnreachable);
}

void KdcProbeTest::destroyed()
{
    const auto request = kdcRequest(alice);
    QVERIFY(request);
    int answers = 0;
    auto probe = std::make_unique<KdcProbe>(QStringList{kdc()}, *request);
    connect(probe.get(), &KdcProbe::finished, this, [&answers] { ++answers; });
    probe->start();
    QCoreApplication::processEvents();
    probe.reset();
    QVERIFY(ask({kdc()}, alice)); // what was under way has come and gone meanwhile
    QCOMPARE(answers, 0);
}

QTEST_GUILESS_MAIN(KdcProbeTest)
#include "tst_kdcprobe.moc"
