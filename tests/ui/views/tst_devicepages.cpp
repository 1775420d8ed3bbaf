#include "core/inventory/device.h"
#include "models/hoststreemodel.h"
#include "ui/demowindow.h"
#include "views/page.h"
#include "views/pagetabs.h"
#include "widgets/notestrip.h"

#include <QLabel>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

/// What the window shows of a host that cannot be asked for its classes.
class DevicePagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void treeShowsGroups();
    void overviewLeadsToTheClasses();
    void classesSayWhatTheyAre();
    void schemaSaysWhereItIsFrom();

private:
    NoteStrip *note() const;
    std::unique_ptr<Device> m_device;
    std::unique_ptr<DemoHost> m_demo;
    std::unique_ptr<DemoWindow> m_shown;
    HostConnection *m_host = nullptr;
};

void DevicePagesTest::init()
{
    m_shown.reset();
    m_device = std::make_unique<Device>("Intel(R)", u"CIM_Fan"_s);
    m_demo = std::make_unique<DemoHost>(DemoOptions());
    m_shown = std::make_unique<DemoWindow>(*m_demo);
    MainWindow &window = *m_shown->window;
    window.resize(1000, 700);
    window.show();
    Profile profile;
    profile.summary.name = u"amt01"_s;
    profile.options = m_device->options();
    m_host = window.hosts().add(profile, {});
    window.connectTo(m_host);
    QTRY_COMPARE_WITH_TIMEOUT(m_host->state(), State::Connected, 10000);
}

/// Of the page in front.
NoteStrip *DevicePagesTest::note() const
{
    const auto strips = m_shown->window->tabs().currentWidget()->findChildren<NoteStrip *>();
    const auto shown = std::ranges::find_if(strips, &QWidget::isVisible);
    return shown == strips.end() ? nullptr : *shown;
}

void DevicePagesTest::treeShowsGroups()
{
    auto *view = m_shown->window->findChild<QTreeView *>(u"hostsView"_s);
    QAbstractItemModel *model = view->model();
    const QModelIndex host = model->index(0, 0);
    QTRY_COMPARE(model->rowCount(host), 2); // views and CIM: there is no configuration to show
    const QModelIndex cim = model->index(1, 0, host);
    view->expand(cim);
    QTRY_VERIFY(model->rowCount(cim) > 5);
    const QModelIndex general = model->index(0, 0, cim);
    QCOMPARE(general.data().toString(), u"General"_s);
    const QModelIndex first = model->index(0, 0, general);
    QCOMPARE(first.data().toString(), u"AMT_GeneralSettings"_s);
    // One opens a class from there, and the host is asked for it under Intel's URI.
    Q_EMIT view->activated(first);
    QTRY_VERIFY(m_device->asked().contains(u"AMT_GeneralSettings"_s));
}

void DevicePagesTest::overviewLeadsToTheClasses()
{
    MainWindow &window = *m_shown->window;
    auto *classes = window.tabs().current()->findChild<QPushButton *>(u"hostClasses"_s);
    QVERIFY(classes && classes->isVisible());
    QVERIFY2(!classes->text().contains(u"cimv2"_s), qPrintable(classes->text()));
    QTest::mouseClick(classes, Qt::LeftButton);
    QTreeView *list = nullptr;
    QTRY_VERIFY(list = window.tabs().current()->findChild<QTreeView *>(u"classList"_s));
    QTRY_VERIFY(list->isVisible() && list->model()->rowCount() > 50);
}

void DevicePagesTest::classesSayWhatTheyAre()
{
    MainWindow &window = *m_shown->window;
    window.openClasses(m_host, u"root"_s);
    QTreeView *list = nullptr;
    QTRY_VERIFY(list = window.findChild<QTreeView *>(u"classList"_s));
    QTRY_VERIFY(list->model()->rowCount() > 50);
    QTRY_VERIFY(note());
    QVERIFY(note()->text().contains(u"Intel AMT"_s));
    QCOMPARE(list->model()->index(0, 0).data().toString(), u"AMT_GeneralSettings"_s);
    const QString meaning = list->model()->index(0, 1).data().toString();
    QVERIFY(meaning.endsWith(u'.'));
    QCOMPARE(window.findChild<QLabel *>(u"classDescription"_s)->text(), meaning);
}

void DevicePagesTest::schemaSaysWhereItIsFrom()
{
    MainWindow &window = *m_shown->window;
    window.openSchema(m_host, u"root"_s, u"CIM_Fan"_s);
    QTRY_VERIFY_WITH_TIMEOUT(note(), 10000);
    QVERIFY(note()->text().contains(u"one instance"_s));
    window.openSchema(m_host, u"root"_s, u"CIM_Chassis"_s);
    QTRY_VERIFY_WITH_TIMEOUT(note() && note()->text().contains(u"known of Intel AMT"_s), 10000);
}

QTEST_MAIN(DevicePagesTest)
#include "tst_devicepages.moc"
