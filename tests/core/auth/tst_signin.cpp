#include "core/auth/signinrealm.h"
#include "core/auth/signinrun.h"

#include <QRegularExpression>
#include <QTcpServer>

using namespace Qt::StringLiterals;

/// Sign-ins against a real KDC and GSSAPI's acceptor: who gets in, by what, and what stops others.
class TestSignIn final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { m_realm->enter(); }

    void ticket_data();
    void ticket();
    void names_data();
    void names();
    void refusals_data();
    void refusals();
    void delegates();
    void otherServices();
    void addressTakesNtlmOrNamedService();
    void channelBinding_data();
    void channelBinding();

    void touchesNoTicketFile();
    void offersAPasswordOnce();
    void noTicketOfOthers();
    void expiredTicket();
    void realmsAndKdcs();
    void clocks();
    void encryptionTypes();
    void keyOfAnotherAccount();
    void brokenConfiguration();

    void hostileTokens_data();
    void hostileTokens();
    void noMoreTokens();
    void answersInOrderAndLater();
    void silentKdcKeepsNobody();

private:
    void check(const SignIn &signIn, Cause cause, const char *words = nullptr);
    std::unique_ptr<SignInRealm> m_realm;
    QString m_alice; ///< a ticket file
};

void TestSignIn::initTestCase()
{
    m_realm = std::make_unique<SignInRealm>();
    QVERIFY2(m_realm->isRunning(), m_realm->process().startError().constData());
    m_alice = m_realm->process().kinit(u"alice"_s);
    QVERIFY(!m_alice.isEmpty());
}

/// Signs in, which has to end with `cause`; Unknown: which has to work.
void TestSignIn::check(const SignIn &signIn, Cause cause, const char *words)
{
    SecurityContext context(signIn);
    GssAcceptor host;
    const Error error = signInTo(context, host);
    if (error.cause != cause)
        qWarning("%s: %s", causeId(error.cause).data(), qPrintable(error.message));
    QCOMPARE(causeId(error.cause), causeId(cause));
    QCOMPARE(context.isComplete(), cause == Cause::Unknown);
    if (cause == Cause::Unknown)
        return;
    QCOMPARE(error.kind, Error::Kind::Authentication);
    QCOMPARE(error.host, signIn.host);
    QVERIFY(!error.message.isEmpty());
    QVERIFY2(!error.message.contains("GSS"_L1) || cause == Cause::AuthUnavailable,
             qPrintable(error.message));
    QVERIFY2(!error.message.contains("/realm-"_L1), qPrintable(error.message)); // ticket files
    if (words != nullptr)
        QVERIFY2(error.message.contains(QLatin1StringView(words)), qPrintable(error.message));
}

void TestSignIn::ticket_data()
{
    QTest::addColumn<HttpScheme>("scheme");
    QTest::addColumn<QString>("user");
    QTest::addColumn<bool>("ntlm"); // allowed, but of no use without a password
    QTest::newRow("Negotiate") << HttpScheme::Negotiate << u""_s << false;
    QTest::newRow("Kerberos") << HttpScheme::Kerberos << u""_s << false;
    QTest::newRow("Negotiate, NTLM allowed") << HttpScheme::Negotiate << u""_s << true;
    QTest::newRow("named") << HttpScheme::Negotiate << u"alice@EXAMPLE.COM"_s << false;
    QTest::newRow("named by domain") << HttpScheme::Kerberos << u"EXAMPLE\\alice"_s << false;
}

void TestSignIn::ticket()
{
    QFETCH(HttpScheme, scheme);
    QFETCH(QString, user);
    QFETCH(bool, ntlm);
    m_realm->enter(m_alice);
    SignIn signIn = m_realm->ticket();
    signIn.scheme = scheme;
    signIn.userName = user;
    signIn.allowNtlm = ntlm;
    SecurityContext context(signIn);
    GssAcceptor host;
    const Error error = signInTo(context, host);
    QVERIFY2(!error, qPrintable(error.message));
    QVERIFY(context.isComplete());
    QCOMPARE(host.peer(), u"alice@EXAMPLE.COM"_s);
    const ContextFacts &facts = context.facts();
    QCOMPARE(facts.mechanism, Mechanism::Kerberos);
    QCOMPARE(facts.identity, u"alice@EXAMPLE.COM"_s);
    QCOMPARE(facts.service, u"HTTP/localhost@EXAMPLE.COM"_s);
    QCOMPARE(facts.encryption, u"AES256"_s);
    const qint64 life = QDateTime::currentDateTimeUtc().secsTo(facts.expires);
    QVERIFY2(life > 9 * 3600 && life <= 10 * 3600 + 5, QByteArray::number(life).constData());
    QVERIFY(!facts.otherService && !facts.becameNtlm && !facts.delegated);
}

