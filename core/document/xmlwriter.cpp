#include "document/xmlwriter.h"

#include "document/documentwalk.h"
#include "document/xmlescape.h"

#include <algorithm>
#include <optional>
#include <set>

namespace {

constexpr std::string_view xmlNamespace = "http://www.w3.org/XML/1998/namespace";

using Binding = std::pair<std::string_view, std::string_view>; ///< prefix, URI

} // namespace

/// Writes one subtree. Holds the namespace bindings that are open in what was written.
class XmlWriter
{
public:
    XmlWriter(Node root, const XmlWriteOptions &options)
        : m_root(root)
        , m_options(options)
    { }
    QByteArray write();

private:
    struct Open
    {
        std::size_t bindings = 0; ///< open before this element
        QByteArray tag;
        bool hasChildren = false;
        bool inlineContent = false; ///< mixed, or within mixed content
    };

    void start(Node node);
    void end(Node node);
    std::size_t bind(Node node);
    void bindOnRoot();
    std::string_view prefixFor(const NameView &name, bool isAttribute, std::size_t own);
    std::optional<std::string_view> boundTo(std::string_view prefix) const;
    bool declare(std::string_view prefix, std::string_view uri, std::size_t own);
    std::string_view freshPrefix();
    void writeDeclarations(std::size_t from);
    void newLine(std::size_t level);
    static QByteArray qualified(std::string_view prefix, std::string_view local);
    void append(std::string_view text) { m_out.append(text.data(), qsizetype(text.size())); }

    const Node m_root;
    const XmlWriteOptions m_options;
    QByteArray m_out;
    std::vector<Binding> m_bindings;
    std::vector<Open> m_open;
    std::set<std::string, std::less<>> m_fresh; ///< prefixes of ours
};

QByteArray XmlWriter::write()
{
    if (m_options.declaration)
        m_out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    walkSubtree(
        m_root, [this](Node node) { start(node); },
        [this](std::string_view text) { appendEscapedText(m_out, text); },
        [this](Node node) { end(node); });
    if (m_options.indent)
        m_out += '\n';
    return std::move(m_out);
}

std::optional<std::string_view> XmlWriter::boundTo(std::string_view prefix) const
{
    if (prefix == "xml")
        return xmlNamespace;
    for (auto it = m_bindings.rbegin(); it != m_bindings.rend(); ++it) {
        if (it->first == prefix)
            return it->second;
    }
    return prefix.empty() ? std::optional(std::string_view()) : std::nullopt;
}

/// Binds a prefix on the element being written, whose bindings begin at `own`. False when it has
/// bound that prefix to something else.
bool XmlWriter::declare(std::string_view prefix, std::string_view uri, std::size_t own)
{
    if (boundTo(prefix) == uri)
        return true;
    const auto taken = std::any_of(m_bindings.begin() + std::ptrdiff_t(own), m_bindings.end(),
                                   [prefix](const Binding &b) { return b.first == prefix; });
    if (taken || prefix == "xml" || prefix == "xmlns" || (uri.empty() && !prefix.empty()))
        return false;
    m_bindings.emplace_back(prefix, uri);
    return true;
}

std::string_view XmlWriter::freshPrefix()
{
    for (std::size_t number = 1;; ++number) {
        std::string prefix = "ns" + std::to_string(number);
        const bool used = m_fresh.contains(prefix)
            || std::ranges::find(m_bindings, prefix, &Binding::first) != m_bindings.end();
        if (!used)
            return *m_fresh.insert(std::move(prefix)).first;
    }
}

/// The prefix to write a name with: its own where that is possible.
std::string_view XmlWriter::prefixFor(const NameView &name, bool isAttribute, std::size_t own)
{
    if (name.namespaceUri.empty())
        return {}; // an element without namespace: `bind` has undone a default namespace
    if (name.namespaceUri == xmlNamespace)
        return "xml";
    if (!(isAttribute && name.prefix.empty()) && declare(name.prefix, name.namespaceUri, own))
        return name.prefix;
    for (const Binding &binding : m_bindings) {
        if (binding.second == name.namespaceUri && !binding.first.empty()
            && boundTo(binding.first) == name.namespaceUri)
            return binding.first;
    }
    const auto prefix = freshPrefix();
    declare(prefix, name.namespaceUri, own);
    return prefix;
}

