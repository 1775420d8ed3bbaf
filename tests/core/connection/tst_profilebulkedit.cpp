#include "connection/profilebulkedit.h"
#include "storefixture.h"

#include <QSignalSpy>

/// The same change for several profiles.
class TestProfileBulkEdit final : public StoreFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void tagsThatAreNotNamedStay();
    void nothingToChangeWritesNothing();
    void optionsAndSecretsStay();
    void savedCredentialComesAndGoes();
    void errorSaysWhereItStopped();
    void cancelSaysWhatIsLeft();
    void cancelSaysWhatIsLeft_data();

private:
    ProfileBulkEdit::Report edit(const ProfileChanges &changes);
    QStringList m_ids;
};

void TestProfileBulkEdit::init()
{
    begin();
    m_ids.clear();
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s}) {
        Profile profile = profileNamed(name);
        profile.summary.tags = name == u"a"_s ? QStringList{u"iis"_s, u"dmz"_s} : QStringList{};
        m_ids << saved(profile, password(u"secret of "_s + name));
    }
}

ProfileBulkEdit::Report TestProfileBulkEdit::edit(const ProfileChanges &changes)
{
    ProfileBulkEdit job(*m_store, m_ids, changes);
    QSignalSpy finished(&job, &ProfileBulkEdit::finished);
    job.start();
    if (finished.isEmpty())
        finished.wait();
    return job.report();
}

void TestProfileBulkEdit::tagsThatAreNotNamedStay()
{
    ProfileChanges changes;
    changes.folder = u"prod/web"_s;
    changes.tags = {{u"iis"_s, true}, {u"old"_s, false}};
    changes.color = u"#c6262e"_s;
    QVERIFY(changes.isSummaryOnly());
    m_vault->mood = FakeVault::Mood::Locked; // none is needed
    const auto report = edit(changes);
    QCOMPARE(report.changed, 3);
    QVERIFY(!report.error);
    QCOMPARE(m_store->find(m_ids[0])->tags, QStringList({u"iis"_s, u"dmz"_s}));
    QCOMPARE(m_store->find(m_ids[1])->tags, QStringList(u"iis"_s));
    QCOMPARE(m_store->find(m_ids[2])->folder, u"prod/web"_s);
    QCOMPARE(m_store->find(m_ids[2])->color, u"#c6262e"_s);
    QCOMPARE(edit({.tags = {{u"iis"_s, false}}}).changed, 3);
    QCOMPARE(m_store->find(m_ids[0])->tags, QStringList(u"dmz"_s));
}

void TestProfileBulkEdit::nothingToChangeWritesNothing()
{
    QVERIFY(ProfileChanges().isEmpty());
    const QByteArray before = content(u"index.json"_s);
    const auto report = edit({.folder = QString(), .tags = {{u"none"_s, false}}});
    QCOMPARE(report.same, 3);
    QCOMPARE(report.changed, 0);
    QCOMPARE(content(u"index.json"_s), before);
}

void TestProfileBulkEdit::optionsAndSecretsStay()
{
    const auto report = edit({.readOnly = true, .authentication = Authentication::Kerberos});
    QCOMPARE(report.changed, 3);
    for (const QString &id : m_ids) {
        const auto loaded = call().load(id);
        QVERIFY(loaded && loaded->profile.options.readOnly);
        QCOMPARE(loaded->profile.options.authentication, Authentication::Kerberos);
        QCOMPARE(loaded->profile.options.host, u"srv1.example.com"_s);
    }
    QCOMPARE(secretOf(m_ids[1]), "secret of b"_ba);
    QCOMPARE(edit({.readOnly = true}).same, 3);
}

void TestProfileBulkEdit::savedCredentialComesAndGoes()
{
    const auto id = call().saveCredential({.label = u"Ops"_s, .userName = u"ops"_s},
                                          Secret(u"shared"_s));
    QVERIFY(id);
    QCOMPARE(edit({.credential = m_store->credentials().front()}).changed, 3);
    QCOMPARE(m_store->profilesUsing(*id), m_ids);
    QVERIFY(!m_vault->entries.value(u"profile/"_s + m_ids[1]).contains("secret of b"));
    QCOMPARE(call().load(m_ids[0])->profile.options.userName, u"ops"_s);
    QCOMPARE(edit({.credential = SavedCredential()}).changed, 3);
    QVERIFY(m_store->profilesUsing(*id).isEmpty());
    const auto loaded = call().load(m_ids[0]);
    QVERIFY(loaded && loaded->credential.isEmpty());
    QCOMPARE(loaded->profile.storage, SecretStorage::Ask);
    QCOMPARE(loaded->profile.options.userName, u"ops"_s);
}

void TestProfileBulkEdit::errorSaysWhereItStopped()
{
    m_vault->deny = u"profile/"_s + m_ids[1];
    const auto report = edit({.readOnly = true});
    QCOMPARE(report.changed, 1);
    QCOMPARE(report.failed, u"b"_s);
    QCOMPARE(report.error.cause, Cause::KeychainDenied);
    QCOMPARE(report.left, 1);
    QVERIFY(call().load(m_ids[0])->profile.options.readOnly);
    QVERIFY(!call().load(m_ids[2])->profile.options.readOnly);
}

void TestProfileBulkEdit::cancelSaysWhatIsLeft_data()
{
    QTest::addColumn<bool>("entries");
    QTest::newRow("index only") << false;
    QTest::newRow("entries") << true;
}

void TestProfileBulkEdit::cancelSaysWhatIsLeft()
{
    QFETCH(bool, entries);
    ProfileChanges changes{.folder = u"x"_s};
    if (entries)
        changes.readOnly = true;
    ProfileBulkEdit job(*m_store, m_ids, changes);
    QSignalSpy finished(&job, &ProfileBulkEdit::finished);
    connect(&job, &ProfileBulkEdit::progress, &job, &ProfileBulkEdit::cancel);
    job.start();
    QVERIFY(finished.wait());
    QCOMPARE(job.report().changed, 1);
    QCOMPARE(job.report().left, 2);
    QVERIFY(!job.report().error);
    QCOMPARE(m_store->find(m_ids[0])->folder, u"x"_s);
    QVERIFY(m_store->find(m_ids[1])->folder.isEmpty());
}

QTEST_GUILESS_MAIN(TestProfileBulkEdit)
#include "tst_profilebulkedit.moc"
