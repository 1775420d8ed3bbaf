#pragma once

#include "export/columnplan.h"
#include "export/outline.h"

/// Rows as lists of their properties, one below the other: the class, then `Name = value` lines.
/// Embedded objects unfold; absent cells have no line.
class TreeExporter final : public RowExporter
{
public:
    TreeExporter(const ExportOptions &options, ExportSink sink);
    Done begin() override;
    Done append(const RowSet &rows, std::uint32_t from, std::uint32_t to) override;
    Done end() override;

private:
    void writeRow(const RowSet &rows, std::uint32_t row);
    void writeCell(const PlannedColumn &column, const RowSet &rows, std::uint32_t row, bool last);

    ExportOptions m_options;
    ExportBuffer m_out;
    Outline m_outline;
    std::vector<PlannedColumn> m_columns;
};
