#include "ctl/verbs/rowsverb.h"

#include "ctl/terminal.h"
#include "text/valuetext.h"

using namespace Qt::StringLiterals;

bool RowsVerb::isTable(ExportFormat format)
{
    return format == ExportFormat::Text || format == ExportFormat::Csv
        || format == ExportFormat::Html || format == ExportFormat::Markdown;
}

bool RowsVerb::beginRows(const ExportOptions &options)
{
    m_clock.start();
    const Done opened = output().open();
    if (!opened) {
        endWith(opened.error());
        return false;
    }
    m_exporter = RowExporter::create(arguments().exportFormat(), options, output().sink());
    return true;
}

/// A table takes its columns from the first rows, text its widths too, and a page arrives in small
/// pieces.
bool RowsVerb::isTooFewToMeasure(std::uint32_t to) const
{
    constexpr std::uint32_t enough = 500;
    constexpr qint64 patience = 2000;
    if (m_begun || to >= enough)
        return false;
    if (arguments().exportFormat() == ExportFormat::Text)
        return m_clock.elapsed() < patience;
    return isTable(arguments().exportFormat()) && arguments().columns.isEmpty();
}

Done RowsVerb::beginExport()
{
    if (m_begun)
        return {};
    m_begun = true;
    return m_exporter->begin();
}

Done RowsVerb::writeUpTo(std::uint32_t to)
{
    if (!m_rows || to <= m_done)
        return {};
    Done written = beginExport();
    if (written)
        written = m_exporter->append(*m_rows, m_done, to);
    if (written) {
        m_written += to - m_done;
        m_done = to;
    }
    return written;
}

bool RowsVerb::writeRows(const RowSet &rows, std::uint32_t to)
{
    m_rows = &rows;
    m_ready = to;
    if (m_failure || m_readerGone)
        return false;
    if (isTooFewToMeasure(to))
        return true;
    const Done written = writeUpTo(to);
    if (written)
        return true;
    m_readerGone = output().readerGone();
    if (!m_readerGone)
        m_failure = output().error() ? output().error() : written.error();
    return false;
}

void RowsVerb::endRows(const Outcome &outcome)
{
    terminal::sayProgress({});
    Done closed;
    if (!m_failure && !m_readerGone && m_exporter && (!outcome.error || m_written + m_ready > 0)) {
        closed = writeUpTo(m_ready);
        if (closed)
            closed = beginExport();
    }
    // A column that came too late: what was written before it is closed properly too.
    if (m_begun && !m_readerGone && !output().error()) {
        if (const Done ended = m_exporter->end(); closed)
            closed = ended;
    }
    if (m_readerGone || output().readerGone()) {
        end(ExitCode::Done);
        return;
    }
    if (!closed && !m_failure)
        m_failure = output().error() ? output().error() : closed.error();
    if (m_failure || outcome.error) {
        endShort(outcome);
        return;
    }
    const Done finished = finishOutput();
    if (!finished) {
        endWith(finished.error(), m_written);
        return;
    }
    noteUnknownColumns();
    if (outcome.partial)
        note(u"winrmctl: stopped at --max %1; there are more"_s.arg(arguments().maxRows));
    if (output().isFile())
        note(u"winrmctl: %1 rows in %2 s"_s.arg(m_written).arg(double(m_clock.elapsed()) / 1000, 0,
                                                               'f', 1));
    end(ExitCode::Done);
}

/// A name of --columns that no row had is most often misspelt.
void RowsVerb::noteUnknownColumns() const
{
    for (const QString &name : arguments().columns) {
        const bool own = name == "__class"_L1 || name == "__epr"_L1;
        if (m_written > 0 && !own && !m_rows->columnNamed(name.toStdString()))
            note(u"winrmctl: no row has a property %1"_s.arg(name));
    }
}

/// Rows are missing: says how many there are and where, then why.
void RowsVerb::endShort(const Outcome &outcome)
{
    const bool lateColumn = m_failure.cause == Cause::ExportFormat;
    const std::uint64_t rows = lateColumn ? m_written + 1 : output().hasWritten() ? m_written : 0;
    if (rows > 0 && !lateColumn)
        note(u"winrmctl: stopped after %1 rows"_s.arg(rows));
    if (output().isFile() && rows > 0)
        note(u"winrmctl: what had arrived is in %1"_s.arg(output().partialPath()));
    else if (rows == 0)
        output().discard();
    endWith(m_failure ? m_failure : outcome.error, rows);
}

void RowsVerb::showProgress(qint64 bytes)
{
    constexpr qint64 every = 200;
    if (!arguments().progress || arguments().quiet || !terminal::isErrorTerminal()
        || output().toTerminal())
        return;
    const qint64 now = m_clock.elapsed();
    if (now - m_lastShown < every)
        return;
    m_lastShown = now;
    const std::uint64_t rows = m_written + (m_ready - m_done);
    terminal::sayProgress(u"%1 rows, %2, %3 rows/s"_s.arg(
        QString::number(rows), bytesText(bytes), rateText(double(rows) * 1000 / double(now))));
}
