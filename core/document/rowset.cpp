#include "document/rowset.h"

#include "document/rowhead.h"

#include <algorithm>
#include <atomic>
#include <cctype>

namespace {

constexpr std::size_t chunkSize = 256; ///< batches

struct PlacedBatch
{
    std::uint32_t firstRow = 0;
    RowBatchPtr batch;
};
using Chunk = std::vector<PlacedBatch>;

struct PlacedChunk
{
    std::uint32_t firstRow = 0;
    std::shared_ptr<Chunk> batches;
};

/// The last one that begins at or before `row`.
template<typename Placed>
const Placed &placeOf(const std::vector<Placed> &all, std::uint32_t row)
{
    const auto next = std::ranges::upper_bound(all, row, {}, &Placed::firstRow);
    return *std::prev(next);
}

/// True when nobody else has it; what others did with it before then happened before.
template<typename T>
bool isOnlyOwner(const std::shared_ptr<T> &pointer)
{
    if (pointer.use_count() != 1)
        return false;
    std::atomic_thread_fence(std::memory_order_acquire);
    return true;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

} // namespace

bool isNumeric(CimType type)
{
    return type >= CimType::UInt8 && type <= CimType::Real64;
}

std::uint32_t rowCount(const RowBatchPtr &batch)
{
    return batch ? batch->rowCount : 0;
}

struct RowSet::Private
{
    struct ColumnState
    {
        Column facts;
        bool fixed = false; ///< said by setColumn
    };
    std::vector<PlacedChunk> chunks; ///< shared between copies, all but the last one full
    std::uint32_t rows = 0;
    std::vector<ColumnState> columns;
    std::shared_ptr<const RowLayout> layout; ///< the newest
    std::shared_ptr<const TextStore> store;
    std::size_t bytes = 0; ///< of the batches
    bool mixedClasses = false;

