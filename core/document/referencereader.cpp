#include "document/referencereader.h"

#include "document/xmlescape.h"

namespace {

constexpr int selectorDepth = 3;

} // namespace

void ReferenceReader::begin()
{
    m_depth = 0;
    m_address.clear();
    m_resource.clear();
    m_selectorCount = 0;
    m_target = nullptr;
    m_nested.clear();
}

void ReferenceReader::startElement(const NameView &name, std::span<const AttributeView> attributes)
{
    ++m_depth;
    if (!m_nested.empty() || (m_depth == selectorDepth + 1 && m_target)) {
        startNested(name, attributes);
        return;
    }
    m_target = nullptr;
    if (m_depth == 1 && name.local == "Address")
        m_target = &m_address;
    else if (m_depth == 2 && name.local == "ResourceURI")
        m_target = &m_resource;
    else if (m_depth == selectorDepth && name.local == "Selector")
        startSelector(attributes);
}

void ReferenceReader::startSelector(std::span<const AttributeView> attributes)
{
    if (m_selectorCount == m_selectors.size())
        m_selectors.emplace_back();
    Selector &selector = m_selectors[m_selectorCount++];
    selector.name.clear();
    selector.value.clear();
    selector.isReference = false;
    for (const AttributeView &attribute : attributes) {
        if (attribute.name.local == "Name")
            selector.name = attribute.value;
    }
    m_target = &selector.value;
}

/// The element is written again with its namespace, so that it stands alone.
void ReferenceReader::startNested(const NameView &name, std::span<const AttributeView> attributes)
{
    Selector &selector = m_selectors[m_selectorCount - 1];
    if (!selector.isReference) {
        selector.value.clear(); // white space before it
        selector.isReference = true;
    }
    m_escaped = "<" + QByteArray(name.local.data(), qsizetype(name.local.size())) + " xmlns=\"";
    appendEscapedAttribute(m_escaped, name.namespaceUri);
    for (const AttributeView &attribute : attributes) {
        if (!attribute.name.namespaceUri.empty())
            continue;
        m_escaped += "\" ";
        m_escaped.append(attribute.name.local.data(), qsizetype(attribute.name.local.size()));
        m_escaped += "=\"";
        appendEscapedAttribute(m_escaped, attribute.value);
    }
    m_escaped += "\">";
    selector.value.append(m_escaped.constData(), std::size_t(m_escaped.size()));
    m_nested.emplace_back(name.local);
}

void ReferenceReader::text(std::string_view utf8)
{
    if (!m_target)
        return;
    const bool inReference = m_depth >= selectorDepth
        && m_selectors[m_selectorCount - 1].isReference;
    if (!inReference) {
        m_target->append(utf8);
    } else if (!m_nested.empty()) {
        m_escaped.clear();
        appendEscapedText(m_escaped, utf8);
        m_target->append(m_escaped.constData(), std::size_t(m_escaped.size()));
    }
}

bool ReferenceReader::endElement()
{
    if (m_nested.empty()) {
        m_target = nullptr;
    } else {
        *m_target += "</" + m_nested.back() + '>';
        m_nested.pop_back();
    }
    return m_depth-- == 0;
}
