#include "models/hoststreemodel.h"
#include "models/querystore.h"
#include "ui/answers.h"
#include "ui/demowindow.h"
#include "views/page.h"
#include "views/pagetabs.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

namespace {

template<typename T>
T *findIn(const QWidget *parent, const QString &name)
{
    return parent ? parent->findChild<T *>(name) : nullptr;
}

void click(const QWidget *dialog, const QString &button)
{
    auto *found = findIn<QAbstractButton>(dialog, button);
    QVERIFY2(found && found->isVisible() && found->isEnabled(), qPrintable(button));
    QTest::mouseClick(found, Qt::LeftButton);
}

void typeInto(QLineEdit *field, const QString &text)
{
    QVERIFY(field);
    QTest::mouseClick(field, Qt::LeftButton);
    field->selectAll();
    QTest::keyClicks(field, text);
}

} // namespace

/// What users do from beginning to end: the first connection to a host whose certificate nobody
/// knows, and the export of ten thousand instances.
class Journeys final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void firstConnectionToASelfSignedHost();
    void trustingIsOnlyOnce();
    void notTrustingLeavesNothingBehind();
    void changedCertificateStops();
    void wrongPasswordIsAskedAgain();
    void signInIsGivenUp();
    void savedProfileConnectsAgain();
    void tenThousandInstancesToCsv();
    void wholeConfigurationToAFile();
    void moveInFromAnInventory();
    void walkAssociations();
    void askInWql();

private:
    void fillConnection(const QString &password);
    QDialog *dialogNamed(const QString &name) const;
    HostConnection *onlyHost() const;
    HostConnection *connectPinned();
    void openAddress(const QString &address);
    Page *page() const { return m_demo->window->tabs().current(); }

    std::unique_ptr<DemoHost> m_host;
    std::unique_ptr<DemoWindow> m_demo;
};

void Journeys::init()
{
    m_host = std::make_unique<DemoHost>(DemoOptions{.tls = true, .items = 10'000});
    QVERIFY(m_host->start());
    m_demo = std::make_unique<DemoWindow>(*m_host);
    m_demo->window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_demo->window.get()));
    QApplication::setActiveWindow(m_demo->window.get());
}

void Journeys::cleanup()
{
    m_demo->window->close();
    m_demo.reset();
    m_host.reset();
}

QDialog *Journeys::dialogNamed(const QString &name) const
{
    QDialog *found = nullptr;
    const bool shown = QTest::qWaitFor(
        [&] {
            found = m_demo->window->findChild<QDialog *>(name);
            return found && found->isVisible();
        },
        10000);
    return shown ? found : nullptr;
}

HostConnection *Journeys::onlyHost() const
{
    const auto &hosts = m_demo->window->hosts().hosts();
    return hosts.size() == 1 ? hosts.front() : nullptr;
}

/// Start page, Connect, host, user, password, Connect: as few inputs as it takes.
void Journeys::fillConnection(const QString &password)
{
    click(m_demo->window.get(), u"startConnect"_s);
    QDialog *dialog = dialogNamed(u"connectionDialog"_s);
    QVERIFY(dialog);
    auto *connectButton = findIn<QPushButton>(dialog, u"connect"_s);
    QVERIFY(!connectButton->isEnabled());
    typeInto(findIn<QComboBox>(dialog, u"host"_s)->lineEdit(), m_host->url().toString());
    typeInto(findIn<QLineEdit>(dialog, u"user"_s), m_host->userName());
    typeInto(findIn<QLineEdit>(dialog, u"password"_s), password);
    QVERIFY(connectButton->isEnabled());
}

void Journeys::firstConnectionToASelfSignedHost()
{
    fillConnection(QString::fromUtf8(m_demo->password()));
    click(dialogNamed(u"connectionDialog"_s), u"connect"_s);

    QDialog *trust = dialogNamed(u"trustDialog"_s);
    QVERIFY(trust);
    QString words;
    for (const QLabel *label : trust->findChildren<QLabel *>())
        words += label->text() + u'\n';
    QVERIFY2(words.contains(u"CN=localhost"_s), qPrintable(words));
    QVERIFY2(words.contains(u"127.0.0.1"_s), qPrintable(words));
    QVERIFY2(words.remove(u'\n').contains(colonHex(m_host->pinSha256())), qPrintable(words));
    QVERIFY(findIn<QPushButton>(trust, u"trustNo"_s)->isDefault());
    click(trust, u"trustPin"_s);

    QTRY_VERIFY(onlyHost());
    QTRY_COMPARE_WITH_TIMEOUT(onlyHost()->state(), State::Connected, 10000);
    QCOMPARE(onlyHost()->profile().options.pinSha256, m_host->pinSha256());
    auto *view = m_demo->window->findChild<QTreeView *>(u"hostsView"_s);
    QTRY_VERIFY(view->model()->rowCount(view->model()->index(0, 0)) >= 2);

    // It was not saved: host and user are remembered for the next time, the password is not.
    m_demo->window->close();
    QFile kept(m_demo->folder.filePath(u"window.ini"_s));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    const QByteArray state = kept.readAll();
    QVERIFY(state.contains("hostUsers=" + m_host->userName().toUtf8()));
    QVERIFY(!state.contains(m_demo->password()));
}