void TestSignIn::names_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("who");      // whose password
    QTest::addColumn<QString>("kerberos"); // whom the host sees; empty: refused
    QTest::addColumn<QString>("ntlm");
    const QString principal = u"alice@EXAMPLE.COM"_s, domain = u"EXAMPLE\\alice"_s;
    const QString none;
    QTest::newRow("alice@EXAMPLE.COM")
        << principal << u"alice"_s << principal << u"EXAMPLE.COM\\alice"_s;
    QTest::newRow("small realm") << u"alice@example.com"_s << u"alice"_s << principal
                                 << u"EXAMPLE.COM\\alice"_s;
    QTest::newRow("EXAMPLE\\alice") << domain << u"alice"_s << principal << domain;
    QTest::newRow("alice") << u"alice"_s << u"alice"_s << principal << u"alice"_s;
    QTest::newRow("PEERHOST\\local")
        << u"PEERHOST\\local"_s << u"bob"_s << none << u"PEERHOST\\local"_s;
    QTest::newRow("local") << u"local"_s << u"bob"_s << none << u"local"_s;
    QTest::newRow(".\\local") << u".\\local"_s << u"bob"_s << none << u"local"_s;
    QTest::newRow("unknown domain") << u"NOWHERE\\alice"_s << u"alice"_s << none << none;
}

void TestSignIn::names()
{
    QFETCH(QString, user);
    QFETCH(QString, who);
    QFETCH(QString, kerberos);
    QFETCH(QString, ntlm);
    const SignIn plain = m_realm->password(user, who);
    for (const auto &[kerberosToo, ntlmToo] :
         {std::pair{true, false}, {false, true}, {true, true}}) {
        SignIn signIn = plain;
        signIn.allowKerberos = kerberosToo;
        signIn.allowNtlm = ntlmToo;
        SecurityContext context(signIn);
        GssAcceptor host;
        const bool isNtlm = !kerberosToo || kerberos.isEmpty();
        const QString expected = !isNtlm ? kerberos : ntlmToo ? ntlm : QString();
        const Error error = signInTo(context, host);
        QVERIFY2(bool(error) == expected.isEmpty(), qPrintable(error.message));
        if (error)
            continue;
        QCOMPARE(host.peer(), expected);
        const ContextFacts &facts = context.facts();
        QCOMPARE(facts.mechanism, isNtlm ? Mechanism::Ntlm : Mechanism::Kerberos);
        QCOMPARE(facts.identity, isNtlm ? user.mid(user.startsWith(u'.') ? 2 : 0) : kerberos);
        QCOMPARE(facts.becameNtlm, isNtlm && kerberosToo);
        QCOMPARE(facts.service.isEmpty(), isNtlm);
        QCOMPARE(facts.expires.isValid(), !isNtlm);
    }
}

void TestSignIn::refusals_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("who");
    QTest::addColumn<Cause>("cause");
    QTest::addColumn<Cause>("both"); // NTLM allowed too: only where nobody judged the password
    const QString wrong = u"nobody has this"_s;
    QTest::newRow("wrong") << u"alice@EXAMPLE.COM"_s << wrong << Cause::KrbWrongPassword
                           << Cause::KrbWrongPassword;
    QTest::newRow("another's") << u"alice@EXAMPLE.COM"_s << u"bob"_s << Cause::KrbWrongPassword
                               << Cause::KrbWrongPassword;
    QTest::newRow("unknown user") << u"nobody@EXAMPLE.COM"_s << u"bob"_s << Cause::KrbUserUnknown
                                  << Cause::AuthRejected;
    QTest::newRow("expired password") << u"expired@EXAMPLE.COM"_s << u"expired"_s
                                      << Cause::KrbPasswordExpired << Cause::KrbPasswordExpired;
    QTest::newRow("expired account")
        << u"gone@EXAMPLE.COM"_s << u"gone"_s << Cause::KrbAccountLocked << Cause::KrbAccountLocked;
    QTest::newRow("locked") << u"disabled@EXAMPLE.COM"_s << u"disabled"_s << Cause::KrbAccountLocked
                            << Cause::KrbAccountLocked;
    QTest::newRow("unknown realm")
        << u"alice@EXAMPLE.ORG"_s << u"alice"_s << Cause::KrbRealmUnknown << Cause::AuthRejected;
    QTest::newRow("local") << u".\\alice"_s << wrong << Cause::AuthUserForm << Cause::AuthRejected;
}