    Place place(std::uint32_t row) const
    {
        if (row >= rows)
            return {};
        const PlacedBatch &found = placeOf(*placeOf(chunks, row).batches, row);
        return {found.batch.get(), row - found.firstRow};
    }
    RowHead::Name head(std::uint32_t row) const
    {
        const auto [batch, index] = place(row);
        if (!batch)
            return {};
        FieldReader fields(batch->textAt(RowLayout::Head, index));
        return RowHead::readName(fields);
    }
    void learn(const RowLayout &from);
    void checkClasses(const RowBatch &batch);
};

void RowSet::Private::learn(const RowLayout &from)
{
    for (std::size_t i = 0; i < from.properties.size(); ++i) {
        const Column &facts = from.properties[i]->facts;
        if (i == columns.size()) {
            columns.push_back({facts, false});
        } else if (!columns[i].fixed) {
            columns[i].facts = facts;
        }
    }
}

void RowSet::Private::checkClasses(const RowBatch &batch)
{
    mixedClasses = mixedClasses || batch.mixedClasses;
    if (mixedClasses || rows == 0)
        return;
    FieldReader fields(batch.textAt(RowLayout::Head, 0));
    const auto name = RowHead::readName(fields);
    const auto first = head(0);
    mixedClasses = name.local != first.local || name.ns != first.ns;
}

RowSet::RowSet()
    : d(std::make_shared<Private>())
{ }

RowSet::~RowSet() = default;
RowSet::RowSet(const RowSet &) = default;
RowSet &RowSet::operator=(const RowSet &) = default;

void RowSet::append(const RowBatchPtr &batch)
{
    if (!batch)
        return;
    if (!isOnlyOwner(d))
        d = std::make_shared<Private>(*d);
    d->checkClasses(*batch);
    if (d->layout != batch->layout) {
        d->learn(*batch->layout);
        d->layout = batch->layout;
    }
    if (d->store != batch->store)
        d->store = batch->store;
    if (d->chunks.empty() || d->chunks.back().batches->size() == chunkSize)
        d->chunks.push_back({d->rows, std::make_shared<Chunk>()});
    else if (!isOnlyOwner(d->chunks.back().batches))
        d->chunks.back().batches = std::make_shared<Chunk>(*d->chunks.back().batches);
    d->chunks.back().batches->push_back({d->rows, batch});
    d->rows += batch->rowCount;
    d->bytes += batch->memoryUsed();
}

void RowSet::dropRows()
{
    if (!isOnlyOwner(d))
        d = std::make_shared<Private>(*d);
    d->chunks.clear();
    d->rows = 0;
    d->bytes = 0;
    d->store.reset();
}

std::uint32_t RowSet::rowCount() const
{
    return d->rows;
}

std::uint32_t RowSet::columnCount() const
{
    return std::uint32_t(d->columns.size());
}

Column RowSet::column(std::uint32_t column) const
{
    return column < columnCount() ? d->columns[column].facts : Column();
}

std::optional<std::uint32_t> RowSet::columnNamed(std::string_view name) const
{
    for (std::uint32_t i = 0; i < columnCount(); ++i) {
        if (d->columns[i].facts.name == name)
            return i;
    }
    for (std::uint32_t i = 0; i < columnCount(); ++i) {
        if (equalsIgnoringCase(d->columns[i].facts.name, name))
            return i;
    }
    return std::nullopt;
}

void RowSet::setColumn(std::uint32_t column, const Column &facts)
{
    if (column >= columnCount())
        return;
    if (!isOnlyOwner(d))
        d = std::make_shared<Private>(*d);
    d->columns[column] = {facts, true};
}

RowSet::Place RowSet::place(std::uint32_t row) const
{
    return d->place(row);
}

Cell RowSet::cell(std::uint32_t row, std::uint32_t column) const
{
    const auto [batch, index] = d->place(row);
    if (!batch || column >= batch->layout->properties.size())
        return {};
    return batch->cell(batch->value(batch->layout->properties[column]->values, index));
}

std::string_view RowSet::className(std::uint32_t row) const
{
    const auto head = d->head(row);
    return head.kind == RowKind::Fragment ? std::string_view() : head.local;
}

std::string_view RowSet::classNamespace(std::uint32_t row) const
{
    const auto head = d->head(row);
    return head.kind == RowKind::Fragment ? std::string_view() : head.ns;
}

bool RowSet::mixedClasses() const
{
    return d->mixedClasses;
}

bool RowSet::hasReference(std::uint32_t row) const
{
    const auto [batch, index] = d->place(row);
    return batch && batch->value(RowLayout::Selectors, index) != CellValue::absent;
}

RowReference RowSet::reference(std::uint32_t row) const
{
    const auto [batch, index] = d->place(row);
    if (!batch)
        return {};
    RowReference result{
        batch->textAt(RowLayout::Address, index), batch->textAt(RowLayout::Resource, index), {}};
    FieldReader names(batch->textAt(RowLayout::Selectors, index));
    const auto count = names.number();
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto name = names.next();
        const bool isReference = names.number() != 0;
        result.selectors.push_back(
            {name, batch->textAt(batch->layout->selectorValues[i], index), isReference});
    }
    return result;
}

DocumentPtr selectorReference(const RowSelector &selector)
{
    if (!selector.isReference)
        return nullptr;
    const auto document = readXml(
        QByteArray::fromRawData(selector.value.data(), qsizetype(selector.value.size())));
    return document ? *document : nullptr;
}

DocumentPtr RowSet::rowDocument(std::uint32_t row) const
{
    const auto [batch, index] = d->place(row);
    return batch ? batch->document(index) : nullptr;
}

bool RowSet::hasHiddenParts(std::uint32_t row) const
{
    const auto [batch, index] = d->place(row);
    if (!batch)
        return false;
    const auto has = [&batch = *batch, index = index](std::uint32_t physical) {
        return batch.value(physical, index) != CellValue::absent;
    };
    if (!batch->textAt(RowLayout::Text, index).empty())
        return true;
    for (const auto &property : batch->layout->properties) {
        const bool foreign = !property->ofRow && !property->attribute && has(property->values);
        if (foreign || (property->attributes != 0 && has(property->attributes)))
            return true;
        const auto value = batch->value(property->values, index);
        if (!CellValue::isComplex(value) && CellValue::isArray(value)
            && batch->hasItemAttributes(value))
            return true;
    }
    return false;
}

std::string_view RowSet::startKey(std::uint32_t row) const
{
    const auto [batch, index] = d->place(row);
    return batch ? batch->textAt(RowLayout::Head, index) : std::string_view();
}

std::size_t RowSet::memoryUsed() const
{
    return sizeof(Private) + d->bytes + (d->store ? d->store->memoryUsed() : 0)
        + d->chunks.size() * chunkSize * sizeof(PlacedBatch);
}
