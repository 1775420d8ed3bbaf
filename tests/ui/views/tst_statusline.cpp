#include "look/iconlabel.h"
#include "look/rowdelegate.h"
#include "models/hoststreemodel.h"
#include "protocol/resourcelocator.h"
#include "session/deleteoperation.h"
#include "session/session.h"
#include "ui/demowindow.h"
#include "views/page.h"
#include "views/pagetabs.h"
#include "widgets/notestrip.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QIcon>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

class StatusLineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signInStaysWhileConnectionsOpen();
    void readOnlyProfilesAreMarked();
    void aHostThatIsGoneIsNotShownAsReached();
};

/// Parallel work opens connections that have not signed in yet. Nobody has signed out meanwhile.
void StatusLineTest::signInStaysWhileConnectionsOpen()
{
    DemoHost demo(DemoOptions{.tls = true});
    QVERIFY(demo.start());
    DemoWindow shown(demo);
    MainWindow &window = *shown.window;
    window.show();
    HostConnection *host = window.hosts().add(shown.profile(u"lab"_s), shown.credential());
    window.connectTo(host);
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Connected, 10000);
    const auto text = [&window](const QString &name) {
        return window.findChild<IconLabel *>(name)->text();
    };
    const auto isRight = [&text] {
        return text(u"statusUser"_s) == u"demo"_s && text(u"statusSignIn"_s) == u"Basic"_s
            && text(u"statusSecurity"_s).startsWith(u"TLS"_s);
    };
    QTRY_VERIFY2(isRight(), qPrintable(text(u"statusSignIn"_s)));
    window.openInstances(host, u"root/cimv2"_s, u"Win32_Service"_s);
    window.openSchema(host, u"root/cimv2"_s, u"Win32_Service"_s);
    window.openClasses(host, u"root/cimv2"_s);
    window.openAddress(host, u"wmicimv2/Win32_Service?Name=WinRM"_s);
    window.openAddress(host, u"winrm/config"_s);
    int moments = 0;
    while (window.actions().stop->isEnabled() || moments < 50) {
        QCoreApplication::processEvents();
        window.tabs().setCurrentIndex(moments % window.tabs().count());
        QVERIFY2(isRight(),
                 qPrintable(u"%1: %2 / %3 / %4"_s.arg(moments).arg(
                     text(u"statusUser"_s), text(u"statusSignIn"_s), text(u"statusSecurity"_s))));
        ++moments;
    }
}

/// What the profile says is what the session keeps to, and what the badge shows.
void StatusLineTest::readOnlyProfilesAreMarked()
{
    DemoHost demo(DemoOptions{.tls = true});
    QVERIFY(demo.start());
    DemoWindow shown(demo);
    MainWindow &window = *shown.window;
    window.show();
    Profile safe = shown.profile(u"safe"_s);
    safe.options.readOnly = true;
    HostConnection *careful = window.hosts().add(safe, shown.credential());
    HostConnection *other = window.hosts().add(shown.profile(u"lab"_s), shown.credential());
    const auto *badge = window.findChild<IconLabel *>(u"statusReadOnly"_s);
    window.connectTo(other);
    QTRY_COMPARE_WITH_TIMEOUT(other->state(), State::Connected, 10000);
    QVERIFY(badge->text().isEmpty());
    window.connectTo(careful);
    QTRY_COMPARE_WITH_TIMEOUT(careful->state(), State::Connected, 10000);
    QTRY_COMPARE(badge->text(), u"Read-only"_s);
    QVERIFY(careful->session()->options().readOnly);
    auto *change = new DeleteOperation(careful->session(), {.uri = u"http://example.com/Thing"_s});
    QSignalSpy finished(change, &Operation::finished);
    change->start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.at(0).at(0).value<Outcome>().error.cause, Cause::OptionsReadOnly);
}

/// It dies between two requests, and comes back: each said where the connection is named.
void StatusLineTest::aHostThatIsGoneIsNotShownAsReached()
{
    QTemporaryDir folder;
    DemoOptions options{.passwordFile = folder.filePath(u"password"_s), .items = 10};
    auto demo = std::make_unique<DemoHost>(options);
    QVERIFY(demo->start());
    options.port = demo->port();
    DemoWindow shown(*demo);
    MainWindow &window = *shown.window;
    window.resize(1200, 800);
    window.show();
    QApplication::setActiveWindow(&window);
    Profile profile = shown.profile(u"lab"_s);
    profile.options.tls = false;
    profile.options.allowClearText = true;
    HostConnection *host = window.hosts().add(profile, shown.credential());
    window.connectTo(host);
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Connected, 10000);
    const QModelIndex row = window.findChild<QTreeView *>(u"hostsView"_s)->model()->index(0, 0);
    const auto *way = window.findChild<IconLabel *>(u"statusSignIn"_s);
    const auto *security = window.findChild<IconLabel *>(u"statusSecurity"_s);
    const auto *strip = window.findChild<NoteStrip *>(u"lostStrip"_s);
    QTRY_COMPARE(way->text(), u"Basic"_s);
    QVERIFY(!security->text().isEmpty());
    QVERIFY(strip && strip->isHidden());
    QCOMPARE(row.data(MutedRole).toString(), u"Basic, clear text"_s);

    demo.reset();
    window.openInstances(host, u"root/cimv2"_s, u"Win32_Service"_s);
    QTRY_COMPARE_WITH_TIMEOUT(way->text(), u"not answering"_s, 20000);
    QCOMPARE(host->state(), State::Connected);
    QVERIFY(security->text().isEmpty());
    QVERIFY(!way->toolTip().isEmpty());
    QCOMPARE(row.data(MutedRole).toString(), u"not answering"_s);
    QVERIFY(!row.data(SignRole).value<QIcon>().isNull());
    QVERIFY(row.data(Qt::ToolTipRole).toString().contains(u"not answering"_s));

    // Asked again while it is still away: nothing changes; then it is back.
    window.actions().overview->trigger();
    QTRY_VERIFY(strip->isVisible());
    auto *again = window.findChild<QPushButton *>(u"askAgain"_s);
    QSignalSpy ended(host->session(), &Session::operationFinished);
    QTest::mouseClick(again, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!ended.isEmpty(), 20000);
    QCOMPARE(way->text(), u"not answering"_s);
    demo = std::make_unique<DemoHost>(options);
    QVERIFY(demo->start());
    QTest::mouseClick(window.findChild<QPushButton *>(u"askAgain"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(way->text(), u"Basic"_s, 20000);
    QVERIFY(!security->text().isEmpty());
    QVERIFY(strip->isHidden());
    QCOMPARE(row.data(MutedRole).toString(), u"Basic, clear text"_s);
    QVERIFY(row.data(SignRole).value<QIcon>().isNull());
}

QTEST_MAIN(StatusLineTest)
#include "tst_statusline.moc"