void TestSignIn::refusals()
{
    QFETCH(QString, user);
    QFETCH(QString, who);
    QFETCH(Cause, cause);
    QFETCH(Cause, both);
    SignIn signIn = m_realm->password(user, who);
    if (m_realm->process().password(who).isEmpty())
        signIn.password = Secret(who);
    check(signIn, cause);
    signIn.scheme = HttpScheme::Kerberos;
    check(signIn, cause);
    signIn.scheme = HttpScheme::Negotiate;
    signIn.allowNtlm = true;
    check(signIn, both);
}

void TestSignIn::delegates()
{
    for (const bool wanted : {true, false}) {
        SignIn signIn = m_realm->password(u"alice@EXAMPLE.COM"_s, u"alice"_s);
        signIn.delegate = wanted;
        SecurityContext context(signIn);
        GssAcceptor host;
        const Error error = signInTo(context, host);
        QVERIFY2(!error, qPrintable(error.message));
        QCOMPARE(context.facts().delegated, wanted);
        QCOMPARE(host.delegated(), wanted);
    }
}

void TestSignIn::otherServices()
{
    SignInRealm second({u"--services"_s, u"host"_s});
    QVERIFY(second.isRunning());
    second.enter();
    SignIn signIn = second.password(u"alice@EXAMPLE.COM"_s, u"alice"_s);
    SecurityContext context(signIn);
    GssAcceptor host;
    const Error error = signInTo(context, host);
    QVERIFY2(!error, qPrintable(error.message));
    QCOMPARE(context.facts().service, u"host/localhost@EXAMPLE.COM"_s);
    QVERIFY(context.facts().otherService);

    signIn.servicePrincipal = u"WSMAN"_s;
    check(signIn, Cause::KrbServiceUnknown, "WSMAN/localhost@EXAMPLE.COM");
    signIn.servicePrincipal = u"host/localhost"_s;
    check(signIn, Cause::Unknown);
    signIn.servicePrincipal.clear();
    signIn.servicePort = true;
    signIn.port = 5985;
    check(signIn, Cause::KrbServiceUnknown, "localhost:5985");
    // krb5.conf has no realm for this one, so the KDC is asked to find it.
    signIn.servicePort = false;
    signIn.host = u"web01.example.org"_s;
    check(signIn, Cause::KrbServiceUnknown, "EXAMPLE.ORG");
    // The KDC took the password and knows no such service: NTLM is left.
    signIn = second.password(u"alice@EXAMPLE.COM"_s, u"alice"_s);
    signIn.servicePrincipal = u"WSMAN"_s;
    signIn.allowNtlm = true;
    SecurityContext fallen(signIn);
    GssAcceptor ntlmHost;
    QVERIFY(!signInTo(fallen, ntlmHost));
    QVERIFY(fallen.facts().becameNtlm);
}

void TestSignIn::addressTakesNtlmOrNamedService()
{
    SignIn signIn = m_realm->password(u"alice@EXAMPLE.COM"_s, u"alice"_s);
    signIn.host = u"127.0.0.1"_s;
    const int before = m_realm->asked();
    check(signIn, Cause::KrbAddress);
    signIn.allowNtlm = true;
    check(signIn, Cause::Unknown);
    QCOMPARE(m_realm->asked(), before);
    signIn.allowNtlm = false;
    signIn.servicePrincipal = u"HTTP/localhost"_s;
    check(signIn, Cause::Unknown);
}

