#include "demo/democim.h"

#include "demo/demoitemsource.h"
#include "demo/soapfault.h"
#include "demo/stopping.h"
#include "protocol/namespaces.h"

#include <algorithm>

namespace {

constexpr std::string_view defaultNamespace = "root/cimv2";

bool startsWith(std::string_view text, std::string_view head)
{
    return equalIgnoringCase(text.substr(0, head.size()), head);
}

SoapFault noSuchClass(std::string_view name, std::string_view ns)
{
    return SoapFault::fromWmi(code::resourceNotFound,
                              "There is no class " + std::string(name) + " in the namespace "
                                  + std::string(ns) + ".");
}

bool matches(const DemoObject &object, int index, const SoapSelector &selector)
{
    const DemoValue &value = object.values[std::size_t(index)];
    if (value.kind == DemoValue::Kind::Text)
        return equalIgnoringCase(value.text, selector.value);
    if (value.kind != DemoValue::Kind::Reference || !selector.reference)
        return false;
    const DemoObject &wanted = *value.object;
    const Node set = selector.reference.descendant("SelectorSet");
    for (int key : wanted.cls->keys) {
        bool same = false;
        for (Node part : set.children()) {
            const DemoProperty &property = *wanted.cls->all[std::size_t(key)];
            if (equalIgnoringCase(part.attribute("Name").value_or(""), property.name))
                same = equalIgnoringCase(part.text(), wanted.values[std::size_t(key)].text);
        }
        if (!same)
            return false;
    }
    return true;
}

/// The selectors as indexes into the class's properties. Each key once, nothing else.
std::vector<int> keySlots(const DemoClass &cls, const SoapRequest &request)
{
    std::vector<int> places;
    for (const SoapSelector &selector : request.selectors) {
        const int index = cls.indexOf(selector.name);
        if (std::find(cls.keys.begin(), cls.keys.end(), index) == cls.keys.end())
            throw SoapFault::fromWmi(code::unexpectedSelectors,
                                     selector.name + " is not a key of " + cls.name + ".");
        places.push_back(index);
    }
    if (places.size() != cls.keys.size())
        throw SoapFault::fromWmi(code::insufficientSelectors,
                                 "The request does not name every key of " + cls.name + ".");
    return places;
}

/// The index of the instance, which is in `out` then; -1 without one.
std::int64_t findInstance(const InstanceSource &source, const SoapRequest &request,
                          const std::vector<int> &places, DemoObject &out)
{
    if (places.size() == 1) {
        const std::string &key = source.cls().all[std::size_t(places[0])]->name;
        const std::int64_t index = source.find(key, request.selectors[0].value);
        if (index >= 0)
            source.read(index, out);
        if (index != -2)
            return index;
    }
    for (std::int64_t i = 0; i < source.count(); ++i) {
        throwIfStopping(i);
        source.read(i, out);
        bool same = true;
        for (std::size_t k = 0; same && k < places.size(); ++k)
            same = matches(out, places[k], request.selectors[k]);
        if (same)
            return i;
    }
    return -1;
}

} // namespace

DemoCim::DemoCim(const Personality &as, std::int64_t items, std::uint32_t seed)
    : m_as(as)
    , m_schema(as)
    , m_data(m_schema, as, items, seed)
{ }

std::optional<std::string_view> DemoCim::classPart(std::string_view resourceUri) const
{
    const auto below = [resourceUri](std::string_view base) {
        return startsWith(resourceUri, std::string(base) + "/");
    };
    if (resourceUri == uri::cimClasses)
        return "*";
    for (const ClassUriRow &row : m_as.classUris) {
        if (below(row.base))
            return resourceUri.substr(row.base.size() + 1);
    }
    for (std::string_view base : m_as.bases) {
        if (!below(base))
            continue;
        const std::size_t slash = resourceUri.rfind('/');
        return resourceUri.substr(slash + 1);
    }
    return std::nullopt;
}

void DemoCim::deviceTarget(const SoapRequest &request, Target &target) const
{
    const std::string_view name = classPart(request.resourceUri).value_or("");
    std::string_view space = request.cimNamespace;
    if (space.empty() && startsWith(request.resourceUri, std::string(uri::wmi) + "/")) {
        const std::size_t from = uri::wmi.size() + 1;
        const std::size_t slash = request.resourceUri.rfind('/');
        space = std::string_view(request.resourceUri).substr(from, slash - from);
    }
    if (space.empty())
        space = m_as.defaultNamespace;
    target.style.ns = m_schema.namespaceNamed(space);
    if (target.style.ns.empty())
        throw SoapFault::fromWmi(code::resourceNotFound,
                                 "There is no namespace " + std::string(space) + ".",
                                 code::wmiInvalidNamespace);
    if (name == "*")
        return;
    target.cls = m_schema.find(target.style.ns, name);
    if (!target.cls)
        throw noSuchClass(name, target.style.ns);
}

