#include "dialogs/comparerowsdialog.h"
#include "dialogs/importdialog.h"
#include "look/look.h"
#include "models/rowtablemodel.h"
#include "peer/process/realmprocess.h"
#include "protocol/resourcelocator.h"
#include "session/invokeoperation.h"
#include "ui/demowindow.h"
#include "views/instancespage.h"
#include "views/page.h"
#include "views/pagefactory.h"
#include "views/pagetabs.h"
#include "views/rowtableview.h"
#include "views/tracedock.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTranslator>
#include <QTreeView>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

/// Opens every view and dialog on the demo host and writes a picture of each into the folder that
/// WINRM_SCREENSHOTS names (else "screenshots" in the working folder), light and dark, at the scale
/// of QT_SCALE_FACTOR. README's pictures are made by it.
class Screens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void start_data() { themes(); }
    void start();
    void pages_data() { themes(); }
    void pages();
    void finding_data() { themes(); }
    void finding();
    void views_data() { themes(); }
    void views();
    void deviceViews_data() { themes(); }
    void deviceViews();
    void tables_data() { themes(); }
    void tables();
    void hosts_data() { themes(); }
    void hosts();
    void failures_data() { themes(); }
    void failures();
    void dialogs_data() { themes(); }
    void dialogs();
    void signIn_data() { themes(); }
    void signIn();

private:
    static void themes();
    void shoot(QWidget *widget, const QString &name);
    void shootDialog(const QString &name);
    void shootConnection(const QString &name, const QString &host, Authentication way,
                         const QString &who, const QString &user = {});
    void fillStore();
    static ProfileFile inventory();
    HostConnection *connectLab();
    bool settle();
    bool quiet();
    void selectFirst(const QString &view);
    void bulkEdit();
    void credentials();

    QDir m_folder;
    QString m_theme;
    std::unique_ptr<DemoHost> m_host;
    std::unique_ptr<DemoWindow> m_demo;
};

void Screens::initTestCase()
{
    QCoreApplication::setApplicationVersion(u"0.1.0"_s);
    auto *english = new QTranslator(this); // "1 row"
    QVERIFY(english->load(u"winrm-console_en"_s, QStringLiteral(WINRM_TRANSLATIONS)));
    QCoreApplication::installTranslator(english);
    m_folder.setPath(qEnvironmentVariable("WINRM_SCREENSHOTS", u"screenshots"_s));
    QVERIFY(m_folder.mkpath(u"."_s));
    m_host = std::make_unique<DemoHost>(DemoOptions{.tls = true});
    QVERIFY(m_host->start());
}

void Screens::themes()
{
    QTest::addColumn<QString>("theme");
    QTest::newRow("light") << u"light"_s;
    QTest::newRow("dark") << u"dark"_s;
}

void Screens::init()
{
    QFETCH(QString, theme);
    m_theme = theme;
    Look::apply(*qApp, theme == u"dark"_s ? Theme::Dark : Theme::Light);
    m_demo = std::make_unique<DemoWindow>(*m_host);
    fillStore();
    m_demo->window->resize(1280, 800);
    m_demo->window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_demo->window.get()));
    QApplication::setActiveWindow(m_demo->window.get());
}

void Screens::cleanup()
{
    m_demo->window->close();
    m_demo.reset();
}

void Screens::fillStore()
{
    const struct
    {
        QString name, folder, color;
        QStringList tags;
    } rows[] = {{u"lab"_s, {}, {}, {u"demo"_s}},
                {u"web01"_s, u"Production"_s, u"#c62828"_s, {u"iis"_s, u"dmz"_s}},
                {u"web02"_s, u"Production"_s, u"#c62828"_s, {u"iis"_s}},
                {u"files"_s, u"Office"_s, {}, {}}};
    int saved = 0;
    for (const auto &row : rows) {
        Profile profile = m_demo->profile(row.name);
        profile.summary.folder = row.folder;
        profile.summary.color = row.color;
        profile.summary.tags = row.tags;
        profile.options.readOnly = row.name == u"web01"_s;
        m_demo->store.save(profile, m_demo->credential(), false,
                           [&saved](const Result<QString> &id) {
                               QVERIFY2(id, id ? "" : qPrintable(id.error().message));
                               ++saved;
                           });
    }
    QTRY_COMPARE(saved, int(std::size(rows)));
}

