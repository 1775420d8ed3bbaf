#include "storecalls.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using State = ProfileSummary::State;
using KeychainState = ProfileStore::KeychainState;

namespace {

constexpr auto privateFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner
    | QFileDevice::ReadUser | QFileDevice::WriteUser;

Profile profileNamed(const QString &name, SecretStorage storage = SecretStorage::Keychain)
{
    Profile profile;
    profile.summary.name = name;
    profile.options.host = u"srv1.example.com"_s;
    profile.options.userName = u"admin"_s;
    profile.storage = storage;
    return profile;
}

Credential password(const QString &text)
{
    return {u"admin"_s, Secret(text)};
}

} // namespace

class TestProfileStore final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

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

    void crashWhileSaving_data();
    void crashWhileSaving();
    void crashWhileEditing_data();
    void crashWhileEditing();
    void crashWhileRemoving_data();
    void crashWhileRemoving();
    void pendingRowsWaitForAReadableCanary();
    void anotherCanaryDropsNothing();

    void lockedLosesNothing();
    void lockedMeanwhileIsNoticedByRemove();
    void deniedWriteLeavesTheListAsItWas();
    void missingEntryIsSaidOnlyWithACanary();
    void corruptEntries_data();
    void corruptEntries();
    void anEntryOfAnotherProfileIsRefused();
    void anIndexWithAnotherEndpointIsRefused();
    void withoutAKeychainOptionsGoToAFile();
    void aKeychainThatComesLaterTakesOver();

    void corruptIndexIsKept_data();
    void corruptIndexIsKept();
    void newerIndexIsLeftAlone();
    void anotherProgramMayChangeTheIndex();

    void oneCredentialForTwoProfiles();
    void sharedCredentialAsksOnANewHost();
    void approvalsComeFromTheEntry();
    void aCredentialInUseStays();

    void exportAndImport();
    void importsOnlyWhatIsNew();
    void refusesHostileImports_data();
    void refusesHostileImports();
    void answersComeOnceAndInOrder();
    void silentAfterItsEnd();
    void secretsAreInTheKeychainOnly();

private:
    void restart(bool openNow = true)
    {
        m_store.reset();
        m_store = std::make_unique<ProfileStore>(std::make_unique<FakeKeychain>(m_vault),
                                                 m_folder->path() + u"/config"_s);
        if (openNow)
            QVERIFY(m_store->open());
    }
    StoreCalls call() { return {*m_store}; }
    QString path(const QString &name) const { return m_folder->path() + u"/config/"_s + name; }
    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QString saved(const Profile &profile, const Credential &credential = {})
    {
        const auto id = call().save(profile, credential);
        return id ? *id : u"not saved: "_s + causeId(id.error().cause) + id.error().message;
    }
    QByteArray secretOf(const QString &id)
    {
        const auto loaded = call().load(id);
        return loaded ? loaded->credential.password.reveal() : "not loaded"_ba;
    }
    /// The program dies at its Nth keychain call from now, before or after the call's effect.
    void dieAt(int n, bool works)
    {
        m_vault->calls = 0;
        m_vault->silentFrom = n;
        m_vault->lastCallWorks = works;
    }
    void reviveAndRepair()
    {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents();
        m_vault->silentFrom = 0;
        restart();
        call().probe(); // comes after the repair
    }
    void addCrashRows(int calls)
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<bool>("works");
        for (int at = 1; at <= calls; ++at) {
            QTest::addRow("before call %d", at) << at << false;
            QTest::addRow("after call %d", at) << at << true;
        }
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeVault> m_vault;
    std::unique_ptr<ProfileStore> m_store;
};

void TestProfileStore::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_vault = std::make_shared<FakeVault>();
    restart();
}

