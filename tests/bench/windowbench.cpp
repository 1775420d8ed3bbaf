#include "bench/windowbench.h"

#include "bench/benchreport.h"
#include "connection/keychain.h"
#include "connection/profilestore.h"
#include "demo/demohost.h"
#include "look/look.h"
#include "models/rowtablemodel.h"
#include "session/trace.h"
#include "views/instancespage.h"
#include "views/mainwindow.h"
#include "views/pagetabs.h"
#include "views/rowtableview.h"

#include <QApplication>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

constexpr int settling = 200; ///< ms for what a sort or filter leaves to paint

/// A text column with long values, and a word that some of its values have.
struct Example
{
    QString column, word;
};

Example exampleFor(const QStringList &columns)
{
    if (columns.contains(u"CommandLine"_s))
        return {u"CommandLine"_s, u"sqlservr"_s};
    if (columns.contains(u"OwnerMail"_s))
        return {u"Path"_s, u"99"_s};
    return {columns.value(0), u"a"_s};
}

} // namespace

WindowBench::WindowBench(const BenchOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{ }

WindowBench::~WindowBench()
{
    m_probe.reset();
}

/// As winrm-console does it, with a folder of its own for what is kept.
void WindowBench::makeWindow(std::unique_ptr<Keychain> keychain)
{
    Look::apply(*qApp);
    m_store = std::make_unique<ProfileStore>(std::move(keychain), m_folder.path());
    if (const Done opened = m_store->open(); !opened)
        return fail(opened.error());
    m_trace = std::make_unique<Trace>();
    m_window = std::make_unique<MainWindow>(
        MainWindow::Parts{.store = *m_store,
                          .trace = *m_trace,
                          .stateFile = m_folder.filePath(u"state.ini"_s),
                          .demo = [](const auto &) {}});
    m_window->installEventFilter(this);
    m_window->show();
}

bool WindowBench::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && !m_painted) {
        m_painted = true;
        // The window comes first, its parts in the same call: an event posted now runs after them.
        QMetaObject::invokeMethod(this, &WindowBench::painted, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void WindowBench::window()
{
    connect(this, &WindowBench::painted, this, [] {
        mark(u"@shown"_s);
        mark(u"@first"_s);
        QCoreApplication::exit(0);
    });
    makeWindow(systemKeychain());
}

void WindowBench::stall()
{
    if (m_options.url.isEmpty() && !startDemo())
        return;
    connect(this, &WindowBench::painted, this, &WindowBench::connectHost);
    makeWindow(memoryKeychain());
}

bool WindowBench::startDemo()
{
    m_demo = std::make_unique<DemoHost>(DemoOptions{.items = m_options.items});
    if (const Done started = m_demo->start(); !started) {
        fail(started.error());
        return false;
    }
    QFile password(m_demo->passwordFile());
    if (!password.open(QIODevice::ReadOnly)) {
        fail(password.errorString());
        return false;
    }
    qputenv("WINRM_PASSWORD", password.readLine().trimmed());
    m_options.url = m_demo->url();
    m_options.userName = m_demo->userName();
    m_options.className = u"Demo_Item"_s;
    return true;
}

void WindowBench::connectHost()
{
    Profile profile;
    profile.summary.name = u"bench"_s;
    profile.options = m_options.connection(m_options.url);
    m_host = m_window->hosts().add(profile, m_options.credential());
    connect(m_host, &HostConnection::stateChanged, this, [this] {
        if (m_host->state() == HostConnection::State::Connected)
            QTimer::singleShot(settling, this, &WindowBench::openTable);
        else if (m_host->state() == HostConnection::State::Failed)
            fail(m_host->error());
    });
    m_window->connectTo(m_host);
}

void WindowBench::openTable()
{
    m_probe = std::make_unique<StallProbe>();
    m_clock.start();
    m_window->openResource(m_host, m_options.enumeration().resource);
    m_page = qobject_cast<InstancesPage *>(m_window->tabs().current());
    if (!m_page)
        return fail(u"the class did not open as a table"_s);
    connect(m_page->model(), &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_firstRow < 0)
            m_firstRow = double(m_clock.nsecsElapsed()) / 1e6;
    });
    connect(m_page, &Page::busyChanged, this, [this] {
        if (!m_page->isBusy() && m_page->model()->totalRows() > 0)
            tableFilled();
    });
}

void WindowBench::tableFilled()
{
    m_page->disconnect(this);
    m_total = double(m_clock.nsecsElapsed()) / 1e6;
    QTimer::singleShot(settling, this, [this] {
        m_filling = m_probe->take();
        sortTable();
    });
}

void WindowBench::sortTable()
{
    RowTableModel *model = m_page->model();
    const QStringList columns = model->columnNames();
    const QString by = m_options.sortBy.isEmpty() ? exampleFor(columns).column : m_options.sortBy;
    auto *table = m_page->findChild<RowTableView *>(u"instancesTable"_s);
    connect(model, &RowTableModel::arranged, this, [this, model] {
        model->disconnect(this);
        m_sorted = double(m_clock.nsecsElapsed()) / 1e6;
        QTimer::singleShot(settling, this, &WindowBench::filterTable);
    });
    m_clock.start();
    // What a click on the header does.
    Q_EMIT table->horizontalHeader()->sectionClicked(int(columns.indexOf(by)));
}

void WindowBench::filterTable()
{
    m_sorting = m_probe->take();
    RowTableModel *model = m_page->model();
    connect(model, &RowTableModel::arranged, this, [this, model] {
        model->disconnect(this);
        const double filtered = double(m_clock.nsecsElapsed()) / 1e6;
        QTimer::singleShot(settling, this, [this, filtered] {
            const StallProbe::Figures filtering = m_probe->take();
            mark(u"@arrange sort_ms=%1 sort_stall_ms=%2 filter_ms=%3 filter_stall_ms=%4 left=%5"_s
                     .arg(m_sorted, 0, 'f', 1)
                     .arg(m_sorting.longest, 0, 'f', 2)
                     .arg(filtered, 0, 'f', 1)
                     .arg(filtering.longest, 0, 'f', 2)
                     .arg(m_page->model()->rowCount()));
            report();
        });
    });
    const QString word = m_options.filter.isEmpty() ? exampleFor(model->columnNames()).word
                                                    : m_options.filter;
    m_clock.start();
    model->setFilter(RowFilter::parse(word));
}

void WindowBench::report()
{
    const RowSet &rows = m_page->model()->rows();
    const double count = rows.rowCount();
    mark(
        u"@done items=%1 ms=%2 first_row_ms=%3 stall_ms=%4 over16=%5 events=%6 rows_s=%7 row_bytes=%8"_s
            .arg(rows.rowCount())
            .arg(m_total, 0, 'f', 1)
            .arg(m_firstRow, 0, 'f', 1)
            .arg(m_filling.longest, 0, 'f', 2)
            .arg(m_filling.overFrame)
            .arg(m_filling.events)
            .arg(count * 1000 / m_total, 0, 'f', 0)
            .arg(double(rows.memoryUsed()) / count, 0, 'f', 1));
    m_probe.reset();
    QCoreApplication::exit(0);
}
