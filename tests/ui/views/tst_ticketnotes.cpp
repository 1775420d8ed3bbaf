#include "core/connection/fakekeychain.h"
#include "look/iconlabel.h"
#include "look/rowdelegate.h"
#include "models/hoststreemodel.h"
#include "peer/process/peerprocess.h"
#include "peer/process/realmprocess.h"
#include "session/trace.h"
#include "views/mainwindow.h"
#include "views/statusline.h"
#include "widgets/notestrip.h"

#include <QIcon>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

/// A ticket that ends soon, of a real KDC: where the window says so, and what it says to do.
class TicketNotesTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aLongTicketIsNoNews();
    void anEndingTicketIsSaidEverywhere();

private:
    void open(const QString &life);
    QModelIndex row() const;

    std::unique_ptr<RealmProcess> m_realm;
    std::unique_ptr<PeerProcess> m_peer;
    QTemporaryDir m_folder;
    std::unique_ptr<ProfileStore> m_store;
    std::unique_ptr<Trace> m_trace;
    std::unique_ptr<MainWindow> m_window;
};

void TicketNotesTest::initTestCase()
{
    m_realm = std::make_unique<RealmProcess>();
    QVERIFY2(m_realm->isRunning(), m_realm->startError().constData());
    m_peer = std::make_unique<PeerProcess>(m_realm->hostArguments(u"negotiate,kerberos"_s));
    QVERIFY2(m_peer->isRunning(), m_peer->startError().constData());
}

void TicketNotesTest::open(const QString &life)
{
    m_window.reset();
    m_realm->enter(m_realm->kinit(u"alice"_s, life));
    m_store = std::make_unique<ProfileStore>(memoryKeychain(), m_folder.path());
    QVERIFY(m_store->open());
    m_trace = std::make_unique<Trace>();
    m_window = std::make_unique<MainWindow>(
        MainWindow::Parts{.store = *m_store,
                          .trace = *m_trace,
                          .stateFile = m_folder.filePath(u"window.ini"_s),
                          .demo = {},
                          .cacheFolder = {},
                          .viewFolder = m_folder.filePath(u"views"_s)});
    m_window->resize(1400, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    Profile profile;
    profile.summary.name = u"realm"_s;
    profile.options = m_peer->options();
    profile.options.userName.clear();
    profile.options.authentication = Authentication::Kerberos;
    HostConnection *host = m_window->hosts().add(profile, {});
    m_window->connectTo(host);
    QTRY_VERIFY_WITH_TIMEOUT(host->state() == State::Connected || host->state() == State::Failed,
                             20000);
    QVERIFY2(host->state() == State::Connected, qPrintable(host->error().message));
}

QModelIndex TicketNotesTest::row() const
{
    return m_window->findChild<QTreeView *>(u"hostsView"_s)->model()->index(0, 0);
}

void TicketNotesTest::aLongTicketIsNoNews()
{
    open({});
    QVERIFY(row().data(MutedRole).toString().startsWith(u"Kerberos"_s));
    QVERIFY(row().data(SignRole).value<QIcon>().isNull());
    QVERIFY(!m_window->findChild<NoteStrip *>(u"ticketStrip"_s)->isVisible());
}

void TicketNotesTest::anEndingTicketIsSaidEverywhere()
{
    open(u"60s"_s);
    QTRY_VERIFY(row().data(MutedRole).toString().startsWith(u"ticket ends at "_s));
    QVERIFY(!row().data(SignRole).value<QIcon>().isNull());
    QVERIFY(row().data(Qt::ToolTipRole).toString().contains(u"kinit alice@"_s));
    const auto *strip = m_window->findChild<NoteStrip *>(u"ticketStrip"_s);
    QVERIFY(strip->isVisible());
    QVERIFY(strip->text().contains(u"kinit alice@"_s));
    const auto *way = m_window->findChild<IconLabel *>(u"statusSignIn"_s);
    QTRY_VERIFY(way->text().contains(u"ticket ends at"_s));
    QVERIFY(way->toolTip().contains(u"kinit alice@"_s));

    HostConnection *host = m_window->hosts().hosts().front();
    m_realm->enter(m_realm->kinit(u"alice"_s)); // a new one
    QTest::mouseClick(m_window->findChild<QPushButton *>(u"signInAgain"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Connected, 20000);
    QTRY_VERIFY(!strip->isVisible());
    QTRY_VERIFY(row().data(MutedRole).toString().startsWith(u"Kerberos"_s));
}

QTEST_MAIN(TicketNotesTest)
#include "tst_ticketnotes.moc"
