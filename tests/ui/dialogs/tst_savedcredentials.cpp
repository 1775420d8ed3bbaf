#include "core/connection/fakekeychain.h"
#include "dialogs/credentialdialog.h"
#include "dialogs/credentialeditdialog.h"
#include "dialogs/lockdialog.h"
#include "dialogs/savedcredentialsdialog.h"
#include "ui/demowindow.h"
#include "views/mainwindownotice.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

namespace {

class NoQuestions final : public HostQuestions
{
public:
    void askCredential(HostConnection *, const CredentialRequest &,
                       CredentialAnswer answer) override
    {
        answer(std::nullopt);
    }
    void askTrust(HostConnection *, const TrustQuestion &, TrustReply reply) override
    {
        reply(TrustAnswer::No);
    }
    void askSharedCredential(HostConnection *, const SavedCredential &,
                             std::function<void(bool)> answer) override
    {
        answer(false);
    }
};

} // namespace

/// What the window keeps of passwords: seen, changed, forgotten and locked with mouse and keys.
class SavedCredentialsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void listsWhatIsKeptAndWhoUsesIt();
    void changesAPasswordOnceForAll();
    void changesWhatOneConnectionKeeps();
    void forgettingNamesWhoWillAsk();
    void forgetsWhatOneConnectionKeeps();
    void makesAndRenames();
    void lockForgetsAndDisconnects();
    void lockForgetsHostsThatAreNotSaved();
    void lockSaysWhatItCannotDo();
    void lockedKeychainIsSaid();

private:
    template<typename T>
    T *find(const QString &name) const
    {
        return m_demo->window->findChild<T *>(name);
    }
    void save(const QString &name, SecretStorage storage, const QString &credentialId);
    SavedCredentialsDialog *open();
    QTreeWidgetItem *choose(const QString &name);
    void type(const QString &field, const QString &text);
    void click(const QString &button);
    QByteArray passwordOf(const QString &profile);
    bool pressInList(Qt::Key key);
    QString message() const { return find<QLabel>(u"message"_s)->text(); }

    std::unique_ptr<DemoHost> m_host;
    std::unique_ptr<DemoWindow> m_demo;
};

void SavedCredentialsTest::initTestCase()
{
    m_host = std::make_unique<DemoHost>(DemoOptions{.tls = true});
    QVERIFY(m_host->start());
}

/// Two connections share a credential, one keeps a password in the keychain and one until quit.
void SavedCredentialsTest::init()
{
    m_demo = std::make_unique<DemoWindow>(*m_host);
    m_demo->window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_demo->window.get()));
    QApplication::setActiveWindow(m_demo->window.get());
    const auto credential = waitFor<Result<QString>>([this](auto answer) {
        m_demo->store.saveCredential({.label = u"Admins"_s,
                                      .userName = u"bob@EXAMPLE.COM"_s,
                                      .approvedHosts = {m_demo->demo.url().host()}},
                                     Secret(u"old"_s), answer);
    });
    QVERIFY(credential && *credential);
    save(u"web01"_s, SecretStorage::Keychain, **credential);
    save(u"web02"_s, SecretStorage::Keychain, **credential);
    save(u"lab"_s, SecretStorage::Keychain, {});
    save(u"guest"_s, SecretStorage::UntilQuit, {});
    save(u"asks"_s, SecretStorage::Ask, {});
}

void SavedCredentialsTest::cleanup()
{
    m_demo->window->close();
    m_demo.reset();
}

void SavedCredentialsTest::save(const QString &name, SecretStorage storage,
                                const QString &credentialId)
{
    Profile profile = m_demo->profile(name);
    profile.storage = storage;
    profile.credentialId = credentialId;
    const auto saved = waitFor<Result<QString>>([&](auto answer) {
        m_demo->store.save(profile, credentialId.isEmpty() ? m_demo->credential() : Credential(),
                           false, answer);
    });
    QVERIFY(saved && *saved);
}

SavedCredentialsDialog *SavedCredentialsTest::open()
{
    m_demo->window->actions().credentials->trigger();
    auto *dialog = m_demo->window->findChild<SavedCredentialsDialog *>();
    const auto *tree = find<QTreeWidget>(u"credentialTree"_s);
    return QTest::qWaitFor([tree] { return tree->topLevelItemCount() == 3; }) ? dialog : nullptr;
}

