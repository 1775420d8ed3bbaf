#pragma once

#include "export/columnplan.h"
#include "export/exportbuffer.h"

/// Rows as CSV: UTF-8 without byte order mark, CRLF, a header. Null and absent cells are empty, an
/// empty text is `""`. Arrays, references and embedded objects stand as JSON in their cell
/// (export/jsontext.h). The header's names are never guarded: they are XML names.
class CsvExporter final : public RowExporter
{
public:
    CsvExporter(const ExportOptions &options, ExportSink sink);
    Done begin() override;
    Done append(const RowSet &rows, std::uint32_t from, std::uint32_t to) override;
    Done end() override;

private:
    void writeHeader(const RowSet &rows);
    void writeRow(const RowSet &rows, std::uint32_t row);
    void writeCell(const PlannedColumn &column, const RowSet &rows, std::uint32_t row);
    Done lateColumn(const RowSet &rows, std::uint32_t column);

    ExportOptions m_options;
    ExportBuffer m_out;
    ExportBuffer m_json; ///< of one cell
    std::string m_jsonText;
    std::vector<PlannedColumn> m_columns;
    std::uint32_t m_known = 0; ///< columns of the RowSet when the header was written
    bool m_started = false;
};
