#include "demo/faultrules.h"
#include "demoexchange.h"

#include <QElapsedTimer>
#include <QTest>

using namespace request;
using namespace Qt::StringLiterals;
using Kind = FaultEffect::Kind;

Q_DECLARE_METATYPE(FaultEffect::Kind)

class TestDemoFaults final : public QObject
{
    Q_OBJECT
private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void counts();
    void addsDelays();
    void answersFaults();
    void answersOtherThings();
    void losesAnswers();
    void asksToSignInAgain();
    void isLate();
    void doesNotCountWhatIsNotSignedIn();

private:
    void start(const char *spec)
    {
        m_test = std::make_unique<TestHost>(
            DemoOptions{.items = 20, .fault = QString::fromLatin1(spec)});
    }
    RawReply bios() { return m_test->exchange(getOf(cimv2 + "Win32_BIOS")); }
    int processes()
    {
        m_replies.clear();
        return int(m_test->all(enumerateOf(cimv2 + "Win32_Process", 1000), 1000, m_replies).size());
    }
    void create()
    {
        const QByteArray process = cimv2 + "Win32_Process";
        m_last = m_test->exchange(
            TestEnvelope{.action = process + "/Create",
                         .resource = process,
                         .body = "<p:Create_INPUT xmlns:p=\"" + process
                             + "\"><p:CommandLine>a.exe</p:CommandLine></p:Create_INPUT>"});
    }
    void reconnect() { m_test->connection = std::make_unique<RawConnection>(port(), false); }
    quint16 port() const { return m_test->host.port(); }

    std::unique_ptr<TestHost> m_test;
    QList<RawReply> m_replies;
    RawReply m_last;
};

void TestDemoFaults::reads_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<quint32>("number");
    const auto row = [](const QString &spec, Kind kind, quint32 number = 0) {
        QTest::newRow(qPrintable(spec)) << spec << kind << number;
    };
    row(u"close-before"_s, Kind::CloseBefore);
    row(u"any=close-after"_s, Kind::CloseAfter);
    row(u"any:1+=cut"_s, Kind::Cut);
    row(u" Get:1=malformed "_s, Kind::Malformed);
    row(u"GET=html"_s, Kind::Html);
    row(u"put=html,get=http-503"_s, Kind::Http, 503);
    row(u"get=fault-0x80338029"_s, Kind::Fault, 0x80338029);
    row(u"get=fault-5"_s, Kind::Fault, 5);
    row(u"get=fault-AccessDenied"_s, Kind::Fault, 5);
    row(u"get=fault-quotalimit"_s, Kind::Fault, 0x8033803F);
    row(u"get=fault-TimedOut"_s, Kind::Fault, 0x80338029);
    row(u"get=fault-InvalidSelectors"_s, Kind::Fault, 0x8033805A);
    row(u"get=fault-Concurrency"_s, Kind::Fault, 0x80338006);
    row(u"invoke=cut"_s, Kind::None);
    row(u"get:2=cut"_s, Kind::None);
    row(QString(), Kind::None);
}

void TestDemoFaults::reads()
{
    QFETCH(QString, spec);
    QFETCH(Kind, kind);
    QFETCH(quint32, number);
    Result<FaultRules> rules = FaultRules::parse(spec);
    QVERIFY(rules);
    const FaultEffect effect = rules->next("get");
    QCOMPARE(effect.kind, kind);
    QCOMPARE(effect.number, number);
}

void TestDemoFaults::refuses_data()
{
    QTest::addColumn<QString>("spec");
    for (const char *spec : {"get",
                             "get=",
                             "=cut",
                             "get:=cut",
                             "get:0=cut",
                             "get:+=cut",
                             "get:-1=cut",
                             "got=cut",
                             "get:1",
                             "get:1x=cut",
                             "invoke/=cut",
                             "close",
                             "http-",
                             "http-199",
                             "http-600",
                             "http-x",
                             "fault-",
                             "fault-0",
                             "fault-Nothing",
                             "fault-0x1ffffffff",
                             "delay-",
                             "delay-600001",
                             "get=cut,,put=cut",
                             "get=cut,",
                             "get=cut put=cut",
                             "get==cut"})
        QTest::newRow(spec) << QString::fromLatin1(spec);
    QTest::newRow("many") << QString(u"cut"_s + u",cut"_s.repeated(100));
}

void TestDemoFaults::refuses()
{
    QFETCH(QString, spec);
    const Result<FaultRules> rules = FaultRules::parse(spec);
    QVERIFY(!rules);
    QCOMPARE(rules.error().cause, Cause::LocalUsage);
    DemoHost host({.items = 1, .fault = spec});
    const Done started = host.start();
    QVERIFY(!started);
    QCOMPARE(started.error().cause, Cause::LocalUsage);
}

