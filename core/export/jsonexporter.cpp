#include "export/jsonexporter.h"

#include "export/jsontext.h"

JsonExporter::JsonExporter(bool lines, const ExportOptions &options, ExportSink sink)
    : m_lines(lines)
    , m_options(options)
    , m_rowClass(options.rowClass.toStdString())
    , m_out(std::move(sink))
{ }

Done JsonExporter::begin()
{
    if (!m_lines)
        m_out.append('[');
    return {};
}

void JsonExporter::plan(const RowSet &rows)
{
    ExportOptions cellsOnly = m_options;
    cellsOnly.references = false;
    m_columns = planColumns(rows, cellsOnly);
    m_names.clear();
    for (const PlannedColumn &column : m_columns) {
        QByteArray name;
        ExportBuffer out([&name](QByteArrayView bytes) {
            name = bytes.toByteArray();
            return true;
        });
        out.append(',');
        appendJsonString(out, column.name);
        out.append(':');
        if (out.flush())
            m_names.push_back(name);
    }
}

Done JsonExporter::append(const RowSet &rows, std::uint32_t from, std::uint32_t to)
{
    plan(rows);
    for (std::uint32_t row = from; row < to; ++row) {
        if (!m_lines)
            m_out.append(m_any ? std::string_view(",\n") : std::string_view("\n"));
        m_any = true;
        writeRow(rows, row);
        if (m_lines)
            m_out.append('\n');
        if (Done done = m_out.flushIfFull(); !done)
            return done;
    }
    return {};
}

void JsonExporter::writeRow(const RowSet &rows, std::uint32_t row)
{
    if (isReferenceOnly(rows, row)) {
        appendJsonReference(m_out, rows.reference(row));
        return;
    }
    const bool both = m_options.references && rows.hasReference(row);
    if (both)
        m_out.append(std::string_view("{\"object\":"));
    writeObject(rows, row);
    if (both) {
        m_out.append(std::string_view(",\"epr\":"));
        appendJsonReference(m_out, rows.reference(row));
        m_out.append('}');
    }
}

void JsonExporter::writeObject(const RowSet &rows, std::uint32_t row)
{
    const std::string_view name = rows.className(row);
    m_out.append(std::string_view("{\"__class\":"));
    appendJsonString(m_out, name.empty() ? m_rowClass : name);
    const DocumentPtr element = rows.hasHiddenParts(row) ? rows.rowDocument(row) : nullptr;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const PlannedColumn &column = m_columns[i];
        if (column.source == PlannedColumn::Source::Reference && rows.hasReference(row)) {
            m_out.append(m_names[i]);
            appendJsonReference(m_out, rows.reference(row));
        }
        const Cell cell = column.cell(rows, row);
        if (cell.isAbsent())
            continue;
        m_out.append(m_names[i]);
        if (!element
            || !appendJsonProperty(m_out, element->root(), column.name, column.type, column.array))
            appendJsonCell(m_out, cell, column.type, column.array);
    }
    m_out.append('}');
}

Done JsonExporter::end()
{
    if (!m_lines)
        m_out.append(m_any ? std::string_view("\n]\n") : std::string_view("]\n"));
    return m_out.flush();
}
