// ProfileStore on a real gnome-keyring; started by with_keyring.sh, never by itself.

#include "storecalls.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using State = ProfileSummary::State;
using KeychainState = ProfileStore::KeychainState;

namespace {

const QString service = u"org.winrmconsole.WinRMConsole"_s;

struct Ran
{
    int code = -1;
    QByteArray output;
};

Ran run(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(20000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput()};
}

Ran secretTool(const QString &verb, const QString &key, const QByteArray &input = {})
{
    const QStringList name{u"server"_s, service, u"user"_s, key};
    if (verb != u"store")
        return run(u"secret-tool"_s, QStringList{verb} + name);
    return run(u"secret-tool"_s,
               QStringList{u"store"_s, u"--label=winrm"_s, u"xdg:schema"_s, u"org.qt.keychain"_s,
                           u"type"_s, u"plaintext"_s}
                   + name,
               input);
}

QDBusMessage call(const QString &interface, const QString &method, const QVariantList &arguments)
{
    auto message = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s,
                                                  u"/org/freedesktop/secrets"_s, interface, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message);
}

const QString secretService = u"org.freedesktop.Secret.Service"_s;
const QDBusObjectPath loginKeyring(u"/org/freedesktop/secrets/collection/login"_s);

void lockKeyring()
{
    const auto reply = call(secretService, u"Lock"_s,
                            {QVariant::fromValue(QList<QDBusObjectPath>{loginKeyring})});
    QVERIFY2(reply.type() == QDBusMessage::ReplyMessage, qPrintable(reply.errorMessage()));
}

/// Without anybody to answer a prompt: through the interface that gnome-keyring keeps for its own.
void unlockKeyring()
{
    const auto session = call(secretService, u"OpenSession"_s,
                              {u"plain"_s, QVariant::fromValue(QDBusVariant(QString()))});
    QCOMPARE(session.type(), QDBusMessage::ReplyMessage);
    QDBusArgument secret;
    secret.beginStructure();
    secret << session.arguments().at(1).value<QDBusObjectPath>() << QByteArray()
           << "keyring-password"_ba << u"text/plain"_s;
    secret.endStructure();
    const auto reply = call(u"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"_s,
                            u"UnlockWithMasterPassword"_s,
                            {QVariant::fromValue(loginKeyring), QVariant::fromValue(secret)});
    QVERIFY2(reply.type() == QDBusMessage::ReplyMessage, qPrintable(reply.errorMessage()));
}

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

class TestProfileStoreKeyring final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void savesAcrossARestart();
    void editsRenamesMovesAndColours();
    void duplicatesAndRemoves();
    void missingEntry();
    void corruptEntry();
    void oneCredentialForTwoProfiles();
    void bigEntries();
    void lockedLosesNothing();
    void locksTheKeyring();
    void lockedInTheMiddleOfASave();
    void secretsAreNowhereElse();

private:
    void restart()
    {
        m_store.reset();
        m_store = std::make_unique<ProfileStore>(systemKeychain(), m_folder->path());
        QVERIFY(m_store->open());
    }
    StoreCalls call() { return {*m_store}; }
    QString saved(const Profile &profile, const Credential &credential = {})
    {
        const auto id = call().save(profile, credential);
        return id ? *id : u"not saved: "_s + causeId(id.error().cause) + id.error().message;
    }
    QByteArray secretOf(const QString &id)
    {
        const auto loaded = call().load(id);
        return loaded ? loaded->credential.password.reveal()
                      : "not loaded: " + loaded.error().message.toUtf8();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ProfileStore> m_store;
};

void TestProfileStoreKeyring::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    restart();
    QCOMPARE(call().probe(), KeychainState::Ready);
}

void TestProfileStoreKeyring::savesAcrossARestart()
{
    const QString id = saved(profileNamed(u"a"_s), password(u"p\u00e4ss word "_s));
    QCOMPARE(secretTool(u"lookup"_s, u"canary"_s).code, 0);
    const auto entry = secretTool(u"lookup"_s, u"profile/"_s + id);
    QCOMPARE(QJsonDocument::fromJson(entry.output)[u"id"_s].toString(), id);
    restart();
    QCOMPARE(m_store->profiles().size(), size_t(1));
    QCOMPARE(secretOf(id), "p\xc3\xa4ss word "_ba);
    QCOMPARE(m_store->keychainState(), KeychainState::Ready);
}

