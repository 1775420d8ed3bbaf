#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

class Document;
using DocumentPtr = std::shared_ptr<const Document>;

/// A name as XML 1.0 with namespaces has it. Compare `namespaceUri` and `local`; prefixes differ
/// from host to host.
struct NameView
{
    std::string_view namespaceUri; ///< empty: in no namespace
    std::string_view local;
    std::string_view prefix; ///< as written, for showing and writing it again
    bool is(std::string_view ns, std::string_view name) const
    {
        return local == name && namespaceUri == ns;
    }
};

struct AttributeView
{
    NameView name;
    std::string_view value; ///< UTF-8, normalised as XML says
};

/// One element of a Document: a handle (pointer and index), copied freely, valid while the Document
/// lives. A null node answers everything with nothing, so that chains such as
/// `root.child("Header").child("Action").text()` need no checks. All text is UTF-8.
class Node
{
public:
    Node() = default;
    explicit operator bool() const { return m_document != nullptr; }
    bool operator==(const Node &) const = default;

    NameView name() const;
    std::string_view localName() const;
    std::string_view namespaceUri() const;

    /// The element's own text: all of it for a leaf, the pieces between its children joined for
    /// mixed content
    /// (`hasMixedContent`). Not trimmed; see `trimmedText`.
    std::string_view text() const;
    std::string_view trimmedText() const; ///< without XML white space at both ends
    bool hasMixedContent() const;
    bool isNil() const;  ///< xsi:nil is "true" or "1"
    bool isLeaf() const; ///< no child elements

    Node parent() const;
    Node firstChild() const;
    Node nextSibling() const;
    Node child(
        std::string_view local) const; ///< first child element of that local name, any namespace
    Node child(std::string_view ns, std::string_view local) const;
    /// First element of that local name in this subtree, depth first, this node excluded.
    Node descendant(std::string_view local) const;
    std::uint32_t childCount() const;

    std::uint32_t attributeCount() const;
    AttributeView attribute(std::uint32_t index) const;
    std::optional<std::string_view> attribute(std::string_view local) const; ///< any namespace
    std::optional<std::string_view> attribute(std::string_view ns, std::string_view local) const;

    /// The namespace that `prefix` stands for at this element (QName text such as `w:QuotaLimit`
    /// needs it).
    std::optional<std::string_view> resolvePrefix(std::string_view prefix) const;

    std::uint32_t index() const { return m_index; } ///< stable within its Document, document order
    const Document *document() const { return m_document; }

    /// for (Node child : node.children())
    class Children;
    Children children() const;

private:
    friend class Document;
    Node(const Document *document, std::uint32_t index)
        : m_document(document)
        , m_index(index)
    { }
    const Document *m_document = nullptr;
    std::uint32_t m_index = 0;
};

class Node::Children
{
public:
    class Iterator
    {
    public:
        explicit Iterator(Node node)
            : m_node(node)
        { }
        Node operator*() const { return m_node; }
        Iterator &operator++()
        {
            m_node = m_node.nextSibling();
            return *this;
        }
        bool operator==(const Iterator &) const = default;

    private:
        Node m_node;
    };
    explicit Children(Node first)
        : m_first(first)
    { }
    Iterator begin() const { return Iterator(m_first); }
    Iterator end() const { return Iterator(Node()); }

private:
    Node m_first;
};

/// An XML document that was read once and never changes: a flat arena (nodes in one array, names
/// interned, text as slices of one UTF-8 buffer), shared between threads. Made by XmlReader
/// (document/xmlreader.h) from bytes or by DocumentBuilder (document/documentbuilder.h) from
/// values. Comments and processing instructions are not kept.
class Document
{
public:
    ~Document();
    Node root() const;
    std::uint32_t nodeCount() const;
    Node node(std::uint32_t index) const;
    std::size_t memoryUsed() const; ///< bytes

    struct Arena; ///< the storage, for the files of this folder only

private:
    friend class Node;
    friend class DocumentBuilder;
    Document();
    std::unique_ptr<Arena> m_arena;
};

/// True when both subtrees have the same names (by namespace and local name), attributes (order
/// free), text and children in order. Prefixes, and white space between the children of an element
/// without text, do not count.
bool sameContent(Node a, Node b);
