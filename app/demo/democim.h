#pragma once

#include "demo/demodata.h"
#include "demo/enumerations.h"
#include "demo/soaprequest.h"

/// Everything the WMI plug-in of a Windows host answers: instances in the WMI and the DMTF form of
/// their URI, queries, and class metadata.
class DemoCim
{
public:
    DemoCim(std::int64_t items, std::uint32_t seed);

    static bool owns(std::string_view resourceUri);
    /// The body of a GetResponse. Throws SoapFault.
    std::string get(const SoapRequest &request) const;
    /// `mode` empty, "EnumerateEPR" or "EnumerateObjectAndEPR"; `filter` the w:Filter element or
    /// null. Throws SoapFault.
    std::unique_ptr<ItemSource> enumerate(const SoapRequest &request, std::string_view mode,
                                          Node filter) const;

    const DemoSchema &schema() const { return m_schema; }

private:
    struct Target
    {
        UriStyle style;
        const DemoClass *cls = nullptr; ///< null: every class ("*")
    };
    Target target(const SoapRequest &request) const;
    std::string getClass(const SoapRequest &request) const;
    std::unique_ptr<ItemSource> enumerateClasses(const SoapRequest &request,
                                                 std::string_view mode) const;
    std::unique_ptr<ItemSource> query(const SoapRequest &request, const Target &target,
                                      std::string_view mode, Node filter) const;
    std::string metadataNamespace(const SoapRequest &request) const;

    DemoSchema m_schema;
    DemoData m_data;
};
