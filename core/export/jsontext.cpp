#include "export/jsontext.h"

#include "export/leaftypes.h"
#include "text/nodetext.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace {

/// Bytes that a JSON string escapes: 0 for those that stand for themselves, else the letter after
/// the backslash, 'u' for the long form.
constexpr std::array<char, 256> makeEscapes()
{
    std::array<char, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c)
        table[c] = 'u';
    table['\b'] = 'b';
    table['\f'] = 'f';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['"'] = '"';
    table['\\'] = '\\';
    return table;
}
constexpr std::array<char, 256> escapes = makeEscapes();

char *writeEscape(char *to, unsigned char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    *to++ = '\\';
    *to++ = escapes[c];
    if (escapes[c] == 'u') {
        std::memcpy(to, "00", 2);
        to[2] = digits[c >> 4];
        to[3] = digits[c & 15];
        to += 4;
    }
    return to;
}

std::string_view trimmed(std::string_view text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

bool sameIgnoringCase(std::string_view text, std::string_view lower)
{
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : int(a)) == b;
    });
}

/// JSON's notation of an integer: no plus, no leading zeros, no minus zero.
bool isPlainInteger(std::string_view text)
{
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || (digits.front() == '0' && text.size() > 1))
        return false;
    return std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

template<typename T>
bool isWithin(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

bool isIntegerOf(std::string_view text, CimType type)
{
    if (!isPlainInteger(text))
        return false;
    switch (type) {
    case CimType::UInt8:
        return isWithin<std::uint8_t>(text);
    case CimType::SInt8:
        return isWithin<std::int8_t>(text);
    case CimType::UInt16:
        return isWithin<std::uint16_t>(text);
    case CimType::SInt16:
        return isWithin<std::int16_t>(text);
    case CimType::UInt32:
        return isWithin<std::uint32_t>(text);
    case CimType::SInt32:
        return isWithin<std::int32_t>(text);
    case CimType::UInt64:
        return isWithin<std::uint64_t>(text);
    default:
        return isWithin<std::int64_t>(text);
    }
}

std::size_t skipDigits(std::string_view text, std::size_t at)
{
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        ++at;
    return at;
}

/// number = [-] int [frac] [exp]. Source: RFC 8259, 6.
bool isJsonReal(std::string_view text)
{
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t integer = at;
    at = skipDigits(text, at);
    if (at == integer || (text[integer] == '0' && at - integer > 1))
        return false;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = ++at;
        at = skipDigits(text, at);
        if (at == fraction)
            return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        const std::size_t exponent = at;
        at = skipDigits(text, at);
        if (at == exponent)
            return false;
    }
    return at == text.size();
}

bool appendBoolean(ExportBuffer &out, std::string_view text)
{
    const bool yes = text == "1" || sameIgnoringCase(text, "true");
    const bool no = text == "0" || sameIgnoringCase(text, "false");
    if (yes || no)
        out.append(yes ? std::string_view("true") : std::string_view("false"));
    return yes || no;
}

/// The value bare, if it is one of its type.
bool appendBare(ExportBuffer &out, std::string_view utf8, CimType type)
{
    if (type == CimType::Unknown || type == CimType::String)
        return false;
    const std::string_view text = trimmed(utf8);
    if (type == CimType::Boolean)
        return appendBoolean(out, text);
    const bool real = type == CimType::Real32 || type == CimType::Real64;
    const bool integer = type >= CimType::UInt8 && type <= CimType::SInt64;
    if (!(real && isJsonReal(text)) && !(integer && isIntegerOf(text, type)))
        return false;
    out.append(text);
    return true;
}

/// Members of one object: commas and line breaks.
class Members
{
public:
    Members(ExportBuffer &out, int indent)
        : m_out(out)
        , m_indent(indent)
    {
        m_out.append('{');
    }
    void begin(std::string_view name, std::string_view prefix = {})
    {
        if (m_any)
            m_out.append(',');
        m_any = true;
        newLine(m_indent + 1);
        if (prefix.empty()) {
            appendJsonString(m_out, name);
        } else {
            m_out.append('"');
            m_out.append(
                prefix); // "@": the name behind it is an XML name, without anything to escape
            m_out.append(name);
            m_out.append('"');
        }
        m_out.append(m_indent < 0 ? std::string_view(":") : std::string_view(": "));
    }
    void end()
    {
        if (m_any)
            newLine(m_indent);
        m_out.append('}');
    }
    int inner() const { return m_indent < 0 ? -1 : m_indent + 1; }

private:
    void newLine(int level)
    {
        if (m_indent < 0)
            return;
        m_out.append('\n');
        for (int i = 0; i < level; ++i)
            m_out.append(std::string_view("  "));
    }
    ExportBuffer &m_out;
    int m_indent;
    bool m_any = false;
};