void Screens::shoot(QWidget *widget, const QString &name)
{
    // What appears only after a moment (progress, loading) is over or shown by now; layouts within
    // layouts take a round each.
    for (int round = 0; round < 5; ++round)
        QCoreApplication::processEvents();
    const QPixmap picture = widget->grab();
    const QString file = u"%1-%2-%3.png"_s.arg(name, m_theme)
                             .arg(qRound(widget->devicePixelRatioF() * 100));
    QVERIFY(picture.save(m_folder.filePath(file)));
    QCOMPARE(picture.width(), qRound(widget->width() * widget->devicePixelRatioF()));
}

void Screens::shootDialog(const QString &name)
{
    QTRY_VERIFY(QApplication::activeModalWidget());
    const QPointer dialog = QApplication::activeModalWidget();
    // The screen of these tests is a small one at 200 %; the picture shows all there is.
    if (const auto *fields = dialog->findChild<QScrollArea *>(u"fields"_s)) {
        QCoreApplication::processEvents();
        dialog->resize(dialog->width(), dialog->height() + fields->verticalScrollBar()->maximum());
    }
    shoot(dialog, name);
    dialog->close();
    QTRY_VERIFY(!dialog);
}

HostConnection *Screens::connectLab()
{
    if (!m_demo->window->connectToProfile(u"lab"_s))
        return nullptr;
    HostConnection *host = m_demo->window->hosts().forProfile(m_demo->store.find(u"lab"_s)->id);
    return QTest::qWaitFor([host] { return host->state() == State::Connected; }, 20000) ? host
                                                                                        : nullptr;
}

bool Screens::settle()
{
    const Page *page = m_demo->window->tabs().current();
    return page && QTest::qWaitFor([page] { return page->canExport(); }, 20000) && quiet();
}

/// Until nothing is asked of any host any more.
bool Screens::quiet()
{
    QCoreApplication::processEvents(); // pages begin to read from the event loop
    return QTest::qWaitFor([this] { return !m_demo->window->actions().stop->isEnabled(); }, 20000);
}

void Screens::selectFirst(const QString &view)
{
    const Page *page = m_demo->window->tabs().current();
    for (auto *found : page->findChildren<QAbstractItemView *>()) {
        if (!found->isVisible() || (!view.isEmpty() && found->objectName() != view))
            continue;
        const QModelIndex index = found->model()->index(std::min(2, found->model()->rowCount() - 1),
                                                        0);
        found->setCurrentIndex(index);
        return;
    }
}

void Screens::start()
{
    shoot(m_demo->window.get(), u"start"_s);
}

