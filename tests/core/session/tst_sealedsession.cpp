#include "peer/process/peerprocess.h"
#include "peer/process/realmprocess.h"
#include "session/getoperation.h"
#include "session/session.h"
#include "sessiontest.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// A session's worth of operations at once; their errors.
std::vector<Error> getAtOnce(Session &session, int count)
{
    std::vector<Error> errors;
    for (int i = 0; i < count; ++i) {
        auto *get = new GetOperation(&session, config());
        QObject::connect(get, &Operation::finished, get,
                         [&](const Outcome &outcome) { errors.push_back(outcome.error); });
        get->start();
    }
    [&] { QTRY_COMPARE_WITH_TIMEOUT(int(errors.size()), count, 30000); }();
    return errors;
}

int count(const PeerProcess &peer, QLatin1StringView name)
{
    return peer.stats().value("sign_in"_L1).toObject().value(name).toInt();
}

} // namespace

/// Sessions whose messages are sealed, with a real KDC and a host that accepts what GSSAPI accepts.
class TestSealedSession final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void manyRequestsOneHandshake_data();
    void manyRequestsOneHandshake();
    void parallelWorkSignsInApart_data();
    void parallelWorkSignsInApart();
    void refusedPasswordIsOfferedOnce_data();
    void refusedPasswordIsOfferedOnce();
    void refusedTicketIsShownOnce();
    void forgottenSignInIsRenewed_data();
    void forgottenSignInIsRenewed();
    void tamperedReplyEndsTheSession_data();
    void tamperedReplyEndsTheSession();
    void ticketThatEnds();
    void ticketOfTheNamedUserNeedsNoPassword();
    void theTraceIsPlainAndHoldsNoTokens();

private:
    std::unique_ptr<PeerProcess> host(const QStringList &more = {}) const;
    ConnectionOptions options(const PeerProcess &peer, Authentication authentication) const;
    std::unique_ptr<Session> session(const PeerProcess &peer, Authentication authentication,
                                     const QString &password = {}, Trace *trace = nullptr) const;
    void addMechanisms() const;

    std::unique_ptr<RealmProcess> m_realm;
};

void TestSealedSession::initTestCase()
{
    m_realm = std::make_unique<RealmProcess>();
    QVERIFY2(m_realm->isRunning(), m_realm->startError().constData());
    m_realm->enter(m_realm->kinit(u"alice"_s));
}

std::unique_ptr<PeerProcess> TestSealedSession::host(const QStringList &more) const
{
    return std::make_unique<PeerProcess>(m_realm->hostArguments(u"negotiate,kerberos"_s) + more);
}

ConnectionOptions TestSealedSession::options(const PeerProcess &peer,
                                             Authentication authentication) const
{
    ConnectionOptions options = peer.options();
    options.authentication = authentication;
    options.allowClearText = false;
    options.unverifiedHost = authentication == Authentication::Ntlm;
    options.userName = authentication == Authentication::Ntlm ? u"EXAMPLE\\alice"_s : QString();
    return options;
}

std::unique_ptr<Session> TestSealedSession::session(const PeerProcess &peer,
                                                    Authentication authentication,
                                                    const QString &password, Trace *trace) const
{
    const QString used = password.isEmpty() ? m_realm->password(u"alice"_s) : password;
    return std::make_unique<Session>(options(peer, authentication),
                                     fixedCredential({.userName = {}, .password = Secret(used)}),
                                     refuseUntrusted(), trace);
}

void TestSealedSession::addMechanisms() const
{
    QTest::addColumn<Authentication>("authentication");
    QTest::newRow("kerberos") << Authentication::Kerberos;
    QTest::newRow("ntlm") << Authentication::Ntlm;
}

void TestSealedSession::manyRequestsOneHandshake_data()
{
    QTest::addColumn<Authentication>("authentication");
    QTest::addColumn<int>("requests");
    QTest::newRow("kerberos") << Authentication::Kerberos << 500;
    QTest::newRow("ntlm") << Authentication::Ntlm << 100;
}

