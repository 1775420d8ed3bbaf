#include "bench/viewbench.h"

#include "bench/benchreport.h"
#include "connection/keychain.h"
#include "dialogs/exportdialog.h"
#include "hosts/hostconnection.h"
#include "models/rowtablemodel.h"
#include "views/mainwindow.h"
#include "views/page.h"
#include "views/pagetabs.h"
#include "views/rowtableview.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 180'000; ///< ms for one scene

} // namespace

ViewBench::ViewBench(const BenchOptions &options, QObject *parent)
    : QObject(parent)
    , m_bench(options)
{ }

ViewBench::~ViewBench()
{
    m_probe.reset();
}

void ViewBench::views()
{
    writeView();
    addInstances();
    addQuery();
    addReadyView();
    addSavedFile();
    connect(&m_bench, &BenchWindow::painted, &m_bench, &BenchWindow::connectHost);
    connect(&m_bench, &BenchWindow::connected, this, [this] {
        m_probe = std::make_unique<StallProbe>();
        next();
    });
    m_bench.show(memoryKeychain());
}

Page *ViewBench::page() const
{
    return m_bench.window().tabs().current();
}

RowTableView *ViewBench::table() const
{
    if (!page())
        return nullptr;
    const auto tables = page()->findChildren<RowTableView *>();
    for (RowTableView *found : tables) {
        if (found->isVisible())
            return found;
    }
    return nullptr;
}

RowTableModel *ViewBench::model() const
{
    const RowTableView *view = table();
    return view ? qobject_cast<RowTableModel *>(view->model()) : nullptr;
}

bool ViewBench::isFilled() const
{
    const RowTableModel *rows = model();
    return rows && !page()->isBusy() && !rows->isArranging()
        && rows->totalRows() >= std::uint32_t(m_bench.options().items);
}

void ViewBench::add(const QString &name, std::function<void()> begin, std::function<bool()> isDone)
{
    m_scenes.push_back({name, std::move(begin), std::move(isDone)});
}

void ViewBench::addInstances()
{
    add(
        u"instances.fill"_s,
        [this] { m_bench.window().openAddress(m_bench.host(), u"wmicimv2/Demo_Item"_s); },
        [this] { return isFilled(); });
    addTableWork(u"instances"_s);
    add(
        u"instances.select"_s,
        [this] {
            table()->setCurrentIndex(model()->index(0, 0));
            table()->selectAll();
        },
        [this] { return page()->statusText().contains(u"values"_s); });
    add(
        u"instances.refresh"_s,
        [this] {
            connect(model(), &RowTableModel::refreshed, this, [this] { m_arranged = true; });
            page()->refresh();
        },
        [this] { return m_arranged && isFilled(); });
}

/// What a click on a header, typing into the filter and emptying it do.
void ViewBench::addTableWork(const QString &of)
{
    const auto watched = [this](auto work) {
        return [this, work] {
            connect(model(), &RowTableModel::arranged, this, [this] { m_arranged = true; });
            work();
        };
    };
    const auto done = [this] { return m_arranged && !model()->isArranging(); };
    add(of + u".sort"_s, watched([this] {
            const int column = int(model()->columnNames().indexOf(u"Path"_s));
            Q_EMIT table()->horizontalHeader()->sectionClicked(column);
        }),
        done);
    add(of + u".filter"_s, watched([this] { model()->setFilter(RowFilter::parse(u"99"_s)); }),
        done);
    add(of + u".unfilter"_s, watched([this] { model()->setFilter({}); }), done);
}

void ViewBench::addQuery()
{
    add(
        u"query.fill"_s,
        [this] {
            m_bench.window().openQuery(m_bench.host());
            auto *editor = page()->findChild<QPlainTextEdit *>(u"queryEditor"_s);
            editor->setPlainText(u"SELECT * FROM Demo_Item"_s);
            page()->findChild<QAbstractButton *>(u"runQuery"_s)->click();
        },
        [this] { return isFilled(); });
    addTableWork(u"query"_s);
}

void ViewBench::addReadyView()
{
    add(
        u"view.fill"_s, [this] { m_bench.window().openAddress(m_bench.host(), u"view:bench"_s); },
        [this] { return isFilled(); });
    addTableWork(u"view"_s);
}

/// All rows to a file, and the file opened again.
void ViewBench::addSavedFile()
{
    const QString file = m_bench.path(u"items.json"_s);
    add(
        u"export.again"_s,
        [this, file] {
            m_bench.window().openAddress(m_bench.host(), u"wmicimv2/Demo_Item"_s);
            page()->exportContent();
            auto *dialog = page()->findChild<ExportDialog *>();
            auto *format = dialog->findChild<QComboBox *>(u"exportFormat"_s);
            format->setCurrentIndex(format->findText(u"JSON"_s, Qt::MatchStartsWith));
            dialog->findChild<QAbstractButton *>(u"scopeAgain"_s)->click();
            dialog->findChild<QLineEdit *>(u"exportFile"_s)->setText(file);
            dialog->findChild<QPushButton *>(u"exportButton"_s)->click();
        },
        [file] { return QFile::exists(file); });
    add(
        u"file.open"_s, [this, file] { m_bench.window().openFile(file); },
        [this] { return isFilled(); });
    addTableWork(u"file"_s);
}

/// A view of one's own over the class, as a user saves it.
void ViewBench::writeView()
{
    QDir().mkpath(m_bench.viewFolder());
    QFile file(m_bench.viewFolder() + u"/bench.json"_s);
    if (!file.open(QIODevice::WriteOnly))
        return fail(file.errorString());
    file.write(R"({"format": "winrm-console view", "version": 1, "id": "bench", "title": "Bench",
"icon": "table", "group": "Bench", "description": "All items.", "hosts": ["windows"],
"sections": [{"class": "Demo_Item", "namespace": "root/cimv2", "most": 100000, "columns": [
{"property": "Id", "unit": "id"}, {"property": "Path", "code": true}, {"property": "OwnerMail"},
{"property": "SerialNumber"}]}]})");
}

void ViewBench::next()
{
    if (m_scene == m_scenes.size()) {
        m_probe.reset();
        mark(u"@done"_s);
        QCoreApplication::exit(0);
        return;
    }
    m_arranged = false;
    m_probe->take();
    m_clock.start();
    m_scenes[m_scene].begin();
    look();
}

void ViewBench::look()
{
    m_milliseconds = double(m_clock.nsecsElapsed()) / 1e6;
    if (m_scenes[m_scene].isDone())
        QTimer::singleShot(BenchWindow::Settling, this, &ViewBench::report);
    else if (m_clock.hasExpired(patience))
        fail(u"%1 did not end"_s.arg(m_scenes[m_scene].name));
    else
        QTimer::singleShot(5ms, this, &ViewBench::look);
}

void ViewBench::report()
{
    const StallProbe::Figures figures = m_probe->take();
    const RowTableModel *rows = model();
    if (rows)
        rows->disconnect(this);
    mark(u"@view name=%1 rows=%2 ms=%3 stall_ms=%4 over16=%5"_s.arg(m_scenes[m_scene].name)
             .arg(rows ? rows->rowCount() : 0)
             .arg(m_milliseconds, 0, 'f', 1)
             .arg(figures.longest, 0, 'f', 2)
             .arg(figures.overFrame));
    ++m_scene;
    next();
}
