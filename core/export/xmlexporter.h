#pragma once

#include "export/columnplan.h"
#include "export/exportbuffer.h"

/// Rows as one document: `<Results>` in no namespace, in it one element a row, as the host sent it
/// up to prefixes and the order of differently named properties. A row that is only an endpoint
/// reference is an `a:EndpointReference`; with `references` a row that has one is a `w:Item` of
/// both. Dates are wrapped again as they came (`cim:Datetime`).
class XmlExporter final : public RowExporter
{
public:
    XmlExporter(const ExportOptions &options, ExportSink sink);
    Done begin() override;
    Done append(const RowSet &rows, std::uint32_t from, std::uint32_t to) override;
    Done end() override;

private:
    void writeRow(const RowSet &rows, std::uint32_t row);
    void writeInstance(const RowSet &rows, std::uint32_t row);
    void writeReference(const RowReference &reference);
    void writeCell(const PlannedColumn &column, const Cell &cell);
    void writeScalar(const PlannedColumn &column, const Cell &cell);
    void writeText(std::string_view utf8);

    ExportOptions m_options;
    ExportBuffer m_out;
    std::vector<PlannedColumn> m_columns;
    std::string_view m_prefix; ///< "p:" or nothing, of the row being written
};
