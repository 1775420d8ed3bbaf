#include "connection/profilestore.h"
#include "models/hoststreemodel.h"
#include "peer/process/peerprocess.h"
#include "peer/process/realmprocess.h"
#include "session/trace.h"
#include "views/mainwindow.h"
#include "views/page.h"
#include "views/pagetabs.h"
#include "widgets/pagestate.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <memory>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

namespace {

QString visibleText(const QWidget *parent)
{
    QString words;
    for (const QLabel *label : parent->findChildren<QLabel *>()) {
        if (label->isVisible())
            words += label->text() + u'\n';
    }
    return words;
}

} // namespace

/// A host of a Kerberos realm, from the start page to its tree: with the ticket that is there, with
/// one fetched on the way, with a password; and what the page says where it does not work. A real
/// KDC, and a host that accepts what GSSAPI accepts.
class KerberosJourney final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theTicketIsEnough();
    void aTicketIsFetchedOnTheWay();
    void aPasswordIsEnough();
    void anAddressIsRefusedWhileTyping();
    void faultsSayWhatToDo_data();
    void faultsSayWhatToDo();

private:
    QDialog *openDialog();
    void typeHost(const QString &address);
    void choose(const QString &combo, const QString &words);
    QString sentence(const QString &line) const;
    void connectNow();
    HostConnection *onlyHost() const;
    QString status(const QString &name) const;
    QJsonObject signIns() const { return m_peer->stats().value("sign_in"_L1).toObject(); }

    template<typename T>
    T *find(const QString &name) const
    {
        return m_window->findChild<T *>(name);
    }

    std::unique_ptr<RealmProcess> m_realm;
    std::unique_ptr<PeerProcess> m_peer;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ProfileStore> m_store;
    std::unique_ptr<Trace> m_trace;
    std::unique_ptr<MainWindow> m_window;
    QDialog *m_dialog = nullptr;
};

void KerberosJourney::initTestCase()
{
    m_realm = std::make_unique<RealmProcess>();
    QVERIFY2(m_realm->isRunning(), m_realm->startError().constData());
    m_peer = std::make_unique<PeerProcess>(m_realm->hostArguments(u"negotiate,kerberos"_s));
    QVERIFY2(m_peer->isRunning(), m_peer->startError().constData());
}

