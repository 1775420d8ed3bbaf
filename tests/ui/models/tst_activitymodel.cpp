#include "models/activitymodel.h"
#include "models/shorttitle.h"
#include "session/session.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// Runs until a test ends it.
class Waiting final : public Operation
{
    Q_OBJECT
public:
    explicit Waiting(Session *session)
        : Operation(session, u"Enumerate Win32_Service"_s)
    { }
    void end(const Outcome &outcome) { finish(outcome); }

protected:
    void run() override { }
    void abort() override { }
};

} // namespace

class ActivityModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void followsAnOperation();
    void doesNotCountQuestions();
    void cancelsOne();
    void destroyedSessionEndsItsRows();
    void clearsWhatHasFinished();
    void keepsTheLastRows();
    void shortensTitles_data();
    void shortensTitles();

private:
    Waiting *start();
    std::unique_ptr<Session> m_session;
    std::unique_ptr<ActivityModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void ActivityModelTest::init()
{
    m_session = std::make_unique<Session>(ConnectionOptions{.host = u"web01.example.com"_s},
                                          fixedCredential({}), refuseUntrusted());
    m_model = std::make_unique<ActivityModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void ActivityModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_session.reset();
}

Waiting *ActivityModelTest::start()
{
    auto *operation = new Waiting(m_session.get());
    QSignalSpy started(operation, &Operation::started);
    operation->start();
    if (!started.wait())
        return nullptr;
    m_model->add(operation, u"web01"_s);
    return operation;
}

void ActivityModelTest::followsAnOperation()
{
    Waiting *operation = start();
    QVERIFY(operation);
    QCOMPARE(m_model->running(), 1);
    QCOMPARE(m_model->index(0, ActivityModel::Title).data().toString(),
             u"Enumerate Win32_Service"_s);
    QVERIFY(m_model->index(0, 0).data(ActivityModel::RunningRole).toBool());
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    Q_EMIT operation->progress(2048, 1200, -1);
    QTRY_VERIFY(!changed.isEmpty());
    const QString text = m_model->index(0, ActivityModel::Progress).data().toString();
    QVERIFY2(text.contains(QLocale().toString(1200)), qPrintable(text));
    QSignalSpy running(m_model.get(), &ActivityModel::runningChanged);
    operation->end({.rows = 1284});
    QTRY_COMPARE(running.size(), 1);
    QVERIFY(!m_model->index(0, 0).data(ActivityModel::RunningRole).toBool());
    QVERIFY(m_model->index(0, ActivityModel::Progress)
                .data()
                .toString()
                .contains(QLocale().toString(1284)));
}

/// What the user reads and types is not what the work took.
void ActivityModelTest::doesNotCountQuestions()
{
    Waiting *operation = start();
    QVERIFY(operation);
    Session other(ConnectionOptions{.host = u"web02.example.com"_s}, fixedCredential({}),
                  refuseUntrusted());
    m_model->setAsking(&other, true);
    QCOMPARE(m_model->index(0, ActivityModel::Progress).data().toString(), u"running"_s);
    m_model->setAsking(m_session.get(), true);
    QCOMPARE(m_model->index(0, ActivityModel::Progress).data().toString(),
             u"waiting for your answer"_s);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.hasExpired(1500)); // the user reads
    m_model->setAsking(m_session.get(), false);
    QCOMPARE(m_model->index(0, ActivityModel::Progress).data().toString(), u"running"_s);
    operation->end({});
    QTRY_COMPARE(m_model->running(), 0);
    const QString took = m_model->index(0, ActivityModel::Elapsed).data().toString();
    QVERIFY2(took.endsWith(u" ms"_s), qPrintable(took)); // less than a second
}

void ActivityModelTest::cancelsOne()
{
    QVERIFY(start());
    m_model->cancel(m_model->index(0, 0));
    QTRY_COMPARE(m_model->running(), 0);
    QCOMPARE(m_model->index(0, ActivityModel::Progress).data().toString(), u"stopped"_s);
}

void ActivityModelTest::destroyedSessionEndsItsRows()
{
    QVERIFY(start());
    m_session.reset();
    QCOMPARE(m_model->running(), 0);
}

void ActivityModelTest::clearsWhatHasFinished()
{
    QVERIFY(start());
    m_model->addResult(u"Exported disks.csv"_s, u"10 rows, 1 KB"_s, u"web01"_s);
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->index(0, ActivityModel::Title).data().toString(), u"Exported disks.csv"_s);
    QCOMPARE(m_model->index(0, ActivityModel::Progress).data().toString(), u"10 rows, 1 KB"_s);
    m_model->clearFinished();
    QCOMPARE(m_model->rowCount(), 1);
    QVERIFY(m_model->index(0, 0).data(ActivityModel::RunningRole).toBool());
}

void ActivityModelTest::keepsTheLastRows()
{
    for (int i = 0; i < ActivityModel::MaxRows + 5; ++i)
        m_model->addResult(QString::number(i), {}, {});
    QCOMPARE(m_model->rowCount(), ActivityModel::MaxRows);
    QCOMPARE(m_model->index(0, 0).data().toString(), QString::number(ActivityModel::MaxRows + 4));
}

void ActivityModelTest::shortensTitles_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("shown");
    const QString dmtf = u"http://schemas.dmtf.org/wbem/"_s;
    QTest::newRow("alias") << u"Get wmicimv2/Win32_Service?Name=WinRM"_s
                           << u"Get wmicimv2/Win32_Service?Name=WinRM"_s;
    QTest::newRow("class") << u"Enumerate "_s + dmtf + u"wscim/1/cim-schema/2/CIM_Fan"_s
                           << u"Enumerate CIM_Fan"_s;
    QTest::newRow("selectors") << u"Get "_s + dmtf
            + u"wscim/1/cim-schema/2/CIM_Fan?__cimnamespace=root/x+DeviceID=\"a/b c\""_s
                               << u"Get CIM_Fan?DeviceID=\"a/b c\""_s;
    QTest::newRow("schema") << u"Get "_s + dmtf
            + u"cim-xml/2/cim-schema/2/*?__cimnamespace=root/cimv2+ClassName=Win32_Service"_s
                            << u"Get Win32_Service schema"_s;
    QTest::newRow("none") << u"Identify"_s << u"Identify"_s;
}

void ActivityModelTest::shortensTitles()
{
    QFETCH(QString, title);
    QTEST(shortTitle(title), "shown");
}

QTEST_MAIN(ActivityModelTest)
#include "tst_activitymodel.moc"