/// What the names of the subtree need is declared once, on its root, where a prefix has one meaning
/// only.
void XmlWriter::bindOnRoot()
{
    for (const auto &[prefix, uri] : inheritedDeclarations(m_root))
        declare(prefix, uri, 0);
    const auto hoist = [this](const NameView &name) {
        if (!name.prefix.empty() && !name.namespaceUri.empty() && !boundTo(name.prefix))
            declare(name.prefix, name.namespaceUri, 0);
    };
    walkSubtree(
        m_root,
        [&](Node node) {
            hoist(node.name());
            for (std::uint32_t i = 0; i < node.attributeCount(); ++i)
                hoist(node.attribute(i).name);
        },
        [](std::string_view) {}, [](Node) {});
}

/// Opens the bindings of an element; returns where they begin.
std::size_t XmlWriter::bind(Node node)
{
    const auto own = m_bindings.size();
    // What the element is called by comes first; then what was declared on it, for QNames in
    // values.
    if (node.namespaceUri().empty())
        declare({}, {}, own);
    else if (node.namespaceUri() != xmlNamespace)
        declare(node.name().prefix, node.namespaceUri(), own);
    const auto &arena = Document::Arena::of(node.document());
    const auto [first, last] = arena.declarationsOf(node.index());
    for (auto it = first; it != last; ++it)
        declare(arena.string(it->prefix), arena.string(it->uri), own);
    if (node == m_root)
        bindOnRoot();
    return own;
}

QByteArray XmlWriter::qualified(std::string_view prefix, std::string_view local)
{
    QByteArray result(prefix.data(), qsizetype(prefix.size()));
    if (!prefix.empty())
        result += ':';
    result.append(local.data(), qsizetype(local.size()));
    return result;
}

void XmlWriter::newLine(std::size_t level)
{
    m_out += '\n';
    m_out += QByteArray(qsizetype(2 * level), ' ');
}

void XmlWriter::writeDeclarations(std::size_t from)
{
    for (auto i = from; i < m_bindings.size(); ++i) {
        const auto &[prefix, uri] = m_bindings[i];
        m_out += prefix.empty() ? " xmlns" : " xmlns:";
        append(prefix);
        m_out += "=\"";
        appendEscapedAttribute(m_out, uri);
        m_out += '"';
    }
}

void XmlWriter::start(Node node)
{
    bool inlineContent = node.hasMixedContent();
    if (!m_open.empty()) {
        auto &parent = m_open.back();
        inlineContent = inlineContent || parent.inlineContent;
        if (m_options.indent && !parent.inlineContent)
            newLine(m_open.size());
        parent.hasChildren = true;
    }
    const auto own = bind(node);
    const QByteArray tag = qualified(prefixFor(node.name(), false, own), node.localName());
    QByteArray attributes;
    for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
        const AttributeView view = node.attribute(i);
        attributes += ' ' + qualified(prefixFor(view.name, true, own), view.name.local) + "=\"";
        appendEscapedAttribute(attributes, view.value);
        attributes += '"';
    }
    m_out += '<' + tag;
    writeDeclarations(own);
    m_out += attributes;
    m_open.push_back({own, tag, false, inlineContent});
    const bool empty = node.isLeaf() && node.text().empty();
    m_out += empty ? "/>" : ">";
}

void XmlWriter::end(Node node)
{
    const Open open = m_open.back();
    m_open.pop_back();
    m_bindings.resize(open.bindings);
    if (node.isLeaf() && node.text().empty())
        return;
    if (m_options.indent && open.hasChildren && !open.inlineContent)
        newLine(m_open.size());
    m_out += "</" + open.tag + '>';
}

QByteArray writeXml(Node node, const XmlWriteOptions &options)
{
    return node ? XmlWriter(node, options).write() : QByteArray();
}

QByteArray escapedText(std::string_view utf8)
{
    QByteArray result;
    appendEscapedText(result, utf8);
    return result;
}

QByteArray escapedAttribute(std::string_view utf8)
{
    QByteArray result;
    appendEscapedAttribute(result, utf8);
    return result;
}
