#include "document/valuescan.h"

#include "document/rowbatch.h"

#include <algorithm>

bool ValueScan::passes(const RowBatch &batch, std::uint32_t value)
{
    constexpr std::uint8_t asked = 1;
    constexpr std::uint8_t yes = 2;
    if (value >= CellValue::array) // belongs to its batch
        return m_test(batch.cell(value));
    const std::size_t number = value >> 16; // small values stand in front of the first text
    if (number >= m_known.size())
        m_known.resize(number + 1);
    if (!m_known[number])
        m_known[number] = std::make_unique<Block>();
    std::uint8_t &bits = (*m_known[number])[(value & 0xFFFF) >> 2];
    const int shift = 2 * int(value & 3);
    if (!(bits >> shift & asked))
        bits = std::uint8_t(bits | (asked | (m_test(batch.cell(value)) ? yes : 0)) << shift);
    return bits >> shift & yes;
}

void ValueScan::markBatch(const RowBatch &batch, std::uint32_t physical, std::uint32_t from,
                          std::span<std::uint8_t> marks)
{
    const PackedColumn column = physical < batch.columns.size() ? batch.columns[physical]
                                                                : PackedColumn();
    const std::uint8_t *bytes = batch.bytes.data();
    if (column.form == PackedColumn::Form::Constant) {
        if (passes(batch, column.base))
            std::ranges::fill(marks, std::uint8_t(1));
        return;
    }
    if (column.form == PackedColumn::Form::Dictionary) {
        std::array<std::uint8_t, 256> hits{};
        for (std::uint32_t i = 0; i < column.base; ++i)
            hits[i] = passes(batch, column.tableValue(bytes, i));
        const std::uint8_t *codes = column.codes(bytes) + from;
        for (std::size_t i = 0; i < marks.size(); ++i)
            marks[i] |= hits[codes[i]];
        return;
    }
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (!marks[i])
            marks[i] = passes(batch, column.value(bytes, from + std::uint32_t(i)));
    }
}

void ValueScan::mark(const RowSet &rows, std::uint32_t column, std::uint32_t from,
                     std::span<std::uint8_t> marks)
{
    while (!marks.empty()) {
        const auto [batch, row] = rows.place(from);
        if (!batch)
            return;
        const auto count = std::min(marks.size(), std::size_t(batch->rowCount - row));
        const auto &properties = batch->layout->properties;
        // A column that came later: absent here, which no physical column is.
        const std::uint32_t physical = column < properties.size() ? properties[column]->values
                                                                  : 0xFFFFFFFF;
        markBatch(*batch, physical, row, marks.first(count));
        marks = marks.subspan(count);
        from += std::uint32_t(count);
    }
}
