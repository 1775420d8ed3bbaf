#include "document/packedcolumn.h"

#include "document/textstore.h"

#include <algorithm>
#include <array>

namespace {

constexpr std::uint32_t smallValues = CellValue::empty + 1; ///< codes that stand for themselves
constexpr std::size_t maxDictionary = 256;

std::uint32_t read(const std::uint8_t *from, std::size_t width)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
        value |= std::uint32_t(from[i]) << 8 * i;
    return value;
}

void append(std::vector<std::uint8_t> &bytes, std::uint32_t value, std::size_t width)
{
    for (std::size_t i = 0; i < width; ++i)
        bytes.push_back(std::uint8_t(value >> 8 * i));
}

/// Different values in order of appearance, as far as they fit in one byte.
class Dictionary
{
public:
    /// Index of the value, maxDictionary when there are too many.
    std::size_t index(std::uint32_t value)
    {
        std::size_t at = (value * 0x9E3779B1u) >> 23;
        while (m_slots[at] != 0) {
            const std::size_t found = m_slots[at] - 1u;
            if (m_values[found] == value)
                return found;
            at = (at + 1) % m_slots.size();
        }
        if (m_count == maxDictionary)
            return maxDictionary;
        m_values[m_count++] = value;
        m_slots[at] = std::uint16_t(m_count);
        return m_count - 1;
    }
    std::size_t count() const { return m_count; }
    std::uint32_t value(std::size_t index) const { return m_values[index]; }

private:
    std::array<std::uint16_t, 512> m_slots{}; ///< index + 1
    std::array<std::uint32_t, maxDictionary> m_values;
    std::size_t m_count = 0;
};

std::uint8_t widthFor(std::uint32_t largest)
{
    return largest < 0x100 ? 1 : largest < 0x10000 ? 2 : 3;
}

PackedColumn packSparse(std::span<const RowEntry> entries, std::vector<std::uint8_t> &bytes)
{
    const PackedColumn column{PackedColumn::Form::Sparse, 0, std::uint32_t(entries.size()),
                              std::uint32_t(bytes.size())};
    for (const RowEntry &entry : entries)
        append(bytes, entry.row, 4);
    for (const RowEntry &entry : entries)
        append(bytes, entry.value, 4);
    return column;
}

/// Calls `use(value)` for each row, absent ones included.
template<typename Use>
void forEachRow(std::span<const RowEntry> entries, std::uint32_t rows, Use use)
{
    std::uint32_t row = 0;
    for (const RowEntry &entry : entries) {
        for (; row < entry.row; ++row)
            use(CellValue::absent);
        use(entry.value);
        ++row;
    }
    for (; row < rows; ++row)
        use(CellValue::absent);
}

/// Appends the dictionary form if it takes at most `limit` bytes,
/// and returns the length of its table; else 0.
std::uint32_t packDictionary(std::span<const RowEntry> entries, std::uint32_t rows,
                             std::size_t limit, std::vector<std::uint8_t> &bytes)
{
    if (rows >= limit)
        return 0;
    const std::size_t most = std::min(maxDictionary, (limit - rows) / 4);
    Dictionary dictionary;
    if (entries.size() < rows)
        dictionary.index(CellValue::absent);
    for (const RowEntry &entry : entries) {
        if (dictionary.index(entry.value) >= most)
            return 0;
    }
    for (std::size_t i = 0; i < dictionary.count(); ++i)
        append(bytes, dictionary.value(i), 4);
    forEachRow(entries, rows, [&](std::uint32_t value) {
        bytes.push_back(std::uint8_t(dictionary.index(value)));
    });
    return std::uint32_t(dictionary.count());
}

} // namespace

PackedColumn PackedColumn::pack(std::span<const RowEntry> entries, std::uint32_t rows,
                                std::vector<std::uint8_t> &bytes)
{
    const auto offset = std::uint32_t(bytes.size());
    if (entries.empty())
        return {Form::Constant, 0, CellValue::absent, offset};
    if (entries.size() * 8 < rows)
        return packSparse(entries, bytes);
    bool same = entries.size() == rows;
    std::uint32_t least = 0xFFFFFFFF;
    std::uint32_t most = 0;
    for (const RowEntry &entry : entries) {
        same = same && entry.value == entries[0].value;
        if (entry.value >= smallValues) {
            least = std::min(least, entry.value);
            most = std::max(most, entry.value);
        }
    }
    if (same)
        return {Form::Constant, 0, entries[0].value, offset};
    // Without any text the small values need no base; with some, codes begin behind them.
    const std::uint32_t base = most == 0 ? smallValues : least;
    const std::uint32_t range = most == 0 ? 0 : most - base;
    const std::uint8_t width = range >= 0xFFFFFF - smallValues ? 4 : widthFor(range + smallValues);
    if (const auto count = packDictionary(entries, rows, std::size_t(rows) * width, bytes))
        return {Form::Dictionary, 1, count, offset};
    // Four bytes hold every value as it is.
    const std::uint32_t shift = width == 4 ? 0 : base - smallValues;
    forEachRow(entries, rows, [&](std::uint32_t value) {
        append(bytes, value < smallValues ? value : value - shift, width);
    });
    return {Form::Offsets, width, shift, offset};
}

std::uint32_t PackedColumn::tableValue(const std::uint8_t *bytes, std::uint32_t index) const
{
    return read(bytes + offset + 4 * index, 4);
}

std::uint32_t PackedColumn::value(const std::uint8_t *bytes, std::uint32_t row) const
{
    const std::uint8_t *data = bytes + offset;
    switch (form) {
    case Form::Constant:
        return base;
    case Form::Dictionary:
        return tableValue(bytes, codes(bytes)[row]);
    case Form::Sparse: {
        std::uint32_t first = 0;
        for (std::uint32_t count = base; count > 0;) {
            const std::uint32_t half = count / 2;
            if (read(data + 4 * (first + half), 4) < row) {
                first += half + 1;
                count -= half + 1;
            } else {
                count = half;
            }
        }
        const bool found = first < base && read(data + 4 * first, 4) == row;
        return found ? read(data + 4 * (base + first), 4) : CellValue::absent;
    }
    case Form::Offsets:
        break;
    }
    const std::uint32_t code = read(data + std::size_t(row) * width, width);
    return code < smallValues ? code : code + base;
}
