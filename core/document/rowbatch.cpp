#include "document/rowbatch.h"

#include "document/rowhead.h"

Cell RowBatch::cell(std::uint32_t value) const
{
    Cell cell;
    if (value == CellValue::absent)
        return cell;
    if (value == CellValue::nil) {
        cell.m_kind = CellKind::Nil;
    } else if (CellValue::isComplex(value)) {
        cell.m_kind = value >= CellValue::reference ? CellKind::Reference : CellKind::Object;
        cell.m_node = objects->node(value & CellValue::nodeMask);
    } else if (CellValue::isArray(value)) {
        cell.m_kind = CellKind::Array;
        cell.m_batch = this;
        cell.m_items = value & CellValue::arrayMask;
        cell.m_count = items[cell.m_items++];
    } else {
        cell.m_kind = CellKind::Scalar;
        if (CellValue::isText(value)) {
            const auto entry = store->at(value);
            cell.m_text = entry.text;
            cell.m_form = entry.form;
        }
    }
    return cell;
}

Cell Cell::at(std::uint32_t index) const
{
    return index < m_count ? m_batch->cell(m_batch->items[m_items + 2 * index]) : Cell();
}

bool RowBatch::hasItemAttributes(std::uint32_t array) const
{
    const auto first = array & CellValue::arrayMask;
    for (std::uint32_t i = 0; i < items[first]; ++i) {
        if (items[first + 2 + 2 * i] != 0)
            return true;
    }
    return false;
}

std::size_t RowBatch::memoryUsed() const
{
    return sizeof(RowBatch) + columns.capacity() * sizeof(PackedColumn) + bytes.capacity()
        + items.capacity() * sizeof(std::uint32_t) + (objects ? objects->memoryUsed() : 0);
}

namespace {

/// Writes a row as the element it was.
class RowWriter
{
public:
    RowWriter(const RowBatch &batch, std::uint32_t row)
        : m_batch(batch)
        , m_row(row)
    { }
    DocumentPtr write();

private:
    using Property = RowLayout::Property;
    void writeRowAttributes();
    void writeReference();
    void writeProperty(const Property &property);
    void writeCell(const Property &property, std::uint32_t value, std::uint32_t attributes);
    void writeScalar(std::uint32_t value, std::string_view timeNamespace);

    const RowBatch &m_batch;
    const std::uint32_t m_row;
    RowHead::Name m_name;
    DocumentBuilder m_builder;
};

DocumentPtr RowWriter::write()
{
    FieldReader head(m_batch.textAt(RowLayout::Head, m_row));
    m_name = RowHead::readName(head);
    m_builder.startElement(m_name.ns, m_name.local, m_name.prefix);
    RowHead::replay(head, m_builder);
    writeRowAttributes();
    m_builder.text(m_batch.textAt(RowLayout::Text, m_row));
    if (m_name.kind == RowKind::Reference)
        writeReference();
    for (const auto &property : m_batch.layout->properties) {
        if (!property->attribute)
            writeProperty(*property);
    }
    return m_builder.finish();
}

void RowWriter::writeRowAttributes()
{
    for (const auto &property : m_batch.layout->properties) {
        if (!property->attribute)
            continue;
        const auto value = m_batch.value(property->values, m_row);
        if (value != CellValue::absent)
            m_builder.attribute(property->ns, std::string_view(property->facts.name).substr(1),
                                m_batch.text(value), property->prefix);
    }
}

void RowWriter::writeReference()
{
    const auto leaf = [&](std::string_view ns, std::string_view prefix, std::string_view local,
                          std::string_view text) {
        m_builder.startElement(ns, local, prefix);
        m_builder.text(text);
        m_builder.endElement();
    };
    leaf(m_name.ns, m_name.prefix, "Address", m_batch.textAt(RowLayout::Address, m_row));
    m_builder.startElement(m_name.ns, "ReferenceParameters", m_name.prefix);
    leaf(wsmanNamespace, "w", "ResourceURI", m_batch.textAt(RowLayout::Resource, m_row));
    m_builder.startElement(wsmanNamespace, "SelectorSet", "w");
    FieldReader names(m_batch.textAt(RowLayout::Selectors, m_row));
    const auto count = names.number();
    for (std::uint32_t i = 0; i < count; ++i) {
        m_builder.startElement(wsmanNamespace, "Selector", "w");
        const auto name = names.next();
        const RowSelector selector{name, m_batch.textAt(m_batch.layout->selectorValues[i], m_row),
                                   names.number() != 0};
        m_builder.attribute({}, "Name", selector.name);
        if (const DocumentPtr reference = selectorReference(selector))
            m_builder.copy(reference->root());
        else
            m_builder.text(selector.value);
        m_builder.endElement();
    }
}

void RowWriter::writeProperty(const Property &property)
{
    const auto value = m_batch.value(property.values, m_row);
    if (value == CellValue::absent)
        return;
    if (!CellValue::isArray(value)) {
        const auto attributes = property.attributes ? m_batch.value(property.attributes, m_row) : 0;
        writeCell(property, value, attributes);
        return;
    }
    const auto first = value & CellValue::arrayMask;
    for (std::uint32_t i = 0; i < m_batch.items[first]; ++i)
        writeCell(property, m_batch.items[first + 1 + 2 * i], m_batch.items[first + 2 + 2 * i]);
}

void RowWriter::writeCell(const Property &property, std::uint32_t value, std::uint32_t attributes)
{
    if (CellValue::isComplex(value)) {
        m_builder.copy(m_batch.objects->node(value & CellValue::nodeMask));
        return;
    }
    const bool inFragment = m_name.kind == RowKind::Fragment;
    const std::string_view ns = !property.ofRow ? std::string_view(property.ns)
        : inFragment                            ? std::string_view()
                                                : m_name.ns;
    m_builder.startElement(ns, property.facts.name,
                           property.ofRow && !inFragment ? m_name.prefix
                                                         : std::string_view(property.prefix));
    FieldReader fields(m_batch.text(attributes));
    const auto timeNamespace = fields.next();
    RowHead::replay(fields, m_builder);
    if (value == CellValue::nil && attributes == 0) // else it is among them
        m_builder.attribute(xsiNamespace, "nil", "true", "xsi");
    else if (value != CellValue::nil)
        writeScalar(value, attributes ? timeNamespace : cimCommonNamespace);
    m_builder.endElement();
}

void RowWriter::writeScalar(std::uint32_t value, std::string_view timeNamespace)
{
    if (!CellValue::isText(value))
        return;
    const auto entry = m_batch.store->at(value);
    if (entry.form == ScalarForm::Plain) {
        m_builder.text(entry.text);
        return;
    }
    const std::string_view local = entry.form == ScalarForm::DateTime ? "Datetime"
        : entry.form == ScalarForm::Interval                          ? "Interval"
                                                                      : "CIM_DateTime";
    m_builder.startElement(timeNamespace, local, timeNamespace == cimCommonNamespace ? "cim" : "");
    m_builder.text(entry.text);
    m_builder.endElement();
}

} // namespace

DocumentPtr RowBatch::document(std::uint32_t row) const
{
    return RowWriter(*this, row).write();
}
