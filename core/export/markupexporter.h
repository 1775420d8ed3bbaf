#pragma once

#include "export/columnplan.h"
#include "export/markup.h"

/// Rows as an HTML page or a Markdown table. Columns that come later begin a new table with a new
/// header. Null is marked, an absent cell is empty.
class MarkupExporter final : public RowExporter
{
public:
    MarkupExporter(bool markdown, const ExportOptions &options, ExportSink sink);
    Done begin() override;
    Done append(const RowSet &rows, std::uint32_t from, std::uint32_t to) override;
    Done end() override;

private:
    void writeHeader(const RowSet &rows);
    void writeRow(const RowSet &rows, std::uint32_t row);

    ExportOptions m_options;
    ExportBuffer m_out;
    Markup m_markup;
    std::vector<PlannedColumn> m_columns;
    std::uint32_t m_known = 0;
    bool m_table = false;
};
