#include "storefixture.h"

/// Credentials for several profiles, export and import.
class TestProfileStoreShared final : public StoreFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void oneCredentialForTwoProfiles();
    void sharedCredentialAsksOnANewHost();
    void approvalsComeFromTheEntry();
    void aCredentialInUseStays();
    void forgettingACredentialFreesItsProfiles();
    void forgettingStopsAtAnError();
    void lockingForgetsWhatIsInMemory();
    void exportAndImport();
    void importsOnlyWhatIsNew();
    void refusesHostileImports_data();
    void refusesHostileImports();
};

void TestProfileStoreShared::oneCredentialForTwoProfiles()
{
    const auto credential = call().saveCredential(
        {.label = u"Ops"_s, .userName = u"ops"_s, .approvedHosts = {u"SRV1.example.com."_s}},
        Secret(u"one"_s));
    QVERIFY(credential);
    Profile profile = profileNamed(u"a"_s);
    profile.credentialId = *credential;
    const QString a = saved(profile, password(u"not used"_s));
    profile.summary.name = u"b"_s;
    const QString b = saved(profile);
    QCOMPARE(m_store->profilesUsing(*credential), QStringList({a, b}));
    QVERIFY(!m_vault->entries.value(u"profile/"_s + a).contains("not used"));
    restart();
    QCOMPARE(m_store->credentials().size(), size_t(1));
    QCOMPARE(m_store->credentials().front().label, u"Ops"_s);
    QCOMPARE(secretOf(a), "one"_ba);
    QCOMPARE(call().load(b)->credential.userName, u"ops"_s);
    SavedCredential changed = m_store->credentials().front();
    QVERIFY(call().saveCredential(changed, Secret(u"two"_s)));
    QCOMPARE(secretOf(a), "two"_ba);
    QCOMPARE(secretOf(b), "two"_ba);
    changed.label = u"Operators"_s;
    QVERIFY(call().saveCredential(changed, {})); // keeps the password
    QCOMPARE(secretOf(a), "two"_ba);
    m_vault->entries.remove(u"credential/"_s + *credential);
    const auto loaded = call().load(a);
    QVERIFY(loaded && loaded->credential.isEmpty());
    QCOMPARE(loaded->credentialError.cause, Cause::KeychainEntryMissing);
}

void TestProfileStoreShared::sharedCredentialAsksOnANewHost()
{
    const auto credential = call().saveCredential({.label = u"Ops"_s}, Secret(u"one"_s));
    Profile profile = profileNamed(u"a"_s);
    profile.credentialId = *credential;
    const QString id = saved(profile);
    auto loaded = call().load(id);
    QVERIFY(loaded && loaded->needsApproval && loaded->credential.isEmpty());
    QVERIFY(call().approve(*credential, u"SRV1.Example.com"_s));
    loaded = call().load(id);
    QVERIFY(loaded && !loaded->needsApproval);
    QCOMPARE(loaded->credential.password.reveal(), "one"_ba);
    profile.summary.id = id;
    profile.options.host = u"srv2.example.com"_s;
    saved(profile);
    restart();
    loaded = call().load(id);
    QVERIFY(loaded && loaded->needsApproval && loaded->credential.isEmpty());
}

void TestProfileStoreShared::approvalsComeFromTheEntry()
{
    const auto credential = call().saveCredential({.label = u"Ops"_s}, Secret(u"one"_s));
    Profile profile = profileNamed(u"a"_s);
    profile.credentialId = *credential;
    const QString id = saved(profile);
    QByteArray index = content(u"index.json"_s);
    index.replace("\"label\": \"Ops\"",
                  "\"label\": \"Ops\", \"approvedHosts\": [\"srv1.example.com\"]");
    write(u"index.json"_s, index);
    restart();
    QVERIFY(call().load(id)->needsApproval);
    QVERIFY(call().saveCredential(m_store->credentials().front(), Secret(u"two"_s)));
    QVERIFY(call().load(id)->needsApproval);
    QVERIFY(call().approve(*credential, u"srv1.example.com"_s));
    SavedCredential fewer = m_store->credentials().front();
    QCOMPARE(fewer.approvedHosts, QStringList(u"srv1.example.com"_s));
    fewer.approvedHosts.clear();
    QVERIFY(call().saveCredential(fewer, {}));
    QVERIFY(call().load(id)->needsApproval);
}