void Screens::pages()
{
    HostConnection *host = connectLab();
    QVERIFY(host);
    MainWindow &window = *m_demo->window;
    shoot(&window, u"overview"_s);

    window.openAddress(host, u"winrm/config"_s);
    QVERIFY(settle());
    selectFirst({});
    shoot(&window, u"configuration"_s);

    auto *tree = window.findChild<QTreeView *>(u"hostsView"_s);
    for (int row = 0; row < tree->model()->rowCount(); ++row) {
        const QModelIndex top = tree->model()->index(row, 0);
        if (top.data().toString() == u"lab"_s)
            tree->expand(tree->model()->index(2, 0, top));
    }
    window.openClasses(host, u"root/cimv2"_s);
    QVERIFY(quiet());
    selectFirst({});
    shoot(&window, u"namespace"_s);

    window.openInstances(host, u"root/cimv2"_s, u"Win32_Service"_s);
    QVERIFY(settle());
    selectFirst({});
    shoot(&window, u"instances"_s);

    window.openSchema(host, u"root/cimv2"_s, u"Win32_Service"_s);
    QVERIFY(quiet());
    selectFirst({});
    shoot(&window, u"schema"_s);

    ResourceLocator service = wmiClass(u"root/cimv2"_s, u"Win32_Service"_s);
    service.setSelector(u"Name"_s, u"WinRM"_s);
    window.openResource(host, service);
    QVERIFY(settle());
    selectFirst({});
    shoot(&window, u"resource"_s);

    window.tabs().current()->findChild<QAbstractButton *>(u"associationsButton"_s)->click();
    QVERIFY(quiet());
    auto *associations = window.tabs().current()->findChild<QTreeView *>(u"associationTree"_s);
    QVERIFY(associations);
    const QModelIndex role = associations->model()->index(0, 0);
    associations->setCurrentIndex(
        associations->model()->index(0, 0, associations->model()->index(0, 0, role)));
    associations->expand(associations->currentIndex());
    QVERIFY(quiet());
    shoot(&window, u"associations"_s);

    window.actions().query->trigger();
    auto *editor = window.tabs().current()->findChild<QPlainTextEdit *>(u"queryEditor"_s);
    QVERIFY(editor);
    editor->setPlainText(u"SELECT Name, DisplayName, State, StartMode FROM Win32_Service\n"
                         "WHERE State = '${state}' AND StartMode <> 'Disabled'"_s);
    window.tabs().current()->findChild<QLineEdit *>(u"state"_s)->setText(u"Stopped"_s);
    window.actions().refresh->trigger();
    QVERIFY(settle());
    shoot(&window, u"query"_s);

    window.actions().trace->trigger();
    auto *trace = window.findChild<TraceDock *>();
    trace->select(m_demo->trace.entries().back().id);
    shoot(&window, u"trace"_s);
    window.actions().activity->trigger();

    QFile file(m_demo->folder.filePath(u"saved.xml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_demo->trace.entries().back().replyBody);
    file.close();
    window.openFile(file.fileName());
    QVERIFY(settle());
    shoot(&window, u"document"_s);

    QFile savedTrace(m_demo->folder.filePath(u"saved.jsonl"_s));
    QVERIFY(savedTrace.open(QIODevice::WriteOnly));
    for (const TraceEntry &entry : m_demo->trace.entries())
        savedTrace.write(toJsonLine(entry) + '\n');
    savedTrace.close();
    window.openFile(savedTrace.fileName());
    QTRY_VERIFY(!window.tabs().current()->isBusy());
    selectFirst(u"traceView"_s);
    shoot(&window, u"saved-trace"_s);

    host->disconnectFromHost();
    window.tabs().setCurrentIndex(1);
    shoot(&window, u"disconnected"_s);

    window.resize(800, 600);
    shoot(&window, u"narrow"_s);
}

/// The search in a host's classes before and after they were read, the palette, the bookmarks.
void Screens::finding()
{
    HostConnection *host = connectLab();
    QVERIFY(host);
    MainWindow &window = *m_demo->window;
    window.openAddress(host, u"winrm/config"_s);
    QVERIFY(settle());
    window.actions().bookmark->trigger();
    window.actions().searchHost->trigger();
    QVERIFY(quiet());
    shoot(&window, u"search-nothing-read"_s);
    auto *page = window.tabs().current();
    page->findChild<QPushButton *>(u"stateAction"_s)->click();
    QVERIFY(quiet());
    shoot(&window, u"search-empty"_s);
    page->findChild<QLineEdit *>(u"searchWords"_s)->setText(u"serial"_s);
    auto *results = page->findChild<QTreeView *>(u"searchResults"_s);
    QTRY_VERIFY(results->model()->rowCount() > 3);
    shoot(&window, u"search"_s);
    page->findChild<QLineEdit *>(u"searchWords"_s)->setText(u"serial nowhere"_s);
    QTRY_VERIFY(results->model()->rowCount() == 0);
    shoot(&window, u"search-none"_s);

    window.openInstances(host, u"root/cimv2"_s, u"Win32_Service"_s);
    QVERIFY(settle());
    window.actions().bookmark->trigger();
    window.openAddress(host, u"wmicimv2/Win32_DiskDrive"_s);
    QVERIFY(settle());
    window.tabs().close(window.tabs().current());
    window.actions().palette->trigger();
    shoot(&window, u"palette"_s);
    auto *field = window.findChild<QLineEdit *>(u"paletteField"_s);
    field->setText(u"serial"_s);
    shoot(&window, u"palette-serial"_s);
    field->setText(u"export"_s);
    shoot(&window, u"palette-command"_s);
    window.resize(600, 480);
    shoot(&window, u"palette-narrow"_s);
    QTest::keyClick(field, Qt::Key_Escape);
    window.actions().editBookmarks->trigger();
    shootDialog(u"bookmarks"_s);
}

void Screens::views()
{
    HostConnection *host = connectLab();
    QVERIFY(host);
    MainWindow &window = *m_demo->window;
    auto *tree = window.findChild<QTreeView *>(u"hostsView"_s);
    for (int row = 0; row < tree->model()->rowCount(); ++row) {
        const QModelIndex top = tree->model()->index(row, 0);
        if (top.data().toString() == u"lab"_s)
            tree->expandRecursively(tree->model()->index(0, 0, top));
    }
    for (const QString &id : {u"overview"_s, u"hardware"_s, u"services"_s, u"processes"_s,
                              u"disks"_s, u"network"_s, u"shares"_s, u"users"_s, u"tasks"_s,
                              u"eventlog"_s, u"connections"_s, u"certificates"_s}) {
        window.openAddress(host, u"view:windows."_s + id);
        QVERIFY(quiet());
        if (id == u"eventlog"_s)
            shoot(&window, u"view-eventlog-asks"_s);
        if (auto *run = window.tabs().current()->findChild<QPushButton *>(u"runView"_s))
            run->click();
        QVERIFY(quiet());
        for (const auto *table : window.tabs().current()->findChildren<QAbstractItemView *>()) {
            if (table->objectName() == u"viewTable"_s && table->isVisible())
                QTRY_VERIFY(table->model()->rowCount() > 0); // sorting is done beside
        }
        if (id == u"services"_s)
            selectFirst(u"viewTable"_s);
        shoot(&window, u"view-"_s + id);
    }
    window.openAddress(host, uR"(registry:HKLM\SOFTWARE\Example\Monitor)"_s);
    QVERIFY(quiet());
    QTRY_VERIFY(!window.tabs().current()->isBusy());
    shoot(&window, u"registry"_s);
}

void Screens::deviceViews()
{
    for (const QString &as : {u"amt"_s, u"idrac"_s}) {
        DemoHost device({.tls = true, .as = as});
        QVERIFY(device.start());
        DemoWindow shown(device);
        MainWindow &window = *shown.window;
        window.resize(1280, 800);
        window.show();
        window.startDemo();
        HostConnection *host = window.hosts().hosts().front();
        QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Connected, 20000);
        QTest::qWait(300);
        window.openAddress(host, u"view:%1.overview"_s.arg(as));
        QCoreApplication::processEvents();
        QTRY_VERIFY_WITH_TIMEOUT(!window.actions().stop->isEnabled(), 20000);
        shoot(&window, u"view-%1-overview"_s.arg(as));
        window.close();
    }
}

/// What a table and the value view make of rows.
void Screens::tables()
{
    HostConnection *host = connectLab();
    QVERIFY(host);
    MainWindow &window = *m_demo->window;
    window.openInstances(host, u"root/cimv2"_s, u"Win32_Service"_s);
    QVERIFY(settle());
    auto *page = qobject_cast<InstancesPage *>(window.tabs().current());
    QVERIFY(page);
    QTRY_VERIFY(page->model()->schema());
    auto *table = page->findChild<RowTableView *>(u"instancesTable"_s);
    const auto column = [page](const QString &name) {
        return int(page->model()->columnNames().indexOf(name));
    };
    table->setCurrentIndex(page->model()->index(1, column(u"ProcessId"_s)));
    table->selectionModel()->select(
        QItemSelection(page->model()->index(1, 0), page->model()->index(6, 0)),
        QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QTRY_VERIFY(page->statusText().contains(u"average"_s));
    shoot(&window, u"selection"_s);

    table->setCurrentIndex(page->model()->index(4, column(u"PathName"_s)));
    window.actions().value->trigger();
    shoot(&window, u"value"_s);

    ResourceLocator service = wmiClass(u"root/cimv2"_s, u"Win32_Service"_s);
    service.setSelector(u"Name"_s, page->model()->index(2, column(u"Name"_s)).data().toString());
    const bool runs = page->model()->index(2, column(u"State"_s)).data() == u"Running"_s;
    auto *change = new InvokeOperation(
        host->session(),
        {.resource = service, .method = runs ? u"StopService"_s : u"StartService"_s});
    QSignalSpy changed(change, &Operation::finished);
    change->start();
    QVERIFY(changed.wait(20000));
    QSignalSpy refreshed(page->model(), &RowTableModel::refreshed);
    window.actions().refresh->trigger();
    QVERIFY(refreshed.wait(20000));
    table->clearSelection();
    table->horizontalScrollBar()->setValue(0);
    shoot(&window, u"refreshed"_s);

    auto *compare = new CompareRowsDialog(*page->model(), 1, 2, &window);
    compare->open();
    shootDialog(u"compare-rows"_s);

    const QModelIndex cell = page->model()->index(3, column(u"State"_s));
    table->setCurrentIndex(cell);
    table->scrollTo(cell);
    const QPoint at = table->visualRect(cell).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, table->viewport()->mapToGlobal(at));
    QApplication::sendEvent(table->viewport(), &event);
    auto *menu = page->findChild<QMenu *>(u"rowMenu"_s);
    QVERIFY(menu);
    shoot(menu, u"row-menu"_s);
    menu->close();

    window.openAddress(host, u"winrm/config"_s);
    QVERIFY(settle());
    auto *tree = window.tabs().current()->findChild<QTreeView *>(u"configurationTree"_s);
    const QModelIndexList found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole,
                                                       u"RootSDDL"_s, 1,
                                                       Qt::MatchExactly | Qt::MatchRecursive);
    QVERIFY(!found.isEmpty());
    tree->setCurrentIndex(found.first());
    shoot(&window, u"value-sddl"_s);
}

