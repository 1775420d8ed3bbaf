#include "storefixture.h"

#include <QDir>
#include <QSignalSpy>

/// Profiles where something goes wrong: killed programs, locked keyrings, damaged files.
class TestProfileStoreTrouble final : public StoreFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
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
    void olderEntriesStayReadOnly();
    void anEntryOfAnotherProfileIsRefused();
    void anIndexWithAnotherEndpointIsRefused();
    void withoutAKeychainOptionsGoToAFile();
    void aKeychainThatComesLaterTakesOver();
    void corruptIndexIsKept_data();
    void corruptIndexIsKept();
    void newerIndexIsLeftAlone();
    void anotherProgramMayChangeTheIndex();

private:
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
};

void TestProfileStoreTrouble::crashWhileSaving_data()
{
    addCrashRows(2); // canary, entry
}

void TestProfileStoreTrouble::crashWhileSaving()
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

void TestProfileStoreTrouble::crashWhileEditing_data()
{
    addCrashRows(3); // canary, old entry, new entry
}

void TestProfileStoreTrouble::crashWhileEditing()
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

void TestProfileStoreTrouble::crashWhileRemoving_data()
{
    addCrashRows(4); // canary, removal, reading again, canary
}

void TestProfileStoreTrouble::crashWhileRemoving()
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

void TestProfileStoreTrouble::pendingRowsWaitForAReadableCanary()
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

void TestProfileStoreTrouble::anotherCanaryDropsNothing()
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

void TestProfileStoreTrouble::lockedLosesNothing()
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

void TestProfileStoreTrouble::lockedMeanwhileIsNoticedByRemove()
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

void TestProfileStoreTrouble::deniedWriteLeavesTheListAsItWas()
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

void TestProfileStoreTrouble::missingEntryIsSaidOnlyWithACanary()
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

void TestProfileStoreTrouble::corruptEntries_data()
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

void TestProfileStoreTrouble::corruptEntries()
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

/// Entries used to hold it beside the options.
void TestProfileStoreTrouble::olderEntriesStayReadOnly()
{
    const QString id = saved(profileNamed(u"a"_s), password(u"one"_s));
    QVERIFY(!call().load(id)->profile.options.readOnly);
    QByteArray &entry = m_vault->entries[u"profile/"_s + id];
    entry.insert(1, "\"readOnly\":true,");
    restart();
    const auto loaded = call().load(id);
    QVERIFY(loaded);
    QVERIFY(loaded->profile.options.readOnly);
}

void TestProfileStoreTrouble::anEntryOfAnotherProfileIsRefused()
{
    const QString a = saved(profileNamed(u"a"_s), password(u"one"_s));
    const QString b = saved(profileNamed(u"b"_s), password(u"two"_s));
    m_vault->entries.insert(u"profile/"_s + a, m_vault->entries.value(u"profile/"_s + b));
    QCOMPARE(causeOf(call().load(a)), Cause::LocalProfileCorrupt);
}

void TestProfileStoreTrouble::anIndexWithAnotherEndpointIsRefused()
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

void TestProfileStoreTrouble::withoutAKeychainOptionsGoToAFile()
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

void TestProfileStoreTrouble::aKeychainThatComesLaterTakesOver()
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

void TestProfileStoreTrouble::corruptIndexIsKept_data()
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

void TestProfileStoreTrouble::corruptIndexIsKept()
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

void TestProfileStoreTrouble::newerIndexIsLeftAlone()
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

void TestProfileStoreTrouble::anotherProgramMayChangeTheIndex()
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

QTEST_GUILESS_MAIN(TestProfileStoreTrouble)
#include "tst_profilestore_trouble.moc"
