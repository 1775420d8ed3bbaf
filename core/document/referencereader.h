#pragma once

#include "document/rowset.h"
#include "document/xmlreader.h"

#include <QByteArray>

#include <string>
#include <vector>

/// Reads the endpoint reference of a row: the events within an a:EndpointReference. Names are
/// compared without namespaces, as hosts use two of them for addressing.
class ReferenceReader
{
public:
    void begin();
    void startElement(const NameView &name, std::span<const AttributeView> attributes);
    void text(std::string_view utf8);
    /// True for the end of the reference itself.
    bool endElement();

    std::string_view address() const { return m_address; }
    std::string_view resource() const { return m_resource; }
    std::size_t selectorCount() const { return m_selectorCount; }
    RowSelector selector(std::size_t index) const
    {
        const Selector &selector = m_selectors[index];
        return {selector.name, selector.value, selector.isReference};
    }

private:
    struct Selector
    {
        std::string name;
        std::string value; ///< text, or the element in it as XML
        bool isReference = false;
    };
    void startSelector(std::span<const AttributeView> attributes);
    void startNested(const NameView &name, std::span<const AttributeView> attributes);

    int m_depth = 0;
    std::string m_address, m_resource;
    std::vector<Selector> m_selectors; ///< reused
    std::size_t m_selectorCount = 0;
    std::string *m_target = nullptr;   ///< whom the text belongs to
    std::vector<std::string> m_nested; ///< names of open elements in a selector
    QByteArray m_escaped;              ///< reused
};
