#include "diagnose/preflight.h"
#include "peer/process/realmprocess.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QUdpSocket>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class PreflightTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void ticket();
    void noTicket();
    void expiredTicket();
    void somebodyElsesTicket();
    void unreadableTicket();
    void password_data();
    void password();
    void userForm();
    void plainUserOfTheDefaultRealm();
    void kdcClock();
    void kdcSilent();
    void kdcDown();
    void noKdcKnown();
    void brokenConfiguration();
    void address();
    void serviceNames();
    void unknownHost();
    void notKerberos_data();
    void notKerberos();
    void valuesComeOneByOne();
    void cancelledByDestruction();

private:
    static ConnectionOptions options(const QString &user = {});
    std::optional<PreflightFacts> look(const ConnectionOptions &options, bool hasPassword = false);
    void useConfig(QJsonObject words);
    std::unique_ptr<RealmProcess> m_realm;
};

void PreflightTest::initTestCase()
{
    m_realm = std::make_unique<RealmProcess>();
    QVERIFY2(m_realm->isRunning(), m_realm->startError().constData());
}

void PreflightTest::init()
{
    m_realm->enter();
}

ConnectionOptions PreflightTest::options(const QString &user)
{
    ConnectionOptions made;
    made.host = u"localhost"_s;
    made.tls = false;
    made.authentication = Authentication::Kerberos;
    made.userName = user;
    return made;
}

std::optional<PreflightFacts> PreflightTest::look(const ConnectionOptions &options,
                                                  bool hasPassword)
{
    Preflight preflight(options, hasPassword);
    QSignalSpy finished(&preflight, &Preflight::finished);
    preflight.start();
    if (!finished.isEmpty()) // not within start()
        return {};
    if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 20000))
        return {};
    QCoreApplication::processEvents();
    if (finished.size() != 1 || !preflight.isFinished())
        return {};
    return preflight.facts();
}

void PreflightTest::useConfig(QJsonObject words)
{
    words.insert(u"command"_s, u"config"_s);
    const QString file = m_realm->command(words).value("krb5Conf"_L1).toString();
    QVERIFY(!file.isEmpty());
    qputenv("KRB5_CONFIG", file.toLocal8Bit());
}

void PreflightTest::ticket()
{
    m_realm->enter(m_realm->kinit(u"alice"_s));
    const auto facts = look(options());
    QVERIFY(facts);
    QVERIFY(facts->names.isFound());
    QVERIFY(facts->names.value.agree);
    QVERIFY(facts->realm.isFound());
    QCOMPARE(facts->realm.value.ofHost, u"EXAMPLE.COM"_s);
    QVERIFY(facts->principal.isFound());
    QCOMPARE(facts->principal.value, u"alice@EXAMPLE.COM"_s);
    QVERIFY(facts->ticket.isFound());
    QCOMPARE(facts->ticket.value.principal, u"alice@EXAMPLE.COM"_s);
    const qint64 left = QDateTime::currentDateTime().secsTo(facts->ticket.value.expires);
    QVERIFY(left > 9 * 3600 && left <= 10 * 3600);
    QVERIFY(facts->services.isFound());
    QVERIFY(facts->services.value.startsWith(u"HTTP/localhost"_s));
    QVERIFY(facts->kdc.isFound());
    QVERIFY(!facts->kdc.value.kdcs.fromDns);
    QVERIFY(facts->kdc.value.answer);
    QCOMPARE(facts->kdc.value.answer->reply.code, 25u);
    QVERIFY(std::chrono::abs(*facts->kdc.value.answer->skew) <= 2s);
}

void PreflightTest::noTicket()
{
    const auto facts = look(options());
    QVERIFY(facts);
    QVERIFY(facts->ticket.isFailed());
    QCOMPARE(facts->ticket.error.cause, Cause::KrbNoTicket);
    QCOMPARE(facts->ticket.error.kind, Error::Kind::Authentication);
    QVERIFY(!facts->principal.isFound()); // nobody in particular
    QVERIFY(facts->realm.isFound());
    QVERIFY(facts->kdc.isFound()); // its clock is known all the same
    QVERIFY(facts->kdc.value.answer->skew);
}

void PreflightTest::expiredTicket()
{
    const QJsonObject words{{u"command"_s, u"kinit"_s},
                            {u"who"_s, u"alice"_s},
                            {u"life"_s, u"1h"_s},
                            {u"shift"_s, u"-2h"_s}};
    m_realm->command({{u"command"_s, u"stop"_s}});
    m_realm->command({{u"command"_s, u"start"_s}, {u"shift"_s, u"-2h"_s}});
    const QString cache = m_realm->command(words).value("cache"_L1).toString();
    m_realm->command({{u"command"_s, u"stop"_s}});
    m_realm->command({{u"command"_s, u"start"_s}, {u"shift"_s, QString()}});
    QVERIFY(!cache.isEmpty());
    m_realm->enter(cache);
    const auto facts = look(options());
    QVERIFY(facts);
    QVERIFY(facts->ticket.isFailed());
    QCOMPARE(facts->ticket.error.cause, Cause::KrbTicketExpired);
    QCOMPARE(facts->ticket.value.principal, u"alice@EXAMPLE.COM"_s);
    QVERIFY(facts->kdc.isFound());
}

