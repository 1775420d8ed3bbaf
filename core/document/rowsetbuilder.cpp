#include "document/rowsetbuilder.h"

#include "document/documentwalk.h"
#include "document/propertyreader.h"
#include "document/referencereader.h"
#include "document/rowhead.h"

struct RowSetBuilder::Private
{
    enum class In {
        Nothing,   ///< between rows
        Pair,      ///< in a w:Item, beside its parts
        Reference, ///< in an endpoint reference
        Row,       ///< in a row's element, between properties
        Property,
        Skipped, ///< in a third part of a w:Item
    };

    RowColumns columns;
    PropertyReader property{columns};
    ReferenceReader reference;
    In in = In::Nothing;
    bool pair = false;         ///< the row is a w:Item
    bool hasRow = false;       ///< its element was read
    bool hasReference = false; ///< its reference was read
    int skipped = 0;
    NameView rowName;                    ///< namespace and prefix that its properties have
    std::string rowNamespace, rowPrefix; ///< their text
    const char *sameNamespace = nullptr; ///< where the URI of the row's own name stands
    std::string rowText;
    FieldWriter head;
    std::vector<AttributeView> headAttributes;

    bool startTop(const NameView &name, std::span<const AttributeView> attributes,
                  std::span<const Declaration> declarations);
    bool startPart(const NameView &name, std::span<const AttributeView> attributes,
                   std::span<const Declaration> declarations);
    bool startRow(RowKind kind, const NameView &name, std::span<const AttributeView> attributes,
                  std::span<const Declaration> declarations);
    bool isOfRow(const NameView &name);
    bool startReference();
    bool endReference();
    bool endRowElement();
    bool endRow();
};

bool RowSetBuilder::Private::startTop(const NameView &name,
                                      std::span<const AttributeView> attributes,
                                      std::span<const Declaration> declarations)
{
    pair = hasRow = hasReference = false;
    if (name.local == "Item" && name.namespaceUri == wsmanNamespace) {
        pair = true;
        in = In::Pair;
        return true;
    }
    return startPart(name, attributes, declarations);
}

bool RowSetBuilder::Private::startPart(const NameView &name,
                                       std::span<const AttributeView> attributes,
                                       std::span<const Declaration> declarations)
{
    if (name.local == "EndpointReference" && !hasReference) {
        // Alone it is the row; in a pair it stands beside one.
        if (!pair && !startRow(RowKind::Reference, name, attributes, declarations))
            return false;
        return startReference();
    }
    if (hasRow) {
        in = In::Skipped;
        skipped = 1;
        return true;
    }
    const bool fragment = name.is(wsmanNamespace, "XmlFragment");
    return startRow(fragment ? RowKind::Fragment : RowKind::Instance, name, attributes,
                    declarations);
}

bool RowSetBuilder::Private::startRow(RowKind kind, const NameView &name,
                                      std::span<const AttributeView> attributes,
                                      std::span<const Declaration> declarations)
{
    in = In::Row;
    hasRow = true;
    rowText.clear();
    const bool fragment = kind == RowKind::Fragment;
    rowNamespace = fragment ? std::string_view() : name.namespaceUri;
    rowPrefix = fragment ? std::string_view() : name.prefix;
    rowName = {rowNamespace, {}, rowPrefix};
    sameNamespace = fragment ? nullptr : name.namespaceUri.data();
    headAttributes.clear();
    for (const AttributeView &attribute : attributes) {
        if (attribute.name.namespaceUri == xsiNamespace)
            headAttributes.push_back(attribute);
    }
    head.clear();
    RowHead::writeName(head, kind, name);
    RowHead::writeDeclarations(head, declarations);
    RowHead::writeAttributes(head, headAttributes);
    if (kind != RowKind::Reference)
        columns.noteClass(name.local, name.namespaceUri);
    if (!columns.setFixed(RowLayout::Head, head.bytes()))
        return false;
    for (const AttributeView &attribute : attributes) {
        if (attribute.name.namespaceUri == xsiNamespace)
            continue;
        const auto column = columns.property({attribute.name, false, true});
        if (column == RowColumns::none
            || !columns.setText(column, attribute.value, ScalarForm::Plain, {}))
            return false;
    }
    return true;
}

/// True for a name in the namespace of the row's properties. The URI of the row's own name stays
/// where it is while the row is read (XmlSink), so that its address often tells.
bool RowSetBuilder::Private::isOfRow(const NameView &name)
{
    const auto ns = name.namespaceUri;
    return ns.size() == rowNamespace.size()
        && (ns.data() == sameNamespace || ns == std::string_view(rowNamespace));
}

