#include "document/referencereader.h"

void ReferenceReader::begin()
{
    m_depth = 0;
    m_address.clear();
    m_resource.clear();
    m_selectorCount = 0;
    m_target = nullptr;
}

void ReferenceReader::startElement(const NameView &name, std::span<const AttributeView> attributes)
{
    m_target = nullptr;
    ++m_depth;
    if (m_depth == 1 && name.local == "Address") {
        m_target = &m_address;
    } else if (m_depth == 2 && name.local == "ResourceURI") {
        m_target = &m_resource;
    } else if (m_depth == 3 && name.local == "Selector") {
        if (m_selectorCount == m_selectors.size())
            m_selectors.emplace_back();
        auto &[selector, value] = m_selectors[m_selectorCount++];
        selector.clear();
        value.clear();
        for (const AttributeView &attribute : attributes) {
            if (attribute.name.local == "Name")
                selector = attribute.value;
        }
        m_target = &value;
    }
}

bool ReferenceReader::endElement()
{
    m_target = nullptr;
    return m_depth-- == 0;
}