void Journeys::trustingIsOnlyOnce()
{
    fillConnection(QString::fromUtf8(m_demo->password()));
    click(dialogNamed(u"connectionDialog"_s), u"connect"_s);
    click(dialogNamed(u"trustDialog"_s), u"trustOnce"_s);
    QTRY_VERIFY(onlyHost());
    QTRY_COMPARE_WITH_TIMEOUT(onlyHost()->state(), State::Connected, 10000);
    QVERIFY(onlyHost()->profile().options.pinSha256.isEmpty());
    m_demo->window->actions().disconnectHost->trigger();
    QTRY_COMPARE(onlyHost()->state(), State::Disconnected);
    m_demo->window->actions().connectHost->trigger();
    QDialog *again = dialogNamed(u"trustDialog"_s);
    QVERIFY(again);
    click(again, u"trustNo"_s);
    QTRY_COMPARE_WITH_TIMEOUT(onlyHost()->state(), State::Failed, 10000);
}

void Journeys::notTrustingLeavesNothingBehind()
{
    fillConnection(QString::fromUtf8(m_demo->password()));
    click(dialogNamed(u"connectionDialog"_s), u"connect"_s);
    QDialog *trust = dialogNamed(u"trustDialog"_s);
    QVERIFY(trust);
    QTest::keyClick(trust, Qt::Key_Escape);
    QTRY_VERIFY(onlyHost());
    QTRY_COMPARE_WITH_TIMEOUT(onlyHost()->state(), State::Failed, 10000);
    QCOMPARE(onlyHost()->error().kind, Error::Kind::Certificate);
    QVERIFY(onlyHost()->profile().options.pinSha256.isEmpty());
}

HostConnection *Journeys::connectPinned()
{
    HostConnection *host = m_demo->window->hosts().add(m_demo->profile(u"demo"_s),
                                                       m_demo->credential());
    m_demo->window->connectTo(host);
    return QTest::qWaitFor([&] { return host->state() == State::Connected; }, 10000) ? host
                                                                                     : nullptr;
}

void Journeys::changedCertificateStops()
{
    Profile profile = m_demo->profile(u"demo"_s);
    profile.options.pinSha256 = QByteArray(32, '\x11');
    HostConnection *host = m_demo->window->hosts().add(profile, m_demo->credential());
    m_demo->window->connectTo(host);
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Failed, 10000);
    QCOMPARE(host->error().cause, Cause::TlsPinMismatch);
    // No dialog that could be clicked away: the page says it, with both digests.
    QVERIFY(!m_demo->window->findChild<QDialog *>(u"trustDialog"_s));
    QString words;
    for (const QLabel *label : m_demo->window->findChildren<QLabel *>()) {
        if (label->isVisible())
            words += label->text();
    }
    words.remove(u'\n').remove(u':');
    QVERIFY2(words.contains(colonHex(m_host->pinSha256()).remove(u':')), qPrintable(words));
    QVERIFY2(words.contains(colonHex(profile.options.pinSha256).remove(u':')), qPrintable(words));
}

void Journeys::wrongPasswordIsAskedAgain()
{
    fillConnection(u"not it"_s);
    click(dialogNamed(u"connectionDialog"_s), u"connect"_s);
    click(dialogNamed(u"trustDialog"_s), u"trustPin"_s);
    QDialog *signIn = dialogNamed(u"credentialDialog"_s);
    QVERIFY(signIn);
    QVERIFY(findIn<QLabel>(signIn, u"refused"_s)->isVisible());
    typeInto(findIn<QLineEdit>(signIn, u"password"_s), QString::fromUtf8(m_demo->password()));
    click(signIn, u"signIn"_s);
    QTRY_VERIFY(onlyHost());
    QTRY_COMPARE_WITH_TIMEOUT(onlyHost()->state(), State::Connected, 10000);
}

