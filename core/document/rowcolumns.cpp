#include "document/rowcolumns.h"

#include <QtGlobal>

#include <utility>

namespace {

/// How often the interner is asked before a column is judged, and the share of hits (1 in n) that
/// makes it worth going on.
constexpr std::uint32_t judgedAfter = 4096;
constexpr std::uint32_t worthwhile = 16;
constexpr std::uint32_t triedAgainAfter = 65536;

} // namespace

RowColumns::RowColumns()
    : m_columns(RowLayout::FixedCount)
{ }

std::uint32_t RowColumns::property(const Key &key)
{
    if (m_expected < m_properties.size() && m_properties[m_expected].matches(key))
        return m_expected++;
    // An array: the same again.
    if (m_expected > 0 && m_expected <= m_properties.size()
        && m_properties[m_expected - 1].matches(key))
        return m_expected - 1;
    m_key.clear();
    m_key.push_back(key.attribute ? '@' : key.ofRow ? '=' : '-');
    if (!key.ofRow)
        m_key.append(key.name.namespaceUri).push_back('\0');
    m_key.append(key.name.local);
    const auto it = m_index.find(m_key);
    const std::uint32_t found = it != m_index.end() ? it->second : addProperty(key);
    m_expected = found + 1;
    return found;
}

std::uint32_t RowColumns::addProperty(const Key &key)
{
    if (m_properties.size() == maxColumns)
        return none;
    const auto index = std::uint32_t(m_properties.size());
    auto added = std::make_shared<RowLayout::Property>();
    if (key.attribute)
        added->facts.name.push_back('@');
    added->facts.name.append(key.name.local);
    added->prefix = key.name.prefix;
    if (!key.ofRow)
        added->ns = key.name.namespaceUri;
    added->ofRow = key.ofRow;
    added->attribute = key.attribute;
    added->values = addPhysical();
    m_layout.properties.push_back(added);
    m_published.reset();
    const auto [it, isNew] = m_index.try_emplace(m_key, index);
    Q_ASSERT(isNew);
    // The key ends with the name and has the namespace before it; it does not move.
    const std::string_view stored = it->first;
    PropertyState state;
    state.name = stored.substr(stored.size() - key.name.local.size());
    state.ns = key.ofRow ? std::string_view() : stored.substr(1, key.name.namespaceUri.size());
    state.ofRow = key.ofRow;
    state.attribute = key.attribute;
    state.values = added->values;
    m_properties.push_back(state);
    return index;
}

std::uint32_t RowColumns::addPhysical()
{
    m_columns.emplace_back();
    return std::uint32_t(m_columns.size() - 1);
}

/// Layouts that were handed over keep the property as it was.
RowLayout::Property &RowColumns::change(std::uint32_t property)
{
    auto copy = std::make_shared<RowLayout::Property>(*m_layout.properties[property]);
    m_layout.properties[property] = copy;
    m_published.reset();
    return *copy;
}

void RowColumns::setType(std::uint32_t property, CimType type)
{
    if (type != CimType::Unknown && facts(property).facts.type == CimType::Unknown)
        change(property).facts.type = type;
}

std::uint32_t RowColumns::textValue(PhysicalColumn &column, std::string_view text, ScalarForm form)
{
    if (text == column.last.text && form == column.last.form && column.lastAddress != 0)
        return column.lastAddress;
    if (text.empty() && form == ScalarForm::Plain)
        return CellValue::empty;
    return newText(column, text, form);
}

std::uint32_t RowColumns::newText(PhysicalColumn &column, std::string_view text, ScalarForm form)
{
    std::uint32_t address = 0;
    if (column.unique) {
        address = m_store->append(text, form);
        if (++column.looked == triedAgainAfter) {
            column.unique = false;
            column.looked = 0;
        }
    } else {
        const auto found = m_interner.intern(text, form);
        address = found.address;
        column.known += found.known;
        if (++column.looked == judgedAfter) {
            column.unique = column.known < judgedAfter / worthwhile;
            column.looked = column.known = 0;
        }
    }
    if (address == 0)
        return full;
    column.last = m_store->at(address);
    column.lastAddress = address;
    return address;
}

bool RowColumns::setCell(std::uint32_t property, std::uint32_t value, std::string_view attributes)
{
    if (value == full)
        return false;
    std::uint32_t written = 0;
    if (!attributes.empty()) {
        written = attributesValue(property, attributes); // may add a physical column
        if (written == full)
            return false;
    }
    auto &entries = m_columns[m_properties[property].values].entries;
    if (!entries.empty() && entries.back().row == m_row)
        return addToArray(property, value, written);
    entries.push_back({m_row, value});
    if (written != 0)
        m_columns[m_properties[property].attributes].entries.push_back({m_row, written});
    return true;
}

/// Where the attributes of a cell stand in the store.
std::uint32_t RowColumns::attributesValue(std::uint32_t property, std::string_view attributes)
{
    if (m_properties[property].attributes == 0) {
        const auto physical = addPhysical();
        m_properties[property].attributes = physical;
        change(property).attributes = physical;
    }
    return textValue(m_columns[m_properties[property].attributes], attributes, ScalarForm::Plain);
}

