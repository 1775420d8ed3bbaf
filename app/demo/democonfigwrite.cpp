#include "demo/configrules.h"
#include "demo/democonfig.h"
#include "demo/soapfault.h"
#include "demo/soapwriter.h"
#include "protocol/namespaces.h"

#include <algorithm>
#include <array>

namespace {

constexpr std::array<std::string_view, 5> listenerValues = {"Port", "Hostname", "Enabled",
                                                            "URLPrefix", "CertificateThumbprint"};

bool isPolicy(const ConfigNode &node)
{
    return std::any_of(node.attributes.begin(), node.attributes.end(), [](const auto &attribute) {
        return attribute.first == "Source" && attribute.second == "GPO";
    });
}

std::string textOf(Node node)
{
    return node.isNil() ? std::string() : std::string(node.trimmedText());
}

/// Booleans in one spelling, so that 1 and true are the same value.
std::string normal(std::string_view old, std::string value)
{
    if (old == "true" || old == "false") {
        if (value == "1")
            return "true";
        if (value == "0")
            return "false";
    }
    return value;
}

SoapFault unknownElement(Node element)
{
    return SoapFault::of(code::schemaValidation,
                         "The element " + std::string(element.localName())
                             + " is not part of this resource or stands twice.");
}

void checkRoot(Node body, std::string_view name, std::string_view ns, std::string_view otherNs)
{
    if (!body)
        throw SoapFault::of(code::invalidBody, "The body is empty.");
    if (body.localName() != name)
        throw SoapFault::of(code::invalidRepresentation,
                            "The root element is " + std::string(body.localName()) + ", not "
                                + std::string(name) + ".");
    if (!equalIgnoringCase(body.namespaceUri(), ns)
        && !equalIgnoringCase(body.namespaceUri(), otherNs))
        throw SoapFault::of(code::invalidXmlNamespace);
}

/// Takes over what the body says about a branch of the tree. Elements that it leaves out stay.
void merge(ConfigNode &node, Node body, const std::string &path)
{
    std::vector<std::string> seen;
    for (Node element : body.children()) {
        ConfigNode *child = node.child(element.localName());
        if (!child || child->name != element.localName()
            || std::find(seen.begin(), seen.end(), child->name) != seen.end())
            throw unknownElement(element);
        seen.push_back(child->name);
        const std::string below = path.empty() ? child->name : path + "/" + child->name;
        if (!child->children.empty()) {
            merge(*child, element, below);
            continue;
        }
        if (!element.isLeaf())
            throw unknownElement(element.firstChild());
        const std::string value = normal(child->text, textOf(element));
        if (value == child->text)
            continue;
        if (isPolicy(*child))
            throw SoapFault::of(code::groupPolicySetting,
                                "Group Policy controls " + below + "; it cannot be changed here.");
        checkConfigValue(below, value);
        child->text = value;
    }
}

std::string canonicalPath(const ConfigNode &root, std::string_view path)
{
    std::string canonical;
    const ConfigNode *node = &root;
    while (node && !path.empty()) {
        const std::size_t slash = path.find('/');
        node = node->child(path.substr(0, slash));
        if (node)
            canonical += (canonical.empty() ? "" : "/") + node->name;
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return canonical;
}

void setChild(ConfigNode &node, const std::string &name, const std::string &text)
{
    if (ConfigNode *child = node.child(name))
        child->text = text;
    else
        node.children.push_back({name, text, {}, {}});
}

/// The certificate of an HTTPS listener must be in the store and be for its host name.
void checkCertificate(ConfigNode &listener)
{
    const std::string thumbprint = configValue(listener, "CertificateThumbprint");
    const std::string host = configValue(listener, "Hostname");
    if (configValue(listener, "Transport") == "HTTP") {
        if (!thumbprint.empty())
            throw SoapFault::of(code::schemaValidation, "A listener for HTTP has no certificate.");
        return;
    }
    if (thumbprint.empty())
        throw SoapFault::of(code::certificateNotFound,
                            "A listener for HTTPS needs a certificate of this host.");
    const std::string name = storedCertificateName(thumbprint);
    if (name.empty() || (!host.empty() && !equalIgnoringCase(name, host)))
        throw SoapFault::of(code::certificateNotFound);
    if (host.empty())
        setChild(listener, "Hostname", name);
}

void readListener(ConfigNode &listener, Node body)
{
    std::vector<std::string_view> seen;
    for (Node element : body.children()) {
        const std::string_view name = element.localName();
        const std::string value = textOf(element);
        if (name == "ListeningOn" || name == "Source")
            continue; // computed by the host; clients send it back as they got it
        if (name == "Address" || name == "Transport") {
            if (!equalIgnoringCase(value, configValue(listener, name)))
                throw SoapFault::of(code::cannotChangeKeys);
            continue;
        }
        if (std::find(listenerValues.begin(), listenerValues.end(), name) == listenerValues.end()
            || std::find(seen.begin(), seen.end(), name) != seen.end() || !element.isLeaf())
            throw unknownElement(element);
        seen.push_back(name);
        checkListenerValue(name, value);
        setChild(listener, std::string(name), normal(configValue(listener, name), value));
    }
    checkCertificate(listener);
}

void readMapping(ConfigNode &mapping, Node body, bool created)
{
    const std::string oldUser = configValue(mapping, "UserName");
    std::string user = oldUser;
    std::string password;
    bool hasPassword = false;
    for (Node element : body.children()) {
        const std::string_view name = element.localName();
        const std::string value = textOf(element);
        if (name == "Issuer" || name == "Subject" || name == "URI") {
            if (!equalIgnoringCase(value, configValue(mapping, name)))
                throw SoapFault::of(code::cannotChangeKeys);
        } else if (name == "UserName") {
            user = value;
        } else if (name == "Password") {
            hasPassword = !element.isNil();
            password = value;
        } else if (name == "Enabled") {
            checkMappingValue(name, value);
            setChild(mapping, "Enabled", normal("true", value));
        } else {
            throw unknownElement(element);
        }
    }
    // A mapping comes back with an empty password: sent again with its user, it keeps the old one.
    const bool kept = !created && user == oldUser && password.empty();
    if (!kept) {
        if (!hasPassword || user.empty())
            throw SoapFault::of(code::mappingPasswordUser);
        checkMappingValue("Password", password);
        checkMappingValue("UserName", user);
    }
    setChild(mapping, "UserName", user);
    setChild(mapping, "Password", {});
}

void checkPluginAttribute(const std::string &name, const std::string &value)
{
    static constexpr std::array<std::string_view, 12> known = {
        "Name",         "Filename",         "SDKVersion",          "XmlRenderingType",
        "Architecture", "UseSharedProcess", "AutoRestart",         "ProcessIdleTimeoutSec",
        "RunAsUser",    "RunAsPassword",    "OutputBufferingMode", "Enabled"};
    const bool boolean = name == "UseSharedProcess" || name == "AutoRestart" || name == "Enabled";
    const bool number = name == "SDKVersion" || name == "ProcessIdleTimeoutSec";
    bool good = name == "lang" || std::find(known.begin(), known.end(), name) != known.end();
    if (boolean)
        good = value == "true" || value == "false";
    else if (number)
        good = !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
    else if (name == "Architecture")
        good = value == "32" || value == "64";
    else if (name == "OutputBufferingMode")
        good = value == "Block" || value == "Drop";
    else if (name == "XmlRenderingType")
        good = value == "text" || value == "XmlReader";
    if (!good)
        throw SoapFault::of(code::schemaValidation,
                            "The plug-in's attribute " + name + " is unknown or has a bad value.");
}

void checkResource(const ConfigNode &resource)
{
    const std::string uri = configValue(resource, "ResourceUri");
    if (uri.find("://") == std::string::npos)
        throw SoapFault::of(code::schemaValidation, "A resource of the plug-in has no URI.");
    for (const ConfigNode &part : resource.children) {
        if (part.name == "Security" && !configValue(part, "Uri").starts_with(uri))
            throw SoapFault::of(code::schemaValidation,
                                "The URI of Security must begin with that of its resource.");
    }
}

ConfigNode readPlugin(Node body)
{
    checkRoot(body, "PlugInConfiguration", configPluginNamespace, configPluginNamespace);
    ConfigNode plugin = configNodeOf(body);
    bool resources = false;
    for (const auto &[name, value] : plugin.attributes)
        checkPluginAttribute(name, value);
    std::erase_if(plugin.attributes, [](const auto &attribute) {
        return attribute.first == "RunAsPassword" || attribute.first == "lang"
            || attribute.first == "xmlns";
    });
    for (const ConfigNode &child : plugin.children) {
        if (child.name == "Resources") {
            for (const ConfigNode &resource : child.children)
                checkResource(resource);
            resources = !child.children.empty();
        } else if (child.name != "InitializationParameters" && child.name != "Quotas") {
            throw SoapFault::of(code::schemaValidation,
                                "A plug-in has no element " + child.name + ".");
        }
    }
    if (configValue(plugin, "Name").empty() || configValue(plugin, "Filename").empty()
        || !resources)
        throw SoapFault::of(code::schemaValidation,
                            "A plug-in has a name, a file name and at least one resource.");
    return plugin;
}

/// Which listener quickconfig would make; empty when there is one already.
std::string missingListener(const std::vector<ConfigNode> &listeners, std::string_view transport)
{
    const bool there = std::any_of(listeners.begin(), listeners.end(), [&](const ConfigNode &item) {
        return configValue(item, "Transport") == transport
            && configValue(item, "Enabled") == "true";
    });
    return there ? std::string() : std::string(transport);
}

std::string selectorValue(const SoapRequest &request, std::string_view name)
{
    const SoapSelector *selector = request.selector(name);
    if (!selector)
        throw SoapFault::of(code::insufficientSelectors);
    return selector->value;
}

} // namespace

std::string DemoConfig::put(const SoapRequest &request)
{
    if (request.fragmentPath)
        throw SoapFault::of(code::fragmentNotSupported);
    const std::string path = configPath(request.resourceUri);
    if (List *owner = list(path)) {
        ConfigNode &item = const_cast<ConfigNode &>(select(*owner, request));
        if (isPolicy(item))
            throw SoapFault::of(code::groupPolicySetting);
        ConfigNode changed = item;
        if (owner->path == "plugin") {
            changed = readPlugin(request.body);
            if (configValue(changed, "Name") != configValue(item, "Name"))
                throw SoapFault::of(code::cannotChangeKeys);
        } else {
            checkRoot(request.body, item.name, request.resourceUri, uri::config);
            if (owner->path == "listener")
                readListener(changed, request.body);
            else
                readMapping(changed, request.body, false);
        }
        item = std::move(changed);
        std::string out;
        appendConfigItem(out, item, owner->path);
        return out;
    }
    ConfigNode *node = find(path);
    if (!node || (node->children.empty() && !path.empty()))
        throw SoapFault::of(code::resourceNotFound);
    if (!request.selectors.empty())
        throw SoapFault::of(code::unexpectedSelectors);
    const std::string canonical = canonicalPath(m_root, path);
    if (canonical == "Service/DefaultPorts")
        throw SoapFault::of(code::actionNotSupported);
    checkRoot(request.body, node->name, request.resourceUri, uri::config);
    ConfigNode changed = *node;
    merge(changed, request.body, canonical);
    *node = std::move(changed);
    std::string out;
    appendConfigNode(out, *node, "cfg:", request.resourceUri);
    return out;
}

ConfigNode &DemoConfig::addListener(ConfigNode listener)
{
    if (configValue(listener, "Enabled") == "true") {
        const std::string address = configValue(listener, "Address");
        if (address.starts_with("IP:")) {
            listener.children.push_back({"ListeningOn", address.substr(3), {}, {}});
        } else {
            for (const char *own : {"127.0.0.1", "192.0.2.21", "::1"})
                listener.children.push_back({"ListeningOn", own, {}, {}});
        }
    }
    std::vector<ConfigNode> &items = m_lists.front().items;
    items.push_back(std::move(listener));
    return items.back();
}

std::string DemoConfig::create(const SoapRequest &request)
{
    const std::string path = configPath(request.resourceUri);
    List *owner = list(path);
    if (!owner)
        throw SoapFault::of(find(path) ? code::actionNotSupported : code::resourceNotFound);
    if (request.selectors.size() > owner->keys.size())
        throw SoapFault::of(code::unexpectedSelectors);
    ConfigNode made;
    if (owner->path == "plugin") {
        made = readPlugin(request.body);
        if (selectorValue(request, "Name") != configValue(made, "Name"))
            throw SoapFault::of(code::cannotChangeKeys);
    } else {
        const bool listener = owner->path == "listener";
        made.name = listener ? "Listener" : "CertMapping";
        checkRoot(request.body, made.name, request.resourceUri, uri::config);
        for (const std::string &key : owner->keys)
            setChild(made, key, selectorValue(request, key));
        if (listener) {
            checkListenerAddress(configValue(made, "Address"));
            const std::string transport = listenerTransport(configValue(made, "Transport"));
            setChild(made, "Transport", transport);
            setChild(made, "Port", configValue(*find("Service/DefaultPorts"), transport));
            setChild(made, "Hostname", {});
            setChild(made, "Enabled", "true");
            setChild(made, "URLPrefix", "wsman");
            setChild(made, "CertificateThumbprint", {});
        } else {
            for (const std::string &key : owner->keys)
                checkMappingValue(key, configValue(made, key));
            setChild(made, "UserName", {});
            setChild(made, "Enabled", "true");
        }
    }
    for (const ConfigNode &item : owner->items) {
        const bool same = std::all_of(
            owner->keys.begin(), owner->keys.end(), [&](const std::string &key) {
                return equalIgnoringCase(configValue(item, key), configValue(made, key));
            });
        if (same)
            throw SoapFault::of(code::alreadyExists);
    }
    if (owner->path == "listener") {
        readListener(made, request.body);
        addListener(std::move(made));
    } else {
        if (owner->path != "plugin")
            readMapping(made, request.body, true);
        owner->items.push_back(std::move(made));
    }
    std::string out = "<x:ResourceCreated>";
    appendConfigReference(out, owner->items.back(), owner->path, owner->keys);
    return out + "</x:ResourceCreated>";
}

void DemoConfig::remove(const SoapRequest &request)
{
    const std::string path = configPath(request.resourceUri);
    List *owner = list(path);
    if (!owner)
        throw SoapFault::of(find(path) ? code::actionNotSupported : code::resourceNotFound);
    const ConfigNode &item = select(*owner, request);
    if (isPolicy(item))
        throw SoapFault::of(code::groupPolicySetting);
    owner->items.erase(owner->items.begin() + (&item - owner->items.data()));
}

std::string DemoConfig::invoke(const SoapRequest &request, std::string_view method)
{
    const std::string path = configPath(request.resourceUri);
    const bool service = equalIgnoringCase(path, "service");
    const bool restore = method == "Restore" && (path.empty() || equalIgnoringCase(path, "plugin"));
    const bool analyzes = service && (method == "AnalyzeService" || method == "Analyze");
    const bool enables = service && (method == "EnableService" || method == "EnableRemoting");
    if (!restore && !analyzes && !enables)
        throw SoapFault::of(code::actionNotSupported);
    checkRoot(request.body, std::string(method) + "_INPUT", request.resourceUri, uri::config);
    if (analyzes)
        return analyze(request, method);
    if (enables)
        return enable(request, method);
    if (path.empty())
        load();
    else
        *list(path) = {
            "plugin", {"Name"}, false, readConfigFile(QStringLiteral("plugins.xml")).children};
    return "<cfg:Restore_OUTPUT xmlns:cfg=\"" + request.resourceUri + "\"/>";
}

std::string DemoConfig::analyze(const SoapRequest &request, std::string_view method)
{
    const bool whole = method == "Analyze";
    const Node asked = request.body.child("Transport");
    std::string transport = "HTTP";
    if (whole && asked)
        transport = listenerTransport(asked.trimmedText());
    const std::string missing = whole ? missingListener(m_lists.front().items, transport)
                                      : std::string();
    std::string out = "<cfg:" + std::string(method) + "_OUTPUT xmlns:cfg=\"" + request.resourceUri
        + "\">";
    appendLeaf(out, "cfg:RemotingEnabled", missing.empty() ? "true" : "false");
    if (missing.empty()) {
        appendLeaf(out, "cfg:Results",
                   whole ? "This host already receives " + transport + " requests."
                         : std::string("The WinRM service already runs on this host."));
    } else {
        appendLeaf(out, "cfg:Results", "Make a listener on all addresses for " + missing + ".");
        out += "<cfg:EnableRemoting_INPUT>";
        appendLeaf(out, "cfg:Transport", missing);
        out += "</cfg:EnableRemoting_INPUT>";
    }
    return out + "</cfg:" + std::string(method) + "_OUTPUT>";
}

std::string DemoConfig::enable(const SoapRequest &request, std::string_view method)
{
    std::string results = "Nothing had to be changed.";
    const Node asked = request.body.child("Transport");
    if (method == "EnableRemoting" && asked) {
        const std::string transport = listenerTransport(asked.trimmedText());
        if (!missingListener(m_lists.front().items, transport).empty()) {
            const bool secure = transport == "HTTPS";
            const ConfigNode made{
                "Listener",
                {},
                {},
                {{"Address", "*", {}, {}},
                 {"Transport", transport, {}, {}},
                 {"Port", configValue(*find("Service/DefaultPorts"), transport), {}, {}},
                 {"Hostname", secure ? "srv21.example.com" : "", {}, {}},
                 {"Enabled", "true", {}, {}},
                 {"URLPrefix", "wsman", {}, {}},
                 {"CertificateThumbprint",
                  secure ? "5A0E6B1F93C84D27A1B0C35E7F6D48920E4B7C11" : "",
                  {},
                  {}}}};
            std::vector<ConfigNode> &items = m_lists.front().items;
            std::erase_if(items, [&transport](const ConfigNode &item) {
                return configValue(item, "Address") == "*"
                    && configValue(item, "Transport") == transport;
            });
            addListener(made);
            results = "Made a listener on all addresses for " + transport + ".";
        }
    }
    std::string out = "<cfg:" + std::string(method) + "_OUTPUT xmlns:cfg=\"" + request.resourceUri
        + "\">";
    appendLeaf(out, "cfg:Status", "succeeded");
    appendLeaf(out, "cfg:Results", results);
    return out + "</cfg:" + std::string(method) + "_OUTPUT>";
}
