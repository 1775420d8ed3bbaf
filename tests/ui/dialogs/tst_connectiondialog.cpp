#include "connection/keychain.h"
#include "connection/profilestore.h"
#include "dialogs/connectiondialog.h"
#include "peer/process/realmprocess.h"

#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;

class ConnectionDialogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void fieldsOfEachMechanism_data();
    void fieldsOfEachMechanism();
    void choiceBecomesOptions_data();
    void choiceBecomesOptions();
    void consentForNtlmOverHttp();
    void consentIsAdvancedWhereHttpsComesFirst();
    void ticketIsOffered();
    void ticketIsNotForcedOnAnybody();
    void recentHostBringsItsUser();
    void optionsComeBack();
    void hiddenOptionsAreLeftOut();
    void preflightWithTicket();
    void preflightWithoutTicket();
    void preflightOfUnknownUser();
    void preflightFollowsTheHost();
    void preflightNeverBlocks();
    void keyboardAlone();
    void everyFieldHasAName();
    void readOnlyIsAnOption();
    void staysOnTheScreen();
    void shrinksWithItsFields();
    void scrollBarDoesNotWrapTheSentences();

private:
    template<typename T>
    T *find(const QString &name) const
    {
        return m_dialog->findChild<T *>(name);
    }
    void open();
    void typeHost(const QString &text) const;
    void choose(const QString &combo, const QVariant &data) const;
    void chooseMechanism(Authentication way) const { choose(u"mechanism"_s, int(way)); }
    void chooseWho(const QString &words) const;
    bool isShown(const QString &name) const
    {
        return find<QWidget>(name)->isVisibleTo(m_dialog.get());
    }
    QString sentence(const QString &line) const;

    std::unique_ptr<RealmProcess> m_realm;
    QString m_ticket; ///< a file
    QTemporaryDir m_folder;
    std::unique_ptr<ProfileStore> m_store;
    std::vector<RecentHost> m_recent;
    std::unique_ptr<ConnectionDialog> m_dialog;
};

void ConnectionDialogTest::initTestCase()
{
    m_realm = std::make_unique<RealmProcess>();
    QVERIFY2(m_realm->isRunning(), m_realm->startError().constData());
    m_ticket = m_realm->kinit(u"alice"_s);
    QVERIFY(!m_ticket.isEmpty());
    m_store = std::make_unique<ProfileStore>(memoryKeychain(), m_folder.path());
    QVERIFY(m_store->open());
    bool saved = false;
    m_store->saveCredential({.label = u"Admins"_s, .userName = u"bob@EXAMPLE.COM"_s},
                            Secret(u"secret"_s), [&saved](const auto &) { saved = true; });
    QTRY_VERIFY(saved);
}

void ConnectionDialogTest::init()
{
    m_realm->enter();
}

void ConnectionDialogTest::cleanup()
{
    m_dialog.reset();
}