void TestProfileStoreKeyring::editsRenamesMovesAndColours()
{
    Profile profile = profileNamed(u"a"_s);
    profile.summary.id = saved(profile, password(u"one"_s));
    profile.options.host = u"srv2.example.com"_s;
    QCOMPARE(saved(profile), profile.summary.id);
    ProfileSummary row = *m_store->find(u"a"_s);
    row.name = u"renamed"_s;
    row.folder = u"prod/web"_s;
    row.tags = {u"x"_s, u"y"_s};
    row.color = u"#102030"_s;
    QVERIFY(m_store->updateSummary(row));
    restart();
    QCOMPARE(*m_store->find(u"renamed"_s), row);
    const auto loaded = call().load(row.id);
    QVERIFY(loaded);
    QCOMPARE(loaded->profile.options.host, u"srv2.example.com"_s);
    QCOMPARE(loaded->credential.password.reveal(), "one"_ba);
}

void TestProfileStoreKeyring::duplicatesAndRemoves()
{
    const QString id = saved(profileNamed(u"a"_s), password(u"one"_s));
    const auto copy = call().duplicate(id, u"copy"_s);
    QVERIFY(copy);
    QVERIFY(call().remove(id));
    QVERIFY(secretTool(u"lookup"_s, u"profile/"_s + id).code != 0);
    restart();
    QVERIFY(!m_store->find(u"a"_s));
    QCOMPARE(secretOf(*copy), "one"_ba);
}

void TestProfileStoreKeyring::missingEntry()
{
    const QString id = saved(profileNamed(u"a"_s), password(u"one"_s));
    QCOMPARE(secretTool(u"clear"_s, u"profile/"_s + id).code, 0);
    restart();
    QCOMPARE(causeOf(call().load(id)), Cause::KeychainEntryMissing);
    QVERIFY(m_store->find(u"a"_s));
    QVERIFY(call().remove(id));
}

void TestProfileStoreKeyring::corruptEntry()
{
    Profile profile = profileNamed(u"a"_s);
    profile.summary.id = saved(profile, password(u"one"_s));
    QCOMPARE(secretTool(u"store"_s, u"profile/"_s + profile.summary.id, "garbage").code, 0);
    QCOMPARE(causeOf(call().load(profile.summary.id)), Cause::KeychainCorrupt);
    QCOMPARE(saved(profile, password(u"two"_s)), profile.summary.id);
    QCOMPARE(secretOf(profile.summary.id), "two"_ba);
}

void TestProfileStoreKeyring::oneCredentialForTwoProfiles()
{
    const auto credential = call().saveCredential({.label = u"Ops"_s, .userName = u"ops"_s},
                                                  Secret(u"one"_s));
    QVERIFY(credential);
    Profile profile = profileNamed(u"a"_s);
    profile.credentialId = *credential;
    const QString a = saved(profile);
    profile.summary.name = u"b"_s;
    const QString b = saved(profile);
    QVERIFY(call().load(a)->needsApproval);
    QVERIFY(call().approve(*credential, u"srv1.example.com"_s));
    QVERIFY(call().saveCredential(m_store->credentials().front(), Secret(u"two"_s)));
    restart();
    QCOMPARE(secretOf(a), "two"_ba);
    QCOMPARE(secretOf(b), "two"_ba);
    QCOMPARE(causeOf(call().removeCredential(*credential)), Cause::LocalUsage);
    QVERIFY(call().remove(a));
    QVERIFY(call().remove(b));
    QVERIFY(call().removeCredential(*credential));
    QVERIFY(secretTool(u"lookup"_s, u"credential/"_s + *credential).code != 0);
}