/// The Hosts dock with tags asked for, bookmarks, a production host and one that is read-only.
void Screens::hosts()
{
    HostConnection *lab = connectLab();
    QVERIFY(lab);
    MainWindow &window = *m_demo->window;
    window.openAddress(lab, u"winrm/config"_s);
    QVERIFY(settle());
    window.actions().bookmark->trigger();
    window.openInstances(lab, u"root/cimv2"_s, u"Win32_Service"_s);
    QVERIFY(settle());
    window.actions().bookmark->trigger();
    QVERIFY(window.connectToProfile(u"web01"_s));
    const HostConnection *web = window.hosts().forProfile(m_demo->store.find(u"web01"_s)->id);
    QTRY_COMPARE_WITH_TIMEOUT(web->state(), State::Connected, 20000);
    QVERIFY(quiet());
    auto *tree = window.findChild<QTreeView *>(u"hostsView"_s);
    for (int row = 0; row < tree->model()->rowCount(); ++row) {
        const QModelIndex top = tree->model()->index(row, 0);
        for (int child = 0; child < tree->model()->rowCount(top); ++child)
            tree->collapse(tree->model()->index(child, 0, top));
        if (tree->model()->rowCount(top) > 0 && top.data().toString() == u"lab"_s)
            tree->collapse(top);
    }
    shoot(&window, u"hosts"_s);
    for (const QString &tag : {u"iis"_s, u"demo"_s, u"dmz"_s, u"dmz"_s})
        window.findChild<QAbstractButton *>(u"tag-"_s + tag)->click();
    shoot(&window, u"hosts-tags-none"_s);
    window.findChild<QAbstractButton *>(u"tagAny"_s)->click();
    shoot(&window, u"hosts-tags"_s);
}

