#pragma once

#include "export/columnplan.h"
#include "export/exportbuffer.h"

#include <QStringList>

/// Rows as a table in plain text. Column widths come from the first batch (a longer value later
/// stands out); columns that come later begin a new header. Line breaks and control characters show
/// as symbols. On a terminal a cell has at most 40 places and a line at most `width`.
class TextExporter final : public RowExporter
{
public:
    TextExporter(const ExportOptions &options, ExportSink sink);
    Done begin() override;
    Done append(const RowSet &rows, std::uint32_t from, std::uint32_t to) override;
    Done end() override;

private:
    void writeHeader(const RowSet &rows, std::uint32_t from, std::uint32_t to);
    QString shown(const PlannedColumn &column, const RowSet &rows, std::uint32_t row) const;
    void writeLine(const QStringList &cells, bool header);

    ExportOptions m_options;
    ExportBuffer m_out;
    std::vector<PlannedColumn> m_columns;
    std::vector<int> m_widths;
    std::uint32_t m_known = 0;
    bool m_started = false;
};
