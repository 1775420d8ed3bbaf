#include "export/columnplan.h"

namespace {

PlannedColumn ofRowSet(const RowSet &rows, std::uint32_t index)
{
    const Column facts = rows.column(index);
    return {PlannedColumn::Source::Cell, index, facts.name, facts.type, facts.array};
}

PlannedColumn named(const RowSet &rows, const QString &name)
{
    const std::string utf8 = name.toStdString();
    if (const auto index = rows.columnNamed(utf8))
        return ofRowSet(rows, *index);
    if (utf8 == "__class")
        return {PlannedColumn::Source::ClassName, {}, utf8};
    if (utf8 == "__epr")
        return {PlannedColumn::Source::Reference, {}, utf8};
    return {PlannedColumn::Source::Cell, {}, utf8};
}

} // namespace

std::vector<PlannedColumn> planColumns(const RowSet &rows, const ExportOptions &options)
{
    std::vector<PlannedColumn> plan;
    bool reference = false;
    for (const QString &name : options.columns) {
        plan.push_back(named(rows, name));
        reference = reference || plan.back().source == PlannedColumn::Source::Reference;
    }
    for (std::uint32_t i = 0; options.columns.isEmpty() && i < rows.columnCount(); ++i)
        plan.push_back(ofRowSet(rows, i));
    if (options.references && !reference)
        plan.push_back({PlannedColumn::Source::Reference, {}, "__epr"});
    return plan;
}

std::uint32_t firstRowBeyond(const RowSet &rows, std::uint32_t firstNew, std::uint32_t from,
                             std::uint32_t to)
{
    for (std::uint32_t row = from; row < to; ++row) {
        for (std::uint32_t column = firstNew; column < rows.columnCount(); ++column) {
            if (!rows.cell(row, column).isAbsent())
                return row;
        }
    }
    return to;
}

bool isReferenceOnly(const RowSet &rows, std::uint32_t row)
{
    return rows.hasReference(row) && rows.className(row) == "EndpointReference";
}
