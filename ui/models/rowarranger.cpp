#include "models/rowarranger.h"

#include "models/celltext.h"
#include "models/rowmatcher.h"
#include "models/valueorder.h"
#include "protocol/cimclass.h"

#include <algorithm>
#include <array>

namespace {

constexpr std::uint32_t lookEvery = 512; ///< rows between two looks at the generation

/// Whether the work is still wanted.
struct Wish
{
    const std::atomic<quint64> &wanted;
    quint64 generation;
    bool isGone() const { return wanted.load(std::memory_order_relaxed) != generation; }
};

std::vector<std::uint32_t> filteredRows(const ArrangeRequest &request, const Wish &wish)
{
    std::vector<std::uint32_t> rows;
    const std::uint32_t count = request.rows.rowCount();
    rows.reserve(request.filter.isEmpty() ? count : count / 4);
    RowMatcher matcher(request.rows, request.schema.get(), request.filter);
    for (std::uint32_t row = 0; row < count; ++row) {
        if (row % lookEvery == 0 && wish.isGone())
            return {};
        if (request.filter.isEmpty() || matcher.matches(row))
            rows.push_back(row);
    }
    return rows;
}

/// The texts of the column to sort by, in row order, and the rows without one.
struct SortColumn
{
    std::vector<std::uint32_t> rows; ///< that have a text
    std::vector<std::string_view> texts;
    std::vector<std::uint32_t> nil, absent;
    std::vector<std::unique_ptr<std::string>> made; ///< texts that had to be written first

    void add(std::uint32_t row, const Cell &cell)
    {
        switch (cell.kind()) {
        case CellKind::Absent:
            absent.push_back(row);
            return;
        case CellKind::Nil:
            nil.push_back(row);
            return;
        case CellKind::Scalar:
            rows.push_back(row);
            texts.push_back(cell.text());
            return;
        default:
            rows.push_back(row);
            made.push_back(std::make_unique<std::string>(shownText(cell).toStdString()));
            texts.push_back(*made.back());
        }
    }
};

SortColumn readColumn(const ArrangeRequest &request, const std::vector<std::uint32_t> &rows,
                      const Wish &wish)
{
    SortColumn column;
    column.rows.reserve(rows.size());
    column.texts.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % lookEvery == 0 && wish.isGone())
            return {};
        if (request.sortColumn == ArrangeRequest::classColumn) {
            column.rows.push_back(rows[i]);
            column.texts.push_back(request.rows.className(rows[i]));
        } else {
            column.add(rows[i], request.rows.cell(rows[i], std::uint32_t(request.sortColumn)));
        }
    }
    return column;
}

/// Sorts `rows` by `keys` (same length); rows of equal keys keep their order, whatever `order` is.
template<typename Key>
void sortByKey(std::vector<std::uint32_t> &rows, const std::vector<Key> &keys, Qt::SortOrder order)
{
    std::vector<std::uint32_t> index(rows.size());
    for (std::uint32_t i = 0; i < index.size(); ++i)
        index[i] = i;
    const bool ascending = order == Qt::AscendingOrder;
    std::sort(index.begin(), index.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (keys[a] < keys[b])
            return ascending;
        if (keys[b] < keys[a])
            return !ascending;
        return a < b;
    });
    std::vector<std::uint32_t> sorted(rows.size());
    for (std::size_t i = 0; i < index.size(); ++i)
        sorted[i] = rows[index[i]];
    rows.swap(sorted);
}

/// Keys of all texts by `read`; nothing when one text has none. An empty text takes `empty`.
template<typename Key, typename Read>
std::optional<std::vector<Key>> keysOf(const std::vector<std::string_view> &texts, Read read,
                                       const Key &empty)
{
    std::vector<Key> keys;
    keys.reserve(texts.size());
    for (const std::string_view text : texts) {
        if (text.empty()) {
            keys.push_back(empty);
            continue;
        }
        const auto key = read(text);
        if (!key)
            return {};
        keys.push_back(*key);
    }
    return keys;
}

/// A folded text: its first eight bytes decide most comparisons.
struct TextKey
{
    std::uint64_t start = 0;
    std::string_view rest;
    bool operator<(const TextKey &other) const
    {
        return start != other.start ? start < other.start : rest < other.rest;
    }
};

struct FoldedTexts
{
    std::vector<std::unique_ptr<std::string>> blocks;
    std::vector<TextKey> keys;

    /// Folded texts stand in blocks that do not move.
    std::string_view keep(std::string_view text)
    {
        constexpr std::size_t blockSize = 1 << 18;
        const std::string folded = foldedText(text);
        if (blocks.empty() || blocks.back()->capacity() - blocks.back()->size() < folded.size()) {
            blocks.push_back(std::make_unique<std::string>());
            blocks.back()->reserve(std::max(blockSize, folded.size()));
        }
        std::string &block = *blocks.back();
        const std::size_t at = block.size();
        block += folded;
        return std::string_view(block).substr(at);
    }

    void add(std::string_view text)
    {
        const std::string_view folded = keep(text);
        TextKey key;
        for (std::size_t i = 0; i < 8; ++i)
            key.start = (key.start << 8)
                | (i < folded.size() ? static_cast<unsigned char>(folded[i]) : 0u);
        if (folded.size() > 8)
            key.rest = folded.substr(8);
        keys.push_back(key);
    }
};

void sortTexts(SortColumn &column, Qt::SortOrder order, const Wish &wish)
{
    FoldedTexts folded;
    folded.keys.reserve(column.texts.size());
    for (std::size_t i = 0; i < column.texts.size(); ++i) {
        if (i % lookEvery == 0 && wish.isGone())
            return;
        folded.add(column.texts[i]);
    }
    sortByKey(column.rows, folded.keys, order);
}

bool isText(CimType type)
{
    return type == CimType::Boolean || type == CimType::Reference || type == CimType::Object
        || type == CimType::String || type == CimType::Char16;
}

void sortColumn(SortColumn &column, CimType type, Qt::SortOrder order, const Wish &wish)
{
    if (!isText(type) || type == CimType::String) {
        const NumberKey lowest{true, true, 0, -std::numeric_limits<double>::infinity()};
        if (auto keys = keysOf(column.texts, numberKey, lowest)) {
            // One measure for all, or the order would contradict itself.
            if (!std::all_of(keys->begin(), keys->end(), [](const auto &k) { return k.integer; })) {
                for (NumberKey &key : *keys)
                    key.integer = false;
            }
            return sortByKey(column.rows, *keys, order);
        }
        constexpr auto earliest = std::numeric_limits<std::int64_t>::min();
        if (const auto keys = keysOf<std::int64_t>(column.texts, timeKey, earliest))
            return sortByKey(column.rows, *keys, order);
    }
    sortTexts(column, order, wish);
}

} // namespace

std::vector<std::uint32_t> arrangeRows(const ArrangeRequest &request,
                                       const std::atomic<quint64> &wanted, quint64 generation)
{
    const Wish wish{wanted, generation};
    std::vector<std::uint32_t> rows = filteredRows(request, wish);
    if (request.sortColumn == ArrangeRequest::noColumn || wish.isGone())
        return rows;
    SortColumn column = readColumn(request, rows, wish);
    const CimType type = request.sortColumn >= 0
        ? request.rows.column(std::uint32_t(request.sortColumn)).type
        : CimType::String;
    sortColumn(column, type, request.order, wish);
    if (wish.isGone())
        return {};
    rows = std::move(column.rows);
    rows.insert(rows.end(), column.nil.begin(), column.nil.end());
    rows.insert(rows.end(), column.absent.begin(), column.absent.end());
    return rows;
}
