#pragma once

#include "export/columnplan.h"
#include "export/exportbuffer.h"

/// Rows as one JSON array with an object a line, or as JSON Lines. `__class` comes first (empty for
/// a w:XmlFragment); absent cells have no member. A row that is only an endpoint reference is
/// `{"__epr":{...}}`; with `references` a row that has one is
/// `{"object":{...},"epr":{"__epr":{...}}}`.
class JsonExporter final : public RowExporter
{
public:
    JsonExporter(bool lines, const ExportOptions &options, ExportSink sink);
    Done begin() override;
    Done append(const RowSet &rows, std::uint32_t from, std::uint32_t to) override;
    Done end() override;

private:
    void plan(const RowSet &rows);
    void writeRow(const RowSet &rows, std::uint32_t row);
    void writeObject(const RowSet &rows, std::uint32_t row);

    bool m_lines;
    ExportOptions m_options;
    std::string m_rowClass;
    ExportBuffer m_out;
    std::vector<PlannedColumn> m_columns;
    std::vector<QByteArray> m_names; ///< `,"Name":`
    bool m_any = false;
};
