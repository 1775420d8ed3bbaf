#include "export/markupexporter.h"

#include "export/peopletext.h"

MarkupExporter::MarkupExporter(bool markdown, const ExportOptions &options, ExportSink sink)
    : m_options(options)
    , m_out(std::move(sink))
    , m_markup(markdown, m_out)
{ }

Done MarkupExporter::begin()
{
    m_markup.beginPage(m_options);
    return {};
}

void MarkupExporter::writeHeader(const RowSet &rows)
{
    if (m_table)
        m_markup.endTable();
    m_table = true;
    m_known = rows.columnCount();
    m_columns = planColumns(rows, m_options);
    QStringList header;
    for (const PlannedColumn &column : m_columns)
        header.append(QString::fromStdString(column.name));
    m_markup.beginTable(header);
}

Done MarkupExporter::append(const RowSet &rows, std::uint32_t from, std::uint32_t to)
{
    const bool chosen = !m_options.columns.isEmpty();
    if (!m_table)
        writeHeader(rows);
    else
        completePlan(m_columns, rows);
    const std::uint32_t late = chosen ? to : firstBeyond(rows, m_columns, m_known, from, to).row;
    for (std::uint32_t row = from; row < to; ++row) {
        if (row == late)
            writeHeader(rows);
        writeRow(rows, row);
        if (Done done = m_out.flushIfFull(); !done)
            return done;
    }
    return {};
}

void MarkupExporter::writeRow(const RowSet &rows, std::uint32_t row)
{
    m_markup.beginRow();
    for (const PlannedColumn &column : m_columns) {
        const Cell cell = column.cell(rows, row);
        if (cell.kind() == CellKind::Scalar)
            m_markup.cell(cell.text());
        else if (cell.kind() == CellKind::Nil)
            m_markup.nullCell();
        else
            m_markup.cell(peopleText(column, rows, row).toStdString());
    }
    m_markup.endRow();
}

Done MarkupExporter::end()
{
    if (!m_table && !(m_options.columns.isEmpty() && m_options.schemaColumns.isEmpty()))
        writeHeader(RowSet());
    if (m_table)
        m_markup.endTable();
    m_markup.endPage();
    return m_out.flush();
}
