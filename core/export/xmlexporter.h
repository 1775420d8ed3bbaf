#pragma once

#include "export/columnplan.h"
#include "export/exportbuffer.h"

#include <unordered_map>

/// Rows as one document: `<Results>` in no namespace, in it one element a row, as the host sent it
/// up to prefixes and the order of differently named properties. A row that is only an endpoint
/// reference is an `a:EndpointReference`; with `references` a row that has one is a `w:Item` of
/// both. Rows that are all class and cells, as most are, are written from their cells; the others
/// from RowSet::rowDocument, some twenty times slower. With `columns` given only class and cells
/// are written.
class XmlExporter final : public RowExporter
{
public:
    XmlExporter(const ExportOptions &options, ExportSink sink);
    Done begin() override;
    Done append(const RowSet &rows, std::uint32_t from, std::uint32_t to) override;
    Done end() override;

private:
    /// How elements of one kind begin; `usable` when their cells can be written behind it.
    struct Start
    {
        std::string tag;    ///< `<p:Win32_X xmlns:p="...">`
        std::string name;   ///< `p:Win32_X`
        std::string prefix; ///< of the properties, with its colon: `p:`
        bool usable = false;
    };
    void writeRow(const RowSet &rows, std::uint32_t row);
    void writeInstance(const RowSet &rows, std::uint32_t row);
    void writeChosen(const RowSet &rows, std::uint32_t row);
    void writeCells(const RowSet &rows, std::uint32_t row, std::string_view prefix);
    const Start &startOf(const RowSet &rows, std::uint32_t row);
    void writeReference(const RowReference &reference);
    void writeCell(const PlannedColumn &column, const Cell &cell, std::string_view prefix);
    void writeScalar(const PlannedColumn &column, const Cell &cell, std::string_view prefix);
    void writeText(std::string_view utf8);

    ExportOptions m_options;
    ExportBuffer m_out;
    std::vector<PlannedColumn> m_columns;
    std::unordered_map<std::string, Start> m_starts; ///< by RowSet::startKey
    std::string m_lastKey;
    const Start *m_last = nullptr;
};