void TestProfileStore::savesAndLoads()
{
    Profile profile = profileNamed(u" Web one "_s);
    profile.summary.folder = u"/prod//web/"_s;
    profile.summary.tags = {u"web"_s, u" web "_s, u"dmz"_s};
    profile.summary.color = u"#AABBCC"_s;
    profile.options.pinSha256 = QByteArray(32, 'p');
    profile.readOnly = true;
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
    QVERIFY(loaded->profile.readOnly);
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

void TestProfileStore::crashWhileSaving_data()
{
    addCrashRows(2); // canary, entry
}

void TestProfileStore::crashWhileSaving()
{
    saved(profileNamed(u"other"_s), password(u"x"_s));
    QFETCH(int, at);
    QFETCH(bool, works);
    dieAt(at, works);
    m_store->save(profileNamed(u"a"_s), password(u"one"_s), false,
                  [](const auto &) { QFAIL("a dead program answers"); });
    QTRY_COMPARE(m_vault->calls, at);
    reviveAndRepair();
    const auto row = m_store->find(u"a"_s);
    const bool complete = at == 2 && works;
    QCOMPARE(row.has_value(), complete);
    if (complete) {
        QCOMPARE(row->state, State::Ready);
        QCOMPARE(secretOf(row->id), "one"_ba);
    }
    QCOMPARE(secretOf(m_store->find(u"other"_s)->id), "x"_ba);
    QVERIFY(!saved(profileNamed(complete ? u"b"_s : u"a"_s)).startsWith(u"not"));
}

void TestProfileStore::crashWhileEditing_data()
{
    addCrashRows(3); // canary, old entry, new entry
}

void TestProfileStore::crashWhileEditing()
{
    Profile profile = profileNamed(u"a"_s);
    profile.summary.id = saved(profile, password(u"one"_s));
    profile.options.host = u"srv2"_s;
    QFETCH(int, at);
    QFETCH(bool, works);
    dieAt(at, works);
    m_store->save(profile, {}, false, [](const auto &) { QFAIL("a dead program answers"); });
    QTRY_COMPARE(m_vault->calls, at);
    reviveAndRepair();
    QCOMPARE(m_store->find(u"a"_s)->state, State::Ready);
    const auto loaded = call().load(profile.summary.id);
    QVERIFY(loaded);
    QCOMPARE(loaded->profile.options.host, at == 3 && works ? u"srv2"_s : u"srv1.example.com"_s);
    QCOMPARE(loaded->credential.password.reveal(), "one"_ba);
}

void TestProfileStore::crashWhileRemoving_data()
{
    addCrashRows(4); // canary, removal, reading again, canary
}

void TestProfileStore::crashWhileRemoving()
{
    const QString id = saved(profileNamed(u"a"_s), password(u"one"_s));
    QFETCH(int, at);
    QFETCH(bool, works);
    dieAt(at, works);
    m_store->remove(id, [](const auto &) { QFAIL("a dead program answers"); });
    QTRY_COMPARE(m_vault->calls, at);
    reviveAndRepair();
    const bool gone = at > 2 || (at == 2 && works);
    QCOMPARE(m_store->find(id).has_value(), !gone);
    QCOMPARE(m_vault->entries.contains(u"profile/"_s + id), !gone);
    if (!gone)
        QCOMPARE(secretOf(id), "one"_ba);
}

void TestProfileStore::pendingRowsWaitForAReadableCanary()
{
    saved(profileNamed(u"other"_s));
    dieAt(2, true);
    m_store->save(profileNamed(u"a"_s), password(u"one"_s), false, [](const auto &) {});
    QTRY_COMPARE(m_vault->calls, 2);
    m_vault->mood = FakeVault::Mood::Locked;
    reviveAndRepair();
    QCOMPARE(m_store->keychainState(), KeychainState::Locked);
    QVERIFY(m_store->find(u"a"_s));
    QCOMPARE(m_store->find(u"a"_s)->state, State::Pending);
    m_vault->mood = FakeVault::Mood::Ready;
    reviveAndRepair();
    QCOMPARE(m_store->find(u"a"_s)->state, State::Ready);
    QCOMPARE(secretOf(m_store->find(u"a"_s)->id), "one"_ba);
}

void TestProfileStore::anotherCanaryDropsNothing()
{
    saved(profileNamed(u"other"_s));
    dieAt(2, true);
    m_store->save(profileNamed(u"a"_s), password(u"one"_s), false, [](const auto &) {});
    QTRY_COMPARE(m_vault->calls, 2);
    const auto entries = m_vault->entries;
    m_vault->entries.clear(); // another, empty keyring is the default now
    reviveAndRepair();
    QVERIFY(m_store->find(u"a"_s));
    QCOMPARE(m_store->find(u"a"_s)->state, State::Damaged);
    QCOMPARE(m_store->find(u"other"_s)->state, State::Ready);
    QCOMPARE(causeOf(call().load(m_store->find(u"a"_s)->id)), Cause::KeychainEntryMissing);
    m_vault->entries = entries; // and now the old one again
    reviveAndRepair();
    QCOMPARE(m_store->find(u"a"_s)->state, State::Ready);
    QCOMPARE(secretOf(m_store->find(u"a"_s)->id), "one"_ba);
}

void TestProfileStore::lockedLosesNothing()
{
    Profile profile = profileNamed(u"a"_s);
    profile.summary.id = saved(profile, password(u"one"_s));
    const QByteArray index = content(u"index.json"_s);
    m_vault->mood = FakeVault::Mood::Locked;
    restart();
    const auto loaded = call().load(profile.summary.id);
    QCOMPARE(causeOf(loaded), Cause::KeychainLocked);
    QCOMPARE(std::get<KeychainDetails>(loaded.error().details).entry, u"a"_s);
    QCOMPARE(causeOf(call().save(profile, password(u"two"_s))), Cause::KeychainLocked);
    QCOMPARE(causeOf(call().save(profileNamed(u"new"_s))), Cause::KeychainLocked);
    QCOMPARE(causeOf(call().remove(profile.summary.id)), Cause::KeychainLocked);
    QCOMPARE(causeOf(call().saveCredential({.label = u"l"_s}, Secret(u"s"_s))),
             Cause::KeychainLocked);
    QCOMPARE(m_store->keychainState(), KeychainState::Locked);
    QCOMPARE(content(u"index.json"_s), index);
    m_vault->mood = FakeVault::Mood::Ready;
    QCOMPARE(secretOf(profile.summary.id), "one"_ba);
    QCOMPARE(m_store->keychainState(), KeychainState::Ready);
}

void TestProfileStore::lockedMeanwhileIsNoticedByRemove()
{
    const QString id = saved(profileNamed(u"a"_s), password(u"one"_s));
    m_vault->calls = 0;
    m_vault->lockedFrom = 2; // the canary is read, then the keyring locks before the removal
    QCOMPARE(causeOf(call().remove(id)), Cause::KeychainLocked);
    QCOMPARE(m_store->find(id)->state, State::Ready);
    m_vault->lockedFrom = 0;
    m_vault->mood = FakeVault::Mood::Ready;
    QCOMPARE(secretOf(id), "one"_ba);
}

void TestProfileStore::deniedWriteLeavesTheListAsItWas()
{
    Profile profile = profileNamed(u"a"_s);
    profile.summary.id = saved(profile, password(u"one"_s));
    m_vault->deny = u"profile/"_s + profile.summary.id;
    const QByteArray index = content(u"index.json"_s);
    profile.summary.name = u"b"_s;
    QCOMPARE(causeOf(call().save(profile, password(u"two"_s))), Cause::KeychainDenied);
    QCOMPARE(causeOf(call().remove(profile.summary.id)), Cause::KeychainDenied);
    QCOMPARE(content(u"index.json"_s), index);
    QCOMPARE(secretOf(profile.summary.id), "one"_ba);
}

void TestProfileStore::missingEntryIsSaidOnlyWithACanary()
{
    Profile profile = profileNamed(u"a"_s);
    profile.summary.id = saved(profile, password(u"one"_s));
    m_vault->entries.remove(u"profile/"_s + profile.summary.id);
    restart();
    QCOMPARE(causeOf(call().load(profile.summary.id)), Cause::KeychainEntryMissing);
    QVERIFY(m_store->find(u"a"_s)); // it stays in the list, and can be saved again
    QCOMPARE(saved(profile, password(u"two"_s)), profile.summary.id);
    QCOMPARE(secretOf(profile.summary.id), "two"_ba);
}

void TestProfileStore::corruptEntries_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("garbage") << "\xff\x00garbage"_ba;
    QTest::newRow("other json") << "[1]"_ba;
    QTest::newRow("deep") << QByteArray(60000, '[');
    QTest::newRow("huge") << QByteArray(100000, ' ') + "{}";
    QTest::newRow("no version") << R"({"format":"winrm-console profile","id":"ID"})"_ba;
    QTest::newRow("newer") << R"({"format":"winrm-console profile","version":2,"id":"ID"})"_ba;
    QTest::newRow("no storage") << R"({"format":"winrm-console profile","version":1,"id":"ID"})"_ba;
    QTest::newRow("password is a number")
        << R"({"format":"winrm-console profile","version":1,"id":"ID","storage":"ask","password":1})"_ba;
    QTest::newRow("bad options")
        << R"({"format":"winrm-console profile","version":1,"id":"ID","storage":"ask","options":{"port":"x"}})"_ba;
}

