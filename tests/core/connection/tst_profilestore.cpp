#include "storefixture.h"

#include <QDirIterator>
#include <QLoggingCategory>
#include <QSignalSpy>

namespace {

constexpr auto privateFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner
    | QFileDevice::ReadUser | QFileDevice::WriteUser;

} // namespace

/// Profiles in fair weather, and that secrets stay where they belong.
class TestProfileStore final : public StoreFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void savesAndLoads();
    void keepsPasswordsToTheByte_data();
    void keepsPasswordsToTheByte();
    void anEditKeepsOrForgetsTheSecret();
    void untilQuitStaysInMemory();
    void askStoresNothing();
    void changesOnlyWhatTheListShows();
    void findsByIdThenNameThenCase();
    void refusesSummaries_data();
    void refusesSummaries();
    void refusesANameThatIsTaken();
    void removesEverything();
    void duplicates();
    void filesAreForTheOwnerOnly();
    void answersComeOnceAndInOrder();
    void silentAfterItsEnd();
    void secretsAreInTheKeychainOnly();
};

void TestProfileStore::savesAndLoads()
{
    Profile profile = profileNamed(u" Web one "_s);
    profile.summary.folder = u"/prod//web/"_s;
    profile.summary.tags = {u"web"_s, u" web "_s, u"dmz"_s};
    profile.summary.color = u"#AABBCC"_s;
    profile.options.pinSha256 = QByteArray(32, 'p');
    profile.options.readOnly = true;
    QSignalSpy changed(m_store.get(), &ProfileStore::changed);
    const QString id = saved(profile, password(u"hunter2 "_s));
    QVERIFY(!changed.isEmpty());
    restart();
    QCOMPARE(m_store->profiles().size(), size_t(1));
    const ProfileSummary &row = m_store->profiles().front();
    QCOMPARE(row.id, id);
    QCOMPARE(row.state, State::Ready);
    QCOMPARE(row.name, u"Web one"_s);
    QCOMPARE(row.folder, u"prod/web"_s);
    QCOMPARE(row.tags, QStringList({u"web"_s, u"dmz"_s}));
    QCOMPARE(row.color, u"#aabbcc"_s);
    const auto loaded = call().load(id);
    QVERIFY(loaded);
    QVERIFY(loaded->profile.options == profile.options);
    QVERIFY(loaded->profile.options.readOnly);
    QCOMPARE(loaded->profile.storage, SecretStorage::Keychain);
    QCOMPARE(loaded->credential.userName, u"admin"_s);
    QCOMPARE(loaded->credential.password.reveal(), "hunter2 "_ba);
    QVERIFY(!loaded->needsApproval);
}

void TestProfileStore::keepsPasswordsToTheByte_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("spaces") << "  a b "_ba;
    QTest::newRow("quotes") << "\"\\'{}"_ba;
    QTest::newRow("umlaut") << "p\xc3\xa4ss"_ba;
    QTest::newRow("not utf-8") << "p\xe4ss\xff"_ba;
    QTest::newRow("zero byte") << QByteArray("a\0b", 3);
    QTest::newRow("controls") << "\r\n\t\x7f"_ba;
    QTest::newRow("long") << QByteArray(4096, 'x');
    QTest::newRow("no character") << "\xef\xbf\xbe\xef\xbf\xbd"_ba;
}

void TestProfileStore::keepsPasswordsToTheByte()
{
    QFETCH(QByteArray, bytes);
    QByteArray copy(bytes.constData(), bytes.size());
    const QString id = saved(profileNamed(u"a"_s), {u"admin"_s, Secret::take(copy)});
    restart();
    QCOMPARE(secretOf(id), bytes);
}

