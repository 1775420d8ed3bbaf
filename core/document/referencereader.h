#pragma once

#include "document/xmlreader.h"

#include <string>
#include <utility>
#include <vector>

/// Reads the endpoint reference of a row: the events within an a:EndpointReference. Names are
/// compared without namespaces, as hosts use two of them for addressing.
class ReferenceReader
{
public:
    void begin();
    void startElement(const NameView &name, std::span<const AttributeView> attributes);
    void text(std::string_view utf8)
    {
        if (m_target)
            m_target->append(utf8);
    }
    /// True for the end of the reference itself.
    bool endElement();

    std::string_view address() const { return m_address; }
    std::string_view resource() const { return m_resource; }
    std::size_t selectorCount() const { return m_selectorCount; }
    std::string_view selectorName(std::size_t index) const { return m_selectors[index].first; }
    std::string_view selectorValue(std::size_t index) const { return m_selectors[index].second; }

private:
    int m_depth = 0;
    std::string m_address, m_resource;
    std::vector<std::pair<std::string, std::string>> m_selectors; ///< reused
    std::size_t m_selectorCount = 0;
    std::string *m_target = nullptr; ///< whom the text belongs to
};
