#pragma once

#include "demo/enumerations.h"
#include "demo/soaprequest.h"

#include <memory>
#include <string>
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

/// winrm/config of the demo host: the tree itself, listeners, certificate mappings and plug-ins,
/// read from :/demo/config. Shapes and values as resources.md 2 tells them of Windows Server 2016
/// and later.
class DemoConfig
{
public:
    /// `plain`: the host is reached without TLS, so AllowUnencrypted is true.
    explicit DemoConfig(bool plain);
    /// The listener that this host is reached through tells its real port.
    void setPort(std::uint16_t port);

    /// True for `.../wbem/wsman/1/config` and what stands below it.
    static bool owns(std::string_view resourceUri);
    /// The body of a GetResponse. Throws SoapFault.
    std::string get(const SoapRequest &request) const;
    /// Throws SoapFault when the resource cannot be enumerated or not in this mode.
    std::unique_ptr<ItemSource> enumerate(const SoapRequest &request, std::string_view mode) const;

    std::uint32_t number(std::string_view path, std::uint32_t otherwise) const; ///< "Service/X"
    ConfigNode *find(std::string_view path);
    const ConfigNode *find(std::string_view path) const;

private:
    struct List
    {
        std::string path;              ///< below .../config/
        std::vector<std::string> keys; ///< elements, or attributes of a plug-in
        bool endpoints = false;        ///< all three EnumerationModes
        std::vector<ConfigNode> items;
    };
    const List *list(std::string_view path) const;
    const ConfigNode &select(const List &list, const SoapRequest &request) const;

    bool m_plain;
    ConfigNode m_root;
    std::vector<List> m_lists;
};
