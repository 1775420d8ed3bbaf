#pragma once

#include "document/document.h"

#include <QString>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// One element of the host's WinRM configuration: what a later Put changes.
struct ConfigNode
{
    std::string name;
    std::string text;
    std::vector<std::pair<std::string, std::string>>
        attributes; ///< Source="GPO"; a plug-in's values
    std::vector<ConfigNode> children;

    const ConfigNode *child(std::string_view childName) const; ///< ignoring case
    ConfigNode *child(std::string_view childName);
};

ConfigNode configNodeOf(Node node); ///< names without namespaces, texts of leaves
/// A file of :/demo/config.
ConfigNode readConfigFile(const QString &name);
/// The element with its prefix ("cfg:" or none), which `declared` is declared for when not empty.
void appendConfigNode(std::string &out, const ConfigNode &node, std::string_view prefix,
                      std::string_view declared = {});
/// Text of the child, or value of the attribute, of that name; empty without one.
std::string configValue(const ConfigNode &item, std::string_view key);

inline constexpr std::string_view configPluginNamespace =
    "http://schemas.microsoft.com/wbem/wsman/1/config/PluginConfiguration";
/// What follows `.../config/` in a resource URI that DemoConfig owns.
std::string configPath(std::string_view resourceUri);
/// The document of a list's item with the namespace that its resource has.
void appendConfigItem(std::string &out, const ConfigNode &item, std::string_view path);
/// a:Address and a:ReferenceParameters of it.
void appendConfigReference(std::string &out, const ConfigNode &item, std::string_view path,
                           const std::vector<std::string> &keys);