void TestSignIn::channelBinding_data()
{
    QTest::addColumn<QByteArray>("ours");
    QTest::addColumn<QByteArray>("theirs");
    QTest::addColumn<bool>("works");
    const QByteArray one = "tls-server-end-point:" + QByteArray(32, 'a');
    const QByteArray other = "tls-server-end-point:" + QByteArray(32, 'b');
    QTest::newRow("same") << one << one << true;
    QTest::newRow("other") << one << other << false;
    QTest::newRow("host does not look") << one << QByteArray() << true;
}

void TestSignIn::channelBinding()
{
    QFETCH(QByteArray, ours);
    QFETCH(QByteArray, theirs);
    QFETCH(bool, works);
    for (const bool ntlm : {false, true}) {
        SignIn signIn = ntlm ? m_realm->ntlm(u"EXAMPLE\\alice"_s, u"alice"_s)
                             : m_realm->password(u"alice@EXAMPLE.COM"_s, u"alice"_s);
        signIn.channelBinding = ours;
        SecurityContext context(signIn);
        GssAcceptor host(theirs);
        const Error error = signInTo(context, host);
        QVERIFY2(bool(error) != works, qPrintable(error.message));
    }
}

void TestSignIn::touchesNoTicketFile()
{
    const QString folder = m_realm->fact("folder");
    m_realm->enter(folder + u"/not-there"_s);
    const SignIn signIn = m_realm->password(u"alice@EXAMPLE.COM"_s, u"alice"_s);
    check(signIn, Cause::Unknown);
    QVERIFY(!QFile::exists(folder + u"/not-there"_s));
    // Somebody else's tickets are neither used nor changed.
    QFile tickets(m_realm->process().kinit(u"bob"_s));
    QVERIFY(tickets.open(QIODevice::ReadOnly));
    const QByteArray before = tickets.readAll();
    m_realm->enter(tickets.fileName());
    SecurityContext context(signIn);
    GssAcceptor host;
    QVERIFY(!signInTo(context, host));
    QCOMPARE(host.peer(), u"alice@EXAMPLE.COM"_s);
    SecurityContext ntlm(m_realm->ntlm(u"EXAMPLE\\alice"_s, u"alice"_s));
    GssAcceptor ntlmHost;
    QVERIFY(!signInTo(ntlm, ntlmHost));
    QCOMPARE(ntlmHost.peer(), u"EXAMPLE\\alice"_s);
    tickets.seek(0);
    QCOMPARE(tickets.readAll(), before);
}

void TestSignIn::offersAPasswordOnce()
{
    SignIn signIn = m_realm->password(u"alice@EXAMPLE.COM"_s, u"bob"_s);
    signIn.allowNtlm = true;
    const int before = m_realm->refusedPasswords();
    SecurityContext context(signIn);
    const auto first = stepOf(context, {});
    QVERIFY(!first);
    QCOMPARE(first.error().cause, Cause::KrbWrongPassword);
    const auto again = stepOf(context, {});
    QVERIFY(!again);
    QCOMPARE(again.error().cause, Cause::KrbWrongPassword);
    QCOMPARE(m_realm->refusedPasswords(), before + 1);
    // NTLM alone asks no KDC.
    const int asked = m_realm->asked();
    check(m_realm->ntlm(u"alice@EXAMPLE.COM"_s, u"bob"_s), Cause::AuthRejected);
    check(m_realm->ntlm(u"EXAMPLE\\alice"_s, u"bob"_s), Cause::AuthRejected);
    QCOMPARE(m_realm->asked(), asked);
}

void TestSignIn::noTicketOfOthers()
{
    const int before = m_realm->asked();
    check(m_realm->ticket(), Cause::KrbNoTicket);
    SignIn signIn = m_realm->ticket();
    signIn.userName = u"bob@EXAMPLE.COM"_s;
    check(signIn, Cause::KrbNoTicket);
    m_realm->enter(m_alice);
    check(signIn, Cause::KrbForeignTicket, "alice@EXAMPLE.COM");
    signIn.userName = u"PEERHOST\\local"_s;
    check(signIn, Cause::AuthUserForm);
    signIn.allowKerberos = false;
    signIn.allowNtlm = true;
    check(signIn, Cause::AuthUserForm);
    QCOMPARE(m_realm->asked(), before);
}

