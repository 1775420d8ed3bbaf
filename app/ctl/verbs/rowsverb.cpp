#include "ctl/verbs/rowsverb.h"

#include "ctl/terminal.h"
#include "text/valuetext.h"

using namespace Qt::StringLiterals;

bool RowsVerb::beginRows(const ExportOptions &options)
{
    m_clock.start();
    const Done opened = output().open();
    if (!opened) {
        endWith(opened.error());
        return false;
    }
    m_exporter = RowExporter::create(arguments().exportFormat(), options, output().sink());
    const Done begun = m_exporter->begin();
    if (!begun && !output().readerGone())
        endWith(output().error() ? output().error() : begun.error());
    return bool(begun);
}

bool RowsVerb::writeRows(const RowSet &rows, std::uint32_t from, std::uint32_t to)
{
    const Done written = m_exporter->append(rows, from, to);
    if (written) {
        m_written += to - from;
        return true;
    }
    if (output().readerGone())
        end(ExitCode::Done);
    else
        endWith(output().error() ? output().error() : written.error(), m_written + 1);
    return false;
}

void RowsVerb::endRows(const Outcome &outcome)
{
    terminal::sayProgress({});
    const Done closed = m_exporter ? m_exporter->end() : Done();
    if (!closed && !output().readerGone()) {
        endWith(output().error() ? output().error() : closed.error(), m_written);
        return;
    }
    if (outcome.error) {
        if (output().isFile() && m_written > 0)
            note(u"winrmctl: what had arrived is in %1"_s.arg(output().partialPath()));
        if (m_written > 0)
            note(u"winrmctl: stopped after %1 rows"_s.arg(m_written));
        endWith(outcome.error, m_written);
        return;
    }
    const Done finished = finishOutput();
    if (!finished) {
        endWith(finished.error(), m_written);
        return;
    }
    if (outcome.partial)
        note(u"winrmctl: stopped at --max %1; there are more"_s.arg(arguments().maxRows));
    if (output().isFile())
        note(u"winrmctl: %1 rows in %2 s"_s.arg(m_written).arg(double(m_clock.elapsed()) / 1000, 0,
                                                               'f', 1));
    end(ExitCode::Done);
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
    terminal::sayProgress(
        u"%1 rows, %2, %3 rows/s"_s.arg(QString::number(m_written), bytesText(bytes),
                                        rateText(double(m_written) * 1000 / double(now))));
}
