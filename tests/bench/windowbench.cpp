#include "bench/windowbench.h"

#include "bench/benchreport.h"
#include "connection/keychain.h"
#include "models/rowtablemodel.h"
#include "views/instancespage.h"
#include "views/mainwindow.h"
#include "views/pagetabs.h"
#include "views/rowtableview.h"

#include <QApplication>
#include <QHeaderView>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

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
    , m_bench(options)
{ }

WindowBench::~WindowBench()
{
    m_probe.reset();
}

void WindowBench::window()
{
    connect(&m_bench, &BenchWindow::painted, this, [] {
        mark(u"@shown"_s);
        mark(u"@first"_s);
        QCoreApplication::exit(0);
    });
    m_bench.show(systemKeychain());
}

void WindowBench::stall()
{
    connect(&m_bench, &BenchWindow::painted, &m_bench, &BenchWindow::connectHost);
    connect(&m_bench, &BenchWindow::connected, this, &WindowBench::openTable);
    m_bench.show(memoryKeychain());
}

void WindowBench::openTable()
{
    m_probe = std::make_unique<StallProbe>();
    m_clock.start();
    MainWindow &window = m_bench.window();
    window.openResource(m_bench.host(), m_bench.options().enumeration().resource);
    m_page = qobject_cast<InstancesPage *>(window.tabs().current());
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
    QTimer::singleShot(BenchWindow::Settling, this, [this] {
        m_filling = m_probe->take();
        sortTable();
    });
}

void WindowBench::sortTable()
{
    RowTableModel *model = m_page->model();
    const QStringList columns = model->columnNames();
    const QString by = m_bench.options().sortBy.isEmpty() ? exampleFor(columns).column
                                                          : m_bench.options().sortBy;
    auto *table = m_page->findChild<RowTableView *>(u"instancesTable"_s);
    connect(model, &RowTableModel::arranged, this, [this, model] {
        model->disconnect(this);
        m_sorted = double(m_clock.nsecsElapsed()) / 1e6;
        QTimer::singleShot(BenchWindow::Settling, this, &WindowBench::filterTable);
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
        QTimer::singleShot(BenchWindow::Settling, this, [this, filtered] {
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
    const QString word = m_bench.options().filter.isEmpty() ? exampleFor(model->columnNames()).word
                                                            : m_bench.options().filter;
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
