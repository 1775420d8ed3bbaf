#include "demo/soapdress.h"

#include "demo/soapwriter.h"
#include "document/xmlreader.h"
#include "protocol/namespaces.h"

#include <QByteArray>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

/// Writes a document again, with prefixes of its own choice.
class Dresser
{
public:
    explicit Dresser(const Personality &as)
        : m_as(as)
    {
        for (const PrefixRow &row : as.prefixes)
            m_known.push_back({std::string(row.prefix), std::string(row.uri), as.declaresAll});
    }
    /// To be called for everything that will be written, in its order.
    void collect(Node node);
    void collect(std::string_view uri) { declared(uri); }
    void declare(std::string &out) const;
    void write(std::string &out, Node node);
    std::string prefixed(std::string_view uri, std::string_view local);

private:
    struct Known
    {
        std::string prefix, uri;
        bool used = false;
    };
    void declared(std::string_view uri);
    std::string freshPrefix() const;
    const Known *find(std::string_view uri) const;
    void writeAttributes(std::string &out, Node node);
    std::string qualified(Node node, std::string_view text);

    const Personality &m_as;
    std::vector<Known> m_known;
    std::vector<Known> m_local; ///< declared on elements around what is being written
    std::size_t m_free = 0;
};

bool isQName(Node node)
{
    return node.name().is(ns::soap, "Value");
}

bool isQName(const AttributeView &attribute)
{
    return attribute.name.is(ns::xsi, "type")
        || (attribute.name.namespaceUri.empty() && attribute.name.local == "qname");
}

std::string_view namespaceOf(Node node, std::string_view qname)
{
    const std::size_t colon = qname.find(':');
    if (colon == std::string_view::npos)
        return {};
    return node.resolvePrefix(qname.substr(0, colon)).value_or("");
}

const Dresser::Known *Dresser::find(std::string_view uri) const
{
    const auto same = [uri](const Known &known) { return known.uri == uri; };
    const auto local = std::find_if(m_local.rbegin(), m_local.rend(), same);
    if (local != m_local.rend())
        return &*local;
    const auto known = std::find_if(m_known.begin(), m_known.end(), same);
    return known == m_known.end() ? nullptr : &*known;
}

std::string Dresser::freshPrefix() const
{
    if (m_as.freePrefix == Personality::FreePrefix::Numbered)
        return "n" + std::to_string(m_free + 1);
    return std::string(1, char('g' + m_free));
}

void Dresser::declared(std::string_view uri)
{
    if (uri.empty() || uri == ns::xml)
        return;
    for (Known &known : m_known) {
        if (known.uri == uri) {
            known.used = true;
            return;
        }
    }
    if (m_as.freePrefix == Personality::FreePrefix::Local)
        return;
    m_known.push_back({freshPrefix(), std::string(uri), true});
    ++m_free;
}

void Dresser::collect(Node node)
{
    declared(node.namespaceUri());
    for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
        const AttributeView attribute = node.attribute(i);
        if (isQName(attribute))
            declared(namespaceOf(node, attribute.value));
        declared(attribute.name.namespaceUri);
    }
    if (isQName(node))
        declared(namespaceOf(node, node.trimmedText()));
    for (Node child : node.children())
        collect(child);
}

void Dresser::declare(std::string &out) const
{
    for (const Known &known : m_known) {
        if (known.used)
            out.append(" xmlns:" + known.prefix + "=\"").append(known.uri).append("\"");
    }
}

std::string Dresser::prefixed(std::string_view uri, std::string_view local)
{
    const Known *known = uri.empty() ? nullptr : find(uri);
    return known ? known->prefix + ':' + std::string(local) : std::string(local);
}

/// The name under the prefix that this writer gives its namespace.
std::string Dresser::qualified(Node node, std::string_view text)
{
    return prefixed(namespaceOf(node, text), text.substr(text.find(':') + 1));
}

void Dresser::writeAttributes(std::string &out, Node node)
{
    for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
        const AttributeView attribute = node.attribute(i);
        const bool xml = attribute.name.namespaceUri == ns::xml;
        out += ' ';
        out += xml ? "xml:" + std::string(attribute.name.local)
                   : prefixed(attribute.name.namespaceUri, attribute.name.local);
        out += "=\"";
        appendAttribute(out,
                        isQName(attribute) ? qualified(node, attribute.value)
                                           : std::string(attribute.value));
        out += '"';
    }
}

