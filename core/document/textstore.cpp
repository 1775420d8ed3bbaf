#include "document/textstore.h"

#include <cstring>

namespace {

constexpr std::size_t firstBlock = 4 * 1024; ///< most sets are small
constexpr std::size_t blockSize = 64 * 1024;
constexpr std::size_t largeText = 8 * 1024; ///< has a block of its own

std::size_t writeHead(char *out, std::uint64_t head)
{
    std::size_t length = 0;
    for (; head >= 0x80; head >>= 7)
        out[length++] = char(head | 0x80);
    out[length++] = char(head);
    return length;
}

} // namespace

TextStore::~TextStore()
{
    for (std::uint32_t i = 0; i < m_blockCount; ++i)
        delete[](*m_tables[i >> 8])[i & 0xFF];
}

char *TextStore::addBlock(std::size_t size)
{
    if (m_blockCount == maxBlocks)
        return nullptr;
    auto &table = m_tables[m_blockCount >> 8];
    std::size_t added = size;
    if (!table) {
        table = std::make_unique<Table>();
        added += sizeof(Table);
    }
    m_bytes.fetch_add(added, std::memory_order_relaxed);
    char *block = new char[size];
    (*table)[m_blockCount++ & 0xFF] = block;
    return block;
}

std::uint32_t TextStore::append(std::string_view text, ScalarForm form)
{
    char head[10];
    const auto headLength = writeHead(head, std::uint64_t(text.size()) << 2 | std::uint64_t(form));
    const auto length = headLength + text.size();
    std::uint32_t block = m_current;
    std::size_t offset = m_used;
    if (length > largeText && m_blockCount > 0) {
        if (!addBlock(length))
            return 0;
        block = m_blockCount - 1;
        offset = 0;
    } else if (m_used + length > m_size) {
        const bool first = m_blockCount == 0;
        // The first bytes of the first block are never a text: their addresses are the small
        // values.
        const std::size_t used = first ? CellValue::firstText : 0;
        const std::size_t size = std::max(first ? firstBlock : blockSize,
                                          used + (first ? length : 0));
        if (!addBlock(size))
            return 0;
        block = m_current = m_blockCount - 1;
        offset = used;
        m_size = size;
        m_used = used + length;
    } else {
        m_used += length;
    }
    char *out = (*m_tables[block >> 8])[block & 0xFF] + offset;
    std::memcpy(out, head, headLength);
    std::memcpy(out + headLength, text.data(), text.size());
    return block << 16 | std::uint32_t(offset);
}