void Screens::failures()
{
    MainWindow &window = *m_demo->window;
    Profile profile = m_demo->profile(u"Nobody there"_s);
    profile.options.port = 1;
    HostConnection *host = window.hosts().add(profile, m_demo->credential());
    window.connectTo(host);
    QTRY_COMPARE(host->state(), State::Failed);
    shoot(&window, u"failed"_s);

    profile = m_demo->profile(u"Changed"_s);
    profile.options.pinSha256 = QByteArray(32, '\x5a');
    host = window.hosts().add(profile, m_demo->credential());
    window.connectTo(host);
    QTRY_COMPARE(host->state(), State::Failed);
    shoot(&window, u"changed-certificate"_s);

    HostConnection *lab = connectLab();
    QVERIFY(lab);
    window.openAddress(lab, u"wmicimv2/Win32_NoSuchClass"_s);
    QVERIFY(quiet());
    window.openAddress(lab, u"wmicimv2/Win32_Service?Name"_s);
    shoot(&window, u"fault"_s);
}

/// Connections of another program, some of which raise questions.
ProfileFile Screens::inventory()
{
    const auto file = readProfileFile(
        "[web]\nweb[01:03].example.com\nweb04.example.com ansible_password=secret\n"
        "[sql]\ndb01.example.com ansible_winrm_server_cert_validation=ignore\n"
        "db02.example.com ansible_user='CORP\\dba'\n"
        "[windows:children]\nweb\nsql\n[windows:vars]\nansible_connection=winrm\n"
        "ansible_user=deploy@EXAMPLE.COM\n[linux]\nlin01.example.com\nlin02.example.com\n");
    return file ? *file : ProfileFile();
}

