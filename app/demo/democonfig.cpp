#include "demo/democonfig.h"

#include "demo/soapfault.h"
#include "demo/soapwriter.h"
#include "document/xmlreader.h"
#include "protocol/namespaces.h"

#include <QFile>

#include <algorithm>
#include <charconv>

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view pluginNamespace =
    "http://schemas.microsoft.com/wbem/wsman/1/config/PluginConfiguration";

ConfigNode fromDocument(Node node)
{
    ConfigNode made;
    made.name = node.localName();
    if (node.isLeaf())
        made.text = node.text();
    for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
        const AttributeView attribute = node.attribute(i);
        made.attributes.emplace_back(attribute.name.local, attribute.value);
    }
    for (Node child : node.children())
        made.children.push_back(fromDocument(child));
    return made;
}

ConfigNode readFile(const QString &name)
{
    QFile file(u":/demo/config/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const Result<DocumentPtr> document = readXml(file.readAll());
    Q_ASSERT(document); // compiled in
    return document ? fromDocument((*document)->root()) : ConfigNode();
}

void append(std::string &out, const ConfigNode &node, std::string_view prefix,
            std::string_view declared = {})
{
    std::string name(prefix);
    name += node.name;
    out.append("<").append(name);
    if (!declared.empty()) {
        out.append(prefix.empty() ? " xmlns" : " xmlns:");
        out.append(prefix.substr(0, prefix.empty() ? 0 : prefix.size() - 1));
        out.append("=\"").append(declared).append("\"");
    }
    for (const auto &[key, value] : node.attributes) {
        out.append(" ").append(key).append("=\"");
        appendAttribute(out, value);
        out.append("\"");
    }
    if (prefix.empty() && node.children.empty() && node.text.empty()) {
        out.append("/>");
        return;
    }
    out.append(">");
    appendText(out, node.text);
    for (const ConfigNode &child : node.children)
        append(out, child, prefix);
    out.append("</").append(name).append(">");
}

std::string valueOf(const ConfigNode &item, std::string_view key)
{
    for (const auto &[name, value] : item.attributes) {
        if (equalIgnoringCase(name, key))
            return value;
    }
    const ConfigNode *child = item.child(key);
    return child ? child->text : std::string();
}

std::string pathOf(std::string_view resourceUri)
{
    std::string_view path = resourceUri.substr(uri::config.size());
    if (path.starts_with('/'))
        path.remove_prefix(1);
    return std::string(path);
}

/// The document of a list's item with the namespace that its resource has.
void appendItem(std::string &out, const ConfigNode &item, std::string_view path)
{
    if (path == "plugin")
        append(out, item, {}, pluginNamespace);
    else
        append(out, item, path == "service/certmapping" ? "cert:" : "cfg:",
               std::string(uri::config) + "/" + std::string(path));
}

void appendItemEndpoint(std::string &out, const ConfigNode &item, std::string_view path,
                        const std::vector<std::string> &keys)
{
    out += "<a:EndpointReference><a:Address>";
    out += uri::anonymous;
    out += "</a:Address><a:ReferenceParameters>";
    appendLeaf(out, "w:ResourceURI", std::string(uri::config) + "/" + std::string(path));
    out += "<w:SelectorSet>";
    for (const std::string &key : keys) {
        out.append("<w:Selector Name=\"").append(key).append("\">");
        appendText(out, valueOf(item, key));
        out += "</w:Selector>";
    }
    out += "</w:SelectorSet></a:ReferenceParameters></a:EndpointReference>";
}

class ReadyItems final : public ItemSource
{
public:
    explicit ReadyItems(std::vector<std::string> items)
        : m_items(std::move(items))
    { }
    bool next(std::string &out) override
    {
        if (m_next == m_items.size())
            return false;
        out += m_items[m_next++];
        return true;
    }

private:
    std::vector<std::string> m_items;
    std::size_t m_next = 0;
};

} // namespace

const ConfigNode *ConfigNode::child(std::string_view childName) const
{
    const auto found = std::find_if(children.begin(), children.end(), [&](const ConfigNode &node) {
        return equalIgnoringCase(node.name, childName);
    });
    return found == children.end() ? nullptr : &*found;
}

ConfigNode *ConfigNode::child(std::string_view childName)
{
    return const_cast<ConfigNode *>(std::as_const(*this).child(childName));
}

