#pragma once

#include "document/rowset.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

/// What a cell holds in 32 bits: one of the small values, an address of the TextStore, or an index
/// into the batch.
namespace CellValue {
inline constexpr std::uint32_t absent = 0;
inline constexpr std::uint32_t nil = 1;
inline constexpr std::uint32_t empty = 2;              ///< a Scalar without text
inline constexpr std::uint32_t firstText = 16;         ///< addresses begin here
inline constexpr std::uint32_t array = 0xC0000000;     ///< | index of its first word in the items
inline constexpr std::uint32_t object = 0xE0000000;    ///< | node of the batch's document
inline constexpr std::uint32_t reference = 0xF0000000; ///< | the same, an endpoint reference
inline constexpr std::uint32_t arrayMask = 0x1FFFFFFF;
inline constexpr std::uint32_t nodeMask = 0x0FFFFFFF;

inline bool isText(std::uint32_t value)
{
    return value >= firstText && value < array;
}
inline bool isArray(std::uint32_t value)
{
    return value >= array && value < object;
}
inline bool isComplex(std::uint32_t value)
{
    return value >= object;
}
} // namespace CellValue

/// Append-only text in blocks that never move. An address is 32 bits: 16 for the block, 16 within
/// it; a text is preceded by its length and form. At most 3 GiB.
///
/// One thread appends. Other threads may read what was appended before it was handed to them: what
/// they look at is not written again.
class TextStore
{
public:
    struct Entry
    {
        std::string_view text;
        ScalarForm form = ScalarForm::Plain;
    };

    TextStore() = default;
    ~TextStore();
    TextStore(const TextStore &) = delete;
    TextStore &operator=(const TextStore &) = delete;

    /// 0 when it is full.
    std::uint32_t append(std::string_view text, ScalarForm form);

    Entry at(std::uint32_t address) const
    {
        const auto *p = reinterpret_cast<const unsigned char *>(
            (*m_tables[address >> 24])[address >> 16 & 0xFF] + (address & 0xFFFF));
        std::uint64_t head = *p & 0x7F;
        for (int shift = 7; *p++ & 0x80; shift += 7)
            head |= std::uint64_t(*p & 0x7F) << shift;
        return {{reinterpret_cast<const char *>(p), std::size_t(head >> 2)}, ScalarForm(head & 3)};
    }

    std::size_t memoryUsed() const { return m_bytes.load(std::memory_order_relaxed); }

private:
    static constexpr std::uint32_t maxBlocks = CellValue::array >> 16;
    using Table = std::array<char *, 256>;
    char *addBlock(std::size_t size);

    std::array<std::unique_ptr<Table>, maxBlocks / 256> m_tables;
    std::uint32_t m_blockCount = 0;
    std::uint32_t m_current = 0; ///< number of the block that is being filled
    std::size_t m_used = 0;
    std::size_t m_size = 0; ///< of it
    std::atomic<std::size_t> m_bytes = sizeof(TextStore);
};
