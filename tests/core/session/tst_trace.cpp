#include "session/redaction.h"
#include "session/trace.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TestTrace final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void boundedByCountAndBytes();
    void secretsAreRemoved_data();
    void secretsAreRemoved();
    void headsLoseTheirCredentials();
    void linesReadBack();
    void foreignLinesAreRefused();
};

void TestTrace::boundedByCountAndBytes()
{
    Trace trace;
    trace.setLimits(3, 1 << 20, 1024);
    QSignalSpy removed(&trace, &Trace::removed);
    for (int i = 0; i < 5; ++i)
        trace.add({.id = trace.nextId()});
    QCOMPARE(trace.entries().size(), std::size_t(3));
    QCOMPARE(removed.size(), 2);
    QVERIFY(!trace.find(1));
    QVERIFY(trace.find(5));
    trace.setLimits(100, 4000, 1024);
    trace.add({.id = trace.nextId(), .replyBody = QByteArray(3000, 'x')});
    QCOMPARE(trace.entries().size(), std::size_t(1));
}

void TestTrace::secretsAreRemoved_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("element") << "<p:Password>hunter2</p:Password>"_ba;
    QTest::newRow("attributes") << "<Password xsi:type=\"x\">hunter2</Password>"_ba;
    QTest::newRow("RunAs") << "<PlugIn RunAsUser=\"u\" RunAsPassword=\"hunter2\"/>"_ba;
    QTest::newRow("single quotes") << "<PlugIn RunAsPassword = 'hunter2'/>"_ba;
    QTest::newRow("cut off") << "<p:Password>hunter2"_ba;
    QTest::newRow("cut attribute") << "<PlugIn RunAsPassword=\"hunter2"_ba;
    QTest::newRow("nested") << "<x:NewPassword><y>hunter2</y></x:NewPassword>"_ba;
    QTest::newRow("CDATA") << "<Password><![CDATA[hunter2]]></Password>"_ba;
    QTest::newRow("case") << "<PASSWORD>hunter2</PASSWORD>"_ba;
    QTest::newRow("its own beginning before it") << "<paspPaPassword>hunter2</paspPaPassword>"_ba;
    QTest::newRow("long s") << "<Pa\xC5\xBF\xC5\xBFword>hunter2</Pa\xC5\xBF\xC5\xBFword>"_ba;
    QTest::newRow("passphrase") << "<KeyPassphrase>hunter2</KeyPassphrase>"_ba;
    QTest::newRow("parameter") << "<Param Name=\"password\" Value=\"hunter2\"/>"_ba;
    QTest::newRow("selector") << "<w:Selector Name=\"Password\">hunter2</w:Selector>"_ba;
    QTest::newRow("line breaks") << "<Password\n a=\"b\"\n>\nhunter2\n</Password>"_ba;
    const QString wide = u"\ufeff<Password>hunter2</Password>"_s;
    QTest::newRow("UTF-16") << QByteArray(reinterpret_cast<const char *>(wide.utf16()),
                                          wide.size() * 2);
}

void TestTrace::secretsAreRemoved()
{
    QFETCH(const QByteArray, text);
    const QByteArray redacted = redactedEnvelope("<a>kept</a>" + text + "<b>kept</b>");
    const QByteArray alone = redactedEnvelope(text);
    QVERIFY2(!redacted.contains("hunter2"), redacted.constData());
    QVERIFY2(!alone.contains("hunter2"), alone.constData());
    QVERIFY(redacted.contains("<a>kept</a>"));
    for (int shift = 1; shift < 8; ++shift) // the search goes in steps
        QVERIFY(!redactedEnvelope(QByteArray(shift, ' ') + text).contains("hunter2"));
}

void TestTrace::headsLoseTheirCredentials()
{
    const QByteArray head = redactedHead(
        "POST /wsman HTTP/1.1\r\nAuthorization: Basic c2VjcmV0\r\n"
        "Proxy-Authorization: Basic c2VjcmV0\r\nSet-Cookie: a=secret\r\nHost: h\r\n");
    QVERIFY2(!head.contains("c2VjcmV0") && !head.contains("=secret"), head.constData());
    QVERIFY(head.contains("Authorization: Basic [removed]"));
    QVERIFY(head.contains("Host: h"));
}

void TestTrace::linesReadBack()
{
    TraceEntry entry{.id = 7,
                     .operation = 3,
                     .host = u"web01"_s,
                     .title = u"Get winrm/config"_s,
                     .connection = 2,
                     .status = 500};
    entry.started = QDateTime::currentDateTimeUtc();
    entry.times = {.connected = 10, .sent = 20, .finished = 1234};
    entry.requestBody = "<a>\xc3\xa4</a>";
    entry.replyBody = "<b/>";
    entry.replyCut = true;
    entry.error = Error::of(Error::Kind::Fault, Cause::FaultAccessDenied, u"no"_s);
    const auto read = readTrace(toJsonLine(entry) + "\n" + toJsonLine({.id = 8}));
    QVERIFY(read);
    QCOMPARE(read->size(), std::size_t(2));
    const TraceEntry &back = read->front();
    QCOMPARE(back.id, entry.id);
    QCOMPARE(back.title, entry.title);
    QCOMPARE(back.requestBody, entry.requestBody);
    QCOMPARE(back.times.finished, entry.times.finished);
    QCOMPARE(back.times.encrypted, qint64(-1));
    QCOMPARE(back.error.cause, Cause::FaultAccessDenied);
    QVERIFY(back.replyCut);
}

void TestTrace::foreignLinesAreRefused()
{
    QCOMPARE(readTrace("").error().cause, Cause::OpenUnknownFormat);
    QCOMPARE(readTrace("{\"a\":1}\n").error().cause, Cause::OpenUnknownFormat);
    QCOMPARE(readTrace(toJsonLine({.id = 1}) + "garbage").error().cause, Cause::OpenUnknownFormat);
}

QTEST_GUILESS_MAIN(TestTrace)
#include "tst_trace.moc"
