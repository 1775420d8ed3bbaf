#include "document/document.h"

#include "document/documentarena.h"

#include <algorithm>

namespace {

constexpr std::string_view xsiNamespace = "http://www.w3.org/2001/XMLSchema-instance";
constexpr std::string_view xmlNamespace = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view blanks = " \t\r\n";

/// Entries of `all`, which is ordered by `element`, that belong to one element.
template<typename Entry>
std::pair<const Entry *, const Entry *> entriesOf(const std::vector<Entry> &all,
                                                  std::uint32_t element)
{
    const auto first = std::partition_point(
        all.begin(), all.end(), [element](const Entry &e) { return e.element < element; });
    const auto last = std::find_if(first, all.end(),
                                   [element](const Entry &e) { return e.element != element; });
    return {all.data() + (first - all.begin()), all.data() + (last - all.begin())};
}

} // namespace

std::string_view trimmedXml(std::string_view text)
{
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool isXmlBlank(std::string_view text)
{
    return text.find_first_not_of(blanks) == std::string_view::npos;
}

std::uint32_t Document::Arena::subtreeEnd(std::uint32_t index) const
{
    for (; index != none; index = elements[index].parent) {
        if (elements[index].nextSibling != none)
            return elements[index].nextSibling;
    }
    return std::uint32_t(elements.size());
}

std::pair<const Document::Arena::Declaration *, const Document::Arena::Declaration *>
Document::Arena::declarationsOf(std::uint32_t index) const
{
    if (!elements[index].declares)
        return {nullptr, nullptr};
    return entriesOf(declarations, index);
}

std::pair<const Document::Arena::Piece *, const Document::Arena::Piece *> Document::Arena::piecesOf(
    std::uint32_t index) const
{
    if (!elements[index].mixed)
        return {nullptr, nullptr};
    return entriesOf(pieces, index);
}

Document::Document()
    : m_arena(std::make_unique<Arena>())
{ }

Document::~Document() = default;

Node Document::root() const
{
    return node(0);
}

std::uint32_t Document::nodeCount() const
{
    return std::uint32_t(m_arena->elements.size());
}

Node Document::node(std::uint32_t index) const
{
    return index < nodeCount() ? Node(this, index) : Node();
}

std::size_t Document::memoryUsed() const
{
    const Arena &a = *m_arena;
    return sizeof(Document) + sizeof(Arena) + a.elements.capacity() * sizeof(Arena::Element)
        + a.attributes.capacity() * sizeof(Arena::Attribute)
        + a.declarations.capacity() * sizeof(Arena::Declaration)
        + a.pieces.capacity() * sizeof(Arena::Piece) + a.names.capacity() * sizeof(Arena::Name)
        + a.strings.capacity() * sizeof(Arena::Slice) + a.stringText.capacity() + a.text.capacity();
}

NameView Node::name() const
{
    if (!m_document)
        return {};
    const auto &arena = Document::Arena::of(m_document);
    return arena.name(arena.elements[m_index].name);
}

std::string_view Node::localName() const
{
    return name().local;
}

std::string_view Node::namespaceUri() const
{
    return name().namespaceUri;
}

std::string_view Node::text() const
{
    if (!m_document)
        return {};
    const auto &arena = Document::Arena::of(m_document);
    return arena.slice(arena.elements[m_index].text);
}

std::string_view Node::trimmedText() const
{
    return trimmedXml(text());
}

bool Node::hasMixedContent() const
{
    return m_document && Document::Arena::of(m_document).elements[m_index].mixed;
}

bool Node::isNil() const
{
    const auto nil = attribute(xsiNamespace, "nil");
    return nil && (trimmedXml(*nil) == "true" || trimmedXml(*nil) == "1");
}

bool Node::isLeaf() const
{
    return !firstChild();
}

Node Node::parent() const
{
    if (!m_document)
        return {};
    const auto parent = Document::Arena::of(m_document).elements[m_index].parent;
    return parent == Document::Arena::none ? Node() : Node(m_document, parent);
}

Node Node::firstChild() const
{
    if (!m_document)
        return {};
    const auto child = Document::Arena::of(m_document).firstChild(m_index);
    return child == Document::Arena::none ? Node() : Node(m_document, child);
}

Node Node::nextSibling() const
{
    if (!m_document)
        return {};
    const auto next = Document::Arena::of(m_document).elements[m_index].nextSibling;
    return next == Document::Arena::none ? Node() : Node(m_document, next);
}

Node Node::child(std::string_view local) const
{
    for (Node node : children()) {
        if (node.localName() == local)
            return node;
    }
    return {};
}

Node Node::child(std::string_view ns, std::string_view local) const
{
    for (Node node : children()) {
        if (node.name().is(ns, local))
            return node;
    }
    return {};
}

Node Node::descendant(std::string_view local) const
{
    if (!m_document)
        return {};
    const auto &arena = Document::Arena::of(m_document);
    const auto end = arena.subtreeEnd(m_index);
    for (auto i = m_index + 1; i < end; ++i) {
        if (arena.name(arena.elements[i].name).local == local)
            return Node(m_document, i);
    }
    return {};
}

std::uint32_t Node::childCount() const
{
    std::uint32_t count = 0;
    for (Node node = firstChild(); node; node = node.nextSibling())
        ++count;
    return count;
}

std::uint32_t Node::attributeCount() const
{
    return m_document ? Document::Arena::of(m_document).elements[m_index].attributeCount : 0;
}

AttributeView Node::attribute(std::uint32_t index) const
{
    if (index >= attributeCount())
        return {};
    const auto &arena = Document::Arena::of(m_document);
    const auto &attribute = arena.attributes[arena.elements[m_index].attributes + index];
    return {arena.name(attribute.name), arena.slice(attribute.value)};
}

std::optional<std::string_view> Node::attribute(std::string_view local) const
{
    for (std::uint32_t i = 0, count = attributeCount(); i < count; ++i) {
        const AttributeView view = attribute(i);
        if (view.name.local == local)
            return view.value;
    }
    return std::nullopt;
}

std::optional<std::string_view> Node::attribute(std::string_view ns, std::string_view local) const
{
    for (std::uint32_t i = 0, count = attributeCount(); i < count; ++i) {
        const AttributeView view = attribute(i);
        if (view.name.is(ns, local))
            return view.value;
    }
    return std::nullopt;
}

std::optional<std::string_view> Node::resolvePrefix(std::string_view prefix) const
{
    if (prefix == "xml")
        return xmlNamespace;
    for (Node node = *this; node; node = node.parent()) {
        const auto &arena = Document::Arena::of(m_document);
        const auto [first, last] = arena.declarationsOf(node.m_index);
        for (auto it = first; it != last; ++it) {
            if (arena.string(it->prefix) == prefix) {
                const auto uri = arena.string(it->uri);
                return uri.empty() ? std::nullopt : std::optional(uri);
            }
        }
        // A document made from values names its prefixes without declaring them.
        const NameView name = node.name();
        if (name.prefix == prefix && !name.namespaceUri.empty())
            return name.namespaceUri;
    }
    return std::nullopt;
}

Node::Children Node::children() const
{
    return Children(firstChild());
}

namespace {

bool sameAttributes(Node a, Node b)
{
    if (a.attributeCount() != b.attributeCount())
        return false;
    for (std::uint32_t i = 0, count = a.attributeCount(); i < count; ++i) {
        const AttributeView view = a.attribute(i);
        if (b.attribute(view.name.namespaceUri, view.name.local) != view.value)
            return false;
    }
    return true;
}

} // namespace

/// The comparison of two subtrees node by node: both stand in document order, so equal relative
/// parents make equal trees.
struct DocumentComparison
{
    using Arena = Document::Arena;
    Node a, b;
    const Arena &first = Arena::of(a.document());
    const Arena &second = Arena::of(b.document());

    static std::uint32_t relative(std::uint32_t index, Node root)
    {
        return index == Arena::none ? index : index - root.index();
    }
    bool samePieces(Node x, Node y) const
    {
        const auto [p, pEnd] = first.piecesOf(x.index());
        const auto [q, qEnd] = second.piecesOf(y.index());
        return std::equal(p, pEnd, q, qEnd, [this](const auto &l, const auto &r) {
            return relative(l.before, a) == relative(r.before, b)
                && first.slice(l.text) == second.slice(r.text);
        });
    }
    bool sameNode(Node x, Node y) const
    {
        return x.name().is(y.namespaceUri(), y.localName()) && x.text() == y.text()
            && x.hasMixedContent() == y.hasMixedContent() && sameAttributes(x, y)
            && samePieces(x, y);
    }
    bool same() const
    {
        const auto count = first.subtreeEnd(a.index()) - a.index();
        if (count != second.subtreeEnd(b.index()) - b.index())
            return false;
        for (std::uint32_t i = 0; i < count; ++i) {
            const Node x = a.document()->node(a.index() + i);
            const Node y = b.document()->node(b.index() + i);
            if (!sameNode(x, y))
                return false;
            if (i > 0 && relative(x.parent().index(), a) != relative(y.parent().index(), b))
                return false;
        }
        return true;
    }
};

bool sameContent(Node a, Node b)
{
    if (!a || !b)
        return !a && !b;
    return DocumentComparison{a, b}.same();
}