void TestSealedSession::manyRequestsOneHandshake()
{
    QFETCH(Authentication, authentication);
    QFETCH(int, requests);
    const auto peer = host();
    QVERIFY2(peer->isRunning(), peer->startError().constData());
    const auto session = this->session(*peer, authentication);
    session->setMaxConnections(1);
    for (int i = 0; i < requests; ++i) {
        const Error error = outcomeOf(new GetOperation(session.get(), config())).error;
        QVERIFY2(!error, qPrintable(causeId(error.cause) + u' ' + error.message));
    }
    QCOMPARE(count(*peer, "handshakes"_L1), 1);
    QCOMPARE(count(*peer, "sealed_bodies"_L1), requests);
    QCOMPARE(count(*peer, "clear_bodies"_L1), 0);
    const SecurityState state = session->security();
    const bool ntlm = authentication == Authentication::Ntlm;
    QCOMPARE(state.mechanism, ntlm ? u"NTLM"_s : u"Kerberos"_s);
    QVERIFY(state.sealing.startsWith(state.mechanism));
    QVERIFY(!state.clearText());
    QCOMPARE(state.identity, ntlm ? u"EXAMPLE\\alice"_s : u"alice@EXAMPLE.COM"_s);
    QCOMPARE(state.service.isEmpty(), ntlm);
    QCOMPARE(state.signInExpires.isValid(), !ntlm);
    QCOMPARE(bool(std::ranges::count(state.notes, SecurityNote::HostUnverified)), ntlm);
}

void TestSealedSession::parallelWorkSignsInApart_data()
{
    addMechanisms();
}

void TestSealedSession::parallelWorkSignsInApart()
{
    QFETCH(Authentication, authentication);
    const auto peer = host({u"--personality"_s, u"slow=100"_s});
    const auto session = this->session(*peer, authentication);
    for (const Error &error : getAtOnce(*session, 8))
        QVERIFY2(!error, qPrintable(causeId(error.cause) + u' ' + error.message));
    QCOMPARE(count(*peer, "handshakes"_L1), session->maxConnections());
    QCOMPARE(count(*peer, "signed_in"_L1), session->maxConnections());
}

void TestSealedSession::refusedPasswordIsOfferedOnce_data()
{
    QTest::addColumn<QStringList>("personality");
    QTest::newRow("says why") << QStringList{};
    QTest::newRow("bare") << QStringList{u"--personality"_s, u"bare-refusal"_s};
    QTest::newRow("closes") << QStringList{u"--personality"_s, u"close-after-401"_s};
    QTest::newRow("says that it closes")
        << QStringList{u"--personality"_s, u"connection-close-401"_s};
}

void TestSealedSession::refusedPasswordIsOfferedOnce()
{
    QFETCH(QStringList, personality);
    const auto peer = host(personality);
    const auto session = this->session(*peer, Authentication::Ntlm, u"not the password"_s);
    for (const Error &error : getAtOnce(*session, 4))
        QCOMPARE(causeId(error.cause), causeId(Cause::AuthRejected));
    QCOMPARE(causeId(outcomeOf(new GetOperation(session.get(), config())).error.cause),
             causeId(Cause::AuthRejected));
    QCOMPARE(count(*peer, "ntlm_passwords"_L1), 1);
}

void TestSealedSession::refusedTicketIsShownOnce()
{
    const RealmProcess other({u"--foreign-keys"_s});
    QVERIFY2(other.isRunning(), other.startError().constData());
    PeerProcess peer(other.hostArguments(u"negotiate,kerberos"_s)
                     + QStringList{u"--personality"_s, u"bare-refusal"_s});
    const auto session = this->session(peer, Authentication::Kerberos);
    session->setMaxConnections(1);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(outcomeOf(new GetOperation(session.get(), config())).error.kind,
                 Error::Kind::Authentication);
    QCOMPARE(count(peer, "handshakes"_L1), 1);
    QCOMPARE(count(peer, "signed_in"_L1), 0);
}

void TestSealedSession::forgottenSignInIsRenewed_data()
{
    addMechanisms();
}

void TestSealedSession::forgottenSignInIsRenewed()
{
    QFETCH(Authentication, authentication);
    const auto peer = host({u"--personality"_s, u"forget@2"_s});
    const auto session = this->session(*peer, authentication);
    session->setMaxConnections(1);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!outcomeOf(new GetOperation(session.get(), config())).error);
    QCOMPARE(count(*peer, "signed_in"_L1), 2);
    QCOMPARE(count(*peer, "clear_bodies"_L1), 0);
    const auto always = host({u"--personality"_s, u"forget"_s});
    const auto stubborn = this->session(*always, authentication);
    QCOMPARE(causeId(outcomeOf(new GetOperation(stubborn.get(), config())).error.cause),
             causeId(Cause::AuthRejected));
    QCOMPARE(count(*always, "signed_in"_L1), 2);
}

void TestSealedSession::tamperedReplyEndsTheSession_data()
{
    QTest::addColumn<QString>("personality");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("changed") << u"tampered@3"_s << Cause::SealBroken;
    QTest::newRow("replayed") << u"replayed@3"_s << Cause::SealOrder;
    QTest::newRow("cut") << u"cut-sealed@3"_s << Cause::SealMalformed;
    QTest::newRow("plain") << u"plain-reply@3"_s << Cause::SealMissing;
}

