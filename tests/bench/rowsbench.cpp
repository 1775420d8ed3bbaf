#include "bench/rowsbench.h"

#include "bench/benchreport.h"
#include "models/exportjob.h"
#include "models/rowtablemodel.h"
#include "session/enumerateoperation.h"
#include "session/session.h"

#include <QCoreApplication>

#include <charconv>
#include <cstdio>

using namespace Qt::StringLiterals;

RowsBench::RowsBench(const BenchOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_session(new Session(options.connection(options.url), fixedCredential(options.credential()),
                            refuseUntrusted(), nullptr, this))
{ }

void RowsBench::enumerate()
{
    m_model = new RowTableModel(this);
    auto *operation = new EnumerateOperation(m_session, m_options.enumeration());
    connect(operation, &EnumerateOperation::rowsReceived, this, [this](const RowBatchPtr &batch) {
        const bool first = m_model->totalRows() == 0;
        m_model->append(batch);
        if (first)
            mark(u"@first"_s);
    });
    connect(operation, &Operation::finished, this, &RowsBench::enumerated);
    operation->start();
}

void RowsBench::enumerated(const Outcome &outcome)
{
    if (outcome.error)
        return fail(outcome.error);
    const RowSet &rows = m_model->rows();
    mark(u"@done items=%1"_s.arg(rows.rowCount()));
    if (const auto column = rows.columnNamed("ProcessId")) {
        std::uint64_t sum = 0;
        for (std::uint32_t row = 0; row < rows.rowCount(); ++row) {
            const std::string_view text = rows.cell(row, *column).text();
            std::uint64_t value = 0;
            std::from_chars(text.data(), text.data() + text.size(), value);
            sum += value;
        }
        mark(u"@check sum=%1"_s.arg(sum));
    }
    mark(u"@rows bytes=%1"_s.arg(double(rows.memoryUsed()) / std::max(1U, rows.rowCount())));
    QCoreApplication::exit(0);
}

void RowsBench::exportRows()
{
    auto *job = new ExportJob(
        {.file = m_options.out, .format = m_options.format, .overwrite = true}, this);
    connect(job, &ExportJob::finished, this, &RowsBench::exported);
    job->writeEnumeration(
        new EnumerateOperation(m_session, m_options.enumeration(), {.streaming = true}), nullptr);
}

void RowsBench::exported(const ExportResult &result)
{
    if (result.error)
        return fail(result.error);
    mark(u"@done items=%1 file_bytes=%2"_s.arg(result.rows).arg(result.bytes));
    QCoreApplication::exit(0);
}

void RowsBench::print()
{
    m_exporter = RowExporter::create(ExportFormat::Text, {}, [](QByteArrayView bytes) {
        return std::fwrite(bytes.data(), 1, std::size_t(bytes.size()), stdout)
            == std::size_t(bytes.size());
    });
    auto *operation = new EnumerateOperation(m_session, m_options.enumeration(),
                                             {.streaming = true});
    connect(operation, &EnumerateOperation::rowsReceived, this, [this](const RowBatchPtr &batch) {
        RowSet rows;
        rows.append(batch);
        if (!m_exporter->append(rows, 0, rows.rowCount()))
            fail(u"the rows could not be written"_s);
    });
    connect(operation, &Operation::finished, this, [this](const Outcome &outcome) {
        if (outcome.error)
            return fail(outcome.error);
        const bool written = m_exporter->end() && std::fflush(stdout) == 0;
        QCoreApplication::exit(written ? 0 : 1);
    });
    if (m_exporter->begin())
        operation->start();
}
