#include "export/columnplan.h"

#include <algorithm>

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

bool isIn(const std::vector<PlannedColumn> &plan, std::uint32_t index)
{
    return std::any_of(plan.begin(), plan.end(),
                       [index](const PlannedColumn &column) { return column.index == index; });
}

} // namespace

std::vector<PlannedColumn> planColumns(const RowSet &rows, const ExportOptions &options)
{
    std::vector<PlannedColumn> plan;
    bool reference = false;
    const bool chosen = !options.columns.isEmpty();
    for (const QString &name : chosen ? options.columns : options.schemaColumns) {
        plan.push_back(named(rows, name));
        plan.back().otherwise = options.rowClass.toStdString();
        reference = reference || plan.back().source == PlannedColumn::Source::Reference;
    }
    for (std::uint32_t i = 0; !chosen && i < rows.columnCount(); ++i) {
        if (options.schemaColumns.isEmpty() || !isIn(plan, i))
            plan.push_back(ofRowSet(rows, i));
    }
    if (options.references && !reference)
        plan.push_back({PlannedColumn::Source::Reference, {}, "__epr"});
    return plan;
}

void completePlan(std::vector<PlannedColumn> &plan, const RowSet &rows)
{
    for (PlannedColumn &column : plan) {
        if (column.source == PlannedColumn::Source::Cell && !column.index)
            column = named(rows, QString::fromStdString(column.name));
    }
}

Beyond firstBeyond(const RowSet &rows, const std::vector<PlannedColumn> &plan,
                   std::uint32_t firstNew, std::uint32_t from, std::uint32_t to)
{
    std::vector<std::uint32_t> unknown;
    for (std::uint32_t column = firstNew; column < rows.columnCount(); ++column) {
        if (!isIn(plan, column))
            unknown.push_back(column);
    }
    for (std::uint32_t row = from; row < to && !unknown.empty(); ++row) {
        for (const std::uint32_t column : unknown) {
            if (!rows.cell(row, column).isAbsent())
                return {row, column};
        }
    }
    return {to, 0};
}

bool isReferenceOnly(const RowSet &rows, std::uint32_t row)
{
    return rows.hasReference(row) && rows.className(row) == "EndpointReference";
}