bool RowSetBuilder::Private::startReference()
{
    hasReference = true;
    in = In::Reference;
    reference.begin();
    return true;
}

bool RowSetBuilder::Private::endReference()
{
    FieldWriter names;
    names.addNumber(std::uint32_t(reference.selectorCount()));
    for (std::size_t i = 0; i < reference.selectorCount(); ++i) {
        const RowSelector selector = reference.selector(i);
        names.add(selector.name);
        names.addNumber(selector.isReference);
        if (!columns.setSelector(i, selector.value))
            return false;
    }
    if (!columns.setFixed(RowLayout::Address, reference.address())
        || !columns.setFixed(RowLayout::Resource, reference.resource())
        || !columns.setFixed(RowLayout::Selectors, names.bytes()))
        return false;
    in = pair ? In::Pair : In::Nothing;
    return pair || endRow();
}

bool RowSetBuilder::Private::endRowElement()
{
    if (!rowText.empty() && !columns.setFixed(RowLayout::Text, rowText))
        return false;
    in = pair ? In::Pair : In::Nothing;
    return pair || endRow();
}

bool RowSetBuilder::Private::endRow()
{
    in = In::Nothing;
    columns.endRow();
    return true;
}

RowSetBuilder::RowSetBuilder()
    : d(std::make_unique<Private>())
{ }

RowSetBuilder::~RowSetBuilder() = default;

bool RowSetBuilder::startElement(const NameView &name, std::span<const AttributeView> attributes,
                                 std::span<const Declaration> declarations)
{
    using In = Private::In;
    switch (d->in) {
    case In::Row:
        d->in = In::Property;
        return d->property.begin(name, d->isOfRow(name) ? &d->rowName : nullptr, attributes,
                                 declarations);
    case In::Property:
        d->property.startElement(name, attributes, declarations);
        return true;
    case In::Reference:
        d->reference.startElement(name, attributes);
        return true;
    case In::Nothing:
        return d->startTop(name, attributes, declarations);
    case In::Pair:
        return d->startPart(name, attributes, declarations);
    case In::Skipped:
        ++d->skipped;
        return true;
    }
    return true;
}

bool RowSetBuilder::text(std::string_view utf8)
{
    using In = Private::In;
    if (d->in == In::Property)
        d->property.text(utf8);
    else if (d->in == In::Reference)
        d->reference.text(utf8);
    else if (d->in == In::Row && (!d->rowText.empty() || !isXmlBlank(utf8)))
        d->rowText.append(utf8);
    return true;
}

bool RowSetBuilder::endElement()
{
    using In = Private::In;
    switch (d->in) {
    case In::Property: {
        const auto end = d->property.endElement();
        if (end != PropertyReader::End::Inside)
            d->in = In::Row;
        return end != PropertyReader::End::Full;
    }
    case In::Row:
        return d->endRowElement();
    case In::Reference:
        return !d->reference.endElement() || d->endReference();
    case In::Pair:
        return d->endRow();
    case In::Skipped:
        if (--d->skipped == 0)
            d->in = In::Pair;
        return true;
    case In::Nothing:
        break;
    }
    return true;
}

std::uint32_t RowSetBuilder::pendingRows() const
{
    return d->columns.rows();
}

RowBatchPtr RowSetBuilder::takeBatch()
{
    return d->columns.takeBatch();
}

void RowSetBuilder::startNewStore()
{
    if (d->in == Private::In::Nothing && d->columns.rows() == 0)
        d->columns.startNewStore();
}

void RowSetBuilder::addRow(Node instance)
{
    if (!instance)
        return;
    std::vector<AttributeView> attributes;
    std::vector<Declaration> declarations;
    const auto start = [&](Node node) {
        attributes.clear();
        for (std::uint32_t i = 0; i < node.attributeCount(); ++i)
            attributes.push_back(node.attribute(i));
        declarations.clear();
        const auto &arena = Document::Arena::of(node.document());
        const auto [first, last] = arena.declarationsOf(node.index());
        for (auto it = first; it != last; ++it)
            declarations.push_back({arena.string(it->prefix), arena.string(it->uri)});
        if (node == instance) {
            for (const auto &[prefix, uri] : inheritedDeclarations(instance))
                declarations.push_back({prefix, uri});
        }
        startElement(node.name(), attributes, declarations);
    };
    walkSubtree(
        instance, start, [this](std::string_view utf8) { text(utf8); },
        [this](Node) { endElement(); });
}