bool DemoCim::owns(std::string_view resourceUri) const
{
    if (!m_as.isWindows())
        return resourceUri == uri::classMetadata || classPart(resourceUri);
    return startsWith(resourceUri, std::string(uri::wmi) + "/")
        || startsWith(resourceUri, std::string(uri::cimSchema) + "/")
        || resourceUri == uri::cimClasses || resourceUri == uri::classMetadata;
}

DemoCim::Target DemoCim::target(const SoapRequest &request) const
{
    Target target;
    target.style.as = &m_as;
    if (!m_as.isWindows()) {
        deviceTarget(request, target);
        return target;
    }
    target.style.dmtf = !startsWith(request.resourceUri, uri::wmi);
    target.style.preciseArrays = request.option("msftwinrm:UsePreciseArrays", false);
    std::string_view rest = request.resourceUri;
    std::string_view name = "*";
    std::string_view space = request.cimNamespace;
    if (target.style.dmtf) {
        if (request.resourceUri != uri::cimClasses)
            name = rest.substr(uri::cimSchema.size() + 1);
        if (space.empty())
            space = defaultNamespace;
    } else {
        rest.remove_prefix(uri::wmi.size() + 1);
        const std::size_t slash = rest.rfind('/');
        if (slash == std::string_view::npos)
            throw SoapFault::of(code::invalidResourceUri);
        name = rest.substr(slash + 1);
        if (!space.empty() && !equalIgnoringCase(space, rest.substr(0, slash)))
            throw SoapFault::of(code::differentNamespace);
        space = rest.substr(0, slash);
    }
    target.style.ns = m_schema.namespaceNamed(space);
    if (target.style.ns.empty())
        throw SoapFault::fromWmi(code::resourceNotFound,
                                 "There is no namespace " + std::string(space) + ".",
                                 code::wmiInvalidNamespace);
    if (name == "*")
        return target;
    target.cls = m_schema.find(target.style.ns, name);
    if (!target.cls)
        throw noSuchClass(name, target.style.ns);
    return target;
}

std::string DemoCim::get(const SoapRequest &request) const
{
    if (request.resourceUri == uri::classMetadata) {
        if (!m_as.metadataGet)
            throw noSuchClass("*", request.cimNamespace);
        return getClass(request);
    }
    const Target to = target(request);
    if (!to.cls)
        throw SoapFault::of(code::actionNotSupported);
    const Found found = locate(request, to);
    if (request.fragmentPath)
        return getFragment(request, found.object, to.style);
    std::string out;
    appendInstance(out, found.object, to.style);
    return out;
}

DemoCim::Found DemoCim::locate(const SoapRequest &request, const Target &to) const
{
    Found found;
    const auto sources = m_data.writable(to.style.ns, *to.cls);
    if (request.selectors.empty()) {
        if (sources.size() != 1 || sources.front()->count() != 1 || !to.cls->singleton)
            throw SoapFault::fromWmi(code::notSingleton, {});
        found.source = sources.front();
        found.source->read(0, found.object);
        return found;
    }
    const std::vector<int> places = keySlots(*to.cls, request);
    for (InstanceSource *source : sources) {
        // A subclass has the keys of its parent, at places of its own.
        std::vector<int> own;
        for (int slot : places)
            own.push_back(source->cls().indexOf(to.cls->all[std::size_t(slot)]->name));
        found.index = findInstance(*source, request, own, found.object);
        if (found.index >= 0) {
            found.source = source;
            return found;
        }
    }
    throw SoapFault::fromWmi(code::noSuchInstance, {}, code::wmiNotFound);
}

std::unique_ptr<ItemSource> DemoCim::enumerate(const SoapRequest &request, std::string_view mode,
                                               Node filter, std::string_view polymorphism) const
{
    if (request.resourceUri == uri::classMetadata) {
        if (!m_as.metadataEnumerate)
            throw noSuchClass("*", request.cimNamespace);
        return enumerateClasses(request, mode);
    }
    const Target to = target(request);
    if (filter)
        return query(request, to, mode, filter);
    if (!to.cls)
        throw SoapFault::fromWmi(code::cannotProcessFilter,
                                 "Every class of a namespace can only be asked with a filter.");
    if (!request.selectors.empty())
        throw SoapFault::fromWmi(code::enumerateKeys, {});
    std::vector<const InstanceSource *> sources = m_data.sources(to.style.ns, *to.cls);
    if (polymorphism == "None")
        std::erase_if(sources, [&to](const auto *source) { return &source->cls() != to.cls; });
    auto items = std::make_unique<DemoItemSource>(std::move(sources), to.style,
                                                  DemoItemSource::modeNamed(mode));
    if (polymorphism == "ExcludeSubClassProperties") {
        std::vector<std::string> names;
        for (const DemoProperty *property : to.cls->all)
            names.push_back(property->name);
        items->setProjection(std::move(names));
    }
    return items;
}
