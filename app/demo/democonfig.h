#pragma once

#include "demo/confignode.h"
#include "demo/enumerations.h"
#include "demo/soaprequest.h"

#include <memory>
#include <string>
#include <vector>

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

    /// The body of a PutResponse: the resource as it is now. All values are held against Windows'
    /// rules before the first is taken. Throws SoapFault.
    std::string put(const SoapRequest &request);
    /// The body of a CreateResponse: listeners, certificate mappings, plug-ins.
    std::string create(const SoapRequest &request);
    void remove(const SoapRequest &request);
    /// The body of the answer to Restore and to what `winrm quickconfig` asks of config/service.
    std::string invoke(const SoapRequest &request, std::string_view method);

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
    List *list(std::string_view path);
    const ConfigNode &select(const List &list, const SoapRequest &request) const;
    void load();
    std::string analyze(const SoapRequest &request, std::string_view method);
    std::string enable(const SoapRequest &request, std::string_view method);
    ConfigNode &addListener(ConfigNode listener);

    bool m_plain;
    std::uint16_t m_port = 0;
    ConfigNode m_root;
    std::vector<List> m_lists;
};
