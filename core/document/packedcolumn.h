#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// A cell that was set: row within the batch, value (CellValue).
struct RowEntry
{
    std::uint32_t row = 0;
    std::uint32_t value = 0;
};

/// One column of one batch, in the smallest of a few forms: most columns of a page hold one value
/// throughout, few different ones, or texts that stand near each other in the store.
struct PackedColumn
{
    enum class Form : std::uint8_t {
        Constant,   ///< `base` in every row
        Offsets,    ///< `width` bytes a row: a small value, or the distance from `base`
        Dictionary, ///< one byte a row into a table of `base` 4-byte values in front of them
        Sparse,     ///< `base` rows have one: their numbers, then their values
    };
    Form form = Form::Constant;
    std::uint8_t width = 0;
    std::uint32_t base = 0;
    std::uint32_t offset = 0; ///< in the batch's bytes

    std::uint32_t value(const std::uint8_t *bytes, std::uint32_t row) const;
    std::uint32_t tableValue(const std::uint8_t *bytes, std::uint32_t index) const; ///< Dictionary
    /// The same: for each row the index of its value.
    const std::uint8_t *codes(const std::uint8_t *bytes) const { return bytes + offset + 4 * base; }

    /// Packs `entries` (ascending rows below `rows`, each at most once), appending to `bytes`.
    static PackedColumn pack(std::span<const RowEntry> entries, std::uint32_t rows,
                             std::vector<std::uint8_t> &bytes);
};