void KerberosJourney::init()
{
    m_realm->enter();
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<ProfileStore>(memoryKeychain(), m_folder->path());
    QVERIFY(m_store->open());
    m_trace = std::make_unique<Trace>();
    m_window = std::make_unique<MainWindow>(
        MainWindow::Parts{.store = *m_store,
                          .trace = *m_trace,
                          .stateFile = m_folder->filePath(u"window.ini"_s),
                          .demo = {},
                          .cacheFolder = m_folder->filePath(u"classes"_s),
                          .viewFolder = m_folder->filePath(u"views"_s)});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void KerberosJourney::cleanup()
{
    m_window->close();
    m_window.reset();
    m_trace.reset();
    m_store.reset();
    m_dialog = nullptr;
}

QDialog *KerberosJourney::openDialog()
{
    QTest::mouseClick(find<QAbstractButton>(u"startConnect"_s), Qt::LeftButton);
    const bool shown = QTest::qWaitFor([this] {
        m_dialog = find<QDialog>(u"connectionDialog"_s);
        return m_dialog && m_dialog->isVisible();
    });
    return shown ? m_dialog : nullptr;
}

void KerberosJourney::typeHost(const QString &address)
{
    auto *edit = find<QComboBox>(u"host"_s)->lineEdit();
    edit->selectAll();
    QTest::keyClicks(edit, address);
}

/// Picks from a combo box as keys do: its letters, then Enter.
void KerberosJourney::choose(const QString &combo, const QString &words)
{
    auto *box = find<QComboBox>(combo);
    QVERIFY2(box && box->isVisible(), qPrintable(combo));
    QTRY_VERIFY2(box->findText(words, Qt::MatchStartsWith) >= 0, qPrintable(words));
    box->setFocus();
    while (!box->currentText().startsWith(words)) {
        const bool down = box->findText(words, Qt::MatchStartsWith) > box->currentIndex();
        QTest::keyClick(box, down ? Qt::Key_Down : Qt::Key_Up);
    }
}

QString KerberosJourney::sentence(const QString &line) const
{
    const auto *row = find<QWidget>(u"preflight-"_s + line);
    return row ? row->findChild<QLabel *>(u"sentence"_s)->text() : QString();
}

void KerberosJourney::connectNow()
{
    auto *button = find<QPushButton>(u"connect"_s);
    QTRY_VERIFY(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(onlyHost());
    QTRY_VERIFY_WITH_TIMEOUT(
        onlyHost()->state() == State::Connected || onlyHost()->state() == State::Failed, 30000);
}

HostConnection *KerberosJourney::onlyHost() const
{
    const auto &hosts = m_window->hosts().hosts();
    return hosts.size() == 1 ? hosts.front() : nullptr;
}

QString KerberosJourney::status(const QString &name) const
{
    const auto *label = find<QWidget>(name);
    return label ? label->accessibleName() : QString();
}

/// Two inputs: the address and Connect. The ticket's owner is offered, what will be asked for is
/// said before.
void KerberosJourney::theTicketIsEnough()
{
    m_realm->enter(m_realm->kinit(u"alice"_s));
    QVERIFY(openDialog());
    auto *who = find<QComboBox>(u"signInAs"_s);
    QTRY_COMPARE(who->currentText(), u"Current ticket: alice@EXAMPLE.COM"_s);
    typeHost(m_peer->options().url().toString());
    QTRY_COMPARE(sentence(u"realm"_s), u"Realm EXAMPLE.COM"_s);
    QTRY_VERIFY(sentence(u"ticket"_s).startsWith(u"Ticket of alice@EXAMPLE.COM"_s));
    QTRY_COMPARE(sentence(u"service"_s), u"Service name HTTP/localhost"_s);
    QTRY_VERIFY(sentence(u"kdc"_s).endsWith(u"answers, clocks agree"_s));
    const int clearBefore = signIns().value("clear_bodies"_L1).toInt();
    connectNow();
    QCOMPARE(onlyHost()->state(), State::Connected);
    QTRY_VERIFY2(status(u"statusSignIn"_s).contains(u"Kerberos"_s),
                 qPrintable(status(u"statusSignIn"_s)));
    QVERIFY2(status(u"statusSecurity"_s).contains(u"Sealed by Kerberos AES256"_s),
             qPrintable(status(u"statusSecurity"_s)));
    auto *tree = find<QTreeView>(u"hostsView"_s);
    QTRY_VERIFY(tree->model()->rowCount(tree->model()->index(0, 0)) >= 2);
    const QJsonObject signIn = signIns();
    QVERIFY(signIn.value("users"_L1).toObject().contains("alice@EXAMPLE.COM"_L1));
    QCOMPARE(signIn.value("clear_bodies"_L1).toInt(), clearBefore);
}

/// The dialog says which command fetches a ticket, and notices that it is there.
void KerberosJourney::aTicketIsFetchedOnTheWay()
{
    QVERIFY(openDialog());
    typeHost(m_peer->options().url().toString());
    choose(u"mechanism"_s, u"Kerberos"_s);
    choose(u"signInAs"_s, u"Current ticket"_s);
    QTRY_VERIFY(sentence(u"ticket"_s).startsWith(u"You have no Kerberos ticket"_s));
    QTRY_VERIFY(sentence(u"kdc"_s).contains(u"answers"_s));
    QTRY_VERIFY(find<QToolButton>(u"copyCommand"_s));
    QTest::mouseClick(find<QToolButton>(u"copyCommand"_s), Qt::LeftButton);
    QVERIFY2(QGuiApplication::clipboard()->text().startsWith(u"kinit "_s),
             qPrintable(QGuiApplication::clipboard()->text()));
    m_realm->enter(m_realm->kinit(u"alice"_s));
    QEvent back(QEvent::WindowActivate); // from the terminal
    QCoreApplication::sendEvent(m_dialog, &back);
    QTRY_VERIFY2(sentence(u"ticket"_s).startsWith(u"Ticket of alice@EXAMPLE.COM"_s),
                 qPrintable(sentence(u"ticket"_s)));
    connectNow();
    QCOMPARE(onlyHost()->state(), State::Connected);
}

/// No ticket anywhere before, none in the user's cache after.
void KerberosJourney::aPasswordIsEnough()
{
    QVERIFY(openDialog());
    typeHost(m_peer->options().url().toString());
    choose(u"mechanism"_s, u"Kerberos"_s);
    QTest::keyClicks(find<QLineEdit>(u"user"_s), u"alice"_s);
    QTest::keyClicks(find<QLineEdit>(u"password"_s), m_realm->password(u"alice"_s));
    QTRY_COMPARE(sentence(u"user"_s), u"Signs in as alice@EXAMPLE.COM"_s);
    connectNow();
    QCOMPARE(onlyHost()->state(), State::Connected);
    QTRY_VERIFY(status(u"statusUser"_s).contains(u"alice"_s));
    QVERIFY(!QFile::exists(qEnvironmentVariable("KRB5CCNAME").remove(u"FILE:"_s)));
}

void KerberosJourney::anAddressIsRefusedWhileTyping()
{
    m_realm->enter(m_realm->kinit(u"alice"_s));
    QVERIFY(openDialog());
    QUrl url = m_peer->options().url();
    url.setHost(u"127.0.0.1"_s);
    typeHost(url.toString());
    choose(u"mechanism"_s, u"Kerberos"_s);
    choose(u"signInAs"_s, u"Current ticket"_s);
    const QString words = u"Kerberos needs the name of the host"_s;
    QTRY_VERIFY2(visibleText(m_dialog).contains(words), qPrintable(visibleText(m_dialog)));
    QVERIFY(!find<QPushButton>(u"connect"_s)->isEnabled());
    url.setHost(u"localhost"_s);
    typeHost(url.toString());
    QTRY_VERIFY(find<QPushButton>(u"connect"_s)->isEnabled());
}

void KerberosJourney::faultsSayWhatToDo_data()
{
    QTest::addColumn<Cause>("cause");
    QTest::addColumn<QString>("who"); // ticket of; empty: a password is typed
    QTest::addColumn<QString>("word");
    QTest::newRow("no ticket") << Cause::KrbNoTicket << u"nobody"_s << u"ticket"_s;
    QTest::newRow("unknown service") << Cause::KrbServiceUnknown << u"alice"_s << u"service"_s;
    QTest::newRow("host has another key") << Cause::KrbServiceKey << u"alice"_s << u"key"_s;
    QTest::newRow("clocks apart") << Cause::KrbClockSkew << u"alice"_s << u"clock"_s;
    QTest::newRow("KDC down") << Cause::KrbKdcUnreachable << u""_s << u"domain controller"_s;
}

void KerberosJourney::faultsSayWhatToDo()
{
    QFETCH(Cause, cause);
    QFETCH(QString, who);
    QFETCH(QString, word);
    QStringList words;
    if (cause == Cause::KrbServiceUnknown)
        words = {u"--services"_s, u"LDAP"_s};
    else if (cause == Cause::KrbServiceKey)
        words = {u"--foreign-keys"_s};
    RealmProcess realm(words);
    QVERIFY2(realm.isRunning(), realm.startError().constData());
    PeerProcess peer(realm.hostArguments(u"negotiate,kerberos"_s));
    QVERIFY2(peer.isRunning(), peer.startError().constData());
    realm.enter(who == "alice"_L1 ? realm.kinit(u"alice"_s) : QString());
    if (cause == Cause::KrbClockSkew) {
        realm.stopKdc();
        const QJsonObject late{{u"command"_s, u"start"_s}, {u"shift"_s, u"-1h"_s}};
        QVERIFY(!realm.command(late).contains("error"_L1));
        realm.enter(
            realm
                .command(
                    {{u"command"_s, u"kinit"_s}, {u"who"_s, u"alice"_s}, {u"shift"_s, u"-1h"_s}})
                .value("cache"_L1)
                .toString());
    } else if (cause == Cause::KrbKdcUnreachable) {
        realm.stopKdc();
    }

    QVERIFY(openDialog());
    typeHost(peer.options().url().toString());
    choose(u"mechanism"_s, u"Kerberos"_s);
    if (who.isEmpty()) {
        QTest::keyClicks(find<QLineEdit>(u"user"_s), u"alice@EXAMPLE.COM"_s);
        QTest::keyClicks(find<QLineEdit>(u"password"_s), realm.password(u"alice"_s));
    } else {
        choose(u"signInAs"_s, u"Current ticket"_s);
    }
    connectNow();
    QCOMPARE(onlyHost()->state(), State::Failed);
    QCOMPARE(onlyHost()->error().cause, cause);
    // On the host's page, in words, with what to do; no pop-up, and none of the library's own
    // words.
    PageState *state = nullptr;
    QTRY_VERIFY((state = m_window->tabs().current()->findChild<PageState *>())
                && !state->sentence().isEmpty());
    const QString said = visibleText(state);
    QVERIFY2(said.contains(word, Qt::CaseInsensitive), qPrintable(said));
    for (const auto raw : {"GSS"_L1, "gss_"_L1, "Minor code"_L1, "Unspecified"_L1})
        QVERIFY2(!said.contains(raw), qPrintable(said));
    QVERIFY(find<QPushButton>(u"tryAgain"_s));
}

QTEST_MAIN(KerberosJourney)
#include "tst_kerberosjourney.moc"
