#include "connection/rules.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Case
{
    QString rule;
    ConnectionOptions options;
    CredentialFacts facts{};
    Use use = Use::Everything;
};

QStringList found(const Case &c)
{
    QStringList ids;
    for (const auto &finding : checkRules(c.options, c.facts, c.use))
        ids.append(finding.rule);
    return ids;
}

ConnectionOptions https(const std::function<void(ConnectionOptions &)> &change = {})
{
    ConnectionOptions options{.host = u"srv1.example.com"_s};
    if (change)
        change(options);
    return options;
}

ConnectionOptions http(const std::function<void(ConnectionOptions &)> &change = {})
{
    ConnectionOptions options = https(change);
    options.tls = false;
    return options;
}

const QByteArray pin(32, 'x');
using O = ConnectionOptions;
using A = Authentication;

/// Signing in by `authentication` as `user`.
std::function<void(O &)> by(A authentication, const QString &user = {})
{
    return [=](O &o) { o.authentication = authentication, o.userName = user; };
}

std::function<void(O &)> both(const std::function<void(O &)> &one,
                              const std::function<void(O &)> &two)
{
    return [=](O &o) { one(o), two(o); };
}

/// For each rule one set of options that it is about.
std::vector<Case> cases()
{
    return {
        {u"host.empty"_s, https([](O &o) { o.host.clear(); })},
        {u"host.form"_s, https([](O &o) { o.host = u"a b"_s; })},
        {u"path.form"_s, https([](O &o) { o.path = u"wsman"_s; })},
        {u"none.with_credentials"_s,
         https([](O &o) { o.authentication = Authentication::None, o.userName = u"u"_s; })},
        {u"basic.needs_user"_s, https([](O &o) { o.authentication = Authentication::Basic; })},
        {u"basic.needs_password"_s, https(by(A::Basic, u"u"_s)), {false, false}},
        {u"basic.colon_in_user"_s, https(by(A::Basic, u"a:b"_s))},
        {u"basic.control_in_user"_s, https(by(A::Basic, u"a\nb"_s))},
        {u"user.control"_s, https(by(A::Automatic, u"a\nb"_s))},
        {u"user.form"_s, https(by(A::Ntlm, u"EXAMPLE\\"_s))},
        {u"kerberos.local_user"_s, https(by(A::Kerberos, u".\\u"_s))},
        {u"ntlm.needs_user"_s, https(by(A::Ntlm))},
        {u"ntlm.needs_password"_s, https(by(A::Ntlm, u"u"_s)), {false, false}},
        {u"credentials.needs_user"_s, https(), {true, true}},
        {u"spn.form"_s, https([](O &o) { o.servicePrincipal = u"HTTP/"_s; })},
        {u"kerberos.address"_s,
         https(both(by(A::Kerberos), [](O &o) { o.host = u"192.0.2.1"_s; }))},
        {u"ntlm.unverified_host"_s, http(by(A::Ntlm, u"u"_s))},
        {u"negotiate.unverified_host"_s,
         http(both(by(A::Negotiate, u"u"_s), [](O &o) { o.host = u"192.0.2.1"_s; }))},
        {u"noencryption.only_http"_s, https([](O &o) { o.allowClearText = true; })},
        {u"cleartext.automatic"_s,
         http(both(by(A::Basic, u"u"_s), [](O &o) { o.automaticScheme = true; }))},
        {u"cleartext.basic"_s, http(by(A::Basic, u"u"_s))},
        {u"cleartext.data"_s, http(by(A::None))},
        {u"pin.size"_s, https([](O &o) { o.pinSha256 = "short"_ba; })},
        {u"timeout.range"_s, https([](O &o) { o.operationTimeout = 499ms; })},
        {u"network_delay.range"_s, https([](O &o) { o.networkDelay = 0ms; })},
        {u"connect_timeout.range"_s, https([](O &o) { o.connectTimeout = 169h; })},
        {u"envelope.range"_s, https([](O &o) { o.maxEnvelopeKib = 7; })},
        {u"batch.zero"_s, https([](O &o) { o.batchItems = 0; })},
        {u"locale.form"_s, https([](O &o) { o.locale = u"en_US"_s; })},
        {u"cleartext.allowed"_s, http([](O &o) { o.allowClearText = true; })},
        {u"cleartext.may_follow"_s,
         https([](O &o) { o.allowClearText = o.automaticScheme = true; })},
        {u"http.trusted_hosts"_s,
         http(both(by(A::Basic, u"u"_s), [](O &o) { o.allowClearText = true; }))},
        {u"ntlm.trusted_hosts"_s,
         http(both(by(A::Ntlm, u"u"_s), [](O &o) { o.unverifiedHost = true; }))},
        {u"kerberos.localhost"_s,
         https(both(by(A::Kerberos), [](O &o) { o.host = u"localhost"_s; }))},
        {u"delegate.unsafe"_s, https([](O &o) { o.delegate = true; })},
        {u"skip_ca.unsafe"_s, https([](O &o) { o.skipCaCheck = true; })},
        {u"skip_cn.unsafe"_s, https([](O &o) { o.skipCnCheck = true; })},
        {u"address.certificate_name"_s, https([](O &o) { o.host = u"2001:db8::1"_s; })},
        {u"user.space"_s, https([](O &o) { o.userName = u"u "_s; })},
        {u"basic.domain_user"_s, https(by(A::Basic, u"EXAMPLE\\u"_s))},
        {u"port.of_http"_s, https([](O &o) { o.port = 5985; })},
        {u"port.of_https"_s, http([](O &o) { o.port = 5986; })},
        {u"envelope.beyond_limit"_s, https([](O &o) { o.maxEnvelopeKib = 65537; })},
        {u"batch.large"_s, https([](O &o) { o.batchItems = 32001; })},
        {u"pin.only_https"_s, http([](O &o) { o.pinSha256 = pin; })},
        {u"ca.only_https"_s, http([](O &o) { o.caFile = u"/ca.pem"_s; })},
        {u"skip_ca.only_https"_s, http([](O &o) { o.skipCaCheck = true; })},
        {u"skip_cn.only_https"_s, http([](O &o) { o.skipCnCheck = true; })},
        {u"skip_revocation.only_https"_s, http([](O &o) { o.skipRevocationCheck = true; })},
        {u"skip_revocation.never_checked"_s, https([](O &o) { o.skipRevocationCheck = true; })},
        {u"ca.replaced_by_pin"_s, https([](O &o) { o.pinSha256 = pin, o.caFile = u"/ca.pem"_s; })},
        {u"skip_ca.replaced_by_pin"_s,
         https([](O &o) { o.pinSha256 = pin, o.skipCaCheck = true; })},
        {u"skip_cn.replaced_by_pin"_s,
         https([](O &o) { o.pinSha256 = pin, o.skipCnCheck = true; })},
        {u"ca.skipped"_s, https([](O &o) { o.skipCaCheck = true, o.caFile = u"/ca.pem"_s; })},
        {u"cleartext.sealed"_s, http(both(by(A::Kerberos), [](O &o) { o.allowClearText = true; }))},
        {u"unverified.only_ntlm_http"_s, https([](O &o) { o.unverifiedHost = true; })},
        {u"spn.only_kerberos"_s,
         https(both(by(A::Basic, u"u"_s), [](O &o) { o.servicePrincipal = u"WSMAN"_s; }))},
        {u"spn_port.only_kerberos"_s,
         https(both(by(A::Ntlm, u"u"_s), [](O &o) { o.servicePort = true; }))},
        {u"spn_port.full_name"_s, https([](O &o) {
             o.servicePort = true, o.servicePrincipal = u"HTTP/srv1.example.com"_s;
         })},
        {u"delegate.only_kerberos"_s,
         https(both(by(A::Ntlm, u"u"_s), [](O &o) { o.delegate = true; }))},
    };
}

} // namespace

