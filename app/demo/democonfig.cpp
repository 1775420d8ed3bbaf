#include "demo/democonfig.h"

#include "demo/soapfault.h"
#include "demo/soapwriter.h"
#include "protocol/namespaces.h"

#include <algorithm>
#include <charconv>

using namespace Qt::StringLiterals;

namespace {

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

DemoConfig::DemoConfig(bool plain)
    : m_plain(plain)
{
    load();
    m_lists.push_back({"plugin", {"Name"}, false, readConfigFile(u"plugins.xml"_s).children});
}

/// Everything but the plug-ins: what Restore brings back.
void DemoConfig::load()
{
    m_root = readConfigFile(u"config.xml"_s);
    if (m_lists.empty())
        m_lists.resize(2);
    m_lists[0] = {
        "listener", {"Address", "Transport"}, true, readConfigFile(u"listeners.xml"_s).children};
    m_lists[1] = {"service/certmapping",
                  {"Issuer", "Subject", "URI"},
                  false,
                  readConfigFile(u"certmappings.xml"_s).children};
    if (ConfigNode *setting = find("Service/AllowUnencrypted"))
        setting->text = m_plain ? "true" : "false";
    setPort(m_port);
}

void DemoConfig::setPort(std::uint16_t port)
{
    m_port = port;
    const std::string_view transport = m_plain ? "HTTP" : "HTTPS";
    for (ConfigNode &item : m_lists.front().items) {
        if (port != 0 && configValue(item, "Transport") == transport
            && configValue(item, "Address") == "*")
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

DemoConfig::List *DemoConfig::list(std::string_view path)
{
    return const_cast<List *>(std::as_const(*this).list(path));
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
            [&](const auto &s) { return equalIgnoringCase(configValue(item, s.name), s.value); });
        if (same)
            return item;
    }
    throw SoapFault::of(code::resourceNotFound);
}

std::string DemoConfig::get(const SoapRequest &request) const
{
    if (request.fragmentPath)
        throw SoapFault::of(code::fragmentNotSupported);
    const std::string path = configPath(request.resourceUri);
    std::string out;
    if (const List *owner = list(path)) {
        appendConfigItem(out, select(*owner, request), owner->path);
        return out;
    }
    const ConfigNode *node = find(path);
    if (!node || (node->children.empty() && !path.empty()))
        throw SoapFault::of(code::resourceNotFound);
    if (!request.selectors.empty())
        throw SoapFault::of(code::unexpectedSelectors);
    appendConfigNode(out, *node, "cfg:", request.resourceUri);
    return out;
}

std::unique_ptr<ItemSource> DemoConfig::enumerate(const SoapRequest &request,
                                                  std::string_view mode) const
{
    const std::string path = configPath(request.resourceUri);
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
            appendConfigItem(out, item, owner->path);
        if (!mode.empty()) {
            out += "<a:EndpointReference>";
            appendConfigReference(out, item, owner->path, owner->keys);
            out += "</a:EndpointReference>";
        }
        if (mode == "EnumerateObjectAndEPR")
            out += "</w:Item>";
    }
    return std::make_unique<ReadyItems>(std::move(items));
}
