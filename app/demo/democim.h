#pragma once

#include "demo/demodata.h"
#include "demo/demomethods.h"
#include "demo/enumerations.h"
#include "demo/soaprequest.h"

/// Everything the WMI plug-in of a Windows host answers: instances in the WMI and the DMTF form of
/// their URI, queries, and class metadata. And what other servers answer, with their URIs, habits
/// and refusals.
class DemoCim
{
public:
    DemoCim(const Personality &as, std::int64_t items, std::uint32_t seed);

    bool owns(std::string_view resourceUri) const;
    /// The body of a GetResponse. Throws SoapFault.
    std::string get(const SoapRequest &request) const;
    /// `mode` empty, "EnumerateEPR" or "EnumerateObjectAndEPR"; `filter` the w:Filter element or
    /// null; `polymorphism` the text of b:PolymorphismMode or empty. Throws SoapFault.
    std::unique_ptr<ItemSource> enumerate(const SoapRequest &request, std::string_view mode,
                                          Node filter, std::string_view polymorphism = {}) const;

    /// The body of a PutResponse: the instance or fragment as it is now. Throws SoapFault.
    std::string put(const SoapRequest &request);
    /// The body of a CreateResponse.
    std::string create(const SoapRequest &request);
    void remove(const SoapRequest &request);
    /// The body of the answer to a method: its OUTPUT element.
    std::string invoke(const SoapRequest &request, std::string_view method);

    const DemoSchema &schema() const { return m_schema; }

private:
    struct Target
    {
        UriStyle style;
        const DemoClass *cls = nullptr; ///< null: every class ("*")
    };
    Target target(const SoapRequest &request) const;
    struct Found
    {
        InstanceSource *source = nullptr;
        std::int64_t index = 0;
        DemoObject object;
    };
    /// The instance that the selectors name. Throws SoapFault.
    Found locate(const SoapRequest &request, const Target &target) const;
    std::string getFragment(const SoapRequest &request, const DemoObject &object,
                            const UriStyle &style) const;
    static std::string writeFragment(const DemoObject &object, int property, std::size_t item,
                                     bool text, const UriStyle &style);
    void putFragment(const SoapRequest &request, int property, std::size_t item, bool text,
                     DemoObject &object) const;
    std::string getClass(const SoapRequest &request) const;
    std::unique_ptr<ItemSource> enumerateClasses(const SoapRequest &request,
                                                 std::string_view mode) const;
    std::unique_ptr<ItemSource> query(const SoapRequest &request, const Target &target,
                                      std::string_view mode, Node filter) const;
    std::string metadataNamespace(const SoapRequest &request) const;

    /// The class part of the URI; nullopt when the server does not know its form.
    std::optional<std::string_view> classPart(std::string_view resourceUri) const;
    void deviceTarget(const SoapRequest &request, Target &target) const;
    void checkDialect(std::string_view dialect, const Target &target) const;

    const Personality &m_as;
    DemoSchema m_schema;
    mutable DemoData m_data;
    DemoMethods m_methods{m_schema, m_data};
};