void TestProfileStoreShared::aCredentialInUseStays()
{
    const auto credential = call().saveCredential({.label = u"Ops"_s}, Secret(u"one"_s));
    Profile profile = profileNamed(u"a"_s);
    profile.credentialId = *credential;
    profile.summary.id = saved(profile);
    QCOMPARE(causeOf(call().removeCredential(*credential)), Cause::LocalUsage);
    profile.credentialId.clear();
    saved(profile);
    QVERIFY(call().removeCredential(*credential));
    QVERIFY(m_store->credentials().empty());
    QVERIFY(!m_vault->entries.contains(u"credential/"_s + *credential));
    profile.credentialId = *credential;
    QCOMPARE(causeOf(call().save(profile)), Cause::LocalUsage);
    QCOMPARE(causeOf(call().saveCredential({.id = *credential, .label = u"x"_s}, {})),
             Cause::LocalUsage);
}

void TestProfileStoreShared::forgettingACredentialFreesItsProfiles()
{
    const auto credential = call().saveCredential({.label = u"Ops"_s, .userName = u"ops"_s},
                                                  Secret(u"one"_s));
    Profile profile = profileNamed(u"a"_s);
    profile.credentialId = *credential;
    profile.options.userName.clear();
    const QString a = saved(profile);
    profile.summary.name = u"b"_s;
    const QString b = saved(profile);
    const QString own = saved(profileNamed(u"own"_s), password(u"mine"_s));
    QVERIFY(call().forgetCredential(*credential));
    QVERIFY(m_store->credentials().empty());
    QVERIFY(!m_vault->entries.contains(u"credential/"_s + *credential));
    restart();
    for (const QString &id : {a, b}) {
        const auto loaded = call().load(id);
        QVERIFY(loaded && loaded->credential.isEmpty() && !loaded->credentialError);
        QVERIFY(loaded->profile.credentialId.isEmpty());
        QCOMPARE(loaded->profile.storage, SecretStorage::Ask);
        QCOMPARE(loaded->profile.options.userName, u"ops"_s);
    }
    QCOMPARE(secretOf(own), "mine"_ba);
    QCOMPARE(causeOf(call().forgetCredential(*credential)), Cause::LocalUsage);
}

void TestProfileStoreShared::forgettingStopsAtAnError()
{
    const auto credential = call().saveCredential({.label = u"Ops"_s}, Secret(u"one"_s));
    Profile profile = profileNamed(u"a"_s);
    profile.credentialId = *credential;
    const QString a = saved(profile);
    profile.summary.name = u"b"_s;
    const QString b = saved(profile);
    m_vault->deny = u"profile/"_s + b;
    QCOMPARE(causeOf(call().forgetCredential(*credential)), Cause::KeychainDenied);
    QCOMPARE(m_store->profilesUsing(*credential), QStringList(b));
    QVERIFY(m_vault->entries.contains(u"credential/"_s + *credential));
    QVERIFY(call().load(a)->profile.credentialId.isEmpty());
}

void TestProfileStoreShared::lockingForgetsWhatIsInMemory()
{
    const QString kept = saved(profileNamed(u"a"_s), password(u"kept"_s));
    const QString fleeting = saved(profileNamed(u"b"_s, SecretStorage::UntilQuit),
                                   password(u"fleeting"_s));
    QCOMPARE(m_store->remembered(), QStringList(fleeting));
    QCOMPARE(secretOf(fleeting), "fleeting"_ba);
    m_store->forgetRemembered();
    QVERIFY(m_store->remembered().isEmpty());
    QVERIFY(secretOf(fleeting).isEmpty());
    QCOMPARE(secretOf(kept), "kept"_ba);
    QVERIFY(call().lockKeychain());
    QCOMPARE(m_store->keychainState(), KeychainState::Locked);
    QCOMPARE(causeOf(call().load(kept)), Cause::KeychainLocked);
    m_vault->mood = FakeVault::Mood::Absent;
    QCOMPARE(causeOf(call().lockKeychain()), Cause::KeychainAbsent);
}