void appendReferenceNode(ExportBuffer &out, Node element);

bool isWholeReference(Node element);

bool isPlainLeaf(Node element)
{
    return element.isLeaf() && element.attributeCount() == 0;
}

/// Whether an element has children, and no others than these, each at most once.
bool hasOnly(Node element, std::initializer_list<std::string_view> names)
{
    const auto found = std::count_if(names.begin(), names.end(), [element](std::string_view name) {
        return bool(element.child(name));
    });
    return found > 0 && std::uint32_t(found) == element.childCount();
}

bool isWholeSelector(Node selector)
{
    return selector.localName() == "Selector" && selector.attributeCount() == 1
        && selector.attribute("Name")
        && (selector.isLeaf()
            || (selector.childCount() == 1 && isWholeReference(selector.firstChild())));
}

bool areWholeSelectors(Node set)
{
    for (const Node selector : set.children()) {
        if (!isWholeSelector(selector))
            return false;
    }
    return !set.isLeaf();
}

/// A reference of which `__epr` says all: nothing but the address, the resource and its selectors.
bool isWholeReference(Node element)
{
    const auto isLeafIfThere = [](Node node) { return !node || isPlainLeaf(node); };
    const Node parameters = element.child("ReferenceParameters");
    const Node selectors = parameters.child("SelectorSet");
    return looksLikeReference(element) && hasOnly(element, {"Address", "ReferenceParameters"})
        && isLeafIfThere(element.child("Address"))
        && (!parameters || hasOnly(parameters, {"ResourceURI", "SelectorSet"}))
        && isLeafIfThere(parameters.child("ResourceURI"))
        && (!selectors || areWholeSelectors(selectors));
}

void appendSelectors(ExportBuffer &out, Node selectorSet)
{
    Members members(out, -1);
    for (const Node selector : selectorSet.children()) {
        members.begin(selector.attribute("Name").value_or(std::string_view()));
        const Node value = selector.firstChild();
        if (value && looksLikeReference(value))
            appendReferenceNode(out, value);
        else
            appendJsonString(out, selector.text());
    }
    members.end();
}

void appendReferenceNode(ExportBuffer &out, Node element)
{
    out.append(std::string_view("{\"__epr\":"));
    Members members(out, -1);
    if (const Node address = element.child("Address")) {
        members.begin("Address");
        appendJsonString(out, address.trimmedText());
    }
    const Node parameters = element.child("ReferenceParameters");
    if (const Node resource = parameters.child("ResourceURI")) {
        members.begin("ResourceURI");
        appendJsonString(out, resource.trimmedText());
    }
    if (const Node selectors = parameters.child("SelectorSet")) {
        members.begin("SelectorSet");
        appendSelectors(out, selectors);
    }
    members.end();
    out.append('}');
}

/// Children of the same name together, names in the order of their first child.
std::vector<std::vector<Node>> groupedChildren(Node element)
{
    std::vector<Node> children;
    for (const Node child : element.children())
        children.push_back(child);
    std::stable_sort(children.begin(), children.end(),
                     [](Node a, Node b) { return a.localName() < b.localName(); });
    std::vector<std::vector<Node>> groups;
    for (const Node child : children) {
        if (groups.empty() || groups.back().front().localName() != child.localName())
            groups.emplace_back();
        groups.back().push_back(child);
    }
    std::sort(groups.begin(), groups.end(),
              [](const auto &a, const auto &b) { return a.front().index() < b.front().index(); });
    return groups;
}

void appendLeaf(ExportBuffer &out, Node node, std::string_view text, const LeafTypes &types)
{
    if (node.isNil())
        out.append(std::string_view("null"));
    else
        appendJsonScalar(out, text, leafType(node, types));
}

void appendGroup(ExportBuffer &out, const std::vector<Node> &group, const LeafTypes &types,
                 int indent)
{
    const bool list = types && !group.front().isNil() && types(group.front()).array;
    if (group.size() == 1 && !list) {
        appendJsonNode(out, group.front(), types, indent);
        return;
    }
    out.append('[');
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (i != 0)
            out.append(indent < 0 ? std::string_view(",") : std::string_view(", "));
        appendJsonNode(out, group[i], types, indent);
    }
    out.append(']');
}