void TestProfileStore::corruptEntries()
{
    Profile profile = profileNamed(u"a"_s);
    profile.summary.id = saved(profile, password(u"one"_s));
    QFETCH(QByteArray, entry);
    m_vault->entries.insert(u"profile/"_s + profile.summary.id,
                            entry.replace("ID", profile.summary.id.toUtf8()));
    const auto loaded = call().load(profile.summary.id);
    QCOMPARE(causeOf(loaded), Cause::KeychainCorrupt);
    QCOMPARE(std::get<KeychainDetails>(loaded.error().details).entry, u"a"_s);
    QCOMPARE(saved(profile, password(u"two"_s)), profile.summary.id); // mended by saving
    QCOMPARE(secretOf(profile.summary.id), "two"_ba);
}

void TestProfileStore::anEntryOfAnotherProfileIsRefused()
{
    const QString a = saved(profileNamed(u"a"_s), password(u"one"_s));
    const QString b = saved(profileNamed(u"b"_s), password(u"two"_s));
    m_vault->entries.insert(u"profile/"_s + a, m_vault->entries.value(u"profile/"_s + b));
    QCOMPARE(causeOf(call().load(a)), Cause::LocalProfileCorrupt);
}

void TestProfileStore::anIndexWithAnotherEndpointIsRefused()
{
    const QString id = saved(profileNamed(u"a"_s), password(u"one"_s));
    QByteArray index = content(u"index.json"_s);
    index.replace("\"name\": \"a\"", "\"name\": \"a\", \"endpoint\": \"evil.example.net\"");
    write(u"index.json"_s, index);
    restart();
    QCOMPARE(causeOf(call().load(id)), Cause::LocalProfileCorrupt);
    index.replace("evil.example.net", "srv1.example.com");
    write(u"index.json"_s, index);
    restart();
    QVERIFY(call().load(id));
}

