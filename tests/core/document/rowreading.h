#pragma once

#include "document/documentbuilder.h"
#include "document/rowsetbuilder.h"
#include "document/xmlreader.h"

#include <QByteArray>

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

/// Gives the children of each element called Items to a RowSetBuilder, as the reader of an
/// enumeration does.
class ItemsSink final : public XmlSink
{
public:
    explicit ItemsSink(RowSetBuilder &rows)
        : m_rows(rows)
    { }
    bool startElement(const NameView &name, std::span<const AttributeView> attributes,
                      std::span<const Declaration> declarations) override
    {
        ++m_depth;
        if (m_items > 0)
            return m_rows.startElement(name, attributes, declarations);
        if (name.local == "Items")
            m_items = m_depth;
        return true;
    }
    bool text(std::string_view utf8) override
    {
        return m_items == 0 || m_depth == m_items || m_rows.text(utf8);
    }
    bool endElement() override
    {
        const bool inside = m_items > 0 && m_depth > m_items;
        if (m_depth == m_items)
            m_items = 0;
        --m_depth;
        return !inside || m_rows.endElement();
    }

private:
    RowSetBuilder &m_rows;
    int m_depth = 0;
    int m_items = 0;
};

inline DocumentPtr parsed(const QByteArray &bytes)
{
    auto result = readXml(bytes);
    if (!result)
        qWarning("%s", qPrintable(result.error().message));
    return result ? *result : nullptr;
}

/// The element of a row in an item: the instance of a w:Item pair, else the item.
inline Node rowElement(Node item)
{
    if (!item.name().is("http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd", "Item"))
        return item;
    for (Node part : item.children()) {
        if (part.localName() != "EndpointReference")
            return part;
    }
    return item.firstChild();
}

/// A copy with the children of the root in the order of their names; equal names keep theirs.
inline DocumentPtr sortedByName(Node root)
{
    DocumentBuilder builder;
    const NameView name = root.name();
    builder.startElement(name.namespaceUri, name.local);
    for (std::uint32_t i = 0; i < root.attributeCount(); ++i) {
        const AttributeView view = root.attribute(i);
        builder.attribute(view.name.namespaceUri, view.name.local, view.value);
    }
    std::vector<Node> children;
    for (Node child : root.children())
        children.push_back(child);
    std::ranges::stable_sort(children, {},
                             [](Node n) { return std::pair(n.localName(), n.namespaceUri()); });
    if (root.isLeaf())
        builder.text(root.text());
    for (Node child : children)
        builder.copy(child);
    return builder.finish();
}
