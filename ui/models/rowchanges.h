#pragma once

#include "document/rowset.h"

#include <QString>
#include <QStringList>

#include <atomic>
#include <limits>
#include <memory>
#include <unordered_map>
#include <vector>

struct CimClass;

/// What became of the rows of a table between two readings of the same question. Rows are the same
/// when their keys are, whatever their place.
struct RowChanges
{
    static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

    std::vector<std::uint32_t> before; ///< by row now: the row it was; `nowhere`: new
    std::vector<std::uint32_t> after;  ///< by row before: the row it is; `nowhere`: gone
    /// What stood in a cell (cellKey) before, as it was shown, cut at 200 characters. At most
    /// 100,000 cells; `changedRows` counts beyond them.
    std::unordered_map<std::uint64_t, QString> cells;
    std::uint32_t changedRows = 0, newRows = 0, goneRows = 0;
    QStringList gone; ///< keys of the first 20 rows that are gone, to read

    static std::uint64_t cellKey(std::uint32_t row, std::uint32_t column)
    {
        return (std::uint64_t(row) << 32) | column;
    }
};

/// Rows are matched by the columns `keys` when both sets have them, else by the selectors of their
/// references, else whole (then none is changed, only new or gone). `schema`, for the words of
/// values, may be null. Looks at `wanted` now and then: when it is no longer `generation`, the
/// result is empty.
RowChanges compareRows(const RowSet &before, const RowSet &now, const QStringList &keys,
                       const CimClass *schema, const std::atomic<quint64> &wanted,
                       quint64 generation);

/// Kind, text, items and content are equal.
bool sameCell(const Cell &a, const Cell &b);