void TestProfileStoreKeyring::bigEntries()
{
    const QString id = saved(profileNamed(u"a"_s), password(QString(60000, u'x')));
    QCOMPARE(secretOf(id), QByteArray(60000, 'x'));
    QCOMPARE(causeOf(call().save(profileNamed(u"b"_s), password(QString(70000, u'x')))),
             Cause::LocalUsage);
    QVERIFY(!m_store->find(u"b"_s));
}

void TestProfileStoreKeyring::lockedLosesNothing()
{
    Profile profile = profileNamed(u"a"_s);
    profile.summary.id = saved(profile, password(u"one"_s));
    lockKeyring();
    restart();
    QCOMPARE(causeOf(call().load(profile.summary.id)), Cause::KeychainLocked);
    QCOMPARE(m_store->keychainState(), KeychainState::Locked);
    QCOMPARE(causeOf(call().save(profile, password(u"two"_s))), Cause::KeychainLocked);
    QCOMPARE(causeOf(call().save(profileNamed(u"b"_s))), Cause::KeychainLocked);
    QCOMPARE(causeOf(call().remove(profile.summary.id)), Cause::KeychainLocked);
    QCOMPARE(m_store->profiles().size(), size_t(1));
    unlockKeyring();
    QTRY_COMPARE(secretOf(profile.summary.id), "one"_ba);
    QVERIFY(call().remove(profile.summary.id));
}

void TestProfileStoreKeyring::locksTheKeyring()
{
    const QString id = saved(profileNamed(u"a"_s), password(u"one"_s));
    QVERIFY(call().lockKeychain());
    QCOMPARE(m_store->keychainState(), KeychainState::Locked);
    QCOMPARE(causeOf(call().load(id)), Cause::KeychainLocked);
    unlockKeyring();
    QTRY_COMPARE(secretOf(id), "one"_ba);
    QVERIFY(call().remove(id));
}

/// A row left pending, as after a crash, while the keyring is locked: it waits, then it is
/// repaired.
void TestProfileStoreKeyring::lockedInTheMiddleOfASave()
{
    const QString id = saved(profileNamed(u"a"_s), password(u"one"_s));
    m_store.reset();
    QFile index(m_folder->filePath(u"index.json"_s));
    QVERIFY(index.open(QIODevice::ReadWrite));
    QByteArray bytes = index.readAll();
    bytes.replace("\"state\": \"ready\"", "\"state\": \"pending\", \"change\": \"new\"");
    index.seek(0);
    index.write(bytes);
    index.close();
    lockKeyring();
    restart();
    QCOMPARE(call().probe(), KeychainState::Locked);
    QCOMPARE(m_store->find(id)->state, State::Pending);
    unlockKeyring();
    QTRY_COMPARE(secretOf(id), "one"_ba);
    restart();
    QTRY_COMPARE(m_store->find(id)->state, State::Ready);
    QCOMPARE(secretTool(u"clear"_s, u"profile/"_s + id).code, 0);
    QVERIFY(index.open(QIODevice::WriteOnly));
    index.write(bytes);
    index.close();
    restart(); // now it was never complete
    QTRY_VERIFY(!m_store->find(id));
}

void TestProfileStoreKeyring::secretsAreNowhereElse()
{
    const QString id = saved(profileNamed(u"a"_s), password(u"planted-7Q"_s));
    QVERIFY(call().saveCredential({.label = u"Ops"_s}, Secret(u"planted-7Q"_s)));
    QVERIFY(!call().exported({id})->contains("planted-7Q"));
    QDirIterator files(QDir::cleanPath(QDir::homePath() + u"/.."_s), QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    int seen = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        ++seen;
        QVERIFY2(!file.readAll().contains("planted-7Q"), qPrintable(file.fileName()));
    }
    QVERIFY(seen > 0); // the keyring file itself at least, encrypted
    QFile index(m_folder->filePath(u"index.json"_s));
    QVERIFY(index.open(QIODevice::ReadOnly) && !index.readAll().contains("planted-7Q"));
}

QTEST_GUILESS_MAIN(TestProfileStoreKeyring)
#include "tst_profilestore_keyring.moc"
