#include "inventory/ciminventory.h"
#include "inventory/configuration.h"
#include "peer/process/peerprocess.h"
#include "session/enumerateoperation.h"
#include "session/getoperation.h"
#include "session/identifyoperation.h"
#include "session/session.h"
#include "sessiontest.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<Session> sessionWith(const PeerProcess &peer, Trace *trace = nullptr,
                                     const QString &password = PeerProcess::password())
{
    return std::make_unique<Session>(
        peer.options(), fixedCredential({.password = Secret(password)}), refuseUntrusted(), trace);
}

} // namespace

class TestSession final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void identifyTellsTheSession();
    void anonymousIdentify();
    void getReadsAResource();
    void getIsRepeatedOnceAfterALostConnection();
    void wrongPasswordIsOfferedOnceInAll();
    void traceKeepsExchangesWithoutCredentials();
    void finishedComesOnceAndNotInsideCancel();
    void destroyingASessionIsSilent();
    void closingCancelsWhatRuns();
    void interactiveOperationsRunSideBySide();
    void faultsCarryTheirExchange();
};

void TestSession::identifyTellsTheSession()
{
    const PeerProcess peer({}, true);
    QVERIFY2(peer.isRunning(), peer.startError().constData());
    const auto session = sessionWith(peer);
    QSignalSpy known(session.get(), &Session::identityChanged);
    const Outcome outcome = outcomeOf(new IdentifyOperation(session.get()));
    QVERIFY2(!outcome.error, qPrintable(outcome.error.message));
    QCOMPARE(known.size(), 1);
    QVERIFY(session->identity());
    QVERIFY(session->security().tls);
    QVERIFY(session->security().pinned);
    QCOMPARE(session->security().identity, u"tester"_s);
}

void TestSession::anonymousIdentify()
{
    const PeerProcess peer;
    auto options = peer.options();
    options.authentication = Authentication::None;
    options.userName.clear();
    Session session(options, fixedCredential({}), refuseUntrusted());
    const Outcome outcome = outcomeOf(new IdentifyOperation(&session, true));
    QVERIFY2(!outcome.error, qPrintable(outcome.error.message));
    QVERIFY(!session.identity()); // it hides the version: nothing to decide on
    QCOMPARE(peer.stats().value("authorizations_refused"_L1).toInt(), 0);
}

void TestSession::getReadsAResource()
{
    const PeerProcess peer;
    const auto session = sessionWith(peer);
    auto *get = new GetOperation(session.get(), config());
    QByteArray raw;
    QString root;
    connect(get, &Operation::finished, get, [&] {
        raw = get->rawReply();
        root = QString::fromStdString(std::string(get->reply().content.localName()));
    });
    QVERIFY(!outcomeOf(get).error);
    QCOMPARE(root, u"Config"_s);
    QVERIFY(raw.contains("Config"));
}

void TestSession::getIsRepeatedOnceAfterALostConnection()
{
    const PeerProcess once({u"--personality"_s, u"drop-after-request=1"_s});
    QVERIFY(!outcomeOf(new GetOperation(sessionWith(once).get(), config())).error);
    const PeerProcess always({u"--personality"_s, u"drop-after-request"_s});
    const auto session = sessionWith(always);
    QCOMPARE(outcomeOf(new GetOperation(session.get(), config())).error.kind,
             Error::Kind::Connection);
    QCOMPARE(always.stats().value("requests"_L1).toInt(), 2);
}

void TestSession::wrongPasswordIsOfferedOnceInAll()
{
    const PeerProcess peer;
    const auto session = sessionWith(peer, nullptr, u"wrong"_s);
    int failed = 0;
    for (int i = 0; i < 4; ++i) {
        auto *get = new GetOperation(session.get(), config());
        connect(get, &Operation::finished, get, [&failed](const Outcome &outcome) {
            QCOMPARE(outcome.error.cause, Cause::AuthRejected);
            ++failed;
        });
        get->start();
    }
    QTRY_COMPARE_WITH_TIMEOUT(failed, 4, 20000);
    QCOMPARE(peer.stats().value("authorizations_refused"_L1).toInt(), 1);
}

