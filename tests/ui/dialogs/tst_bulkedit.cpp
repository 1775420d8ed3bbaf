#include "core/connection/fakekeychain.h"
#include "dialogs/bulkeditdialog.h"
#include "dialogs/profilesdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

/// Several saved connections edited at once, in the list of them, with mouse and keys.
class BulkEditTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void oneIsEditedByItself();
    void showsWhatIsCommon();
    void tagsOfSomeStayUnlessTouched();
    void newTagForAll();
    void folderAndColor();
    void whatIsInTheEntries();
    void stopsHalfWay();
    void errorStaysInTheDialog();

private:
    template<typename T>
    T *find(const QString &name) const
    {
        return m_dialog->findChild<T *>(name);
    }
    BulkEditDialog *open(const QStringList &names);
    QTreeWidgetItem *tag(const QString &name) const;
    void toggle(const QString &name);
    void choose(const QString &combo, int index);
    ConnectionOptions options(const QString &name);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeVault> m_vault;
    std::unique_ptr<ProfileStore> m_store;
    std::unique_ptr<ProfilesDialog> m_dialog;
};

void BulkEditTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_vault = std::make_shared<FakeVault>();
    m_store = std::make_unique<ProfileStore>(std::make_unique<FakeKeychain>(m_vault),
                                             m_folder->path());
    QVERIFY(m_store->open());
    const struct
    {
        QString name, folder;
        QStringList tags;
    } rows[] = {{u"web01"_s, u"Production"_s, {u"iis"_s, u"dmz"_s}},
                {u"web02"_s, u"Production"_s, {u"iis"_s}},
                {u"files"_s, {}, {}}};
    for (const auto &row : rows) {
        Profile profile;
        profile.summary.name = row.name;
        profile.summary.folder = row.folder;
        profile.summary.tags = row.tags;
        profile.options.host = row.name + u".example.com"_s;
        profile.storage = SecretStorage::Keychain;
        const auto saved = waitFor<Result<QString>>([&](auto answer) {
            m_store->save(profile, {.userName = u"u"_s, .password = Secret(u"p"_s)}, false, answer);
        });
        QVERIFY(saved && *saved);
    }
    m_dialog = std::make_unique<ProfilesDialog>(*m_store);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

void BulkEditTest::cleanup()
{
    m_dialog.reset();
    m_store.reset();
}

/// Selects the rows as a user does and clicks Edit.
BulkEditDialog *BulkEditTest::open(const QStringList &names)
{
    auto *tree = find<QTreeWidget>(u"profileTree"_s);
    tree->clearSelection();
    for (const QString &name : names) {
        const auto found = tree->findItems(name, Qt::MatchExactly | Qt::MatchRecursive);
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, Qt::ControlModifier,
                          tree->visualItemRect(found.first()).center());
    }
    QTest::mouseClick(find<QPushButton>(u"editProfile"_s), Qt::LeftButton);
    return m_dialog->findChild<BulkEditDialog *>();
}

QTreeWidgetItem *BulkEditTest::tag(const QString &name) const
{
    return find<QTreeWidget>(u"tagList"_s)->findItems(name, Qt::MatchExactly).value(0);
}

void BulkEditTest::toggle(const QString &name)
{
    auto *list = find<QTreeWidget>(u"tagList"_s);
    list->setCurrentItem(tag(name));
    QTest::keyClick(list, Qt::Key_Space);
}

void BulkEditTest::choose(const QString &combo, int index)
{
    auto *box = find<QComboBox>(combo);
    box->setFocus();
    while (box->currentIndex() != index)
        QTest::keyClick(box, box->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
}

ConnectionOptions BulkEditTest::options(const QString &name)
{
    const auto loaded = waitFor<Result<ProfileStore::Loaded>>(
        [&](auto answer) { m_store->load(m_store->find(name)->id, answer); });
    return loaded && *loaded ? (*loaded)->profile.options : ConnectionOptions();
}

void BulkEditTest::oneIsEditedByItself()
{
    QSignalSpy asked(m_dialog.get(), &ProfilesDialog::editRequested);
    QVERIFY(!open({u"web01"_s}));
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().toString(), m_store->find(u"web01"_s)->id);
}

void BulkEditTest::showsWhatIsCommon()
{
    QVERIFY(open({u"web01"_s, u"web02"_s}));
    QCOMPARE(find<QComboBox>(u"bulkFolder"_s)->currentText(), u"Production"_s);
    QVERIFY(!find<QCheckBox>(u"bulkFolderBox"_s)->isChecked());
    QCOMPARE(tag(u"iis"_s)->checkState(0), Qt::Checked);
    QCOMPARE(tag(u"dmz"_s)->checkState(0), Qt::PartiallyChecked);
    QVERIFY(!find<QPushButton>(u"bulkChange"_s)->isEnabled());
    find<QWidget>(u"bulkCancel"_s)->setFocus();
    QTest::mouseClick(find<QPushButton>(u"bulkCancel"_s), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog->findChild<BulkEditDialog *>());

    QVERIFY(open({u"web01"_s, u"files"_s}));
    QVERIFY(find<QComboBox>(u"bulkFolder"_s)->currentText().isEmpty());
}

void BulkEditTest::tagsOfSomeStayUnlessTouched()
{
    QVERIFY(open({u"web01"_s, u"web02"_s, u"files"_s}));
    toggle(u"iis"_s);
    QCOMPARE(tag(u"iis"_s)->checkState(0), Qt::Checked);
    auto *change = find<QPushButton>(u"bulkChange"_s);
    QVERIFY2(change->text().contains(u"1"_s), qPrintable(change->text()));
    QTest::mouseClick(change, Qt::LeftButton);
    QTRY_VERIFY(!m_dialog->findChild<BulkEditDialog *>());
    QCOMPARE(m_store->find(u"files"_s)->tags, QStringList(u"iis"_s));
    QCOMPARE(m_store->find(u"web01"_s)->tags, QStringList({u"iis"_s, u"dmz"_s}));
    QCOMPARE(m_store->find(u"web02"_s)->tags, QStringList(u"iis"_s));
    QVERIFY(find<QLabel>(u"message"_s)->text().startsWith(u"1 "_s));
}