class TestRules final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void usualOptionsPass();
    void everyRuleSpeaks_data();
    void everyRuleSpeaks();
    void everyRuleHasACase();
    void theEdgesOfRangesPass();
    void refusedComesFirst();
    void codesAreWindowsOnes();
    void clearTextHasItsOwnCause();
    void identifyMayGoInTheClear();
    void sealedIsNotClearText_data();
    void sealedIsNotClearText();
    void ticketsNeedANameOrAServiceName();
    void namesOfUsers_data();
    void namesOfUsers();
    void sentencesAreSentences();
};

void TestRules::usualOptionsPass()
{
    QCOMPARE(found({{}, https()}), QStringList());
    QCOMPARE(found({{}, https([](O &o) { o.userName = u"admin"_s; }), {true, false}}),
             QStringList());
    QCOMPARE(found({{}, https([](O &o) { o.automaticScheme = true; })}), QStringList());
    QCOMPARE(found({{}, https([](O &o) { o.host = u"192.0.2.1"_s, o.pinSha256 = pin; })}),
             QStringList());
}

void TestRules::everyRuleSpeaks_data()
{
    QTest::addColumn<int>("index");
    int i = 0;
    for (const auto &c : cases())
        QTest::newRow(qPrintable(c.rule)) << i++;
}