void TestProfileStore::anEditKeepsOrForgetsTheSecret()
{
    Profile profile = profileNamed(u"a"_s);
    profile.summary.id = saved(profile, password(u"one"_s));
    profile.options.host = u"srv2"_s;
    QCOMPARE(saved(profile), profile.summary.id);
    QCOMPARE(secretOf(profile.summary.id), "one"_ba);
    QCOMPARE(call().load(profile.summary.id)->profile.options.host, u"srv2"_s);
    QCOMPARE(saved(profile, password(u"two"_s)), profile.summary.id);
    QCOMPARE(secretOf(profile.summary.id), "two"_ba);
    QVERIFY(call().save(profile, {}, true));
    QCOMPARE(secretOf(profile.summary.id), QByteArray());
    QCOMPARE(m_store->profiles().size(), size_t(1));
}

void TestProfileStore::untilQuitStaysInMemory()
{
    Profile profile = profileNamed(u"a"_s, SecretStorage::UntilQuit);
    profile.summary.id = saved(profile, password(u"fleeting"_s));
    QCOMPARE(secretOf(profile.summary.id), "fleeting"_ba);
    for (const auto &entry : std::as_const(m_vault->entries))
        QVERIFY(!entry.contains("fleeting"));
    profile.storage = SecretStorage::Keychain; // it moves along
    QCOMPARE(saved(profile), profile.summary.id);
    restart();
    QCOMPARE(secretOf(profile.summary.id), "fleeting"_ba);
    profile.storage = SecretStorage::UntilQuit; // and back
    QCOMPARE(saved(profile), profile.summary.id);
    QCOMPARE(secretOf(profile.summary.id), "fleeting"_ba);
    QVERIFY(!m_vault->entries.value(u"profile/"_s + profile.summary.id).contains("fleeting"));
    restart();
    QCOMPARE(secretOf(profile.summary.id), QByteArray());
    m_store->remember(profile.summary.id, password(u"asked"_s));
    QCOMPARE(secretOf(profile.summary.id), "asked"_ba);
}

void TestProfileStore::askStoresNothing()
{
    const QString id = saved(profileNamed(u"a"_s, SecretStorage::Ask), password(u"typed"_s));
    QCOMPARE(secretOf(id), QByteArray());
    for (const auto &entry : std::as_const(m_vault->entries))
        QVERIFY(!entry.contains("typed"));
}

void TestProfileStore::changesOnlyWhatTheListShows()
{
    const QString a = saved(profileNamed(u"a"_s), password(u"one"_s));
    saved(profileNamed(u"b"_s));
    const auto entries = m_vault->entries;
    ProfileSummary row = *m_store->find(a);
    row.name = u"renamed"_s;
    row.folder = u"lab"_s;
    row.tags = {u"x"_s};
    row.color = u"#010203"_s;
    row.order = 5;
    QVERIFY(m_store->updateSummary(row));
    QCOMPARE(m_vault->entries, entries);
    restart();
    QCOMPARE(*m_store->find(a), row);
    QCOMPARE(m_store->profiles().back().id, a); // by order, then name
    QCOMPARE(secretOf(a), "one"_ba);
    row.id = u"00000000-0000-4000-8000-000000000000"_s;
    QCOMPARE(causeOf(m_store->updateSummary(row)), Cause::LocalProfileUnknown);
}

void TestProfileStore::findsByIdThenNameThenCase()
{
    const QString lower = saved(profileNamed(u"srv"_s));
    const QString upper = saved(profileNamed(u"SRV"_s));
    QCOMPARE(m_store->find(u"SRV"_s)->id, upper);
    QCOMPARE(m_store->find(u"srv"_s)->id, lower);
    QVERIFY(m_store->find(u"Srv"_s));
    QCOMPARE(m_store->find(upper)->name, u"SRV"_s);
    QVERIFY(!m_store->find(u"other"_s));
}