void Screens::bulkEdit()
{
    m_demo->window->actions().profiles->trigger();
    QTRY_VERIFY(QApplication::activeModalWidget());
    QWidget *profiles = QApplication::activeModalWidget();
    profiles->findChild<QTreeWidget *>(u"profileTree"_s)->selectAll();
    profiles->findChild<QPushButton *>(u"editProfile"_s)->click();
    shootDialog(u"bulk-edit"_s);
    profiles->findChild<QPushButton *>(u"editProfile"_s)->click();
    QTRY_VERIFY(profiles->findChild<QDialog *>(u"bulkEditDialog"_s));
    auto *edit = profiles->findChild<QDialog *>(u"bulkEditDialog"_s);
    edit->findChild<QAbstractButton *>(u"bulkReadOnlyBox"_s)->click();
    auto *tags = edit->findChild<QTreeWidget *>(u"tagList"_s);
    tags->topLevelItem(0)->setCheckState(0, Qt::Checked);
    shootDialog(u"bulk-edit-chosen"_s);
    profiles->close();
}

void Screens::credentials()
{
    const MainWindowActions &actions = m_demo->window->actions();
    QString id;
    m_demo->store.saveCredential(
        {.label = u"Domain administrators"_s, .userName = u"admin@EXAMPLE.COM"_s},
        Secret(u"secret"_s), [&id](const Result<QString> &made) { id = made ? *made : u"-"_s; });
    QTRY_VERIFY(!id.isEmpty());
    for (const QString &name : {u"web01"_s, u"web02"_s}) {
        Profile profile = m_demo->profile(name);
        profile.summary = *m_demo->store.find(name);
        profile.credentialId = id;
        bool saved = false;
        m_demo->store.save(profile, {}, false, [&saved](const Result<QString> &) { saved = true; });
        QTRY_VERIFY(saved);
    }
    actions.credentials->trigger();
    QTRY_VERIFY(QApplication::activeModalWidget());
    QWidget *list = QApplication::activeModalWidget();
    QTRY_COMPARE(list->findChild<QTreeWidget *>(u"credentialTree"_s)->topLevelItemCount(), 3);
    shoot(list, u"credentials"_s);
    list->findChild<QPushButton *>(u"changePasswordButton"_s)->click();
    shootDialog(u"credentials-password"_s);
    list->findChild<QPushButton *>(u"newCredentialButton"_s)->click();
    shootDialog(u"credentials-new"_s);
    list->findChild<QPushButton *>(u"forgetCredentialButton"_s)->click();
    shootDialog(u"credentials-forget"_s);
    list->close();
    actions.lock->trigger();
    shootDialog(u"lock"_s);
}