void TestRules::everyRuleSpeaks()
{
    QFETCH(int, index);
    const Case c = cases()[size_t(index)];
    QVERIFY2(found(c).contains(c.rule), qPrintable(found(c).join(u' ')));
    const auto findings = checkRules(c.options, c.facts, c.use);
    const bool refused = findings.front().verdict == Verdict::Refused;
    const Done done = requireRules(c.options, c.facts, c.use);
    QCOMPARE(!done, refused);
    if (refused) {
        QCOMPARE(done.error().kind,
                 c.rule == u"kerberos.address"_s ? Error::Kind::Authentication
                                                 : Error::Kind::Local);
        QCOMPARE(done.error().message + u'.', findings.front().sentence);
        QCOMPARE(std::get<RuleDetails>(done.error().details).rule, findings.front().rule);
    }
}

void TestRules::everyRuleHasACase()
{
    QStringList tested, all;
    for (const auto &c : cases())
        tested.append(c.rule);
    for (const auto &rule : allRules())
        all.append(rule.rule);
    QCOMPARE(all, tested);
    QCOMPARE(all.removeDuplicates(), 0);
}

void TestRules::theEdgesOfRangesPass()
{
    QCOMPARE(found({{}, https([](O &o) {
                        o.operationTimeout = o.networkDelay = o.connectTimeout = 500ms;
                        o.maxEnvelopeKib = 8;
                        o.batchItems = 1;
                        o.locale = u"zh-Hant-TW"_s;
                    })}),
             QStringList());
    QVERIFY(requireRules(https([](O &o) { o.maxEnvelopeKib = 1039440; }), {}));
    QVERIFY(!requireRules(https([](O &o) { o.maxEnvelopeKib = 1039441; }), {}));
}

void TestRules::refusedComesFirst()
{
    const auto findings = checkRules(http([](O &o) {
                                         o.authentication = A::Basic;
                                         o.userName = u"u "_s;
                                         o.skipCaCheck = true;
                                         o.batchItems = 0;
                                     }),
                                     {});
    QVERIFY(findings.size() >= 4);
    QVERIFY(std::is_sorted(findings.begin(), findings.end(),
                           [](const auto &a, const auto &b) { return a.verdict < b.verdict; }));
}

void TestRules::codesAreWindowsOnes()
{
    const auto code = [](const ConnectionOptions &options) {
        return std::get<RuleDetails>(requireRules(options, {}).error().details).code;
    };
    QCOMPARE(code(https([](O &o) { o.authentication = Authentication::Basic; })), 0x803380B0U);
    QCOMPARE(code(https([](O &o) { o.allowClearText = true; })), 0x803380D7U);
    QCOMPARE(code(https([](O &o) { o.batchItems = 0; })), 0x803380C2U);
    QCOMPARE(code(http(by(A::None))), 0x803380DEU);
    QCOMPARE(code(http(by(A::Ntlm, u"u"_s))), 0x803380E4U);
    QCOMPARE(
        code(https([](O &o) { o.authentication = Authentication::None, o.userName = u"u"_s; })),
        0x803380ABU);
}

void TestRules::clearTextHasItsOwnCause()
{
    const Done basic = requireRules(http(by(A::Basic, u"u"_s)), {});
    QCOMPARE(basic.error().cause, Cause::OptionsClearText);
    QCOMPARE(basic.error().host, u"srv1.example.com"_s);
    QCOMPARE(requireRules(https([](O &o) { o.batchItems = 0; }), {}).error().cause,
             Cause::OptionsRefused);
    QVERIFY(
        requireRules(http(both(by(A::Basic, u"u"_s), [](O &o) { o.allowClearText = true; })), {}));
}

void TestRules::identifyMayGoInTheClear()
{
    QVERIFY(requireRules(http(), {}, Use::IdentifyOnly));
    QVERIFY(requireRules(http(by(A::None)), {}, Use::IdentifyOnly));
    QVERIFY(requireRules(http([](O &o) { o.automaticScheme = true; }), {}, Use::IdentifyOnly));
    QVERIFY(requireRules(http([](O &o) { o.host = u"192.0.2.1"_s; }), {}, Use::IdentifyOnly));
    QVERIFY(!requireRules(http(by(A::Basic, u"u"_s)), {}, Use::IdentifyOnly));
}

