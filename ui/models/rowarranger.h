#pragma once

#include "document/rowset.h"
#include "models/rowfilter.h"

#include <QtGlobal>

#include <atomic>
#include <memory>
#include <vector>

struct CimClass;
class RowDress;

/// What a table asks of a worker: which rows, in which order. Everything in it is shared and
/// immutable, so it may go to another thread.
struct ArrangeRequest
{
    RowSet rows;
    std::shared_ptr<const CimClass> schema; ///< for ValueMap texts; may be null
    RowFilter filter;
    int sortColumn = noColumn; ///< column of `rows`, `classColumn` or `noColumn`
    Qt::SortOrder order = Qt::AscendingOrder;

    std::shared_ptr<const RowDress> dress; ///< for the words of a ready view; may be null

    static constexpr int noColumn = -1;
    static constexpr int classColumn = -2;
};

/// Rows of the set that pass the filter, in order. Sorted by type: numbers where the column's type
/// is numeric or every text in it is a number, dates by time, else letters without case and without
/// locale. Null and absent values stand last in both orders; equal ones keep the host's order.
///
/// `wanted` is looked at now and then: when it is no longer `generation` the result is empty.
std::vector<std::uint32_t> arrangeRows(const ArrangeRequest &request,
                                       const std::atomic<quint64> &wanted, quint64 generation);
