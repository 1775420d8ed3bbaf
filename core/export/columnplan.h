#pragma once

#include "export/exporter.h"

#include <string>
#include <vector>

/// One column of an export: a column of the RowSet, or what stands beside the cells of a row.
struct PlannedColumn
{
    enum class Source { Cell, ClassName, Reference };
    Source source = Source::Cell;
    std::optional<std::uint32_t> index; ///< in the RowSet; without: no row has it (yet)
    std::string name; ///< as the host wrote it; an unknown one as it was asked for
    CimType type = CimType::Unknown;
    bool array = false;
    std::string otherwise = {}; ///< ClassName: that of rows that name none

    std::string_view className(const RowSet &rows, std::uint32_t row) const
    {
        const std::string_view own = rows.className(row);
        return own.empty() ? otherwise : own;
    }
    Cell cell(const RowSet &rows, std::uint32_t row) const
    {
        return index ? rows.cell(row, *index) : Cell();
    }
};

/// The columns of `options`, else those of its schema and then all others of `rows` in their order;
/// with `options.references` a last one, `__epr`. The names `__class` and `__epr` can be asked for
/// too.
std::vector<PlannedColumn> planColumns(const RowSet &rows, const ExportOptions &options);
/// Finds the columns of a plan that were named before any row had them.
void completePlan(std::vector<PlannedColumn> &plan, const RowSet &rows);
/// The first value of [from, to) in a column from `firstNew` on that is not in the plan.
struct Beyond
{
    std::uint32_t row = 0; ///< `to` when there is none
    std::uint32_t column = 0;
};
Beyond firstBeyond(const RowSet &rows, const std::vector<PlannedColumn> &plan,
                   std::uint32_t firstNew, std::uint32_t from, std::uint32_t to);
/// The row is an endpoint reference and nothing else.
bool isReferenceOnly(const RowSet &rows, std::uint32_t row);