void Screens::dialogs()
{
    MainWindow &window = *m_demo->window;
    window.actions().shortcuts->trigger();
    shootDialog(u"shortcuts"_s);
    window.actions().about->trigger();
    shootDialog(u"about"_s);
    window.actions().newConnection->trigger();
    shootDialog(u"connection"_s);
    window.actions().newConnection->trigger();
    QTRY_VERIFY(QApplication::activeModalWidget());
    for (const QString &fold : {u"saveProfile"_s, u"advancedFold"_s})
        QApplication::activeModalWidget()->findChild<QAbstractButton *>(fold)->setChecked(true);
    shootDialog(u"connection-advanced"_s);
    window.actions().profiles->trigger();
    shootDialog(u"profiles"_s);
    bulkEdit();
    credentials();
    auto *import = new ImportDialog(inventory(), m_demo->store, &window);
    import->setAttribute(Qt::WA_DeleteOnClose);
    import->open();
    shootDialog(u"import"_s);

    Profile profile = m_demo->profile(u"First time"_s);
    profile.options.pinSha256.clear();
    HostConnection *host = window.hosts().add(profile, {});
    window.connectTo(host);
    shootDialog(u"trust"_s);
    QTRY_COMPARE(host->state(), State::Failed);
    profile.options.pinSha256 = m_demo->demo.pinSha256();
    host = window.hosts().add(profile, {});
    window.connectTo(host);
    shootDialog(u"credential"_s);
    QTRY_VERIFY(host->state() != State::Connecting);

    HostConnection *lab = connectLab();
    QVERIFY(lab);
    window.openInstances(lab, u"root/cimv2"_s, u"Win32_Service"_s);
    QVERIFY(settle());
    window.actions().exportContent->trigger();
    shootDialog(u"export"_s);
}

/// The dialog as it looks once everything has been found out.
void Screens::shootConnection(const QString &name, const QString &host, Authentication way,
                              const QString &who, const QString &user)
{
    m_demo->window->actions().newConnection->trigger();
    QTRY_VERIFY(QApplication::activeModalWidget());
    QWidget *dialog = QApplication::activeModalWidget();
    const auto box = [dialog](const QString &field) {
        return dialog->findChild<QComboBox *>(field);
    };
    box(u"host"_s)->setEditText(host);
    box(u"mechanism"_s)->setCurrentIndex(box(u"mechanism"_s)->findData(int(way)));
    box(u"signInAs"_s)->setCurrentIndex(box(u"signInAs"_s)->findText(who, Qt::MatchStartsWith));
    dialog->findChild<QLineEdit *>(u"user"_s)->setText(user);
    dialog->findChild<QLineEdit *>(u"password"_s)->setText(user);
    QTRY_VERIFY_WITH_TIMEOUT(
        [dialog] {
            const auto rows = dialog->findChildren<QWidget *>(QRegularExpression(u"^preflight-"_s));
            return !rows.isEmpty() && std::ranges::none_of(rows, [](const QWidget *row) {
                return row->findChild<QLabel *>(u"sentence"_s)->text().startsWith(u"Looking"_s)
                    || row->findChild<QLabel *>(u"sentence"_s)->text().startsWith(u"Asking"_s);
            });
        }(),
        20000);
    shootDialog(name);
}

void Screens::signIn()
{
    RealmProcess realm;
    QVERIFY2(realm.isRunning(), realm.startError().constData());
    const QString ticket = realm.kinit(u"alice"_s);
    realm.enter(ticket);
    shootConnection(u"connection-kerberos"_s, u"localhost"_s, Authentication::Kerberos,
                    u"Current ticket"_s);
    realm.enter();
    shootConnection(u"connection-no-ticket"_s, u"localhost"_s, Authentication::Kerberos,
                    u"Current ticket"_s);
    shootConnection(u"connection-automatic"_s, u"localhost"_s, Authentication::Automatic,
                    u"Other user"_s, u"mallory@EXAMPLE.COM"_s);
    shootConnection(u"connection-ntlm"_s, u"http://localhost"_s, Authentication::Ntlm,
                    u"Other user"_s, u"EXAMPLE\\alice"_s);
    realm.stopKdc();
    shootConnection(u"connection-kdc-down"_s, u"localhost"_s, Authentication::Kerberos,
                    u"Other user"_s, u"alice"_s);
}

QTEST_MAIN(Screens)
#include "tst_screens.moc"