void TestRules::sealedIsNotClearText_data()
{
    QTest::addColumn<Authentication>("authentication");
    QTest::newRow("automatic") << A::Automatic;
    QTest::newRow("negotiate") << A::Negotiate;
    QTest::newRow("kerberos") << A::Kerberos;
    QTest::newRow("ntlm") << A::Ntlm;
}

void TestRules::sealedIsNotClearText()
{
    QFETCH(Authentication, authentication);
    const auto options = http(both(by(authentication, u"EXAMPLE\\u"_s),
                                   [](O &o) { o.unverifiedHost = o.automaticScheme = true; }));
    QVERIFY(requireRules(options, {}));
    for (const auto &finding : checkRules(options, {}))
        QVERIFY2(!finding.rule.startsWith("cleartext"_L1), qPrintable(finding.rule));
}

void TestRules::ticketsNeedANameOrAServiceName()
{
    auto options = http(both(by(A::Kerberos), [](O &o) { o.host = u"192.0.2.1"_s; }));
    QCOMPARE(requireRules(options, {}).error().cause, Cause::KrbAddress);
    options.servicePrincipal = u"WSMAN"_s;
    QVERIFY(!requireRules(options, {}));
    options.servicePrincipal = u"HTTP/srv1.example.com"_s;
    QVERIFY(requireRules(options, {}));
    // Negotiate to an address is NTLM, for which there must be a user, and over http consent.
    options.servicePrincipal.clear();
    options.authentication = A::Negotiate;
    QCOMPARE(requireRules(options, {}).error().cause, Cause::KrbAddress);
    options.userName = u"u"_s;
    QCOMPARE(requireRules(options, {}).error().cause, Cause::AuthUnverifiedHost);
    options.unverifiedHost = true;
    QVERIFY(requireRules(options, {}));
    options.unverifiedHost = false;
    options.tls = true;
    QVERIFY(requireRules(options, {}));
    // Automatic may have another way.
    options = http([](O &o) { o.host = u"192.0.2.1"_s, o.userName = u"u"_s; });
    QCOMPARE(requireRules(options, {}).error().cause, Cause::AuthUnverifiedHost);
    options.allowClearText = true;
    QVERIFY(requireRules(options, {}));
    QVERIFY(requireRules(https([](O &o) { o.host = u"192.0.2.1"_s; }), {}));
}

void TestRules::namesOfUsers_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("rule");
    QTest::newRow("plain") << u"alice"_s << QString();
    QTest::newRow("principal") << u"alice@EXAMPLE.COM"_s << QString();
    QTest::newRow("domain") << u"EXAMPLE\\alice"_s << QString();
    QTest::newRow("space") << u"Jane Doe"_s << QString();
    QTest::newRow("no user") << u"EXAMPLE\\"_s << u"user.form"_s;
    QTest::newRow("no domain") << u"\\alice"_s << u"user.form"_s;
    QTest::newRow("two domains") << u"A\\B\\alice"_s << u"user.form"_s;
    QTest::newRow("no realm") << u"alice@"_s << u"user.form"_s;
    QTest::newRow("realm alone") << u"@EXAMPLE.COM"_s << u"user.form"_s;
    QTest::newRow("local") << u".\\alice"_s << u"kerberos.local_user"_s;
}

void TestRules::namesOfUsers()
{
    QFETCH(QString, user);
    QFETCH(QString, rule);
    const Done done = requireRules(https(by(A::Kerberos, user)), {});
    QCOMPARE(done ? QString() : std::get<RuleDetails>(done.error().details).rule, rule);
    QCOMPARE(bool(requireRules(https(by(A::Negotiate, user)), {})), rule != u"user.form"_s);
    QVERIFY(requireRules(https(by(A::Basic, user)), {}));
}

void TestRules::sentencesAreSentences()
{
    for (const auto &rule : allRules()) {
        QVERIFY2(rule.sentence.endsWith(u'.'), qPrintable(rule.rule));
        QVERIFY2(rule.sentence.front().isUpper(), qPrintable(rule.rule));
        QVERIFY2(!rule.field.isEmpty(), qPrintable(rule.rule));
    }
}

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