void TestSession::traceKeepsExchangesWithoutCredentials()
{
    const PeerProcess peer;
    Trace trace;
    const auto session = sessionWith(peer, &trace);
    QVERIFY(!outcomeOf(new GetOperation(session.get(), config())).error);
    QCOMPARE(trace.entries().size(), std::size_t(1));
    const TraceEntry &entry = trace.entries().front();
    QCOMPARE(entry.status, 200);
    QVERIFY(entry.times.finished > 0);
    QVERIFY(entry.requestHead.startsWith("POST /wsman HTTP/1.1"));
    QVERIFY(entry.requestBody.contains("Envelope") && entry.replyBody.contains("Config"));
    const QByteArray all = toJsonLine(entry);
    QVERIFY(!all.contains(PeerProcess::password().toUtf8()));
    QVERIFY(!all.contains(("tester:" + PeerProcess::password().toUtf8()).toBase64()));
}

void TestSession::finishedComesOnceAndNotInsideCancel()
{
    const PeerProcess peer({u"--personality"_s, u"stall=1"_s});
    const auto session = sessionWith(peer);
    auto *get = new GetOperation(session.get(), config());
    int finished = 0;
    connect(get, &Operation::finished, this, [&](const Outcome &outcome) {
        QCOMPARE(outcome.error.kind, Error::Kind::Cancelled);
        ++finished;
    });
    QSignalSpy started(get, &Operation::started);
    get->start();
    QVERIFY(started.isEmpty());
    QVERIFY(started.wait());
    get->cancel();
    get->cancel();
    QCOMPARE(finished, 0);
    QTRY_COMPARE(finished, 1);
    QTRY_VERIFY(session->operations().isEmpty());
}

void TestSession::destroyingASessionIsSilent()
{
    const PeerProcess peer({u"--class"_s, u"Peer_Item=20000"_s});
    auto session = sessionWith(peer);
    auto *enumerate = new EnumerateOperation(
        session.get(), {.resource = wmiClass(u"root/cimv2"_s, u"Peer_Item"_s)});
    QSignalSpy rows(enumerate, &EnumerateOperation::rowsReceived);
    QSignalSpy finished(enumerate, &Operation::finished);
    enumerate->start();
    QVERIFY(rows.wait());
    auto *get = new GetOperation(session.get(), wmiClass(u"root/cimv2"_s, u"Peer_Item"_s));
    get->start();
    QTRY_VERIFY(session->operations().contains(get));
    QSignalSpy security(session.get(), &Session::securityChanged);
    session.reset();
    QCoreApplication::processEvents();
    QVERIFY(finished.isEmpty());
    QVERIFY(security.isEmpty());
}

void TestSession::closingCancelsWhatRuns()
{
    const PeerProcess peer({u"--class"_s, u"Peer_Item=50000"_s});
    const auto session = sessionWith(peer);
    auto *enumerate = new EnumerateOperation(
        session.get(), {.resource = wmiClass(u"root/cimv2"_s, u"Peer_Item"_s)});
    QSignalSpy rows(enumerate, &EnumerateOperation::rowsReceived);
    Outcome result;
    bool done = false;
    connect(enumerate, &Operation::finished, this, [&](const Outcome &outcome) {
        result = outcome;
        done = true;
    });
    enumerate->start();
    QVERIFY(rows.wait());
    session->close();
    QTRY_VERIFY(done);
    QCOMPARE(result.error.kind, Error::Kind::Cancelled);
    QVERIFY(result.partial);
}

void TestSession::interactiveOperationsRunSideBySide()
{
    const PeerProcess peer({u"--personality"_s, u"slow=200"_s});
    const auto session = sessionWith(peer);
    int finished = 0;
    for (int i = 0; i < 4; ++i) {
        auto *get = new GetOperation(session.get(), config());
        connect(get, &Operation::finished, this, [&](const Outcome &outcome) {
            QVERIFY(!outcome.error);
            ++finished;
        });
        get->start();
    }
    QTRY_COMPARE(finished, 4);
    QCOMPARE(peer.stats().value("duplicates"_L1).toInt(-1), 0);
    QVERIFY(peer.stats().value("connections"_L1).toInt() >= 4);
}

void TestSession::faultsCarryTheirExchange()
{
    const PeerProcess peer;
    Trace trace;
    const auto session = sessionWith(peer, &trace);
    const Outcome outcome = outcomeOf(
        new GetOperation(session.get(), parseResource(u"wmicimv2/No_Such_Class"_s).value()));
    QCOMPARE(outcome.error.cause, Cause::FaultUnknownResource);
    QVERIFY(outcome.error.fault() && outcome.error.fault()->number == 0x80338000u);
    QVERIFY(trace.find(outcome.error.exchange));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
