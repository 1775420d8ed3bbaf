#include "demo/confignode.h"

#include "demo/soaprequest.h"
#include "demo/soapwriter.h"
#include "document/xmlreader.h"
#include "protocol/namespaces.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

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

ConfigNode configNodeOf(Node node)
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
        made.children.push_back(configNodeOf(child));
    return made;
}

ConfigNode readConfigFile(const QString &name)
{
    QFile file(u":/demo/config/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const Result<DocumentPtr> document = readXml(file.readAll());
    Q_ASSERT(document); // compiled in
    return document ? configNodeOf((*document)->root()) : ConfigNode();
}

void appendConfigNode(std::string &out, const ConfigNode &node, std::string_view prefix,
                      std::string_view declared)
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
        appendConfigNode(out, child, prefix);
    out.append("</").append(name).append(">");
}

std::string configValue(const ConfigNode &item, std::string_view key)
{
    for (const auto &[name, value] : item.attributes) {
        if (equalIgnoringCase(name, key))
            return value;
    }
    const ConfigNode *child = item.child(key);
    return child ? child->text : std::string();
}

std::string configPath(std::string_view resourceUri)
{
    std::string_view path = resourceUri.substr(uri::config.size());
    if (path.starts_with('/'))
        path.remove_prefix(1);
    return std::string(path);
}

void appendConfigItem(std::string &out, const ConfigNode &item, std::string_view path)
{
    if (path == "plugin")
        appendConfigNode(out, item, {}, configPluginNamespace);
    else
        appendConfigNode(out, item, path == "service/certmapping" ? "cert:" : "cfg:",
                         std::string(uri::config) + "/" + std::string(path));
}

void appendConfigReference(std::string &out, const ConfigNode &item, std::string_view path,
                           const std::vector<std::string> &keys)
{
    out += "<a:Address>";
    out += uri::anonymous;
    out += "</a:Address><a:ReferenceParameters>";
    appendLeaf(out, "w:ResourceURI", std::string(uri::config) + "/" + std::string(path));
    out += "<w:SelectorSet>";
    for (const std::string &key : keys) {
        out.append("<w:Selector Name=\"").append(key).append("\">");
        appendText(out, configValue(item, key));
        out += "</w:Selector>";
    }
    out += "</w:SelectorSet></a:ReferenceParameters>";
}
