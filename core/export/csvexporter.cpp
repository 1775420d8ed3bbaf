#include "export/csvexporter.h"

#include "export/csvtext.h"
#include "export/jsontext.h"

using namespace Qt::StringLiterals;

CsvExporter::CsvExporter(const ExportOptions &options, ExportSink sink)
    : m_options(options)
    , m_out(std::move(sink))
    , m_json([this](QByteArrayView bytes) {
        m_jsonText.assign(bytes.data(), std::size_t(bytes.size()));
        return true;
    })
{ }

Done CsvExporter::begin()
{
    return {};
}

void CsvExporter::writeHeader(const RowSet &rows)
{
    m_started = true;
    m_columns = planColumns(rows, m_options);
    m_known = rows.columnCount();
    const char *separator = "";
    for (const PlannedColumn &column : m_columns) {
        m_out.append(std::string_view(separator));
        separator = ",";
        appendCsvText(m_out, column.name, false);
    }
    m_out.append(std::string_view("\r\n"));
}

Done CsvExporter::append(const RowSet &rows, std::uint32_t from, std::uint32_t to)
{
    if (!m_started)
        writeHeader(rows);
    else
        completePlan(m_columns, rows);
    const Beyond late = m_options.columns.isEmpty()
        ? firstBeyond(rows, m_columns, m_known, from, to)
        : Beyond{to};
    const std::uint32_t end = late.row;
    for (std::uint32_t row = from; row < end; ++row) {
        writeRow(rows, row);
        if (Done done = m_out.flushIfFull(); !done)
            return done;
    }
    return end == to ? Done() : lateColumn(rows, late.column);
}

Done CsvExporter::lateColumn(const RowSet &rows, std::uint32_t column)
{
    if (Done done = m_out.flush(); !done)
        return done;
    const QString name = QString::fromStdString(rows.column(column).name);
    return Error::of(Error::Kind::Local, Cause::ExportFormat,
                     u"the column %1 came after the header was written"_s.arg(name),
                     RuleDetails{u"csv"_s});
}

void CsvExporter::writeRow(const RowSet &rows, std::uint32_t row)
{
    bool first = true;
    for (const PlannedColumn &column : m_columns) {
        if (!first)
            m_out.append(',');
        first = false;
        writeCell(column, rows, row);
    }
    m_out.append(std::string_view("\r\n"));
}

void CsvExporter::writeCell(const PlannedColumn &column, const RowSet &rows, std::uint32_t row)
{
    if (column.source == PlannedColumn::Source::ClassName) {
        appendCsvText(m_out, column.className(rows, row), m_options.formulaGuard);
        return;
    }
    if (column.source == PlannedColumn::Source::Reference) {
        if (!rows.hasReference(row))
            return;
        appendJsonReference(m_json, rows.reference(row));
    } else {
        const Cell cell = column.cell(rows, row);
        if (cell.kind() == CellKind::Absent || cell.kind() == CellKind::Nil)
            return;
        if (cell.kind() == CellKind::Scalar && !column.array) {
            appendCsvText(m_out, cell.text(), m_options.formulaGuard);
            return;
        }
        appendJsonCell(m_json, cell, column.type, column.array);
    }
    if (m_json.flush())
        appendCsvText(m_out, m_jsonText, false);
}

Done CsvExporter::end()
{
    if (!m_started && !(m_options.columns.isEmpty() && m_options.schemaColumns.isEmpty()))
        writeHeader(RowSet());
    return m_out.flush();
}