void TestProfileStore::withoutAKeychainOptionsGoToAFile()
{
    m_vault->mood = FakeVault::Mood::Absent;
    QSignalSpy said(m_store.get(), &ProfileStore::keychainStateChanged);
    Profile profile = profileNamed(u"a"_s);
    profile.summary.id = saved(profile, password(u"planted"_s));
    QCOMPARE(m_store->keychainState(), KeychainState::Absent);
    QCOMPARE(said.size(), 1);
    const QByteArray file = content(u"options/%1.json"_s.arg(profile.summary.id));
    QVERIFY(file.contains("srv1.example.com"));
    QVERIFY(!file.contains("planted"));
    restart();
    auto loaded = call().load(profile.summary.id);
    QVERIFY(loaded);
    QVERIFY(loaded->profile.options == profile.options);
    QVERIFY(loaded->credential.isEmpty());
    write(u"options/%1.json"_s.arg(profile.summary.id), "{");
    QCOMPARE(causeOf(call().load(profile.summary.id)), Cause::LocalProfileCorrupt);
    QVERIFY(call().remove(profile.summary.id));
    QVERIFY(!QFile::exists(path(u"options/%1.json"_s.arg(profile.summary.id))));
    QCOMPARE(causeOf(call().saveCredential({.label = u"l"_s}, Secret(u"s"_s))),
             Cause::KeychainAbsent);
}

void TestProfileStore::aKeychainThatComesLaterTakesOver()
{
    m_vault->mood = FakeVault::Mood::Absent;
    Profile profile = profileNamed(u"a"_s);
    profile.summary.id = saved(profile);
    m_vault->mood = FakeVault::Mood::Ready;
    QCOMPARE(call().load(profile.summary.id)->profile.options.host, u"srv1.example.com"_s);
    QCOMPARE(saved(profile, password(u"one"_s)), profile.summary.id);
    QVERIFY(!QFile::exists(path(u"options/%1.json"_s.arg(profile.summary.id))));
    restart();
    QCOMPARE(secretOf(profile.summary.id), "one"_ba);
    m_vault->mood = FakeVault::Mood::Absent;
    QCOMPARE(causeOf(call().load(profile.summary.id)), Cause::KeychainAbsent);
    QCOMPARE(causeOf(call().remove(profile.summary.id)), Cause::KeychainAbsent);
    QVERIFY(m_store->find(u"a"_s));
}

void TestProfileStore::corruptIndexIsKept_data()
{
    QTest::addColumn<QByteArray>("index");
    const auto with = [](const QByteArray &rows) {
        return R"({"format":"winrm-console profiles","version":1,"profiles":)" + rows + "}";
    };
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("garbage") << "not json"_ba;
    QTest::newRow("another file") << R"({"profiles":[]})"_ba;
    QTest::newRow("rows are no list") << with("7");
    QTest::newRow("a row is no object") << with("[7]");
    QTest::newRow("id is a path") << with(
        R"([{"id":"../../x","name":"a","state":"ready","place":"file"}])");
    QTest::newRow("state unknown") << with(
        R"([{"id":"6f1c2a52-1f0e-4d8a-9f52-0a1b2c3d4e5f","name":"a","state":"x","place":"file"}])");
    const QByteArray row =
        R"({"id":"6f1c2a52-1f0e-4d8a-9f52-0a1b2c3d4e5f","name":"a","state":"ready","place":"file"})";
    QTest::newRow("twice the same") << with('[' + row + ',' + row + ']');
    QTest::newRow("cut off") << with('[' + row);
}

