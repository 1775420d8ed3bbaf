#include "auth/kdcmessage.h"
#include "core/auth/krberror.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class KdcMessageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void request();
    void requestNeedsPrincipal_data();
    void requestNeedsPrincipal();
    void brokenConfiguration();
    void errorTellsTimeAndReason_data();
    void errorTellsTimeAndReason();
    void timeAfter2038();
    void textIsBounded();
    void ticketTellsNoTime();
    void othersAreRefused_data();
    void othersAreRefused();
    void everyCutIsRefused();
    void dnsAsConfigured_data();
    void dnsAsConfigured();

private:
    void configure(const QByteArray &text);
    QTemporaryDir m_folder;
};

const QDateTime noon(QDate(2024, 5, 6), QTime(12, 0), Qt::UTC);

void KdcMessageTest::init()
{
    configure("[libdefaults]\n default_realm = EXAMPLE.COM\n");
}

void KdcMessageTest::configure(const QByteArray &text)
{
    QFile file(m_folder.filePath(u"krb5.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    qputenv("KRB5_CONFIG", file.fileName().toLocal8Bit());
}

void KdcMessageTest::request()
{
    const auto request = kdcRequest(u"alice@EXAMPLE.NET"_s);
    QVERIFY2(request, request ? "" : qPrintable(request.error().message));
    QCOMPARE(quint8(request->at(0)), quint8(0x6a)); // [APPLICATION 10] AS-REQ
    QVERIFY(request->contains("alice"));
    QVERIFY(request->contains("EXAMPLE.NET"));
    QVERIFY(!request->contains("EXAMPLE.COM"));
    QVERIFY(request->size() < 1000);
    QVERIFY(kdcRequest(nobodyOf(u"EXAMPLE.NET"_s)));
}

void KdcMessageTest::requestNeedsPrincipal_data()
{
    QTest::addColumn<QString>("principal");
    QTest::newRow("empty") << QString();
    QTest::newRow("no realm") << u"alice"_s;
    QTest::newRow("empty realm") << u"alice@"_s;
    QTest::newRow("no name") << u"@EXAMPLE.COM"_s;
    QTest::newRow("two realms") << u"alice@A@B"_s;
}

void KdcMessageTest::requestNeedsPrincipal()
{
    QFETCH(QString, principal);
    const auto request = kdcRequest(principal);
    QVERIFY(!request);
    QCOMPARE(request.error().cause, Cause::AuthUserForm);
    QCOMPARE(request.error().kind, Error::Kind::Authentication);
}

void KdcMessageTest::brokenConfiguration()
{
    configure("[libdefaults\n default_realm = EXAMPLE.COM\n}\n");
    const auto request = kdcRequest(u"alice@EXAMPLE.COM"_s);
    QVERIFY(!request);
    QCOMPARE(request.error().cause, Cause::KrbConfiguration);
    QVERIFY(!request.error().message.isEmpty());
}

void KdcMessageTest::errorTellsTimeAndReason_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("name expired") << 1 << Cause::KrbAccountLocked;
    QTest::newRow("user unknown") << 6 << Cause::KrbUserUnknown;
    QTest::newRow("realm not served") << 7 << Cause::KrbRealmUnknown;
    QTest::newRow("encryption") << 14 << Cause::KrbEncryptionType;
    QTest::newRow("locked") << 18 << Cause::KrbAccountLocked;
    QTest::newRow("password expired") << 23 << Cause::KrbPasswordExpired;
    QTest::newRow("password wanted") << 25 << Cause::Unknown;
    QTest::newRow("clock") << 37 << Cause::KrbClockSkew;
    QTest::newRow("other realm") << 68 << Cause::KrbRealmUnknown;
    QTest::newRow("too large") << 52 << Cause::Unknown;
    QTest::newRow("any other") << 60 << Cause::Unknown;
}

void KdcMessageTest::errorTellsTimeAndReason()
{
    QFETCH(int, code);
    QFETCH(Cause, cause);
    const auto reply = readKdcReply(krbError(code, noon, "words"));
    QVERIFY2(reply, reply ? "" : qPrintable(reply.error().message));
    QVERIFY(!reply->ticket);
    QCOMPARE(reply->code, std::uint32_t(code));
    QCOMPARE(reply->cause, cause);
    QCOMPARE(reply->time, noon.addMSecs(500));
    QCOMPARE(reply->text, u"words"_s);
    QCOMPARE(reply->tooLarge, code == 52);
}

void KdcMessageTest::timeAfter2038()
{
    const QDateTime late(QDate(2040, 1, 1), QTime(0, 0), Qt::UTC);
    const auto reply = readKdcReply(krbError(25, late));
    QVERIFY(reply);
    QCOMPARE(reply->time, late.addMSecs(500));
}

void KdcMessageTest::textIsBounded()
{
    const auto reply = readKdcReply(krbError(25, noon, QByteArray(5000, 'x')));
    QVERIFY(reply);
    QCOMPARE(reply->text.size(), 200);
}

void KdcMessageTest::ticketTellsNoTime()
{
    const auto reply = readKdcReply(der(0x6b, der(0x30, "sealed")));
    QVERIFY(reply);
    QVERIFY(reply->ticket);
    QVERIFY(!reply->time.isValid());
}

void KdcMessageTest::othersAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = krbError(25, noon);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one byte") << QByteArray("\x7e");
    QTest::newRow("no content") << QByteArray("\x7e\0", 2);
    QTest::newRow("endless length") << QByteArray("\x7e\x80\0\0", 4);
    QTest::newRow("length of lengths") << QByteArray("\x7e\xff") + QByteArray(200, '\xff');
    QTest::newRow("larger than it is") << QByteArray("\x7e\x84\x7f\xff\xff\xff", 6);
    QTest::newRow("more behind") << good + 'x';
    QTest::newRow("other message") << der(0x6a, good);
    QTest::newRow("noise") << der(0x7e, QByteArray(300, '\xa5'));
    QTest::newRow("text") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
    QTest::newRow("too large") << der(0x6b, QByteArray(KdcReplyLimit - 3, 'x'));
}