void appendObject(ExportBuffer &out, Node node, std::string_view className, const LeafTypes &types,
                  int indent)
{
    Members members(out, indent);
    if (!className.empty()) {
        members.begin("__class");
        appendJsonString(out, className);
    }
    for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
        const AttributeView attribute = node.attribute(i);
        if (!isValueAttribute(attribute))
            continue;
        members.begin(attribute.name.local, "@");
        appendJsonString(out, attribute.value);
    }
    const std::optional<std::string_view> leaf = leafText(node);
    if (leaf ? !leaf->empty() || node.isNil() : node.hasMixedContent()) {
        members.begin("#text");
        appendLeaf(out, node, leaf.value_or(node.text()), types);
    }
    if (!leaf) {
        for (const auto &group : groupedChildren(node)) {
            members.begin(group.front().localName());
            appendGroup(out, group, types, members.inner());
        }
    }
    members.end();
}

bool hasValueAttributes(Node node)
{
    for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
        if (isValueAttribute(node.attribute(i)))
            return true;
    }
    return false;
}

} // namespace

void appendJsonString(ExportBuffer &out, std::string_view utf8)
{
    char *const begin = out.room(utf8.size() * 6 + 2);
    char *to = begin;
    *to++ = '"';
    const char *from = utf8.data();
    const char *const end = from + utf8.size();
    while (from != end) {
        const char *const run = from;
        while (from != end && !escapes[static_cast<unsigned char>(*from)])
            ++from;
        std::memcpy(to, run, std::size_t(from - run));
        to += from - run;
        if (from != end)
            to = writeEscape(to, static_cast<unsigned char>(*from++));
    }
    *to++ = '"';
    out.advance(std::size_t(to - begin));
}

void appendJsonScalar(ExportBuffer &out, std::string_view utf8, CimType type)
{
    if (!appendBare(out, utf8, type))
        appendJsonString(out, utf8);
}

void appendJsonCell(ExportBuffer &out, const Cell &cell, CimType type, bool array)
{
    switch (cell.kind()) {
    case CellKind::Absent:
    case CellKind::Nil:
        out.append(std::string_view("null"));
        return;
    case CellKind::Array:
        out.append('[');
        for (std::uint32_t i = 0; i < cell.count(); ++i) {
            if (i != 0)
                out.append(',');
            appendJsonCell(out, cell.at(i), type, false);
        }
        out.append(']');
        return;
    default:
        break;
    }
    if (array)
        out.append('[');
    if (cell.kind() == CellKind::Scalar)
        appendJsonScalar(out, cell.text(), type);
    else
        appendJsonNode(out, cell.node(), {});
    if (array)
        out.append(']');
}

void appendJsonReference(ExportBuffer &out, const RowReference &reference)
{
    out.append(std::string_view("{\"__epr\":{\"Address\":"));
    appendJsonString(out, reference.address);
    out.append(std::string_view(",\"ResourceURI\":"));
    appendJsonString(out, reference.resourceUri);
    out.append(std::string_view(",\"SelectorSet\":"));
    Members members(out, -1);
    for (const RowSelector &selector : reference.selectors) {
        members.begin(selector.name);
        if (const DocumentPtr nested = selectorReference(selector))
            appendReferenceNode(out, nested->root());
        else
            appendJsonString(out, selector.value);
    }
    members.end();
    out.append(std::string_view("}}"));
}

void appendJsonNode(ExportBuffer &out, Node node, const LeafTypes &types, int indent)
{
    const std::optional<std::string_view> leaf = leafText(node);
    if (!hasValueAttributes(node)) {
        if (leaf || node.isNil()) {
            appendLeaf(out, node, leaf.value_or(std::string_view()), types);
            return;
        }
        if (isWholeReference(node)) {
            appendReferenceNode(out, node);
            return;
        }
    }
    appendObject(out, node, classOfType(node), types, indent);
}

bool appendJsonProperty(ExportBuffer &out, Node row, std::string_view name, CimType type,
                        bool array)
{
    std::vector<Node> values;
    bool attributes = false;
    for (const Node child : row.children()) {
        if (child.localName() != name)
            continue;
        values.push_back(child);
        attributes = attributes || hasValueAttributes(child);
    }
    if (!attributes)
        return false;
    const LeafTypes types = [type](Node) { return type; };
    const bool list = values.size() == 1 && array;
    if (list)
        out.append('[');
    appendGroup(out, values, types, -1);
    if (list)
        out.append(']');
    return true;
}

void appendJsonDocument(ExportBuffer &out, Node root, const LeafTypes &types, int indent)
{
    if (isWholeReference(root) && !hasValueAttributes(root))
        appendReferenceNode(out, root);
    else
        appendObject(out, root, root.localName(), types, indent);
}