void TestProfileStore::corruptIndexIsKept()
{
    QFETCH(QByteArray, index);
    for (int i = 1; i <= 2; ++i) {
        QVERIFY(QDir().mkpath(path(u"."_s)));
        write(u"index.json"_s, index);
        restart(false);
        const Done opened = m_store->open();
        QCOMPARE(causeOf(opened), Cause::LocalFile);
        const QString kept = u"index.corrupt-%1"_s.arg(i);
        QVERIFY2(opened.error().message.contains(kept), qPrintable(opened.error().message));
        QCOMPARE(content(kept), index);
        QVERIFY(m_store->profiles().empty());
        QVERIFY(!saved(profileNamed(u"a"_s)).startsWith(u"not"));
    }
}

void TestProfileStore::newerIndexIsLeftAlone()
{
    const QByteArray index = R"({"format":"winrm-console profiles","version":2,"rows":[]})";
    QVERIFY(QDir().mkpath(path(u"."_s)));
    write(u"index.json"_s, index);
    restart(false);
    QCOMPARE(causeOf(m_store->open()), Cause::LocalFile);
    QVERIFY(m_store->profiles().empty());
    QCOMPARE(causeOf(call().save(profileNamed(u"a"_s))), Cause::LocalFile);
    QCOMPARE(content(u"index.json"_s), index);
    QCOMPARE(QDir(path(u"."_s)).entryList({u"index.corrupt*"_s}), QStringList());
}

void TestProfileStore::anotherProgramMayChangeTheIndex()
{
    saved(profileNamed(u"a"_s));
    ProfileStore other(std::make_unique<FakeKeychain>(m_vault), path(u"."_s));
    QVERIFY(other.open());
    QVERIFY(StoreCalls{other}.save(profileNamed(u"b"_s), password(u"two"_s)));
    ProfileSummary a = *m_store->find(u"a"_s);
    a.color = u"#123456"_s;
    QVERIFY(m_store->updateSummary(a));
    QVERIFY(m_store->find(u"b"_s));
    restart();
    QCOMPARE(m_store->profiles().size(), size_t(2));
    QCOMPARE(m_store->find(u"a"_s)->color, u"#123456"_s);
    QCOMPARE(secretOf(m_store->find(u"b"_s)->id), "two"_ba);
}

void TestProfileStore::oneCredentialForTwoProfiles()
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

void TestProfileStore::sharedCredentialAsksOnANewHost()
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

void TestProfileStore::approvalsComeFromTheEntry()
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

void TestProfileStore::aCredentialInUseStays()
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

void TestProfileStore::exportAndImport()
{
    const auto credential = call().saveCredential({.label = u"Ops"_s}, Secret(u"planted"_s));
    Profile profile = profileNamed(u"a"_s);
    profile.summary.folder = u"prod/web"_s;
    profile.summary.tags = {u"t"_s};
    profile.summary.color = u"#010203"_s;
    profile.summary.order = -3;
    profile.readOnly = true;
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
    init();
    const auto import = call().import(*json);
    QVERIFY(import);
    QCOMPARE(import->added, 2);
    const auto loaded = call().load(m_store->find(u"a"_s)->id);
    QVERIFY(loaded);
    QVERIFY(loaded->profile.options == profile.options);
    QCOMPARE(loaded->profile.storage, SecretStorage::Ask);
    QVERIFY(loaded->profile.readOnly);
    ProfileSummary expected = profile.summary;
    expected.id = loaded->profile.summary.id;
    QCOMPARE(loaded->profile.summary, expected);
}

void TestProfileStore::importsOnlyWhatIsNew()
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

void TestProfileStore::refusesHostileImports_data()
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

void TestProfileStore::refusesHostileImports()
{
    QFETCH(QByteArray, json);
    QCOMPARE(causeOf(call().import(json)), Cause::LocalProfileCorrupt);
    QVERIFY(m_store->profiles().empty());
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

/// Everything that fails and succeeds with a planted secret, with all log categories on: it may be
/// in no file, no error, no log line and no export.
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