bool RowColumns::addToArray(std::uint32_t property, std::uint32_t value, std::uint32_t attributes)
{
    const PropertyState &state = m_properties[property];
    std::uint32_t &cell = m_columns[state.values].entries.back().value;
    if (!CellValue::isArray(cell)) {
        if (m_arrayCount == m_arrays.size())
            m_arrays.emplace_back();
        OpenArray &open = m_arrays[m_arrayCount];
        open.property = property;
        open.items.clear();
        std::uint32_t first = 0;
        if (state.attributes != 0) {
            auto &entries = m_columns[state.attributes].entries;
            if (!entries.empty() && entries.back().row == m_row) {
                first = entries.back().value;
                entries.pop_back();
            }
        }
        open.items.insert(open.items.end(), {cell, first});
        cell = CellValue::array | std::uint32_t(m_arrayCount++);
        if (!facts(property).facts.array)
            change(property).facts.array = true;
    }
    auto &items = m_arrays[cell & CellValue::arrayMask].items;
    items.insert(items.end(), {value, attributes});
    return true;
}

bool RowColumns::setObject(std::uint32_t property, const DocumentPtr &object, bool isReference)
{
    if (m_nextObject + object->nodeCount() > CellValue::nodeMask)
        return false;
    const auto value = (isReference ? CellValue::reference : CellValue::object) | m_nextObject;
    m_nextObject += object->nodeCount();
    m_rowObjects.push_back(object);
    return setCell(property, value, {});
}

bool RowColumns::setFixed(RowLayout::Fixed column, std::string_view text)
{
    const auto value = textValue(m_columns[column], text, ScalarForm::Plain);
    if (value == full)
        return false;
    m_columns[column].entries.push_back({m_row, value});
    return true;
}

bool RowColumns::setSelector(std::size_t position, std::string_view value)
{
    if (position >= maxColumns)
        return false;
    while (m_layout.selectorValues.size() <= position) {
        m_layout.selectorValues.push_back(addPhysical());
        m_published.reset();
    }
    auto &column = m_columns[m_layout.selectorValues[position]];
    const auto stored = textValue(column, value, ScalarForm::Plain);
    if (stored == full)
        return false;
    column.entries.push_back({m_row, stored});
    return true;
}

void RowColumns::noteClass(std::string_view name, std::string_view ns)
{
    if (!m_hasClass) {
        m_className = name;
        m_classNamespace = ns;
        m_hasClass = true;
    }
    m_mixedClasses = m_mixedClasses || name != m_className || ns != m_classNamespace;
}

void RowColumns::closeArrays()
{
    for (std::size_t i = 0; i < m_arrayCount; ++i) {
        const OpenArray &open = m_arrays[i];
        auto &cell = m_columns[m_properties[open.property].values].entries.back();
        cell.value = CellValue::array | std::uint32_t(m_items.size());
        m_items.push_back(std::uint32_t(open.items.size() / 2));
        m_items.insert(m_items.end(), open.items.begin(), open.items.end());
    }
    m_arrayCount = 0;
}

void RowColumns::closeObjects()
{
    for (const DocumentPtr &object : m_rowObjects) {
        if (m_objects.depth() == 0)
            m_objects.startElement({}, "objects");
        m_objects.copy(object->root());
    }
    m_rowObjects.clear();
    m_rowObjectBase = m_nextObject;
}

void RowColumns::endRow()
{
    closeArrays();
    if (!m_rowObjects.empty())
        closeObjects();
    m_expected = 0;
    ++m_row;
}

RowBatchPtr RowColumns::takeBatch()
{
    if (m_row == 0)
        return nullptr;
    if (!m_published)
        m_published = std::make_shared<RowLayout>(m_layout);
    auto batch = std::make_shared<RowBatch>();
    batch->rowCount = m_row;
    batch->mixedClasses = m_mixedClasses;
    batch->store = m_store;
    batch->layout = m_published;
    batch->columns.reserve(m_columns.size());
    const std::uint32_t row = std::exchange(m_row, 0);
    for (PhysicalColumn &column : m_columns) {
        std::span<const RowEntry> entries = column.entries;
        if (!entries.empty() && entries.back().row == row)
            entries = entries.first(entries.size() - 1); // of the row that is half read
        batch->columns.push_back(PackedColumn::pack(entries, row, batch->bytes));
    }
    batch->bytes.shrink_to_fit();
    batch->items = std::exchange(m_items, {});
    batch->items.shrink_to_fit();
    batch->objects = m_objects.finish();
    keepOpenRow(row);
    return batch;
}

void RowColumns::startNewStore()
{
    Q_ASSERT(m_row == 0);
    m_store = std::make_shared<TextStore>();
    m_interner.restart(*m_store);
    for (PhysicalColumn &column : m_columns) {
        column.last = {};
        column.lastAddress = 0;
    }
}

/// An object of the row that is half read will stand elsewhere: in the next batch.
std::uint32_t RowColumns::movedObject(std::uint32_t value) const
{
    return CellValue::isComplex(value) ? value - (m_rowObjectBase - 1) : value;
}

void RowColumns::keepOpenRow(std::uint32_t row)
{
    for (PhysicalColumn &column : m_columns) {
        auto &entries = column.entries;
        if (!entries.empty() && entries.back().row == row) {
            entries.front() = {0, movedObject(entries.back().value)};
            entries.resize(1);
        } else {
            entries.clear();
        }
    }
    for (std::size_t i = 0; i < m_arrayCount; ++i) {
        auto &items = m_arrays[i].items;
        for (std::size_t k = 0; k < items.size(); k += 2)
            items[k] = movedObject(items[k]);
    }
    m_nextObject -= m_rowObjectBase - 1;
    m_rowObjectBase = 1;
}
