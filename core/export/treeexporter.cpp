#include "export/treeexporter.h"

#include "export/peopletext.h"

TreeExporter::TreeExporter(const ExportOptions &options, ExportSink sink)
    : m_options(options)
    , m_out(std::move(sink))
    , m_outline(m_out, options, true)
{ }

Done TreeExporter::begin()
{
    return {};
}

Done TreeExporter::append(const RowSet &rows, std::uint32_t from, std::uint32_t to)
{
    m_columns = planColumns(rows, m_options);
    for (std::uint32_t row = from; row < to; ++row) {
        writeRow(rows, row);
        if (Done done = m_out.flushIfFull(); !done)
            return done;
    }
    return {};
}

void TreeExporter::writeRow(const RowSet &rows, std::uint32_t row)
{
    if (isReferenceOnly(rows, row)) {
        m_outline.line(referenceText(rows.reference(row)), true);
        return;
    }
    std::vector<const PlannedColumn *> present;
    for (const PlannedColumn &column : m_columns) {
        const bool reference = column.source == PlannedColumn::Source::Reference;
        if (reference ? rows.hasReference(row) : !column.cell(rows, row).isAbsent())
            present.push_back(&column);
    }
    const std::string_view name = rows.className(row);
    m_outline.line(QString::fromUtf8(name.data(), qsizetype(name.size())), true);
    m_outline.down();
    for (const PlannedColumn *column : present)
        writeCell(*column, rows, row, column == present.back());
    m_outline.up();
}

void TreeExporter::writeCell(const PlannedColumn &column, const RowSet &rows, std::uint32_t row,
                             bool last)
{
    const Cell cell = column.cell(rows, row);
    const bool objects = cell.kind() == CellKind::Array && cell.count() > 0
        && cell.at(0).kind() == CellKind::Object;
    if (cell.kind() == CellKind::Object) {
        writeOutline(m_outline, cell.node(), last);
    } else if (objects) {
        for (std::uint32_t i = 0; i < cell.count(); ++i)
            writeOutline(m_outline, cell.at(i).node(), last && i + 1 == cell.count());
    } else {
        m_outline.line(
            outlineText(QString::fromStdString(column.name), peopleText(column, rows, row)), last);
    }
}

Done TreeExporter::end()
{
    return m_out.flush();
}
