#include "models/rowarranger.h"

#include "models/celltext.h"
#include "models/rowmatcher.h"
#include "models/valueorder.h"
#include "protocol/cimclass.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <thread>

namespace {

constexpr std::uint32_t lookEvery = 512;       ///< rows between two looks at the generation
constexpr std::uint32_t rowsOfThread = 20'000; ///< a thread is worth that many
constexpr std::uint32_t mostThreads = 4;

/// Whether the work is still wanted.
struct Wish
{
    const std::atomic<quint64> &wanted;
    quint64 generation;
    bool isGone() const { return wanted.load(std::memory_order_relaxed) != generation; }
};

std::vector<std::uint32_t> matchingRows(const ArrangeRequest &request, std::uint32_t from,
                                        std::uint32_t to, const Wish &wish)
{
    std::vector<std::uint32_t> rows;
    RowMatcher matcher(request.rows, request.schema.get(), request.dress.get(), request.filter);
    for (std::uint32_t row = from; row < to; row += lookEvery) {
        if (wish.isGone())
            return {};
        matcher.collect(row, std::min(row + lookEvery, to), rows);
    }
    return rows;
}

/// Many rows are looked at by several threads, each with a part of its own.
std::vector<std::uint32_t> filteredRows(const ArrangeRequest &request, const Wish &wish)
{
    const std::uint32_t count = request.rows.rowCount();
    if (request.filter.isEmpty()) {
        std::vector<std::uint32_t> rows(count);
        std::iota(rows.begin(), rows.end(), 0u);
        return rows;
    }
    const auto threads = std::clamp(std::thread::hardware_concurrency(), 1u,
                                    std::clamp(count / rowsOfThread, 1u, mostThreads));
    std::vector<std::vector<std::uint32_t>> parts(threads);
    const auto match = [&](std::uint32_t part) {
        parts[part] = matchingRows(request, std::uint32_t(std::uint64_t(count) * part / threads),
                                   std::uint32_t(std::uint64_t(count) * (part + 1) / threads),
                                   wish);
    };
    {
        std::vector<std::jthread> helpers; // joined here
        for (std::uint32_t part = 1; part < threads; ++part)
            helpers.emplace_back(match, part);
        match(0);
    }
    std::vector<std::uint32_t> rows = std::move(parts.front());
    for (std::size_t part = 1; part < parts.size(); ++part)
        rows.insert(rows.end(), parts[part].begin(), parts[part].end());
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

/// Folded texts, in blocks that do not move.
struct FoldedTexts
{
    std::vector<std::unique_ptr<std::string>> blocks;
    std::vector<std::string_view> texts;

    void add(std::string_view text)
    {
        constexpr std::size_t blockSize = 1 << 18;
        const std::size_t most = text.size() * 3 / 2 + 4; // folding may lengthen a character
        if (blocks.empty() || blocks.back()->capacity() - blocks.back()->size() < most) {
            blocks.push_back(std::make_unique<std::string>());
            blocks.back()->reserve(std::max(blockSize, most));
        }
        std::string &block = *blocks.back();
        const std::size_t at = block.size();
        appendFolded(block, text);
        texts.push_back(std::string_view(block).substr(at));
    }
};

/// Sorts texts eight bytes at a time: each round reads every text once, where comparing them whole
/// would read them again and again.
class TextSorter
{
public:
    explicit TextSorter(const std::vector<std::string_view> &texts)
        : m_texts(texts)
        , m_keys(texts.size())
        , m_sameAsBefore(texts.size(), false)
    {
        for (std::uint32_t i = 0; i < m_keys.size(); ++i)
            m_keys[i].index = i;
        sort(0, m_keys.size(), 0);
    }

    /// Indexes of the texts in order; equal ones as they were, also when descending.
    std::vector<std::uint32_t> indexes(Qt::SortOrder order) const
    {
        std::vector<std::uint32_t> sorted;
        sorted.reserve(m_keys.size());
        if (order == Qt::AscendingOrder) {
            for (const Key &key : m_keys)
                sorted.push_back(key.index);
            return sorted;
        }
        for (std::size_t end = m_keys.size(); end > 0;) {
            std::size_t begin = end - 1;
            while (begin > 0 && m_sameAsBefore[begin])
                --begin;
            for (std::size_t i = begin; i < end; ++i)
                sorted.push_back(m_keys[i].index);
            end = begin;
        }
        return sorted;
    }

private:
    static constexpr std::size_t deepest = 512; ///< bytes; what is equal until there is compared

    struct Key
    {
        std::uint64_t word = 0;
        std::uint32_t index = 0;
        bool operator<(const Key &other) const
        {
            return word != other.word ? word < other.word : index < other.index;
        }
    };

    /// Eight bytes of the text from `depth` on, zeros behind its end (no text has a zero in it).
    std::uint64_t wordOf(std::uint32_t index, std::size_t depth) const
    {
        const std::string_view text = m_texts[index];
        std::uint64_t word = 0;
        for (std::size_t i = depth; i < depth + 8; ++i)
            word = (word << 8) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
        return word;
    }

    void sort(std::size_t begin, std::size_t end, std::size_t depth)
    {
        for (std::size_t i = begin; i < end; ++i)
            m_keys[i].word = wordOf(m_keys[i].index, depth);
        std::sort(m_keys.begin() + std::ptrdiff_t(begin), m_keys.begin() + std::ptrdiff_t(end));
        for (std::size_t from = begin; from < end;) {
            const std::uint64_t word = m_keys[from].word;
            std::size_t to = from + 1;
            while (to < end && m_keys[to].word == word)
                ++to;
            if (to - from > 1)
                settle(from, to, depth + 8, (word & 0xFF) == 0);
            from = to;
        }
    }

    /// A run of texts that are equal until `depth`.
    void settle(std::size_t begin, std::size_t end, std::size_t depth, bool ended)
    {
        if (!ended && depth < deepest) {
            sort(begin, end, depth);
            return;
        }
        const auto rest = [&](const Key &key) {
            const std::string_view text = m_texts[key.index];
            return text.substr(std::min(depth, text.size()));
        };
        if (!ended) {
            std::sort(m_keys.begin() + std::ptrdiff_t(begin), m_keys.begin() + std::ptrdiff_t(end),
                      [&](const Key &a, const Key &b) {
                          const int order = rest(a).compare(rest(b));
                          return order != 0 ? order < 0 : a.index < b.index;
                      });
        }
        for (std::size_t i = begin + 1; i < end; ++i)
            m_sameAsBefore[i] = ended || rest(m_keys[i - 1]) == rest(m_keys[i]);
    }

    const std::vector<std::string_view> &m_texts;
    std::vector<Key> m_keys;
    std::vector<bool> m_sameAsBefore;
};

void sortTexts(SortColumn &column, Qt::SortOrder order, const Wish &wish)
{
    FoldedTexts folded;
    folded.texts.reserve(column.texts.size());
    for (std::size_t i = 0; i < column.texts.size(); ++i) {
        if (i % lookEvery == 0 && wish.isGone())
            return;
        folded.add(column.texts[i]);
    }
    std::vector<std::uint32_t> sorted = TextSorter(folded.texts).indexes(order);
    for (std::uint32_t &index : sorted)
        index = column.rows[index];
    column.rows.swap(sorted);
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