/// Whoever is asked and thinks again has seen nothing fail.
void Journeys::signInIsGivenUp()
{
    Profile profile = m_demo->profile(u"demo"_s);
    profile.storage = SecretStorage::Ask;
    HostConnection *host = m_demo->window->hosts().add(profile, {});
    m_demo->window->connectTo(host);
    QDialog *signIn = dialogNamed(u"credentialDialog"_s);
    QVERIFY(signIn);
    QCOMPARE(findIn<QLabel>(signIn, u"signInTitle"_s)->text(), u"Sign in to demo"_s);
    QCOMPARE(findIn<QLabel>(signIn, u"signInAddress"_s)->text(),
             profile.options.displayHost()); // with its port
    QTest::keyClick(signIn, Qt::Key_Escape);
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Disconnected, 10000);
    QVERIFY(!host->error());
    click(page(), u"stateAction"_s); // Connect
    signIn = dialogNamed(u"credentialDialog"_s);
    QVERIFY(signIn);
    typeInto(findIn<QLineEdit>(signIn, u"password"_s), QString::fromUtf8(m_demo->password()));
    click(signIn, u"signIn"_s);
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Connected, 10000);
}

void Journeys::savedProfileConnectsAgain()
{
    fillConnection(QString::fromUtf8(m_demo->password()));
    QDialog *dialog = dialogNamed(u"connectionDialog"_s);
    QTest::mouseClick(findIn<QCheckBox>(dialog, u"saveProfile"_s), Qt::LeftButton, {},
                      QPoint(8, 8));
    typeInto(findIn<QLineEdit>(dialog, u"profileName"_s), u"lab"_s);
    typeInto(findIn<QComboBox>(dialog, u"profileFolder"_s)->lineEdit(), u"prod/web"_s);
    auto *storage = findIn<QComboBox>(dialog, u"storage"_s);
    storage->setCurrentIndex(storage->findData(int(SecretStorage::Keychain)));
    click(dialog, u"connect"_s);
    click(dialogNamed(u"trustDialog"_s), u"trustPin"_s);
    QTRY_COMPARE(m_demo->store.profiles().size(), std::size_t(1));
    QTRY_VERIFY(onlyHost());
    QTRY_COMPARE_WITH_TIMEOUT(onlyHost()->state(), State::Connected, 10000);
    QCOMPARE(m_demo->store.profiles().front().folder, u"prod/web"_s);
    m_demo->window->actions().disconnectHost->trigger();
    QTRY_COMPARE(onlyHost()->state(), State::Disconnected);
    m_demo->window->actions().connectHost->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(onlyHost()->state(), State::Connected, 10000); // nothing is asked
    QFile index(m_demo->folder.filePath(u"index.json"_s));
    QVERIFY(index.open(QIODevice::ReadOnly));
    QVERIFY(!index.readAll().contains(m_demo->password()));
}