void ConnectionDialogTest::open()
{
    m_dialog = std::make_unique<ConnectionDialog>(*m_store, m_recent);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

void ConnectionDialogTest::typeHost(const QString &text) const
{
    auto *edit = find<QComboBox>(u"host"_s)->lineEdit();
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

void ConnectionDialogTest::choose(const QString &combo, const QVariant &data) const
{
    auto *box = find<QComboBox>(combo);
    const int row = box->findData(data);
    QVERIFY2(row >= 0, qPrintable(combo));
    box->setCurrentIndex(row);
    Q_EMIT box->activated(row);
}

void ConnectionDialogTest::chooseWho(const QString &words) const
{
    auto *box = find<QComboBox>(u"signInAs"_s);
    const int row = box->findText(words, Qt::MatchStartsWith);
    QVERIFY2(row >= 0, qPrintable(words));
    box->setCurrentIndex(row);
    Q_EMIT box->activated(row);
}

QString ConnectionDialogTest::sentence(const QString &line) const
{
    const auto *row = find<QWidget>(u"preflight-"_s + line);
    return row ? row->findChild<QLabel *>(u"sentence"_s)->text() : QString();
}

void ConnectionDialogTest::fieldsOfEachMechanism_data()
{
    QTest::addColumn<Authentication>("way");
    QTest::addColumn<QString>("who");
    QTest::addColumn<QStringList>("shown");
    const QStringList all{u"signInAs"_s, u"user"_s, u"password"_s, u"storage"_s};
    QTest::newRow("kerberos ticket")
        << Authentication::Kerberos << u"Current ticket"_s << QStringList{u"signInAs"_s};
    QTest::newRow("kerberos user") << Authentication::Kerberos << u"Other user"_s << all;
    QTest::newRow("negotiate saved")
        << Authentication::Negotiate << u"Saved credential"_s << QStringList{u"signInAs"_s};
    QTest::newRow("ntlm user") << Authentication::Ntlm << u"Other user"_s << all;
    QTest::newRow("basic user") << Authentication::Basic << u"Other user"_s << all;
    QTest::newRow("none") << Authentication::None << QString() << QStringList();
}

void ConnectionDialogTest::fieldsOfEachMechanism()
{
    QFETCH(Authentication, way);
    QFETCH(QString, who);
    QFETCH(QStringList, shown);
    open();
    typeHost(u"https://localhost"_s);
    chooseMechanism(way);
    if (!who.isEmpty())
        chooseWho(who);
    for (const QString &name : {u"signInAs"_s, u"user"_s, u"password"_s, u"storage"_s,
                                u"unverifiedHost"_s, u"clearText"_s})
        QVERIFY2(isShown(name) == shown.contains(name), qPrintable(name));
    find<QToolButton>(u"advancedFold"_s)->click();
    const bool kerberos = way == Authentication::Kerberos || way == Authentication::Negotiate;
    QCOMPARE(isShown(u"servicePrincipal"_s), kerberos);
    QCOMPARE(isShown(u"delegate"_s), kerberos);
    QVERIFY(!find<QLabel>(u"mechanismMeaning"_s)->text().isEmpty());
    // A ticket is no way for these two.
    const int ticket = find<QComboBox>(u"signInAs"_s)->findText(u"Current ticket"_s);
    QCOMPARE(ticket < 0, way == Authentication::Ntlm || way == Authentication::Basic);
}

void ConnectionDialogTest::choiceBecomesOptions_data()
{
    QTest::addColumn<Authentication>("way");
    QTest::addColumn<QString>("who");
    QTest::addColumn<QString>("user");
    QTest::newRow("automatic") << Authentication::Automatic << u"Other user"_s << u"alice "_s;
    QTest::newRow("kerberos") << Authentication::Kerberos << u"Other user"_s << u"alice "_s;
    QTest::newRow("kerberos ticket")
        << Authentication::Kerberos << u"Current ticket"_s << QString();
    QTest::newRow("kerberos saved")
        << Authentication::Kerberos << u"Saved"_s << u"bob@EXAMPLE.COM"_s;
    QTest::newRow("negotiate") << Authentication::Negotiate << u"Other user"_s << u"alice "_s;
    QTest::newRow("ntlm") << Authentication::Ntlm << u"Other user"_s << u"alice "_s;
    QTest::newRow("basic") << Authentication::Basic << u"Other user"_s << u"alice "_s;
    QTest::newRow("none") << Authentication::None << QString() << QString();
}

void ConnectionDialogTest::choiceBecomesOptions()
{
    QFETCH(Authentication, way);
    QFETCH(QString, who);
    QFETCH(QString, user);
    open();
    typeHost(u"https://localhost"_s);
    QTest::keyClicks(find<QLineEdit>(u"user"_s), u"alice "_s);
    QTest::keyClicks(find<QLineEdit>(u"password"_s), u"no secret"_s);
    chooseMechanism(way);
    if (!who.isEmpty())
        chooseWho(who);
    const Profile profile = m_dialog->profile();
    QCOMPARE(profile.options.authentication, way);
    QCOMPARE(profile.options.userName, user);
    QCOMPARE(profile.credentialId.isEmpty(), who != u"Saved"_s);
    QCOMPARE(m_dialog->credential().isEmpty(), user != u"alice "_s);
    QVERIFY(!profile.options.allowClearText);
    QVERIFY(!profile.options.unverifiedHost);
}

void ConnectionDialogTest::consentForNtlmOverHttp()
{
    open();
    typeHost(u"http://localhost"_s);
    chooseMechanism(Authentication::Ntlm);
    QTest::keyClicks(find<QLineEdit>(u"user"_s), u"EXAMPLE\\alice"_s);
    auto *consent = find<QCheckBox>(u"unverifiedHost"_s);
    QVERIFY(consent->isVisible());
    QVERIFY(isShown(u"unverifiedText"_s));
    QVERIFY(!consent->isChecked());
    QVERIFY(!isShown(u"clearText"_s));
    QTest::keyClick(consent, Qt::Key_Space);
    QVERIFY(m_dialog->profile().options.unverifiedHost);
    // The words are about NTLM over http and go with it.
    typeHost(u"https://localhost"_s);
    QVERIFY(!isShown(u"unverifiedHost"_s));
    QVERIFY(!m_dialog->profile().options.unverifiedHost);
    typeHost(u"http://localhost"_s);
    chooseMechanism(Authentication::Kerberos);
    QVERIFY(!isShown(u"unverifiedHost"_s));
    QVERIFY(!m_dialog->profile().options.unverifiedHost);
    chooseMechanism(Authentication::Basic);
    QVERIFY(!isShown(u"unverifiedHost"_s));
    QVERIFY(isShown(u"clearText"_s));
}

void ConnectionDialogTest::consentIsAdvancedWhereHttpsComesFirst()
{
    open();
    typeHost(u"localhost"_s);
    QTest::keyClicks(find<QLineEdit>(u"user"_s), u"alice"_s);
    QVERIFY(!isShown(u"unverifiedHost"_s));
    find<QToolButton>(u"advancedFold"_s)->click();
    QVERIFY(isShown(u"unverifiedHost"_s));
    chooseWho(u"Current ticket"_s);
    QVERIFY(!isShown(u"unverifiedHost"_s));
}

void ConnectionDialogTest::ticketIsOffered()
{
    m_realm->enter(m_ticket);
    open();
    auto *who = find<QComboBox>(u"signInAs"_s);
    QTRY_COMPARE(who->currentText(), u"Current ticket: alice@EXAMPLE.COM"_s);
    QVERIFY(!isShown(u"password"_s));
    typeHost(u"localhost"_s);
    QVERIFY(m_dialog->profile().options.userName.isEmpty());
}

void ConnectionDialogTest::ticketIsNotForcedOnAnybody()
{
    m_realm->enter(m_ticket);
    m_dialog = std::make_unique<ConnectionDialog>(*m_store, m_recent);
    m_dialog->show();
    QTest::keyClicks(find<QLineEdit>(u"user"_s), u"bob"_s); // before the ticket is found
    auto *who = find<QComboBox>(u"signInAs"_s);
    QTRY_VERIFY(who->findText(u"Current ticket: alice@EXAMPLE.COM"_s) >= 0);
    QCOMPARE(who->currentText(), u"Other user"_s);
    QCOMPARE(find<QLineEdit>(u"user"_s)->text(), u"bob"_s);
}

/// Chosen by keys from the list; who typed a name keeps it.
void ConnectionDialogTest::recentHostBringsItsUser()
{
    m_recent = {{u"web01.example.com"_s, u"EXAMPLE\\ann"_s}, {u"web02.example.com"_s, {}}};
    open();
    auto *host = find<QComboBox>(u"host"_s);
    auto *user = find<QLineEdit>(u"user"_s);
    QTest::keyClick(host, Qt::Key_Down);
    QCOMPARE(host->currentText(), u"web01.example.com"_s);
    QCOMPARE(user->text(), u"EXAMPLE\\ann"_s);
    QVERIFY(user->isVisibleTo(m_dialog.get()));
    QTest::keyClick(host, Qt::Key_Down);
    QCOMPARE(host->currentText(), u"web02.example.com"_s);
    QCOMPARE(user->text(), QString()); // it was of the other
    QTest::keyClicks(user, u"bob"_s);
    QTest::keyClick(host, Qt::Key_Up);
    QCOMPARE(user->text(), u"bob"_s);
    m_recent.clear();
}

void ConnectionDialogTest::optionsComeBack()
{
    Profile profile;
    profile.summary.id = u"id"_s;
    profile.summary.name = u"web01"_s;
    profile.options.host = u"localhost"_s;
    profile.options.tls = false;
    profile.options.port = 5985;
    profile.options.authentication = Authentication::Negotiate;
    profile.options.userName = u"EXAMPLE\\alice"_s;
    profile.options.servicePrincipal = u"WSMAN"_s;
    profile.options.servicePort = true;
    profile.options.delegate = true;
    profile.options.unverifiedHost = true;
    open();
    m_dialog->setProfile(profile, true);
    QCOMPARE(find<QComboBox>(u"mechanism"_s)->currentText(), u"Negotiate"_s);
    QCOMPARE(find<QComboBox>(u"signInAs"_s)->currentText(), u"Other user"_s);
    QVERIFY(find<QCheckBox>(u"unverifiedHost"_s)->isChecked());
    QVERIFY(m_dialog->profile().options == profile.options);
    profile.options.userName.clear();
    profile.options.unverifiedHost = false;
    m_dialog->setProfile(profile, false);
    QVERIFY(find<QComboBox>(u"signInAs"_s)->currentText().startsWith(u"Current ticket"_s));
    QVERIFY(m_dialog->profile().options == profile.options);
    QVERIFY(m_dialog->isComplete());
}

void ConnectionDialogTest::hiddenOptionsAreLeftOut()
{
    open();
    typeHost(u"https://localhost"_s);
    find<QLineEdit>(u"servicePrincipal"_s)->setText(u"WSMAN"_s);
    find<QCheckBox>(u"delegate"_s)->setChecked(true);
    QCOMPARE(m_dialog->profile().options.servicePrincipal, u"WSMAN"_s);
    QVERIFY(m_dialog->profile().options.delegate);
    chooseMechanism(Authentication::Basic);
    QVERIFY(m_dialog->profile().options.servicePrincipal.isEmpty());
    QVERIFY(!m_dialog->profile().options.delegate);
}

void ConnectionDialogTest::preflightWithTicket()
{
    m_realm->enter(m_ticket);
    open();
    typeHost(u"localhost"_s);
    chooseMechanism(Authentication::Kerberos);
    chooseWho(u"Current ticket"_s);
    QTRY_COMPARE(sentence(u"realm"_s), u"Realm EXAMPLE.COM"_s);
    QTRY_VERIFY2(sentence(u"ticket"_s).startsWith(u"Ticket of alice@EXAMPLE.COM, 9 h 5"_s),
                 qPrintable(sentence(u"ticket"_s)));
    QTRY_COMPARE(sentence(u"service"_s), u"Service name HTTP/localhost"_s);
    QTRY_VERIFY(sentence(u"kdc"_s).endsWith(u"answers, clocks agree"_s));
    QTRY_VERIFY(sentence(u"names"_s).startsWith(u"Address "_s));
}

void ConnectionDialogTest::preflightWithoutTicket()
{
    open();
    typeHost(u"localhost"_s);
    chooseMechanism(Authentication::Kerberos);
    chooseWho(u"Current ticket"_s);
    QTRY_VERIFY(sentence(u"ticket"_s).startsWith(u"You have no Kerberos ticket"_s));
    QTRY_VERIFY(find<QLabel>(u"command"_s)
                && find<QLabel>(u"command"_s)->text().endsWith(u"@EXAMPLE.COM"_s));
    QVERIFY(find<QLabel>(u"command"_s)->text().startsWith(u"kinit "_s));
    QVERIFY(m_dialog->isComplete()); // said, not forbidden: a ticket may come meanwhile
}

void ConnectionDialogTest::preflightOfUnknownUser()
{
    open();
    typeHost(u"localhost"_s);
    chooseMechanism(Authentication::Kerberos);
    chooseWho(u"Other user"_s);
    QTest::keyClicks(find<QLineEdit>(u"user"_s), u"mallory"_s);
    QTRY_VERIFY2(sentence(u"user"_s).contains(u"no such user: mallory@EXAMPLE.COM"_s),
                 qPrintable(sentence(u"user"_s)));
}

void ConnectionDialogTest::preflightFollowsTheHost()
{
    open();
    typeHost(u"localhost"_s);
    QTRY_VERIFY(sentence(u"names"_s).startsWith(u"Address "_s));
    typeHost(u"no-such-host.invalid"_s);
    QVERIFY(sentence(u"names"_s).startsWith(u"Looking"_s)); // nothing of the other host remains
    QTRY_VERIFY(sentence(u"names"_s).contains(u"no-such-host.invalid"_s));
    typeHost(u"localhost:99999"_s);
    QVERIFY(find<QWidget>(u"preflight"_s)->isHidden());
    typeHost(u"localhost"_s);
    m_dialog.reset(); // with everything under way
}

void ConnectionDialogTest::preflightNeverBlocks()
{
    open();
    typeHost(u"https://no-such-host.invalid"_s);
    QTest::keyClicks(find<QLineEdit>(u"user"_s), u"alice"_s);
    QVERIFY(find<QPushButton>(u"connect"_s)->isEnabled());
    QTRY_VERIFY(sentence(u"names"_s).contains(u"no-such-host.invalid"_s));
    QVERIFY(find<QPushButton>(u"connect"_s)->isEnabled());
}

void ConnectionDialogTest::keyboardAlone()
{
    open();
    QVERIFY(find<QComboBox>(u"host"_s)->lineEdit()->hasFocus()
            || find<QComboBox>(u"host"_s)->hasFocus());
    typeHost(u"localhost"_s);
    QTest::keyClicks(find<QLineEdit>(u"user"_s), u"alice"_s);
    find<QComboBox>(u"host"_s)->setFocus();
    find<QToolButton>(u"advancedFold"_s)->click();
    QStringList order;
    for (int i = 0; i < 60; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        const QString name = QApplication::focusWidget()->objectName();
        if (name == u"host"_s)
            break;
        if (!name.isEmpty())
            order.append(name);
    }
    const QStringList wanted{u"mechanism"_s,    u"signInAs"_s,         u"user"_s,
                             u"password"_s,     u"storage"_s,          u"saveProfile"_s,
                             u"advancedFold"_s, u"servicePrincipal"_s, u"servicePort"_s,
                             u"delegate"_s,     u"caFile"_s,           u"connect"_s};
    qsizetype at = -1;
    for (const QString &name : wanted) {
        const qsizetype next = order.indexOf(name);
        QVERIFY2(next > at, qPrintable(name + u" in "_s + order.join(u' ')));
        at = next;
    }
}

void ConnectionDialogTest::everyFieldHasAName()
{
    open();
    typeHost(u"http://localhost"_s);
    chooseMechanism(Authentication::Negotiate);
    find<QToolButton>(u"advancedFold"_s)->click();
    for (const QWidget *field : m_dialog->findChildren<QWidget *>()) {
        const bool takesInput = qobject_cast<const QLineEdit *>(field)
            || qobject_cast<const QComboBox *>(field)
            || qobject_cast<const QAbstractButton *>(field);
        if (!takesInput || !field->isVisible() || qobject_cast<const QComboBox *>(field->parent())
            || qobject_cast<const QAbstractSpinBox *>(field->parent()))
            continue;
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(
            const_cast<QWidget *>(field));
        QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(),
                 qPrintable(field->objectName()));
    }
}

void ConnectionDialogTest::readOnlyIsAnOption()
{
    open();
    typeHost(u"https://localhost"_s);
    Profile safe = m_dialog->profile();
    QVERIFY(!safe.options.readOnly);
    safe.options.readOnly = true;
    m_dialog->setProfile(safe, false);
    QVERIFY(m_dialog->profile().options.readOnly);
    find<QToolButton>(u"advancedFold"_s)->click();
    find<QCheckBox>(u"readOnly"_s)->click();
    QVERIFY(!m_dialog->profile().options.readOnly);
}

void ConnectionDialogTest::staysOnTheScreen()
{
    open();
    typeHost(u"http://localhost"_s);
    chooseMechanism(Authentication::Negotiate);
    find<QCheckBox>(u"saveProfile"_s)->setChecked(true);
    find<QToolButton>(u"advancedFold"_s)->click();
    QTRY_VERIFY(sentence(u"names"_s).startsWith(u"Address "_s));
    QCoreApplication::processEvents();
    QVERIFY(m_dialog->height() <= m_dialog->screen()->availableGeometry().height());
    const auto *button = find<QPushButton>(u"connect"_s);
    QVERIFY(m_dialog->rect().contains(button->mapTo(m_dialog.get(), button->rect().bottomRight())));
    // What has the keyboard is scrolled to.
    const auto *last = find<QCheckBox>(u"utf16"_s);
    find<QLineEdit>(u"locale"_s)->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(last->hasFocus());
    auto *area = find<QScrollArea>(u"fields"_s);
    QTRY_VERIFY(
        area->viewport()->rect().contains(last->mapTo(area->viewport(), last->rect().center())));
}

void ConnectionDialogTest::shrinksWithItsFields()
{
    open();
    typeHost(u"https://localhost"_s);
    chooseMechanism(Authentication::Basic);
    QTRY_VERIFY(sentence(u"names"_s).startsWith(u"Address "_s));
    const auto *area = find<QScrollArea>(u"fields"_s);
    QTRY_COMPARE(area->viewport()->height(), area->widget()->sizeHint().height());
    const int before = m_dialog->height();
    auto *fold = find<QToolButton>(u"advancedFold"_s);
    fold->click();
    QTRY_VERIFY(m_dialog->height() > before);
    fold->click();
    QTRY_COMPARE(m_dialog->height(), before);
    chooseMechanism(Authentication::None);
    QTRY_VERIFY(m_dialog->height() < before);
}

/// A bar that makes sentences wrap makes the fields higher, and its going makes them lower: at some
/// height it would come and go for ever, within one call.
void ConnectionDialogTest::scrollBarDoesNotWrapTheSentences()
{
    open();
    typeHost(u"http://localhost"_s);
    chooseMechanism(Authentication::Negotiate);
    chooseWho(u"Other user"_s);
    find<QToolButton>(u"advancedFold"_s)->click();
    QTRY_VERIFY(sentence(u"names"_s).startsWith(u"Address "_s));
    const auto *area = find<QScrollArea>(u"fields"_s);
    QTRY_VERIFY(area->verticalScrollBar()->maximum() > 0);
    const int width = area->widget()->width();
    const int whole = m_dialog->height() + area->verticalScrollBar()->maximum();
    bool withBar = false, withoutBar = false;
    for (int height = whole - 60; height <= whole + 20; ++height) {
        m_dialog->resize(m_dialog->width(), height);
        QCoreApplication::processEvents();
        QCOMPARE(area->widget()->width(), width);
        (area->verticalScrollBar()->isVisible() ? withBar : withoutBar) = true;
    }
    QVERIFY(withBar && withoutBar); // else it was not about the bar
    // The fields end where the buttons do.
    const auto right = [this](const QString &name) {
        const auto *widget = find<QWidget>(name);
        return widget->mapTo(m_dialog.get(), widget->rect().topRight()).x();
    };
    QCOMPARE(right(u"host"_s), right(u"save"_s));
}

QTEST_MAIN(ConnectionDialogTest)
#include "tst_connectiondialog.moc"