void KdcMessageTest::othersAreRefused()
{
    QFETCH(QByteArray, bytes);
    const auto reply = readKdcReply(bytes);
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, Error::Kind::Protocol);
    QCOMPARE(reply.error().cause, Cause::AuthMalformed);
    QVERIFY(!reply.error().message.isEmpty());
}

void KdcMessageTest::everyCutIsRefused()
{
    const QByteArray good = krbError(25, noon, "words");
    for (qsizetype size = 0; size < good.size(); ++size)
        QVERIFY2(!readKdcReply(good.left(size)), qPrintable(QString::number(size)));
    // A byte changed must not do harm, whatever comes of it.
    for (qsizetype i = 0; i < good.size(); ++i) {
        for (const char flip : {'\x01', '\x80', '\xff'}) {
            QByteArray bad = good;
            bad[i] = char(bad[i] ^ flip);
            if (const auto reply = readKdcReply(bad))
                QVERIFY(reply->text.size() <= 200);
        }
    }
}

void KdcMessageTest::dnsAsConfigured_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("expected");
    QTest::newRow("nothing said") << QByteArray() << true;
    QTest::newRow("yes") << QByteArray(" dns_lookup_kdc = true\n") << true;
    QTest::newRow("no") << QByteArray(" dns_lookup_kdc = no\n") << false;
}

void KdcMessageTest::dnsAsConfigured()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, expected);
    configure("[libdefaults]\n default_realm = EXAMPLE.COM\n" + line);
    QCOMPARE(dnsNamesKdcs(), expected);
}

QTEST_GUILESS_MAIN(KdcMessageTest)
#include "tst_kdcmessage.moc"