void BulkEditTest::newTagForAll()
{
    QVERIFY(open({u"web01"_s, u"files"_s}));
    auto *field = find<QLineEdit>(u"newTag"_s);
    QTest::keyClicks(field, u"patch-tuesday"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(m_dialog->findChild<BulkEditDialog *>()->isVisible()); // Enter added, no more
    QCOMPARE(tag(u"patch-tuesday"_s)->checkState(0), Qt::Checked);
    QTest::mouseClick(find<QPushButton>(u"bulkChange"_s), Qt::LeftButton);
    QTRY_VERIFY(m_store->find(u"files"_s)->tags.contains(u"patch-tuesday"_s));
    QTRY_VERIFY(m_store->find(u"web01"_s)->tags.contains(u"patch-tuesday"_s));
    QVERIFY(!m_store->find(u"web02"_s)->tags.contains(u"patch-tuesday"_s));
}

void BulkEditTest::folderAndColor()
{
    QVERIFY(open({u"web01"_s, u"files"_s}));
    auto *folder = find<QComboBox>(u"bulkFolder"_s)->lineEdit();
    folder->selectAll();
    QTest::keyClicks(folder, u"prod/web"_s);
    QVERIFY(find<QCheckBox>(u"bulkFolderBox"_s)->isChecked()); // what is edited is meant
    choose(u"bulkColor"_s, 1);
    QVERIFY(find<QCheckBox>(u"bulkColorBox"_s)->isChecked());
    m_vault->mood = FakeVault::Mood::Locked; // none of this needs it
    QTest::mouseClick(find<QPushButton>(u"bulkChange"_s), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog->findChild<BulkEditDialog *>());
    for (const QString &name : {u"web01"_s, u"files"_s}) {
        QCOMPARE(m_store->find(name)->folder, u"prod/web"_s);
        QCOMPARE(m_store->find(name)->color, u"#c6262e"_s);
    }
    QCOMPARE(m_store->find(u"web02"_s)->folder, u"Production"_s);
}

void BulkEditTest::whatIsInTheEntries()
{
    QVERIFY(open({u"web01"_s, u"files"_s}));
    QTest::mouseClick(find<QCheckBox>(u"bulkReadOnlyBox"_s), Qt::LeftButton, {}, {8, 8});
    QVERIFY(find<QComboBox>(u"bulkReadOnly"_s)->currentData().toBool());
    choose(u"bulkMechanism"_s, 1);
    QVERIFY(find<QCheckBox>(u"bulkMechanismBox"_s)->isChecked());
    QTest::mouseClick(find<QPushButton>(u"bulkChange"_s), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog->findChild<BulkEditDialog *>());
    QVERIFY(options(u"web01"_s).readOnly);
    QCOMPARE(options(u"files"_s).authentication, Authentication::Kerberos);
    QCOMPARE(options(u"files"_s).host, u"files.example.com"_s);
    QVERIFY(!options(u"web02"_s).readOnly);
}

void BulkEditTest::stopsHalfWay()
{
    BulkEditDialog *dialog = open({u"web01"_s, u"web02"_s, u"files"_s});
    QVERIFY(dialog);
    QTest::mouseClick(find<QCheckBox>(u"bulkReadOnlyBox"_s), Qt::LeftButton, {}, {8, 8});
    auto *stop = find<QPushButton>(u"bulkCancel"_s);
    bool clicked = false;
    connect(m_store.get(), &ProfileStore::changed, dialog, [&] {
        if (!std::exchange(clicked, true))
            QTest::mouseClick(stop, Qt::LeftButton);
    });
    QTest::mouseClick(find<QPushButton>(u"bulkChange"_s), Qt::LeftButton);
    QTRY_VERIFY(find<QLabel>(u"message"_s) && dialog->isVisible()
                && dialog->findChild<QLabel *>(u"message"_s)->text().contains(u"not reached"_s));
    int changed = 0;
    for (const QString &name : {u"web01"_s, u"web02"_s, u"files"_s})
        changed += options(name).readOnly;
    QCOMPARE(changed, 1);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog->findChild<BulkEditDialog *>());
}

void BulkEditTest::errorStaysInTheDialog()
{
    BulkEditDialog *dialog = open({u"web01"_s, u"web02"_s});
    QVERIFY(dialog);
    QTest::mouseClick(find<QCheckBox>(u"bulkReadOnlyBox"_s), Qt::LeftButton, {}, {8, 8});
    m_vault->deny = u"profile/"_s + m_store->find(u"web02"_s)->id;
    auto *change = find<QPushButton>(u"bulkChange"_s);
    QTest::mouseClick(change, Qt::LeftButton);
    const auto *message = dialog->findChild<QLabel *>(u"message"_s);
    QTRY_VERIFY(message->text().contains(u"web02"_s));
    QVERIFY(options(u"web01"_s).readOnly);
    m_vault->deny.clear();
    QTest::mouseClick(change, Qt::LeftButton); // the others, again
    QTRY_VERIFY(!m_dialog->findChild<BulkEditDialog *>());
    QVERIFY(options(u"web02"_s).readOnly);
}

QTEST_MAIN(BulkEditTest)
#include "tst_bulkedit.moc"