void Dresser::write(std::string &out, Node node)
{
    const std::size_t outer = m_local.size();
    const std::string_view uri = node.namespaceUri();
    std::string declaration;
    if (!uri.empty() && !find(uri)) {
        const std::string prefix = outer == 0 ? "p" : "p" + std::to_string(outer);
        m_local.push_back({prefix, std::string(uri), true});
        declaration.append(" xmlns:" + prefix + "=\"").append(uri).append("\"");
    }
    const std::string name = prefixed(uri, node.localName());
    out.append("<" + name).append(declaration);
    writeAttributes(out, node);
    if (!node.firstChild() && node.text().empty()) {
        out += "/>";
    } else {
        out += '>';
        if (node.firstChild()) {
            for (Node child : node.children())
                write(out, child);
        } else if (isQName(node)) {
            out += qualified(node, node.trimmedText());
        } else {
            appendText(out, node.text());
        }
        out.append("</" + name + ">");
    }
    m_local.resize(outer);
}

int place(const Personality &as, Node header)
{
    const auto found = std::find(as.headerOrder.begin(), as.headerOrder.end(), header.localName());
    return int(found - as.headerOrder.begin());
}

/// The headers that the server sends, in its order.
std::vector<Node> headersOf(Node header, const Personality &as)
{
    std::vector<Node> headers;
    for (Node child : header.children()) {
        if (child.namespaceUri() != ns::microsoft)
            headers.push_back(child);
    }
    std::stable_sort(headers.begin(), headers.end(),
                     [&as](Node a, Node b) { return place(as, a) < place(as, b); });
    return headers;
}

} // namespace

std::string SoapDress::messageId()
{
    char text[64];
    ++m_count;
    switch (m_as.contexts) {
    case Personality::ContextForm::Amt:
        std::snprintf(text, sizeof text, "uuid:00000000-8086-8086-8086-%012X", m_count);
        return text;
    case Personality::ContextForm::Number:
        std::snprintf(text, sizeof text, "uuid:0A6D21B0-7C3E-0006-0000-%08X0000", m_count);
        return text;
    case Personality::ContextForm::Uuid:
    case Personality::ContextForm::Windows:
        break;
    }
    std::string id = newUuid();
    std::transform(id.begin(), id.end(), id.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return "uuid:" + id;
}

std::string SoapDress::operator()(std::string envelope, std::string_view resourceUri)
{
    if (m_as.isWindows())
        return envelope;
    XmlLimits limits;
    limits.maxNodes = 10'000'000;
    const auto document = readXml(
        QByteArray::fromRawData(envelope.data(), qsizetype(envelope.size())), limits);
    Q_ASSERT(document); // we wrote it
    const Node root = (*document)->root();
    const Node body = root.child("Body");
    const std::vector<Node> headers = headersOf(root.child("Header"), m_as);
    Dresser dresser(m_as);
    dresser.collect(ns::soap);
    for (Node header : headers)
        dresser.collect(header);
    dresser.collect(body);

    std::string out(m_as.xmlDeclaration);
    const std::string soap = dresser.prefixed(ns::soap, {});
    out += "<" + soap + "Envelope";
    dresser.declare(out);
    out += "><" + soap + "Header>";
    for (Node header : headers) {
        const bool addressing = header.namespaceUri() == ns::addressing;
        if (addressing && header.localName() == "MessageID") {
            appendLeaf(out, dresser.prefixed(ns::addressing, "MessageID"), messageId());
        } else if (addressing && header.localName() == "Action" && m_as.actionMarked) {
            const std::string name = dresser.prefixed(ns::addressing, "Action");
            out += "<" + name + " " + soap + "mustUnderstand=\"true\">";
            appendText(out, header.text());
            out += "</" + name + ">";
        } else {
            dresser.write(out, header);
        }
    }
    if (m_as.resourceHeader && body.firstChild().localName() != "Fault")
        appendLeaf(out, dresser.prefixed(ns::wsman, "ResourceURI"), resourceUri);
    out += "</" + soap + "Header>";
    dresser.write(out, body);
    out += "</" + soap + "Envelope>";
    out += m_as.tail;
    return out;
}