void TestSignIn::expiredTicket()
{
    const QString cache = m_realm->process().kinit(u"alice"_s, u"1s"_s);
    QVERIFY(!cache.isEmpty());
    m_realm->enter(cache);
    const int before = m_realm->asked();
    std::optional<Error> error;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            SecurityContext context(m_realm->ticket());
            GssAcceptor host;
            error = signInTo(context, host);
            return error->cause == Cause::KrbTicketExpired;
        }(),
        5000);
    const int asked = m_realm->asked(); // while it was good
    check(m_realm->ticket(), Cause::KrbTicketExpired, "expired");
    QCOMPARE(m_realm->asked(), asked);
    QVERIFY(asked >= before);
}

void TestSignIn::realmsAndKdcs()
{
    // The host is said to be in a realm that nobody can go to.
    const QString far = m_realm->config(
        {{u"name"_s, u"far.conf"_s}, {u"host_realm"_s, u"EXAMPLE.NET"_s}});
    m_realm->enter(m_alice, far);
    check(m_realm->ticket(), Cause::KrbRealmUnknown, "EXAMPLE.NET");
    const SignIn password = m_realm->password(u"alice@EXAMPLE.COM"_s, u"alice"_s);
    check(password, Cause::KrbRealmUnknown);
    // A KDC that is not there.
    m_realm->process().stopKdc();
    m_realm->enter();
    check(password, Cause::KrbKdcUnreachable, "EXAMPLE.COM");
    SignIn both = password;
    both.allowNtlm = true;
    check(both, Cause::Unknown);
    QString fresh = m_realm->fact("folder") + u"/cc-fresh"_s;
    m_realm->process().startKdc();
    fresh = m_realm->process().kinit(u"bob"_s);
    m_realm->process().stopKdc();
    m_realm->enter(fresh);
    check(m_realm->ticket(), Cause::KrbKdcUnreachable);
    m_realm->process().startKdc();
    check(m_realm->ticket(), Cause::Unknown);
}

void TestSignIn::clocks()
{
    SignInRealm early({u"--clock"_s, u"+1h"_s});
    QVERIFY(early.isRunning());
    early.enter();
    check(early.password(u"alice@EXAMPLE.COM"_s, u"alice"_s), Cause::KrbClockSkew);
    SignIn both = early.password(u"alice@EXAMPLE.COM"_s, u"alice"_s);
    both.allowNtlm = true;
    check(both, Cause::KrbClockSkew);
}

void TestSignIn::encryptionTypes()
{
    const QString config = m_realm->config(
        {{u"name"_s, u"types.conf"_s}, {u"enctypes"_s, u"camellia256-cts-cmac"_s}});
    m_realm->enter({}, config);
    check(m_realm->password(u"alice@EXAMPLE.COM"_s, u"alice"_s), Cause::KrbEncryptionType);
    m_realm->enter(m_realm->process().kinit(u"bob"_s), config);
    check(m_realm->ticket(), Cause::KrbEncryptionType);
}

void TestSignIn::keyOfAnotherAccount()
{
    SignInRealm foreign({u"--foreign-keys"_s});
    QVERIFY(foreign.isRunning());
    foreign.enter();
    for (const HttpScheme scheme : {HttpScheme::Kerberos, HttpScheme::Negotiate}) {
        SignIn signIn = foreign.password(u"alice@EXAMPLE.COM"_s, u"alice"_s);
        signIn.scheme = scheme;
        check(signIn, Cause::KrbServiceKey);
    }
}

void TestSignIn::brokenConfiguration()
{
    const QString config = m_realm->fact("folder") + u"/broken.conf"_s;
    QFile file(config);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[libdefaults\n nonsense");
    file.close();
    m_realm->enter({}, config);
    check(m_realm->ticket(), Cause::KrbConfiguration);
    check(m_realm->password(u"alice@EXAMPLE.COM"_s, u"alice"_s), Cause::KrbConfiguration);
}

void TestSignIn::hostileTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("nonsense") << QByteArray("nonsense") << Cause::AuthMalformed;
    QTest::newRow("one byte") << QByteArray("\x60") << Cause::AuthMalformed;
    QTest::newRow("lying length") << QByteArray("\xa1\x84\xff\xff\xff\xff") << Cause::AuthMalformed;
    QTest::newRow("long") << QByteArray(100000, 'x') << Cause::AuthMalformed;
    QTest::newRow("reject") << QByteArray::fromHex("a1073005a0030a0102") << Cause::AuthRejected;
    QTest::newRow("NTLM") << QByteArray("NTLMSSP\0\2\0\0\0", 12) << Cause::AuthMalformed;
    QTest::newRow("our own back") << QByteArray() << Cause::AuthMalformed;
    QTest::newRow("accepted, no token")
        << QByteArray::fromHex("a1143012a0030a0100a10b06092a864886f712010202")
        << Cause::AuthMalformed;
}