void TestProfileStoreShared::exportAndImport()
{
    const auto credential = call().saveCredential({.label = u"Ops"_s}, Secret(u"planted"_s));
    Profile profile = profileNamed(u"a"_s);
    profile.summary.folder = u"prod/web"_s;
    profile.summary.tags = {u"t"_s};
    profile.summary.color = u"#010203"_s;
    profile.summary.order = -3;
    profile.options.readOnly = true;
    profile.options.port = 1234;
    const QString a = saved(profile, password(u"planted"_s));
    Profile shared = profileNamed(u"b"_s);
    shared.credentialId = *credential;
    const QString b = saved(shared);
    const auto json = call().exported({a, b});
    QVERIFY(json);
    for (const auto &word :
         {"planted"_ba, credential->toUtf8(), a.toUtf8(), "storage"_ba, "keychain"_ba})
        QVERIFY2(!json->contains(word), word.constData());
    begin();
    const auto import = call().import(*json);
    QVERIFY(import);
    QCOMPARE(import->added, 2);
    const auto loaded = call().load(m_store->find(u"a"_s)->id);
    QVERIFY(loaded);
    QVERIFY(loaded->profile.options == profile.options);
    QCOMPARE(loaded->profile.storage, SecretStorage::Ask);
    QVERIFY(loaded->profile.options.readOnly);
    ProfileSummary expected = profile.summary;
    expected.id = loaded->profile.summary.id;
    QCOMPARE(loaded->profile.summary, expected);
}

void TestProfileStoreShared::importsOnlyWhatIsNew()
{
    saved(profileNamed(u"a"_s));
    Profile other = profileNamed(u"b"_s);
    const QString b = saved(other);
    const QByteArray json = *call().exported({m_store->find(u"a"_s)->id, b});
    other.summary.id = b;
    other.options.host = u"elsewhere.example.org"_s;
    saved(other);
    const auto import = call().import(json);
    QVERIFY(import);
    QCOMPARE(import->added, 1);
    QCOMPARE(import->skipped, QStringList(u"a"_s));
    QCOMPARE(m_store->profiles().size(), size_t(3));
    QCOMPARE(call().load(m_store->find(u"b (2)"_s)->id)->profile.options.host,
             u"srv1.example.com"_s);
}

void TestProfileStoreShared::refusesHostileImports_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto with = [](const QByteArray &rows) {
        return R"({"format":"winrm-console profile export","version":1,"profiles":)" + rows + "}";
    };
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("too large") << QByteArray(16 * 1024 * 1024 + 1, ' ');
    QTest::newRow("deep") << QByteArray(100000, '[');
    QTest::newRow("another format") << R"({"format":"x","version":1,"profiles":[]})"_ba;
    QTest::newRow("newer")
        << R"({"format":"winrm-console profile export","version":2,"profiles":[]})"_ba;
    QTest::newRow("no list") << with("{}");
    QTest::newRow("too many") << with("[" + QByteArray("{},").repeated(10000) + "{}]");
    QTest::newRow("no name") << with("[{}]");
    QTest::newRow("one bad of two") << with(R"([{"name":"good"},{"name":7}])");
    QTest::newRow("options of another kind") << with(R"([{"name":"a","options":[]}])");
    QTest::newRow("bad option") << with(R"([{"name":"a","options":{"port":-1}}])");
    QTest::newRow("terminal codes") << with(R"([{"name":"a\u001b[2J"}])");
}

void TestProfileStoreShared::refusesHostileImports()
{
    QFETCH(QByteArray, json);
    QCOMPARE(causeOf(call().import(json)), Cause::LocalProfileCorrupt);
    QVERIFY(m_store->profiles().empty());
}

QTEST_GUILESS_MAIN(TestProfileStoreShared)
#include "tst_profilestore_shared.moc"
