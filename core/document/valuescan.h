#pragma once

#include "document/rowset.h"

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <vector>

class RowBatch;

/// Finds rows by their values. `test` is asked once about a text that many rows share, and once a
/// page about a column that holds one value there. For one RowSet and its copies, and one thread.
class ValueScan
{
public:
    using Test = std::function<bool(const Cell &)>;
    /// What the test says of a text may not depend on the row or the column.
    explicit ValueScan(Test test)
        : m_test(std::move(test))
    { }

    /// Sets those of `marks`, one for each row from `from` on, whose cell in that column passes.
    /// Leaves the others as they are, and looks at none that is set.
    void mark(const RowSet &rows, std::uint32_t column, std::uint32_t from,
              std::span<std::uint8_t> marks);

private:
    /// Two bits for each address of a block of the TextStore: whether it was asked about, and the
    /// answer.
    using Block = std::array<std::uint8_t, 0x10000 / 4>;
    void markBatch(const RowBatch &batch, std::uint32_t physical, std::uint32_t from,
                   std::span<std::uint8_t> marks);
    bool passes(const RowBatch &batch, std::uint32_t value);

    Test m_test;
    std::vector<std::unique_ptr<Block>> m_known;
};
