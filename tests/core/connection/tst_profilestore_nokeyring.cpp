// ProfileStore where there is no keychain at all; started by with_keyring.sh.

#include "storecalls.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestProfileStoreNoKeyring final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void optionsAreKeptPasswordsAreNot();
};

void TestProfileStoreNoKeyring::optionsAreKeptPasswordsAreNot()
{
    const QTemporaryDir folder;
    Profile profile;
    profile.summary.name = u"a"_s;
    profile.options.host = u"srv1.example.com"_s;
    profile.storage = SecretStorage::Keychain;
    {
        ProfileStore store(systemKeychain(), folder.path());
        QVERIFY(store.open());
        StoreCalls call{store};
        QCOMPARE(call.probe(), ProfileStore::KeychainState::Absent);
        const auto id = call.save(profile, {u"admin"_s, Secret(u"planted-7Q"_s)});
        QVERIFY(id);
        profile.summary.id = *id;
        const auto credential = call.saveCredential({.label = u"Ops"_s}, Secret(u"planted-7Q"_s));
        QCOMPARE(causeOf(credential), Cause::KeychainAbsent);
    }
    QFile file(folder.filePath(u"options/%1.json"_s.arg(profile.summary.id)));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("planted-7Q"));
    ProfileStore store(systemKeychain(), folder.path());
    QVERIFY(store.open());
    StoreCalls call{store};
    const auto loaded = call.load(profile.summary.id);
    QVERIFY(loaded);
    QVERIFY(loaded->profile.options == profile.options);
    QVERIFY(loaded->credential.isEmpty());
    QVERIFY(call.remove(profile.summary.id));
    QVERIFY(store.profiles().empty());
}

QTEST_GUILESS_MAIN(TestProfileStoreNoKeyring)
#include "tst_profilestore_nokeyring.moc"
