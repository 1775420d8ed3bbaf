#include "models/tracemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

TraceEntry entry(Trace &trace, const QString &title, qint64 microseconds = 1500)
{
    TraceEntry made;
    made.id = trace.nextId();
    made.host = u"web01.example.com"_s;
    made.title = title;
    made.started = QDateTime::currentDateTimeUtc();
    made.times.finished = microseconds;
    made.status = 200;
    made.connection = 1;
    made.bytesSent = 700;
    made.bytesReceived = 1300;
    made.replyBody = QByteArray(1000, 'x');
    return made;
}

} // namespace

class TraceModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatIsThere();
    void oldestRowsGoWithTheTrace();
    void clears();
};

void TraceModelTest::showsWhatIsThere()
{
    Trace trace;
    trace.add(entry(trace, u"Identify"_s));
    TraceModel model(trace);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    TraceEntry failed = entry(trace, u"Get winrm/config"_s, 42'000);
    failed.status = 500;
    failed.error = Error::of(Error::Kind::Fault, Cause::FaultAccessDenied);
    const quint64 id = failed.id;
    trace.add(failed);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, TraceModel::Title).data().toString(), u"Identify"_s);
    const QModelIndex index = model.indexOf(id);
    QCOMPARE(index.row(), 1);
    QCOMPARE(model.idAt(index), id);
    QCOMPARE(index.siblingAtColumn(TraceModel::Status).data().toString(), u"500"_s);
    QVERIFY(index.siblingAtColumn(TraceModel::Duration).data().toString().endsWith(u"ms"_s));
    QCOMPARE(index.siblingAtColumn(TraceModel::Duration).data(TraceModel::SortRole).toLongLong(),
             42'000);
    QVERIFY(!index.siblingAtColumn(TraceModel::Title).data(Qt::ToolTipRole).toString().isEmpty());
    QVERIFY(!model.indexOf(999).isValid());
}

void TraceModelTest::oldestRowsGoWithTheTrace()
{
    Trace trace;
    trace.setLimits(3, 64 << 20, 1 << 20);
    TraceModel model(trace);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int i = 0; i < 10; ++i)
        trace.add(entry(trace, u"Pull %1"_s.arg(i)));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, TraceModel::Title).data().toString(), u"Pull 7"_s);
}

void TraceModelTest::clears()
{
    Trace trace;
    trace.add(entry(trace, u"Identify"_s));
    TraceModel model(trace);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    trace.clear();
    QCOMPARE(model.rowCount(), 0);
}

QTEST_MAIN(TraceModelTest)
#include "tst_tracemodel.moc"
