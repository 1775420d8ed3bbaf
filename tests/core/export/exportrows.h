#pragma once

#include "document/rowsetbuilder.h"
#include "export/exporter.h"

/// Rows made of the children of `<I>...</I>`, with the prefixes that instances need.
struct ExportRows
{
    RowSetBuilder builder;
    RowSet rows;

    void add(const QByteArray &instances)
    {
        const auto document = readXml(
            "<I xmlns:p='urn:x/Win32_X' xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd' "
            "xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' "
            "xmlns:c='http://schemas.dmtf.org/wbem/wscim/1/common' "
            "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>"
            + instances + "</I>");
        Q_ASSERT(document);
        for (const Node row : (*document)->root().children())
            builder.addRow(row);
        rows.append(builder.takeBatch());
    }
    void setType(std::string_view name, CimType type, bool array = false)
    {
        const auto index = rows.columnNamed(name);
        Q_ASSERT(index);
        Column column = rows.column(*index);
        column.type = type;
        column.array = array;
        rows.setColumn(*index, column);
    }
};

/// All rows in one append, or in appends of `step` rows.
inline QByteArray exported(const RowSet &rows, ExportFormat format,
                           const ExportOptions &options = {}, std::uint32_t step = 0xFFFFFFFF)
{
    QByteArray bytes;
    const auto exporter = RowExporter::create(format, options, [&bytes](QByteArrayView part) {
        bytes.append(part);
        return true;
    });
    bool ok = bool(exporter->begin());
    for (std::uint32_t from = 0; from < rows.rowCount();) {
        const std::uint32_t to = from + std::min(step, rows.rowCount() - from);
        ok = bool(exporter->append(rows, from, to)) && ok;
        from = to;
    }
    ok = bool(exporter->end()) && ok;
    return ok ? bytes : QByteArray("failed");
}
