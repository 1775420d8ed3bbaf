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

    Cell cell(const RowSet &rows, std::uint32_t row) const
    {
        return index ? rows.cell(row, *index) : Cell();
    }
};

/// The columns of `options`, else all of `rows` in their order; with `options.references` a last
/// one, `__epr`. The names `__class` and `__epr` can be asked for too.
std::vector<PlannedColumn> planColumns(const RowSet &rows, const ExportOptions &options);
/// The first row of [from, to) with a value in a column from `firstNew` on; `to` without one.
std::uint32_t firstRowBeyond(const RowSet &rows, std::uint32_t firstNew, std::uint32_t from,
                             std::uint32_t to);
/// The row is an endpoint reference and nothing else.
bool isReferenceOnly(const RowSet &rows, std::uint32_t row);