void PreflightTest::somebodyElsesTicket()
{
    m_realm->enter(m_realm->kinit(u"bob"_s));
    const auto facts = look(options(u"alice@example.com"_s));
    QVERIFY(facts);
    QVERIFY(facts->ticket.isFailed());
    QCOMPARE(facts->ticket.error.cause, Cause::KrbForeignTicket);
    QCOMPARE(facts->ticket.error.message, u"bob@EXAMPLE.COM"_s);
    QCOMPARE(facts->principal.value, u"alice@EXAMPLE.COM"_s);
}

void PreflightTest::unreadableTicket()
{
    if (geteuid() == 0)
        QSKIP("root may read every file");
    const QString cache = m_realm->kinit(u"alice"_s);
    QVERIFY(QFile::setPermissions(cache, {}));
    m_realm->enter(cache);
    const auto facts = look(options());
    QVERIFY(facts);
    QCOMPARE(facts->ticket.error.cause, Cause::KrbForeignTicket);
}

void PreflightTest::password_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("good") << u"alice@EXAMPLE.COM"_s << Cause::Unknown;
    QTest::newRow("small letters") << u"alice@example.com"_s << Cause::Unknown;
    QTest::newRow("unknown") << u"mallory@EXAMPLE.COM"_s << Cause::KrbUserUnknown;
    QTest::newRow("password expired") << u"expired@EXAMPLE.COM"_s << Cause::KrbPasswordExpired;
    QTest::newRow("account expired") << u"gone@EXAMPLE.COM"_s << Cause::KrbAccountLocked;
    QTest::newRow("disabled") << u"disabled@EXAMPLE.COM"_s << Cause::KrbAccountLocked;
}

void PreflightTest::password()
{
    QFETCH(QString, user);
    QFETCH(Cause, cause);
    const auto facts = look(options(user), true);
    QVERIFY(facts);
    QCOMPARE(facts->ticket.state, Finding<TicketFacts>::State::Unknown);
    QVERIFY(facts->kdc.isFound());
    QCOMPARE(facts->principal.isFound(), cause == Cause::Unknown);
    QCOMPARE(facts->principal.error.cause, cause);
    QVERIFY(facts->principal.value.endsWith(u"@EXAMPLE.COM"_s));
    if (cause != Cause::Unknown)
        QCOMPARE(facts->principal.error.message, facts->principal.value);
    // Nothing that counts as an attempt with a wrong password.
    const QJsonObject counts = m_realm->command({{u"command"_s, u"counts"_s}});
    QCOMPARE(counts.value("refusedPasswords"_L1).toInt(-1), 0);
}

void PreflightTest::userForm()
{
    const auto facts = look(options(u"OTHER\\alice"_s), true);
    QVERIFY(facts);
    QVERIFY(facts->principal.isFailed());
    QCOMPARE(facts->principal.error.cause, Cause::AuthUserForm);
    QCOMPARE(facts->kdc.state, Finding<KdcFacts>::State::Unknown); // nobody to ask about
}

void PreflightTest::plainUserOfTheDefaultRealm()
{
    const auto facts = look(options(u"alice"_s), true);
    QVERIFY(facts);
    QCOMPARE(facts->principal.value, u"alice@EXAMPLE.COM"_s);
    QVERIFY(facts->principal.isFound());
}

void PreflightTest::kdcClock()
{
    m_realm->command({{u"command"_s, u"stop"_s}});
    m_realm->command({{u"command"_s, u"start"_s}, {u"shift"_s, u"+10m"_s}});
    const auto facts = look(options(u"alice"_s), true);
    m_realm->command({{u"command"_s, u"stop"_s}});
    m_realm->command({{u"command"_s, u"start"_s}, {u"shift"_s, QString()}});
    QVERIFY(facts);
    QVERIFY(facts->kdc.isFailed());
    QCOMPARE(facts->kdc.error.cause, Cause::KrbClockSkew);
    QVERIFY(facts->kdc.value.answer && facts->kdc.value.answer->skew);
    QVERIFY(std::chrono::abs(*facts->kdc.value.answer->skew - 600s) < 30s);
}

void PreflightTest::kdcSilent()
{
    QUdpSocket udp;
    QVERIFY(udp.bind(QHostAddress::LocalHost, 0));
    useConfig({{u"name"_s, u"silent.conf"_s}, {u"port"_s, udp.localPort()}});
    QElapsedTimer clock;
    clock.start();
    const auto facts = look(options(u"alice"_s), true);
    QVERIFY(facts);
    QCOMPARE(facts->kdc.error.cause, Cause::KrbKdcUnreachable);
    QVERIFY(facts->kdc.error.message.contains(QString::number(udp.localPort())));
    QVERIFY(clock.elapsed() < 7000);
    QVERIFY(facts->principal.isFound()); // nobody said otherwise
}