void TestSignIn::hostileTokens()
{
    QFETCH(QByteArray, token);
    QFETCH(Cause, cause);
    m_realm->enter(m_alice);
    SecurityContext context(m_realm->ticket());
    const auto first = stepOf(context, {});
    QVERIFY(first && !first->complete);
    const auto second = stepOf(context, token.isEmpty() ? first->token : token);
    QVERIFY(!second);
    if (second.error().cause != cause)
        qWarning("%s: %s", causeId(second.error().cause).data(),
                 qPrintable(second.error().message));
    QCOMPARE(causeId(second.error().cause), causeId(cause));
    QVERIFY(!second.error().message.isEmpty());
    QVERIFY(!context.isComplete());
    const auto sealed = sealOf(context, "x");
    QVERIFY(!sealed);
    QCOMPARE(sealed.error().cause, second.error().cause);
}

void TestSignIn::noMoreTokens()
{
    // A host that lets us in without its own proof.
    m_realm->enter(m_alice);
    SecurityContext silent(m_realm->ticket());
    QVERIFY(stepOf(silent, {}));
    const auto nothing = stepOf(silent, {});
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().cause, Cause::AuthHostUnproven);
    // Sealing before the end.
    SecurityContext early(m_realm->ticket());
    QVERIFY(stepOf(early, {}));
    const auto sealed = sealOf(early, "x");
    QVERIFY(!sealed);
    QCOMPARE(sealed.error().cause, Cause::AuthHostUnproven);
    // What comes with a refusal after the end.
    SecurityContext done(m_realm->ticket());
    GssAcceptor host;
    QVERIFY(!signInTo(done, host));
    const auto refused = stepOf(done, QByteArray::fromHex("a1073005a0030a0102"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().cause, Cause::AuthRejected);
    QVERIFY(!done.isComplete());
}

void TestSignIn::answersInOrderAndLater()
{
    m_realm->enter(m_alice);
    SecurityContext context(m_realm->ticket());
    GssAcceptor host;
    QVERIFY(!signInTo(context, host));
    QList<int> order;
    bool inside = true;
    for (int i = 0; i < 100; ++i)
        context.seal(QByteArray(i * 100, 'x'), [&, i](const Result<SealedParts> &sealed) {
            QVERIFY(sealed && !inside && QThread::currentThread() == qApp->thread());
            QVERIFY(!host.unseal(*sealed).isNull()); // in the order of sealing
            order.append(i);
        });
    inside = false;
    QVERIFY(order.isEmpty());
    QTRY_COMPARE(order.size(), 100);
    QVERIFY(std::is_sorted(order.begin(), order.end()));
    // Destroyed within its own answer.
    auto *own = new SecurityContext(m_realm->ticket());
    bool answered = false;
    own->step({}, [&](const Result<AuthLeg> &) {
        answered = true;
        delete own;
    });
    own->seal("x", [](const Result<SealedParts> &) { QFAIL("answered after its end"); });
    QTRY_VERIFY(answered);
}

void TestSignIn::silentKdcKeepsNobody()
{
    QTcpServer silent; // connects, and never says a word
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const QString config = m_realm->config(
        {{u"name"_s, u"silent.conf"_s}, {u"port"_s, silent.serverPort()}});
    m_realm->enter({}, config);
    QElapsedTimer clock;
    clock.start();
    {
        SecurityContext context(m_realm->password(u"alice@EXAMPLE.COM"_s, u"alice"_s));
        context.step({}, [](const Result<AuthLeg> &) { QFAIL("answered after its end"); });
        QTRY_VERIFY(silent.hasPendingConnections()); // the worker hangs
    }
    QVERIFY2(clock.elapsed() < 5000, "waited for the KDC");
    // Others are not kept waiting either.
    m_realm->enter(m_alice);
    check(m_realm->ticket(), Cause::Unknown);
    // The process ends with the call still hanging: this test would take half a minute otherwise.
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