void TestDemoFaults::counts()
{
    Result<FaultRules> rules = FaultRules::parse(
        u"get:2=cut,put:2+=html,invoke/StopService:1=malformed"_s);
    QVERIFY(rules);
    const auto kinds = [&rules](const char *operation, int times) {
        QList<Kind> found;
        for (int i = 0; i < times; ++i)
            found.append(rules->next(operation).kind);
        return found;
    };
    QCOMPARE(kinds("get", 3), QList<Kind>({Kind::None, Kind::Cut, Kind::None}));
    QCOMPARE(kinds("put", 3), QList<Kind>({Kind::None, Kind::Html, Kind::Html}));
    QCOMPARE(kinds("invoke/startservice", 1), QList<Kind>({Kind::None}));
    QCOMPARE(kinds("invoke/stopservice", 2), QList<Kind>({Kind::Malformed, Kind::None}));
}

void TestDemoFaults::addsDelays()
{
    Result<FaultRules> rules = FaultRules::parse(u"delay-20,get=delay-5,get=html,cut"_s);
    QVERIFY(rules);
    const FaultEffect get = rules->next("get");
    QCOMPARE(get.kind, Kind::Html);
    QCOMPARE(get.delay, std::chrono::milliseconds(25));
    const FaultEffect put = rules->next("put");
    QCOMPARE(put.kind, Kind::Cut);
    QCOMPARE(put.delay, std::chrono::milliseconds(20));
}

void TestDemoFaults::answersFaults()
{
    start("get:1=fault-AccessDenied,get:2=fault-0x803381a6,invoke/create=fault-QuotaLimit");
    RawReply reply = bios();
    QCOMPARE(reply.status, 500);
    QCOMPARE(reply.faultCode(), 5u);
    QVERIFY(reply.text("Value") == "s:Sender");
    QCOMPARE(text(reply.bodyElement.child("Code").child("Subcode").child("Value")),
             "w:AccessDenied");
    QVERIFY(!reply.text("RelatesTo").isEmpty());
    QCOMPARE(bios().faultCode(), 0x803381A6u);
    QCOMPARE(bios().status, 200);
    const int before = processes();
    create();
    QCOMPARE(m_last.faultCode(), 0x8033803Fu);
    QCOMPARE(processes(), before);
}

void TestDemoFaults::answersOtherThings()
{
    start("get:1=http-503,get:2=html,get:3=malformed");
    RawReply reply = bios();
    QCOMPARE(reply.status, 503);
    QVERIFY(reply.body.isEmpty());
    reply = bios();
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("Content-Type"), "text/html; charset=utf-8");
    reply = bios();
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.body.startsWith("<s:Envelope"));
    QVERIFY(!reply.document);
    QCOMPARE(bios().status, 200);
}

void TestDemoFaults::losesAnswers()
{
    start("invoke:1=close-before,invoke:2=close-after,invoke:3=cut");
    const int before = processes();
    create();
    QVERIFY(m_last.head.isEmpty());
    QVERIFY(m_test->connection->isClosedByHost());
    reconnect();
    QCOMPARE(processes(), before);

    create();
    QVERIFY(m_last.head.isEmpty());
    QVERIFY(m_test->connection->isClosedByHost());
    reconnect();
    QCOMPARE(processes(), before + 1);

    create();
    QCOMPARE(m_last.status, 200);
    QVERIFY(m_last.body.isEmpty()); // readRaw() gives up before the body is whole
    QVERIFY(m_test->connection->isClosedByHost());
    reconnect();
    QCOMPARE(processes(), before + 2);
    create();
    QCOMPARE(m_last.text("ReturnValue"), "0");
}

void TestDemoFaults::asksToSignInAgain()
{
    start("get:2=http-401");
    QCOMPARE(bios().status, 200);
    const RawReply reply = bios();
    QCOMPARE(reply.status, 401);
    QCOMPARE(reply.header("WWW-Authenticate"), "Basic realm=\"WSMAN\"");
    QCOMPARE(bios().status, 200);
}

void TestDemoFaults::isLate()
{
    start("get=delay-300");
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(bios().status, 200);
    QVERIFY(timer.elapsed() >= 300);
}

void TestDemoFaults::doesNotCountWhatIsNotSignedIn()
{
    start("any:1=html");
    m_test->connection->send(post(identify, "WSMANIDENTIFY: unauthenticated\r\n"));
    QCOMPARE(m_test->connection->read().bodyElement.localName(), "IdentifyResponse");
    m_test->connection->send(post(getOf(cimv2 + "Win32_BIOS").bytes(), {}));
    QCOMPARE(m_test->connection->read().status, 401);
    QCOMPARE(bios().header("Content-Type"), "text/html; charset=utf-8");

    start("any:1=fault-5");
    m_test->connection->send(post(getOf(cimv2 + "Win32_BIOS").bytes(), basic("demo", "wrong")));
    QCOMPARE(m_test->connection->read().status, 401);
    QCOMPARE(bios().status, 200); // the fault was the other request's
}

QTEST_GUILESS_MAIN(TestDemoFaults)
#include "tst_demofaults.moc"