void Journeys::openAddress(const QString &address)
{
    auto *bar = m_demo->window->findChild<QLineEdit *>(u"addressBar"_s);
    QTest::keyClick(m_demo->window.get(), Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(bar->hasFocus());
    QTest::keyClicks(bar, address);
    QTest::keyClick(bar, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(page() && !page()->isBusy() && page()->canExport(), 60000);
}

void Journeys::tenThousandInstancesToCsv()
{
    QVERIFY(connectPinned());
    openAddress(u"wmicimv2/Demo_Item"_s);
    m_demo->window->actions().exportContent->trigger();
    QDialog *dialog = dialogNamed(u"exportDialog"_s);
    QVERIFY(dialog);
    click(dialog, u"scopeAgain"_s);
    auto *name = findIn<QLineEdit>(dialog, u"exportFile"_s);
    QVERIFY(QFileInfo(QFileInfo(name->text()).path()).isDir()); // Export alone would do
    const QString path = m_demo->folder.filePath(u"items.csv"_s);
    typeInto(name, path);
    click(dialog, u"exportButton"_s);
    auto *text = findIn<QLabel>(dialog, u"exportText"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        QFile::exists(path) && text->text().contains(QLocale().toString(10000)), 60000);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const QByteArray csv = file.readAll();
    // Rows end with CRLF; line breaks inside cells are quoted and are LF alone in this host's data.
    QCOMPARE(csv.count("\r\n"), 10'001);
    QVERIFY(!QFile::exists(path + u".partial"_s));
}

void Journeys::wholeConfigurationToAFile()
{
    QVERIFY(connectPinned());
    openAddress(u"winrm/config"_s);
    m_demo->window->actions().exportContent->trigger();
    QDialog *dialog = dialogNamed(u"exportDialog"_s);
    QVERIFY(dialog);
    const QString path = m_demo->folder.filePath(u"config.xml"_s);
    typeInto(findIn<QLineEdit>(dialog, u"exportFile"_s), path);
    click(dialog, u"exportButton"_s);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 20000);
    click(dialog, u"exportClose"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray xml = file.readAll();
    for (const auto part : {"Listener", "PlugInConfiguration", "CertMapping", "MaxEnvelopeSizekb"})
        QVERIFY2(xml.contains(part), part);
    m_demo->window->openFile(path);
    QTRY_VERIFY(page()->title().contains(u"config.xml"_s));
    QTRY_VERIFY(page()->canExport());
}

/// Another program's hosts become profiles: read, looked at, chosen, saved; their passwords are not
/// taken.
void Journeys::moveInFromAnInventory()
{
    QFile inventory(m_demo->folder.filePath(u"hosts.ini"_s));
    QVERIFY(inventory.open(QIODevice::WriteOnly));
    inventory.write("[web]\nweb01.example.com ansible_password=hunter2\n"
                    "web02.example.com ansible_port=5986\n"
                    "[web:vars]\nansible_connection=winrm\nansible_user=deploy\n"
                    "[linux]\nlin01.example.com\n");
    inventory.close();
    Answers answers;
    answers.file = inventory.fileName();
    m_demo->window->actions().profiles->trigger();
    QDialog *profiles = dialogNamed(u"profilesDialog"_s);
    click(profiles, u"importProfiles"_s);
    auto *preview = findIn<QDialog>(profiles, u"importDialog"_s);
    QTRY_VERIFY(preview && preview->isVisible());
    auto *list = findIn<QTreeWidget>(preview, u"importList"_s);
    QCOMPARE(list->topLevelItemCount(), 3);
    QVERIFY(list->topLevelItem(0)->text(4).contains(u"password"_s));
    QCOMPARE(list->topLevelItem(1)->text(1), u"web02.example.com:5986"_s);
    QVERIFY(list->topLevelItem(2)->text(4).contains(u"ssh"_s));
    QVERIFY(!(list->topLevelItem(2)->flags() & Qt::ItemIsUserCheckable));
    list->topLevelItem(1)->setCheckState(0, Qt::Unchecked);
    click(preview, u"importChecked"_s);
    QTRY_COMPARE(m_demo->store.profiles().size(), std::size_t(1));
    const ProfileSummary saved = m_demo->store.profiles().front();
    QCOMPARE(saved.name, u"web01.example.com"_s);
    QCOMPARE(saved.folder, u"web"_s);

    // Once more: what is there already is not chosen again.
    click(profiles, u"importProfiles"_s);
    preview = nullptr;
    QTRY_VERIFY((preview = findIn<QDialog>(profiles, u"importDialog"_s)) && preview->isVisible());
    list = findIn<QTreeWidget>(preview, u"importList"_s);
    QCOMPARE(list->topLevelItem(0)->checkState(0), Qt::Unchecked);
    QCOMPARE(list->topLevelItem(1)->checkState(0), Qt::Checked);
    preview->close();
    profiles->close();
}

/// From a service to those it depends on, and on from there; back by the history.
void Journeys::walkAssociations()
{
    QVERIFY(connectPinned());
    openAddress(u"wmicimv2/Win32_Service?Name=WinRM"_s);
    click(page(), u"associationsButton"_s);
    auto *tree = findIn<QTreeView>(page(), u"associationTree"_s);
    QVERIFY(tree);
    QCOMPARE(page()->title(), u"Associations of Win32_Service WinRM"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!page()->isBusy() && tree->model()->rowCount() > 0, 30000);
    const QAbstractItemModel &model = *tree->model();
    QModelIndex role;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, 1).data().toString().contains(u"Win32_DependentService"_s)
            && model.index(row, 0).data().toString() == u"Dependent"_s)
            role = model.index(row, 0);
    }
    QVERIFY(role.isValid());
    tree->expandAll();
    const QModelIndex group = model.index(0, 0, role);
    QCOMPARE(group.data().toString(), u"Win32_Service"_s);
    const QModelIndex service = model.index(0, 0, group);
    QVERIFY(service.isValid());
    const QString name = service.data().toString();

    // Further in the tree, from the other end.
    tree->expand(service);
    QTRY_VERIFY_WITH_TIMEOUT(model.rowCount(service) > 0, 30000);
    QTRY_VERIFY(page()->statusText().contains(u"associated"_s));

    tree->scrollTo(service);
    const QPoint at = tree->visualRect(service).center();
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, at);
    QTRY_VERIFY_WITH_TIMEOUT(page()->address().contains(name), 10000);
    QTRY_VERIFY_WITH_TIMEOUT(!page()->isBusy() && page()->canExport(), 30000);
    m_demo->window->actions().back->trigger();
    QTRY_VERIFY(findIn<QTreeView>(page(), u"associationTree"_s));

    openAddress(u"wmicimv2/Demo_Item?ItemID=ITEM-0000001"_s);
    click(page(), u"associationsButton"_s);
    QTRY_COMPARE(findIn<QLabel>(page(), u"stateSentence"_s)->text(),
                 u"Nothing is associated with Demo_Item ITEM-0000001."_s);
}

