#include "look/iconlabel.h"
#include "protocol/resourcelocator.h"
#include "session/deleteoperation.h"
#include "session/session.h"
#include "ui/demowindow.h"
#include "views/page.h"
#include "views/pagetabs.h"

#include <QAction>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

class StatusLineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signInStaysWhileConnectionsOpen();
    void readOnlyProfilesAreMarked();
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

QTEST_MAIN(StatusLineTest)
#include "tst_statusline.moc"