QTreeWidgetItem *SavedCredentialsTest::choose(const QString &name)
{
    auto *tree = find<QTreeWidget>(u"credentialTree"_s);
    const auto found = tree->findItems(name, Qt::MatchExactly);
    if (found.size() != 1)
        return nullptr;
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                      tree->visualItemRect(found.first()).center());
    return found.first();
}

/// The window in front is another one for a moment after a question is closed.
bool SavedCredentialsTest::pressInList(Qt::Key key)
{
    auto *tree = find<QTreeWidget>(u"credentialTree"_s);
    QApplication::setActiveWindow(tree->window());
    tree->setFocus();
    const bool focused = QTest::qWaitFor([tree] { return tree->hasFocus(); });
    QTest::keyClick(tree, key);
    return focused;
}

void SavedCredentialsTest::type(const QString &field, const QString &text)
{
    auto *line = find<QLineEdit>(field);
    QVERIFY(line);
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

void SavedCredentialsTest::click(const QString &name)
{
    auto *button = find<QPushButton>(name);
    QVERIFY(button && button->isVisible() && button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
}

QByteArray SavedCredentialsTest::passwordOf(const QString &profile)
{
    const auto loaded = waitFor<Result<ProfileStore::Loaded>>(
        [&](auto answer) { m_demo->store.load(m_demo->store.find(profile)->id, answer); });
    return loaded && *loaded ? (*loaded)->credential.password.reveal() : "not loaded"_ba;
}

void SavedCredentialsTest::listsWhatIsKeptAndWhoUsesIt()
{
    QVERIFY(open());
    const QTreeWidgetItem *admins = choose(u"Admins"_s);
    QVERIFY(admins);
    QCOMPARE(admins->text(1), u"bob@EXAMPLE.COM"_s);
    QCOMPARE(admins->text(2), u"In the keychain"_s);
    QVERIFY(admins->text(3).startsWith(u"2 "_s));
    QCOMPARE(admins->childCount(), 2);
    QCOMPARE(admins->child(0)->text(0), u"web01"_s);
    QVERIFY(find<QPushButton>(u"editCredentialButton"_s)->isEnabled());
    QCOMPARE(choose(u"lab"_s)->text(2), u"In the keychain"_s);
    QVERIFY(!find<QPushButton>(u"editCredentialButton"_s)->isEnabled());
    QCOMPARE(choose(u"guest"_s)->text(2), u"Until quit"_s);
    QVERIFY(!choose(u"asks"_s));
}

void SavedCredentialsTest::changesAPasswordOnceForAll()
{
    QVERIFY(open());
    QVERIFY(choose(u"Admins"_s));
    QVERIFY(pressInList(Qt::Key_Return));
    QVERIFY(find<QLabel>(u"credentialNote"_s)->text().contains(u"web01, web02"_s));
    auto *field = find<QLineEdit>(u"credentialPassword"_s);
    QTRY_VERIFY(field->hasFocus());
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QVERIFY(!find<QPushButton>(u"saveCredential"_s)->isEnabled());
    QTest::keyClicks(field, u"new one"_s);
    QTest::mouseClick(find<QCheckBox>(u"showPassword"_s), Qt::LeftButton, {}, {8, 8});
    QCOMPARE(field->echoMode(), QLineEdit::Normal);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(message().startsWith(u"Changed for 2"_s));
    QCOMPARE(passwordOf(u"web01"_s), "new one"_ba);
    QCOMPARE(passwordOf(u"web02"_s), "new one"_ba);
    QVERIFY(passwordOf(u"lab"_s) != "new one"_ba);
}

void SavedCredentialsTest::changesWhatOneConnectionKeeps()
{
    QVERIFY(open());
    for (const QString &name : {u"lab"_s, u"guest"_s}) {
        QVERIFY(choose(name));
        click(u"changePasswordButton"_s);
        type(u"credentialPassword"_s, u"changed of "_s + name);
        click(u"saveCredential"_s);
        QTRY_COMPARE(passwordOf(name), ("changed of " + name.toUtf8()));
        QTRY_VERIFY(!m_demo->window->findChild<CredentialEditDialog *>());
        QTRY_COMPARE(find<QTreeWidget>(u"credentialTree"_s)->topLevelItemCount(), 3);
    }
    QCOMPARE(m_demo->store.remembered(), QStringList(m_demo->store.find(u"guest"_s)->id));
}

void SavedCredentialsTest::forgettingNamesWhoWillAsk()
{
    QVERIFY(open());
    QVERIFY(choose(u"Admins"_s));
    const auto *tree = find<QTreeWidget>(u"credentialTree"_s);
    QVERIFY(pressInList(Qt::Key_Delete));
    auto *question = m_demo->window->findChild<QMessageBox *>();
    QVERIFY(question && question->text().contains(u"web01, web02"_s));
    QTest::keyClick(question, Qt::Key_Return); // the default is to keep it
    QTRY_VERIFY(!m_demo->window->findChild<QMessageBox *>());
    QCOMPARE(m_demo->store.credentials().size(), std::size_t(1));

    QVERIFY(pressInList(Qt::Key_Delete));
    question = m_demo->window->findChild<QMessageBox *>();
    QVERIFY(question);
    for (QAbstractButton *button : question->buttons()) {
        if (button->text() == u"Forget"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_VERIFY(m_demo->store.credentials().empty());
    QTRY_COMPARE(tree->topLevelItemCount(), 2);
    QVERIFY(message().contains(u"Admins"_s));
    QVERIFY(passwordOf(u"web01"_s).isEmpty());
    QVERIFY(passwordOf(u"web02"_s).isEmpty());
}

void SavedCredentialsTest::forgetsWhatOneConnectionKeeps()
{
    QVERIFY(open());
    for (const QString &name : {u"lab"_s, u"guest"_s}) {
        QTRY_VERIFY(choose(name));
        click(u"forgetCredentialButton"_s);
        auto *question = m_demo->window->findChild<QMessageBox *>();
        QVERIFY(question && question->text().contains(name));
        question->button(QMessageBox::Cancel)->setFocus();
        QTest::keyClick(question, Qt::Key_Escape);
        QTRY_VERIFY(!m_demo->window->findChild<QMessageBox *>());
        QVERIFY(!passwordOf(name).isEmpty());
        click(u"forgetCredentialButton"_s);
        question = m_demo->window->findChild<QMessageBox *>();
        for (QAbstractButton *button : question->buttons()) {
            if (button->text() == u"Forget"_s)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QTRY_VERIFY(passwordOf(name).isEmpty());
        QTRY_VERIFY(!m_demo->window->findChild<QMessageBox *>());
    }
    QTRY_COMPARE(find<QTreeWidget>(u"credentialTree"_s)->topLevelItemCount(), 1);
}

void SavedCredentialsTest::makesAndRenames()
{
    QVERIFY(open());
    click(u"newCredentialButton"_s);
    type(u"credentialLabel"_s, u"Backup"_s);
    type(u"credentialUser"_s, uR"(EXAMPLE\backup)"_s);
    QVERIFY(!find<QPushButton>(u"saveCredential"_s)->isEnabled());
    type(u"credentialPassword"_s, u"secret"_s);
    click(u"saveCredential"_s);
    QTRY_COMPARE(m_demo->store.credentials().size(), std::size_t(2));
    QTRY_VERIFY(choose(u"Backup"_s));
    QCOMPARE(choose(u"Backup"_s)->text(3), u"No connection"_s);
    QTRY_VERIFY(!m_demo->window->findChild<CredentialEditDialog *>());
    QVERIFY(pressInList(Qt::Key_F2));
    QVERIFY(!find<QLineEdit>(u"credentialPassword"_s)->isVisible());
    type(u"credentialLabel"_s, u"Nightly backup"_s);
    click(u"saveCredential"_s);
    QTRY_VERIFY(choose(u"Nightly backup"_s));
}

void SavedCredentialsTest::lockForgetsAndDisconnects()
{
    QVERIFY(m_demo->window->connectToProfile(u"lab"_s));
    HostConnection *host = m_demo->window->hosts().forProfile(m_demo->store.find(u"lab"_s)->id);
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Connected, 20000);
    QVERIFY(!m_demo->store.remembered().isEmpty());
    open();
    click(u"lockPasswordsButton"_s);
    QVERIFY(find<QCheckBox>(u"lockDisconnect"_s)->isVisible());
    QVERIFY(find<QCheckBox>(u"lockDisconnect"_s)->isChecked());
    QVERIFY(!find<QCheckBox>(u"lockKeychain"_s)->isChecked());
    click(u"lockNow"_s);
    QCOMPARE(host->state(), State::Disconnected);
    QVERIFY(m_demo->store.remembered().isEmpty());
    QVERIFY(passwordOf(u"guest"_s).isEmpty());
    QVERIFY(!passwordOf(u"lab"_s).isEmpty()); // saved ones stay
    QTRY_VERIFY(!m_demo->window->findChild<LockDialog *>());
    QTRY_VERIFY(!m_demo->window->findChild<SavedCredentialsDialog *>());
    const auto *notice = m_demo->window->findChild<MainWindowNotice *>();
    QVERIFY(notice->isVisible() && notice->text().contains(u"removed from memory"_s));
}

void SavedCredentialsTest::lockForgetsHostsThatAreNotSaved()
{
    HostList &hosts = m_demo->window->hosts();
    HostConnection *host = hosts.add(m_demo->profile(u"passing by"_s), m_demo->credential());
    host->connectToHost();
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Connected, 20000);
    QVERIFY(!m_demo->window->findChild<CredentialDialog *>()); // it was kept
    host->disconnectFromHost();
    QCOMPARE(hosts.forgetPasswords(), 2); // its own and that of "guest"
    QCOMPARE(hosts.forgetPasswords(), 0);
    host->connectToHost();
    QTRY_VERIFY(m_demo->window->findChild<CredentialDialog *>());
    QTest::keyClick(m_demo->window->findChild<CredentialDialog *>(), Qt::Key_Escape);
    QTRY_VERIFY(host->state() != State::Connecting);
}

void SavedCredentialsTest::lockSaysWhatItCannotDo()
{
    m_demo->window->actions().lock->trigger();
    QVERIFY(!find<QCheckBox>(u"lockDisconnect"_s)->isVisible());
    QTest::keyClick(find<QCheckBox>(u"lockKeychain"_s), Qt::Key_Space);
    click(u"lockNow"_s);
    QTRY_VERIFY(message().contains(u"could not be locked"_s));
    QVERIFY(m_demo->store.remembered().isEmpty());
    QVERIFY(find<QPushButton>(u"lockNow"_s)->isEnabled());
    QTest::keyClick(m_demo->window->findChild<LockDialog *>(), Qt::Key_Escape);
    QTRY_VERIFY(!m_demo->window->findChild<LockDialog *>());
}

void SavedCredentialsTest::lockedKeychainIsSaid()
{
    QTemporaryDir folder;
    const auto vault = std::make_shared<FakeVault>();
    ProfileStore store(std::make_unique<FakeKeychain>(vault), folder.path());
    QVERIFY(store.open());
    Profile profile = m_demo->profile(u"lab"_s);
    const auto saved = waitFor<Result<QString>>(
        [&](auto answer) { store.save(profile, m_demo->credential(), false, answer); });
    QVERIFY(saved && *saved);
    NoQuestions questions;
    Trace trace;
    HostList hosts(store, trace, questions);
    vault->mood = FakeVault::Mood::Locked;
    SavedCredentialsDialog dialog(hosts);
    dialog.show();
    const auto *tree = dialog.findChild<QTreeWidget *>(u"credentialTree"_s);
    auto *unlock = dialog.findChild<QPushButton *>(u"unlockKeychain"_s);
    const auto *said = dialog.findChild<QLabel *>(u"message"_s);
    QTRY_VERIFY(unlock->isVisible());
    QVERIFY(said->text().contains(u"locked"_s));
    QCOMPARE(tree->topLevelItemCount(), 0);
    vault->mood = FakeVault::Mood::Ready;
    QTest::mouseClick(unlock, Qt::LeftButton);
    QTRY_COMPARE(tree->topLevelItemCount(), 1);
    QVERIFY(!unlock->isVisible());
    QTRY_VERIFY(said->text().isEmpty());
}

QTEST_MAIN(SavedCredentialsTest)
#include "tst_savedcredentials.moc"