void PreflightTest::kdcDown()
{
    m_realm->stopKdc();
    const auto facts = look(options(u"alice"_s), true);
    m_realm->startKdc();
    QVERIFY(facts);
    QCOMPARE(facts->kdc.error.cause, Cause::KrbKdcUnreachable);
}

void PreflightTest::noKdcKnown()
{
    const auto facts = look(options(u"alice@EXAMPLE.NET"_s), true);
    QVERIFY(facts);
    QCOMPARE(facts->kdc.error.cause, Cause::KrbRealmUnknown);
    QCOMPARE(facts->kdc.error.message, u"EXAMPLE.NET"_s);
}

void PreflightTest::brokenConfiguration()
{
    QFile file(m_realm->fact("folder"_L1) + u"/broken.conf"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[libdefaults\n}\n");
    file.close();
    qputenv("KRB5_CONFIG", file.fileName().toLocal8Bit());
    const auto facts = look(options());
    QVERIFY(facts);
    QVERIFY(facts->ticket.isFailed());
    QCOMPARE(facts->ticket.error.cause, Cause::KrbConfiguration);
    QVERIFY(facts->realm.isFailed());
}

void PreflightTest::address()
{
    ConnectionOptions to = options(u"alice"_s);
    to.host = u"127.0.0.1"_s;
    const auto facts = look(to, true);
    QVERIFY(facts);
    QVERIFY(facts->services.isFailed());
    QCOMPARE(facts->services.error.cause, Cause::KrbAddress);
    QCOMPARE(facts->services.error.host, u"127.0.0.1"_s);
    QVERIFY(facts->names.isFound());
    QVERIFY(facts->names.value.isAddress);
}

void PreflightTest::serviceNames()
{
    ConnectionOptions to = options();
    to.servicePrincipal = u"WSMAN"_s;
    to.servicePort = true;
    to.port = 4711;
    const auto facts = look(to);
    QVERIFY(facts);
    QCOMPARE(facts->services.value, QStringList{u"WSMAN/localhost:4711"_s});
}

void PreflightTest::unknownHost()
{
    ConnectionOptions to = options();
    to.host = u"no-such-host.invalid"_s;
    const auto facts = look(to);
    QVERIFY(facts);
    QCOMPARE(facts->names.error.cause, Cause::NetDns);
    QVERIFY(facts->services.isFound());
}

void PreflightTest::notKerberos_data()
{
    QTest::addColumn<Authentication>("authentication");
    QTest::newRow("basic") << Authentication::Basic;
    QTest::newRow("ntlm") << Authentication::Ntlm;
    QTest::newRow("none") << Authentication::None;
}

void PreflightTest::notKerberos()
{
    QFETCH(Authentication, authentication);
    ConnectionOptions to = options(u"alice"_s);
    to.authentication = authentication;
    const auto facts = look(to, true);
    QVERIFY(facts);
    QVERIFY(facts->names.isFound());
    QCOMPARE(facts->realm.state, Finding<RealmFacts>::State::Unknown);
    QCOMPARE(facts->ticket.state, Finding<TicketFacts>::State::Unknown);
    QCOMPARE(facts->services.state, Finding<QStringList>::State::Unknown);
    QCOMPARE(facts->kdc.state, Finding<KdcFacts>::State::Unknown);
}

void PreflightTest::valuesComeOneByOne()
{
    QUdpSocket udp;
    QVERIFY(udp.bind(QHostAddress::LocalHost, 0));
    useConfig({{u"name"_s, u"slow.conf"_s}, {u"port"_s, udp.localPort()}});
    Preflight preflight(options(), false);
    QSignalSpy changed(&preflight, &Preflight::changed);
    QSignalSpy finished(&preflight, &Preflight::finished);
    preflight.start();
    QVERIFY(preflight.facts().names.isLooking());
    QVERIFY(preflight.facts().ticket.isLooking());
    QTRY_VERIFY(preflight.facts().names.isFound() && preflight.facts().ticket.isFailed()
                && preflight.facts().realm.isFound());
    QVERIFY(preflight.facts().kdc.isLooking());
    QVERIFY(changed.size() >= 2);
    QCOMPARE(finished.size(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
    QVERIFY(preflight.facts().kdc.isFailed());
}

void PreflightTest::cancelledByDestruction()
{
    for (int rounds = 0; rounds < 20; ++rounds) {
        auto preflight = std::make_unique<Preflight>(options(), false);
        QSignalSpy changed(preflight.get(), &Preflight::changed);
        preflight->start();
        for (int i = 0; i < rounds; ++i)
            QCoreApplication::processEvents();
        const auto before = changed.size();
        preflight.reset();
        QCoreApplication::processEvents();
        QCOMPARE(changed.size(), before);
    }
    QVERIFY(look(options())); // what was under way has come and gone meanwhile
}

QTEST_GUILESS_MAIN(PreflightTest)
#include "tst_preflight.moc"
