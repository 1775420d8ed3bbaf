#pragma once

#include "ctl/hostverb.h"
#include "document/rowset.h"

#include <QElapsedTimer>

/// A verb whose answer is rows that are written as they come.
class RowsVerb : public HostVerb
{
    Q_OBJECT
public:
    using HostVerb::HostVerb;

protected:
    /// Opens the output; false when that failed (and the verb has ended). Nothing is written before
    /// the first row or a good end.
    bool beginRows(const ExportOptions &options);
    /// Writes the rows of `rows` up to `to` that are not written yet, the same RowSet each time.
    /// False when that failed (a closed pipe, a full disk): cancel, endRows says why.
    bool writeRows(const RowSet &rows, std::uint32_t to);
    /// Closes the export: finished or cut short, the data is well-formed. Says what is missing and
    /// ends.
    void endRows(const Outcome &outcome);
    bool allWritten() const { return m_done == m_ready; }
    void rowsDropped() { m_done = m_ready = 0; } ///< the RowSet begins anew with the next batch
    static bool isTable(ExportFormat format);    ///< one header for all rows
    void showProgress(qint64 bytes);

private:
    bool isTooFewToMeasure(std::uint32_t to) const;
    Done writeUpTo(std::uint32_t to);
    Done beginExport();
    void endShort(const Outcome &outcome);
    void noteUnknownColumns() const;

    std::unique_ptr<RowExporter> m_exporter;
    const RowSet *m_rows = nullptr;
    bool m_begun = false;
    std::uint64_t m_written = 0;
    std::uint32_t m_done = 0;  ///< rows of the RowSet that are written
    std::uint32_t m_ready = 0; ///< rows of it that may be written
    Error m_failure;           ///< of writing
    bool m_readerGone = false;
    QElapsedTimer m_clock;
    qint64 m_lastShown = 0;
};
