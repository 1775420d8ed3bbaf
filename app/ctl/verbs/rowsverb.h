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
    /// Opens the output and the exporter; false when that failed (and the verb has ended).
    bool beginRows(const ExportOptions &options);
    /// Writes [from, to); false when the verb has ended (a closed pipe, a full disk).
    bool writeRows(const RowSet &rows, std::uint32_t from, std::uint32_t to);
    /// Closes the export: finished or cut short, the data is well-formed. Says what is missing and
    /// ends.
    void endRows(const Outcome &outcome);
    std::uint64_t rowsWritten() const { return m_written; }
    void showProgress(qint64 bytes);

private:
    std::unique_ptr<RowExporter> m_exporter;
    std::uint64_t m_written = 0;
    QElapsedTimer m_clock;
    qint64 m_lastShown = 0;
};