void TestProfileStore::refusesSummaries_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("color");
    QTest::addColumn<QString>("folder");
    QTest::newRow("no name") << u"  "_s << QString() << QString();
    QTest::newRow("long name") << QString(256, u'x') << QString() << QString();
    QTest::newRow("line break") << u"a\nb"_s << QString() << QString();
    QTest::newRow("colour by name") << u"a"_s << u"red"_s << QString();
    QTest::newRow("short colour") << u"a"_s << u"#fff"_s << QString();
    QTest::newRow("control in folder") << u"a"_s << QString() << u"x\x1b[2J"_s;
    QTest::newRow("long folder") << u"a"_s << QString() << QString(1025, u'x');
}

void TestProfileStore::refusesSummaries()
{
    Profile profile;
    QFETCH(QString, name);
    profile = profileNamed(name);
    QFETCH(QString, color);
    profile.summary.color = color;
    QFETCH(QString, folder);
    profile.summary.folder = folder;
    QCOMPARE(causeOf(call().save(profile)), Cause::LocalUsage);
    QVERIFY(m_store->profiles().empty());
}

void TestProfileStore::refusesANameThatIsTaken()
{
    saved(profileNamed(u"a"_s));
    QCOMPARE(causeOf(call().save(profileNamed(u"a"_s))), Cause::LocalUsage);
    ProfileSummary b = *m_store->find(saved(profileNamed(u"b"_s)));
    b.name = u"a"_s;
    QCOMPARE(causeOf(m_store->updateSummary(b)), Cause::LocalUsage);
    Profile unknown = profileNamed(u"c"_s);
    unknown.summary.id = u"00000000-0000-4000-8000-000000000000"_s;
    QCOMPARE(causeOf(call().save(unknown)), Cause::LocalProfileUnknown);
}

void TestProfileStore::removesEverything()
{
    const QString id = saved(profileNamed(u"a"_s), password(u"one"_s));
    const QString other = saved(profileNamed(u"b"_s), password(u"two"_s));
    QVERIFY(call().remove(id));
    QVERIFY(!m_vault->entries.contains(u"profile/"_s + id));
    QVERIFY(!content(u"index.json"_s).contains(id.toUtf8()));
    QCOMPARE(causeOf(call().load(id)), Cause::LocalProfileUnknown);
    QCOMPARE(causeOf(call().remove(id)), Cause::LocalProfileUnknown);
    QCOMPARE(secretOf(other), "two"_ba);
}

void TestProfileStore::duplicates()
{
    Profile profile = profileNamed(u"a"_s);
    profile.summary.folder = u"prod"_s;
    const QString id = saved(profile, password(u"one"_s));
    const auto copy = call().duplicate(id, u"copy"_s);
    QVERIFY(copy && *copy != id);
    QCOMPARE(m_store->find(*copy)->name, u"copy"_s);
    QCOMPARE(m_store->find(*copy)->folder, u"prod"_s);
    QCOMPARE(secretOf(*copy), "one"_ba);
    QVERIFY(call().remove(id));
    QCOMPARE(secretOf(*copy), "one"_ba);
    QCOMPARE(causeOf(call().duplicate(*copy, u"copy"_s)), Cause::LocalUsage);
}

void TestProfileStore::filesAreForTheOwnerOnly()
{
    m_vault->mood = FakeVault::Mood::Absent;
    const QString id = saved(profileNamed(u"a"_s));
    const auto any = privateFile | QFileDevice::ExeOwner | QFileDevice::ExeUser;
    QCOMPARE(QFile::permissions(path(u"index.json"_s)), privateFile);
    QCOMPARE(QFile::permissions(path(u"options/%1.json"_s.arg(id))), privateFile);
    QCOMPARE(QFile::permissions(path(u"."_s)), any);
    QCOMPARE(QFile::permissions(path(u"options"_s)), any);
    QFile::setPermissions(path(u"index.json"_s), QFileDevice::Permissions(0x6644));
    QFile::setPermissions(path(u"."_s), QFileDevice::Permissions(0x7755));
    saved(profileNamed(u"b"_s)); // mends what somebody opened up
    QCOMPARE(QFile::permissions(path(u"index.json"_s)), privateFile);
    QCOMPARE(QFile::permissions(path(u"."_s)), any);
}