/// A question of one's own: typed with the names offered, a parameter filled in, run by key; two
/// results beside each other, kept and found again.
void Journeys::askInWql()
{
    QVERIFY(connectPinned());
    openAddress(u"wmicimv2/Win32_Service"_s);
    QTest::keyClick(m_demo->window.get(), Qt::Key_T, Qt::ControlModifier);
    auto *editor = findIn<QPlainTextEdit>(page(), u"queryEditor"_s);
    QVERIFY(editor);
    QTRY_VERIFY(editor->hasFocus());
    QCOMPARE(editor->toPlainText(), u"SELECT * FROM Win32_Service"_s);
    QTest::keyClicks(editor, u" WHERE Stat"_s);
    auto *completer = editor->findChild<QCompleter *>();
    QTRY_VERIFY_WITH_TIMEOUT(
        (QTest::keyClick(editor, Qt::Key_Space, Qt::ControlModifier),
         completer->popup()->isVisible() && completer->completionModel()->rowCount() > 1),
        30000);
    QTest::keyClick(completer->popup(), Qt::Key_Tab); // takes the first, and goes nowhere
    QVERIFY(!completer->popup()->isVisible());
    QCOMPARE(editor->toPlainText(), u"SELECT * FROM Win32_Service WHERE State"_s);
    QCOMPARE(m_demo->window->focusWidget(), editor);
    QTest::keyClicks(editor, u" = '${state}'"_s);
    auto *state = page()->findChild<QLineEdit *>(u"state"_s);
    QVERIFY(state && state->isVisible());
    typeInto(state, u"Stopped"_s);
    QTest::keyClick(state, Qt::Key_Return);
    auto *results = findIn<QTabWidget>(page(), u"queryResults"_s);
    QTRY_VERIFY_WITH_TIMEOUT(results->count() == 1 && !page()->isBusy() && page()->canExport(),
                             30000);
    const QString stopped = page()->statusText();
    typeInto(state, u"Running"_s);
    editor->setFocus();
    QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(results->count() == 2 && !page()->isBusy() && page()->canExport(),
                             30000);
    QVERIFY(page()->statusText() != stopped);

    // What the host says of a broken one stands in its place.
    editor->setPlainText(u"SELECT FROM WHERE"_s);
    QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(results->count(), 3);
    const auto hasFailed = [results] {
        return findIn<QPushButton>(results->currentWidget(), u"tryAgain"_s)->isVisible();
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasFailed(), 30000);
    QVERIFY(!page()->canExport());
    // The next run takes that place; what the host does not have is asked for once.
    for (int run = 0; run < 2; ++run) {
        editor->setPlainText(u"SELECT * FROM Demo_Absent"_s);
        const QWidget *const before = results->currentWidget();
        QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(results->currentWidget() != before);
        QTRY_VERIFY_WITH_TIMEOUT(hasFailed() && onlyHost()->session()->operations().isEmpty(),
                                 30000);
        QCOMPARE(results->count(), 3);
    }
    const auto &exchanges = m_demo->trace.entries();
    QCOMPARE(std::ranges::count_if(exchanges,
                                   [](const TraceEntry &entry) {
                                       return entry.action.endsWith(u"/transfer/Get"_s)
                                           && entry.requestBody.contains("Demo_Absent");
                                   }),
             1);

    Answers answers;
    answers.text = u"Services by state"_s;
    auto *saved = findIn<QToolButton>(page(), u"savedQueries"_s);
    Q_EMIT saved->menu()->aboutToShow();
    saved->menu()->actions().front()->trigger();
    QueryStore store(m_demo->folder.filePath(u"queries.json"_s));
    QCOMPARE(store.saved().size(), std::size_t(1));
    QCOMPARE(store.history().size(), std::size_t(3)); // the text, not what stood in its parameters
}

QTEST_MAIN(Journeys)
#include "tst_journeys.moc"