void TestSealedSession::tamperedReplyEndsTheSession()
{
    QFETCH(QString, personality);
    QFETCH(Cause, cause);
    const auto peer = host({u"--personality"_s, personality, u"--personality"_s, u"stall@4"_s});
    const auto session = this->session(*peer, Authentication::Kerberos);
    for (const Error &error : getAtOnce(*session, 2))
        QVERIFY(!error);
    // One is bad, another waits for an answer that does not come; both end, and so does the rest.
    auto *bad = new GetOperation(session.get(), config());
    QByteArray shown = "nothing";
    connect(bad, &Operation::finished, bad, [&] { shown = bad->rawReply(); });
    const Error error = outcomeOf(bad).error;
    QCOMPARE(causeId(error.cause), causeId(cause));
    QCOMPARE(error.kind, Error::Kind::Protocol);
    QCOMPARE(shown, QByteArray());
    const int connections = peer->stats().value("connections"_L1).toInt();
    QCOMPARE(causeId(outcomeOf(new GetOperation(session.get(), config())).error.cause),
             causeId(cause));
    QCOMPARE(peer->stats().value("connections"_L1).toInt(), connections);
}

void TestSealedSession::ticketThatEnds()
{
    const auto peer = host();
    m_realm->enter(m_realm->kinit(u"alice"_s, u"12s"_s));
    const auto session = this->session(*peer, Authentication::Kerberos);
    session->setMaxConnections(1);
    QSignalSpy expiring(session.get(), &Session::signInExpiring);
    QVERIFY(!outcomeOf(new GetOperation(session.get(), config())).error);
    QTRY_COMPARE(expiring.size(), 1);
    const QDateTime end = expiring.first().first().toDateTime();
    QCOMPARE(end, session->security().signInExpires);
    QVERIFY(end > QDateTime::currentDateTimeUtc());
    QTRY_VERIFY_WITH_TIMEOUT(QDateTime::currentDateTimeUtc() > end, 20000);
    const Error error = outcomeOf(new GetOperation(session.get(), config())).error;
    QCOMPARE(causeId(error.cause), causeId(Cause::KrbTicketExpired));
    QCOMPARE(count(*peer, "handshakes"_L1), 1);
    // A new one is taken without a word.
    m_realm->enter(m_realm->kinit(u"alice"_s));
    QVERIFY(!outcomeOf(new GetOperation(session.get(), config())).error);
    QCOMPARE(count(*peer, "signed_in"_L1), 2);
    QCOMPARE(expiring.size(), 1);
}

void TestSealedSession::ticketOfTheNamedUserNeedsNoPassword()
{
    const auto peer = host();
    auto named = options(*peer, Authentication::Automatic);
    named.userName = u"alice@EXAMPLE.COM"_s;
    bool usable = false;
    Session session(
        named,
        [&](const CredentialRequest &request, const CredentialAnswer &answer) {
            usable = request.ticketUsable;
            answer(Credential{});
        },
        refuseUntrusted());
    QVERIFY(!outcomeOf(new GetOperation(&session, config())).error);
    QVERIFY(usable);
    QCOMPARE(session.security().mechanism, u"Kerberos"_s);
    QCOMPARE(session.security().identity, u"alice@EXAMPLE.COM"_s);
}

void TestSealedSession::theTraceIsPlainAndHoldsNoTokens()
{
    const auto peer = host();
    Trace trace;
    const auto session = this->session(*peer, Authentication::Ntlm, {}, &trace);
    QVERIFY(!outcomeOf(new GetOperation(session.get(), config())).error);
    const TraceEntry &entry = trace.entries().back();
    QCOMPARE(entry.sealing, u"NTLM"_s);
    QVERIFY(entry.requestBody.contains("Envelope"));
    QVERIFY(entry.replyBody.contains("Envelope"));
    QVERIFY(entry.replyHead.contains("application/soap+xml"));
    const QByteArray all = toJsonLine(entry);
    for (const char *secret : {"TlRMTVNT", "Authorization", "Encrypted Boundary"})
        QVERIFY2(!all.contains(secret), secret);
    QVERIFY(!all.contains(m_realm->password(u"alice"_s).toUtf8()));
    // A refusal's head comes with the challenges, without what they carry.
    Trace refused;
    const auto wrong = this->session(*peer, Authentication::Ntlm, u"nonsense"_s, &refused);
    QVERIFY(outcomeOf(new GetOperation(wrong.get(), config())).error);
    QVERIFY(!refused.entries().empty());
    for (const TraceEntry &each : refused.entries())
        QVERIFY(!toJsonLine(each).contains("TlRMTVNT"));
}

QTEST_GUILESS_MAIN(TestSealedSession)
#include "tst_sealedsession.moc"