void TestProfileStore::answersComeOnceAndInOrder()
{
    QStringList log;
    m_store->save(profileNamed(u"a"_s), {}, false, [&](const auto &) { log.append(u"a"_s); });
    m_store->save(profileNamed(u"a"_s), {}, false,
                  [&](const Result<QString> &id) { log.append(id ? u"?"_s : u"taken"_s); });
    m_store->load(u"nobody"_s, [&](const auto &) { log.append(u"unknown"_s); });
    m_store->probeKeychain([&](auto) { log.append(u"probe"_s); });
    QVERIFY(log.isEmpty());
    QTRY_COMPARE(log.size(), 4);
    QCOMPARE(log, QStringList({u"a"_s, u"taken"_s, u"unknown"_s, u"probe"_s}));
}

void TestProfileStore::silentAfterItsEnd()
{
    m_store->save(profileNamed(u"a"_s), {}, false, [](const auto &) { QFAIL("after the end"); });
    m_store.reset();
    QCoreApplication::processEvents();
    restart();
    m_store->load(u"x"_s, [this](const auto &) { m_store.reset(); }); // an answer may end the store
    m_store->load(u"y"_s, [](const auto &) { QFAIL("after the end"); });
    QTRY_VERIFY(!m_store);
}

void TestProfileStore::secretsAreInTheKeychainOnly()
{
    static QByteArray logged;
    logged.clear();
    QLoggingCategory::setFilterRules(u"*.debug=true\nwinrm.*=true"_s);
    const auto before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &text) {
            logged += text.toUtf8();
        });
    QString said;
    const auto note = [&said](const auto &result) {
        const Error error = result ? Error() : result.error();
        said += error.message + error.host;
        if (const auto *details = std::get_if<KeychainDetails>(&error.details))
            said += details->entry + details->backend;
        if (const auto *details = std::get_if<RuleDetails>(&error.details))
            said += details->rule;
    };
    const Secret secret(u"planted-7Q"_s);
    const Credential credential{u"admin"_s, secret};
    int round = 0;
    for (const auto mood : {FakeVault::Mood::Ready, FakeVault::Mood::Locked,
                            FakeVault::Mood::Absent, FakeVault::Mood::Ready}) {
        m_vault->mood = mood;
        ++round;
        restart();
        for (const auto storage :
             {SecretStorage::Ask, SecretStorage::UntilQuit, SecretStorage::Keychain}) {
            const auto id = call().save(
                profileNamed(u"p%1-%2"_s.arg(round).arg(int(storage)), storage), credential);
            note(id);
            note(call().save(profileNamed(u""_s, storage), credential));
            note(call().exported(
                {m_store->profiles().empty() ? QString() : m_store->profiles().front().id}));
        }
        note(call().saveCredential({.label = u"Ops"_s}, secret));
        note(call().saveCredential({}, secret));
    }
    const QString id = m_store->find(u"p1-2"_s)->id;
    QByteArray &entry = m_vault->entries[u"profile/"_s + id];
    QVERIFY(entry.contains("planted-7Q"));
    note(call().exported({id}));
    QVERIFY(!call().exported({id})->contains("planted-7Q"));
    entry.replace("\"storage\"", "storage"); // damaged, with the secret in it
    note(call().load(id));
    note(call().exported({id}));
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules(QString());
    QVERIFY(!said.isEmpty());
    QVERIFY2(!said.contains(u"planted"), qPrintable(said));
    QVERIFY2(!logged.contains("planted"), logged.constData());
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int seen = 0;
    for (; files.hasNext(); ++seen) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("planted"), qPrintable(file.fileName()));
    }
    QVERIFY(seen >= 2); // the index, and options files of the time without a keychain
}

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