DemoConfig::DemoConfig(bool plain)
    : m_plain(plain)
    , m_root(readFile(u"config.xml"_s))
{
    m_lists.push_back(
        {"listener", {"Address", "Transport"}, true, readFile(u"listeners.xml"_s).children});
    m_lists.push_back({"service/certmapping",
                       {"Issuer", "Subject", "URI"},
                       false,
                       readFile(u"certmappings.xml"_s).children});
    m_lists.push_back({"plugin", {"Name"}, false, readFile(u"plugins.xml"_s).children});
    if (ConfigNode *setting = find("Service/AllowUnencrypted"))
        setting->text = plain ? "true" : "false";
}

void DemoConfig::setPort(std::uint16_t port)
{
    const std::string_view transport = m_plain ? "HTTP" : "HTTPS";
    for (ConfigNode &item : m_lists.front().items) {
        if (valueOf(item, "Transport") == transport && valueOf(item, "Address") == "*")
            item.child("Port")->text = std::to_string(port);
    }
}

bool DemoConfig::owns(std::string_view resourceUri)
{
    const std::string_view head = resourceUri.substr(0, uri::config.size());
    return equalIgnoringCase(head, uri::config)
        && (resourceUri.size() == uri::config.size() || resourceUri[uri::config.size()] == '/');
}

const DemoConfig::List *DemoConfig::list(std::string_view path) const
{
    const auto found = std::find_if(m_lists.begin(), m_lists.end(), [path](const List &other) {
        return equalIgnoringCase(other.path, path);
    });
    return found == m_lists.end() ? nullptr : &*found;
}

const ConfigNode *DemoConfig::find(std::string_view path) const
{
    const ConfigNode *node = &m_root;
    while (node && !path.empty()) {
        const std::size_t slash = path.find('/');
        node = node->child(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return node;
}

ConfigNode *DemoConfig::find(std::string_view path)
{
    return const_cast<ConfigNode *>(std::as_const(*this).find(path));
}

std::uint32_t DemoConfig::number(std::string_view path, std::uint32_t otherwise) const
{
    const ConfigNode *node = find(path);
    if (!node)
        return otherwise;
    std::uint32_t value = otherwise;
    std::from_chars(node->text.data(), node->text.data() + node->text.size(), value);
    return value;
}

const ConfigNode &DemoConfig::select(const List &list, const SoapRequest &request) const
{
    for (const SoapSelector &selector : request.selectors) {
        const bool known = std::any_of(list.keys.begin(), list.keys.end(), [&](const auto &key) {
            return equalIgnoringCase(key, selector.name);
        });
        if (!known)
            throw SoapFault::of(code::unexpectedSelectors);
    }
    if (request.selectors.size() != list.keys.size())
        throw SoapFault::of(code::insufficientSelectors);
    for (const ConfigNode &item : list.items) {
        const bool same = std::all_of(
            request.selectors.begin(), request.selectors.end(),
            [&](const auto &s) { return equalIgnoringCase(valueOf(item, s.name), s.value); });
        if (same)
            return item;
    }
    throw SoapFault::of(code::resourceNotFound);
}

std::string DemoConfig::get(const SoapRequest &request) const
{
    if (request.fragmentPath)
        throw SoapFault::of(code::fragmentNotSupported);
    const std::string path = pathOf(request.resourceUri);
    std::string out;
    if (const List *owner = list(path)) {
        appendItem(out, select(*owner, request), owner->path);
        return out;
    }
    const ConfigNode *node = find(path);
    if (!node || (node->children.empty() && !path.empty()))
        throw SoapFault::of(code::resourceNotFound);
    if (!request.selectors.empty())
        throw SoapFault::of(code::unexpectedSelectors);
    append(out, *node, "cfg:", request.resourceUri);
    return out;
}

std::unique_ptr<ItemSource> DemoConfig::enumerate(const SoapRequest &request,
                                                  std::string_view mode) const
{
    const std::string path = pathOf(request.resourceUri);
    const List *owner = list(path);
    if (!owner)
        throw SoapFault::of(find(path) ? code::actionNotSupported : code::resourceNotFound);
    if (!request.selectors.empty())
        throw SoapFault::of(code::unexpectedSelectors);
    if (!mode.empty() && !owner->endpoints)
        throw SoapFault::of(code::modeUnsupported);
    std::vector<std::string> items;
    for (const ConfigNode &item : owner->items) {
        std::string &out = items.emplace_back();
        if (mode == "EnumerateObjectAndEPR")
            out += "<w:Item>";
        if (mode != "EnumerateEPR")
            appendItem(out, item, owner->path);
        if (!mode.empty())
            appendItemEndpoint(out, item, owner->path, owner->keys);
        if (mode == "EnumerateObjectAndEPR")
            out += "</w:Item>";
    }
    return std::make_unique<ReadyItems>(std::move(items));
}
