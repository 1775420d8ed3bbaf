#include "dialogs/marksdialog.h"
#include "look/look.h"
#include "models/rowmarks.h"
#include "ui/viewwindow.h"
#include "views/instancespage.h"
#include "views/mainwindowactions.h"
#include "views/rowtools.h"
#include "views/viewpart.h"
#include "widgets/filterfield.h"

#include <QAction>
#include <QDir>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;

/// Pictures of what one does with tables: filters in ready views, marks, columns that stay in view,
/// and the states of a ready view. Written beside those of tst_screens.
class TableScreens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void views_data() { themes(); }
    void views();
    void instances_data() { themes(); }
    void instances();
    void states_data() { themes(); }
    void states();

private:
    static void themes();
    void shoot(QWidget *widget, const QString &name);
    InstancesPage *open(const ViewWindow &shown, const QString &name);
    QDir m_folder;
    QString m_theme;
};

void TableScreens::initTestCase()
{
    m_folder.setPath(qEnvironmentVariable("WINRM_SCREENSHOTS", u"screenshots"_s));
    QVERIFY(m_folder.mkpath(u"."_s));
}

void TableScreens::themes()
{
    QTest::addColumn<QString>("theme");
    QTest::newRow("light") << u"light"_s;
    QTest::newRow("dark") << u"dark"_s;
}

void TableScreens::init()
{
    QFETCH(QString, theme);
    m_theme = theme;
    Look::apply(*qApp, theme == u"dark"_s ? Theme::Dark : Theme::Light);
}

void TableScreens::shoot(QWidget *widget, const QString &name)
{
    for (int round = 0; round < 5; ++round)
        QCoreApplication::processEvents();
    const QPixmap picture = widget->grab();
    QVERIFY(picture.save(m_folder.filePath(
        u"%1-%2-%3.png"_s.arg(name, m_theme).arg(qRound(widget->devicePixelRatioF() * 100)))));
}

InstancesPage *TableScreens::open(const ViewWindow &shown, const QString &name)
{
    shown.window().openInstances(shown.host, u"root/cimv2"_s, name);
    auto *page = qobject_cast<InstancesPage *>(shown.tabs().current());
    return page && ViewWindow::settled(page)
            && QTest::qWaitFor([page] { return page->model()->schema(); }, 20000)
        ? page
        : nullptr;
}

void TableScreens::views()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.services"_s);
    QVERIFY(page);
    ViewPart *part = page->parts().front();
    part->tools()->setFilter(u"StartMode=automatic win"_s);
    QTRY_VERIFY(part->model()->rowCount() < int(part->rowCount()) && !part->model()->isArranging());
    part->table()->selectRow(1);
    shoot(&shown.window(), u"view-filtered"_s);
    part->tools()->setFilter({});
    QSignalSpy refreshed(part->model(), &RowTableModel::refreshed);
    shown.window().actions().refresh->trigger();
    QVERIFY(refreshed.wait(20000));
    shoot(&shown.window(), u"view-refreshed"_s);

    page = shown.open(u"windows.disks"_s);
    QVERIFY(page);
    QTest::mouseClick(page->parts()[0]->findChild<QToolButton *>(u"partFilter"_s), Qt::LeftButton);
    page->parts()[0]->tools()->setFilter(u"ntfs"_s);
    QTRY_VERIFY(!page->parts()[0]->model()->isArranging());
    shoot(&shown.window(), u"view-section-filter"_s);
}

void TableScreens::instances()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    InstancesPage *page = open(shown, u"Win32_Service"_s);
    QVERIFY(page);
    auto *table = page->findChild<RowTableView *>(u"instancesTable"_s);
    page->model()->setMarks(
        {{.column = u"State"_s,
          .where = u"State=Stopped StartMode=Auto"_s,
          .sign = ViewMark::Sign::Warning,
          .word = u"should be running"_s},
         {.column = u"State"_s, .where = u"State=Running"_s, .sign = ViewMark::Sign::Ok}});
    table->resetColumns();
    table->setHiddenColumns({u"AcceptPause"_s, u"AcceptStop"_s, u"Caption"_s, u"CheckPoint"_s,
                             u"CreationClassName"_s, u"DelayedAutoStart"_s, u"Description"_s,
                             u"DesktopInteract"_s, u"DisconnectedSessions"_s});
    const QStringList names = page->model()->columnNames();
    table->scrollTo(page->model()->index(0, int(names.indexOf(u"Status"_s))));
    shoot(&shown.window(), u"marks"_s);
    Q_EMIT table->markColumn(u"State"_s);
    QTRY_VERIFY(page->findChild<MarksDialog *>());
    QDialog *dialog = page->findChild<MarksDialog *>();
    shoot(dialog, u"marks-dialog"_s);
    dialog->close();
    table->setHiddenColumns({});
    table->setCurrentIndex(page->model()->index(3, 0));
    table->horizontalScrollBar()->setValue(900);
    shoot(&shown.window(), u"kept-columns"_s);
    QMenu menu;
    table->fillColumnMenu(&menu);
    menu.findChild<QAction *>(u"chooseColumns"_s)->trigger();
    QTRY_VERIFY(QApplication::activeModalWidget());
    shoot(QApplication::activeModalWidget(), u"columns-dialog"_s);
    QApplication::activeModalWidget()->close();
}

/// Empty, not there, failed in one of several, nothing that passes the filter, disconnected.
void TableScreens::states()
{
    ViewWindow shown;
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"windows.shares"_s);
    QVERIFY(page);
    shoot(&shown.window(), u"view-part-missing"_s);
    page = shown.open(u"windows.services"_s);
    QVERIFY(page);
    page->parts().front()->tools()->setFilter(u"nothing has this"_s);
    QTRY_COMPARE(page->parts().front()->model()->rowCount(), 0);
    shoot(&shown.window(), u"view-none-passes"_s);
    page->parts().front()->tools()->setFilter({});
    QTRY_VERIFY(page->parts().front()->model()->rowCount() > 0);
    page->refresh();
    page->stop();
    QVERIFY(ViewWindow::settled(page));
    shoot(&shown.window(), u"view-stopped"_s);
    shown.host->disconnectFromHost();
    QCoreApplication::processEvents();
    shoot(&shown.window(), u"view-disconnected"_s);

    ViewWindow spoiled(u"windows"_s, {}, u"enumerate:2=fault-AccessDenied"_s);
    QVERIFY(spoiled.host);
    page = spoiled.open(u"windows.disks"_s);
    QVERIFY(page);
    QTRY_VERIFY(!page->isBusy());
    shoot(&spoiled.window(), u"view-part-failed"_s);
    spoiled.window().openAddress(spoiled.host, uR"(registry:HKLM\SECURITY)"_s);
    QVERIFY(ViewWindow::settled(spoiled.tabs().current()));
    QTest::qWait(300); // what takes a moment to be shown
    shoot(&spoiled.window(), u"registry-refused"_s);
}

QTEST_MAIN(TableScreens)
#include "tst_tablescreens.moc"
