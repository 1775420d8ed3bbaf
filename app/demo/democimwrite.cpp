#include "demo/democim.h"
#include "demo/demoread.h"
#include "demo/soapfault.h"
#include "protocol/namespaces.h"

#include <algorithm>
#include <charconv>

namespace {

constexpr std::string_view modifiedList = "wmiarray:__MIInstanceModifiedPropertiesList";

SoapFault notCapable(const std::string &what)
{
    return SoapFault::fromWmi(code::providerNotCapable, what, code::wmiNotCapable);
}

void checkBody(Node body, const DemoClass &cls, const SoapRequest &request)
{
    if (body.localName() != cls.name)
        throw SoapFault::fromWmi(code::invalidRepresentation,
                                 "The root element is " + std::string(body.localName()) + ", not "
                                     + cls.name + ".");
    const std::string_view ns = body.namespaceUri();
    if (!equalIgnoringCase(ns, request.resourceUri))
        throw SoapFault::fromWmi(code::invalidXmlNamespace, {});
}

/// `Name`, `Name[2]`, `Name/text()`, with the class in front if wanted.
struct FragmentPath
{
    int property = -1;
    std::size_t item = 0; ///< from 1; 0: the whole property
    bool text = false;
};

FragmentPath readPath(std::string_view path, const DemoClass &cls)
{
    FragmentPath read;
    const std::string whole(path);
    if (path.empty())
        throw SoapFault::fromWmi(code::fragmentPathBlank, {});
    if (path.starts_with(cls.name + "/"))
        path.remove_prefix(cls.name.size() + 1);
    if (path.ends_with("/text()")) {
        read.text = true;
        path.remove_suffix(7);
    }
    if (path.ends_with(']')) {
        const std::size_t open = path.find('[');
        const std::string_view digits = path.substr(open + 1, path.size() - open - 2);
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(),
                                                   read.item);
        if (open == std::string_view::npos || error != std::errc()
            || stop != digits.data() + digits.size() || read.item == 0)
            throw SoapFault::fromWmi(code::fragmentPath, whole + " is no path.");
        path = path.substr(0, open);
    }
    read.property = cls.indexOf(path);
    if (read.property < 0 || cls.all[std::size_t(read.property)]->name != path)
        throw SoapFault::fromWmi(code::fragmentPath,
                                 cls.name + " has nothing at the path " + whole + ".");
    return read;
}

/// Nothing but writable properties may get another value.
void checkChanges(const DemoObject &old, const DemoObject &changed, const std::vector<int> &places,
                  bool strictly)
{
    for (int slot : places) {
        const DemoProperty &property = *old.cls->all[std::size_t(slot)];
        const bool same = sameValue(old.values[std::size_t(slot)],
                                    changed.values[std::size_t(slot)]);
        if (same && (!strictly || property.key))
            continue;
        if (property.key)
            throw SoapFault::fromWmi(code::cannotChangeKeys,
                                     property.name + " is a key of " + old.cls->name + ".");
        if (!property.write)
            throw SoapFault::fromWmi(code::providerNotCapable,
                                     property.name + " of " + old.cls->name + " is read-only.",
                                     code::wmiReadOnly);
    }
}

bool sameKey(const DemoValue &a, const DemoValue &b)
{
    return a.kind == DemoValue::Kind::Text ? equalIgnoringCase(a.text, b.text) : sameValue(a, b);
}

/// What the body left out becomes null, keys excepted.
void forgetOthers(DemoObject &object, const std::vector<int> &named)
{
    for (std::size_t i = 0; i < object.values.size(); ++i) {
        if (!object.cls->all[i]->key
            && std::find(named.begin(), named.end(), int(i)) == named.end())
            object.values[i] = DemoValue();
    }
}

} // namespace

std::string DemoCim::getFragment(const SoapRequest &request, const DemoObject &object,
                                 const UriStyle &style) const
{
    const FragmentPath path = readPath(*request.fragmentPath, *object.cls);
    return writeFragment(object, path.property, path.item, path.text, style);
}

std::string DemoCim::writeFragment(const DemoObject &object, int property, std::size_t item,
                                   bool text, const UriStyle &style)
{
    DemoValue value = object.values[std::size_t(property)];
    if (item > 0 && value.kind == DemoValue::Kind::Array) {
        if (item > value.items.size())
            throw SoapFault::fromWmi(code::fragmentPath, "The array has fewer items.");
        value = DemoValue(value.items[item - 1]);
    } else if (item > 1) {
        throw SoapFault::fromWmi(code::fragmentPath, "There is only one value.");
    }
    std::string out;
    appendPathFragment(out, *object.cls, property, value, text, style);
    return out;
}

std::string DemoCim::put(const SoapRequest &request)
{
    const Target to = target(request);
    if (!to.cls || request.resourceUri == uri::classMetadata)
        throw SoapFault::of(code::actionNotSupported);
    Found found = locate(request, to);
    const DemoClass &cls = *found.object.cls;
    const bool anyWritable = std::any_of(cls.all.begin(), cls.all.end(),
                                         [](const auto *p) { return p->write; });
    if (!anyWritable || !found.source->isWritable())
        throw notCapable("Instances of " + cls.name + " cannot be written.");
    DemoObject changed = found.object;
    const DemoReader read{m_schema};
    std::vector<int> named;
    if (request.fragmentPath) {
        const FragmentPath path = readPath(*request.fragmentPath, cls);
        putFragment(request, path.property, path.item, path.text, changed);
        named.push_back(path.property);
    } else {
        checkBody(request.body, *to.cls, request);
        read.properties(request.body, changed, named);
        if (m_as.replacesWhole)
            forgetOthers(changed, named);
    }
    std::vector<int> listed;
    for (const SoapOption &option : request.options) {
        if (!equalIgnoringCase(option.name, modifiedList))
            continue;
        const int index = cls.indexOf(option.value);
        if (index < 0)
            throw SoapFault::fromWmi(code::invalidValues,
                                     cls.name + " has no property " + option.value + ".",
                                     code::wmiInvalidProperty);
        listed.push_back(index);
    }
    if (listed.empty()) {
        checkChanges(found.object, changed, named, false);
    } else {
        // The rest of the body is there for its form: it counts for nothing, keys excepted.
        for (int key : cls.keys)
            checkChanges(found.object, changed, {key}, false);
        for (std::size_t i = 0; i < changed.values.size(); ++i) {
            if (std::find(listed.begin(), listed.end(), int(i)) == listed.end())
                changed.values[i] = found.object.values[i];
        }
        checkChanges(found.object, changed, listed, true);
    }
    found.source->replace(found.index, changed);
    if (request.fragmentPath)
        return getFragment(request, changed, to.style);
    std::string out;
    appendInstance(out, changed, to.style);
    return out;
}

void DemoCim::putFragment(const SoapRequest &request, int property, std::size_t item, bool text,
                          DemoObject &object) const
{
    const DemoProperty &meant = *object.cls->all[std::size_t(property)];
    if (!request.body.name().is(ns::wsman, "XmlFragment"))
        throw SoapFault::fromWmi(code::invalidRepresentation,
                                 "The body of a fragment is a w:XmlFragment.");
    std::vector<Node> elements;
    for (Node child : request.body.children()) {
        if (child.localName() != meant.name)
            throw SoapFault::fromWmi(code::invalidRepresentation,
                                     "The fragment holds something else than its path says.");
        elements.push_back(child);
    }
    if (text || elements.empty())
        elements.assign(1, request.body);
    const DemoReader read{m_schema};
    const DemoValue value = read.value(meant, elements);
    DemoValue &place = object.values[std::size_t(property)];
    if (item == 0 || !meant.array) {
        if (item > 1)
            throw SoapFault::fromWmi(code::fragmentPath, "There is only one value.");
        place = value;
        return;
    }
    if (item > place.items.size() || value.items.size() != 1)
        throw SoapFault::fromWmi(code::fragmentPath, "The array has fewer items.");
    place.items[item - 1] = value.items.front();
}

std::string DemoCim::create(const SoapRequest &request)
{
    const Target to = target(request);
    if (!to.cls || request.resourceUri == uri::classMetadata)
        throw SoapFault::of(code::actionNotSupported);
    if (request.fragmentPath)
        throw SoapFault::of(code::fragmentNotSupported);
    InstanceSource *source = m_data.own(to.style.ns, *to.cls);
    if (!source || !to.cls->creatable)
        throw notCapable("Instances of " + to.cls->name + " cannot be created.");
    checkBody(request.body, *to.cls, request);
    DemoObject made;
    made.reset(*to.cls);
    std::vector<int> named;
    DemoReader{m_schema}.properties(request.body, made, named);
    DemoObject other;
    for (int key : to.cls->keys) {
        if (made.values[std::size_t(key)].kind == DemoValue::Kind::Nil)
            throw SoapFault::fromWmi(code::invalidValues,
                                     "The key " + to.cls->all[std::size_t(key)]->name
                                         + " has no value.",
                                     code::wmiInvalidParameter);
    }
    for (std::int64_t i = 0; i < source->count(); ++i) {
        source->read(i, other);
        const bool same = std::all_of(to.cls->keys.begin(), to.cls->keys.end(), [&](int key) {
            return sameKey(other.values[std::size_t(key)], made.values[std::size_t(key)]);
        });
        if (same)
            throw SoapFault::fromWmi(code::alreadyExists, {}, code::wmiAlreadyExists);
    }
    source->add(made);
    std::string out = "<x:ResourceCreated>";
    appendReference(out, made, to.style);
    return out + "</x:ResourceCreated>";
}

void DemoCim::remove(const SoapRequest &request)
{
    const Target to = target(request);
    if (!to.cls || request.resourceUri == uri::classMetadata)
        throw SoapFault::of(code::actionNotSupported);
    const Found found = locate(request, to);
    if (!found.object.cls->deletable || !found.source->isWritable())
        throw notCapable("Instances of " + found.object.cls->name + " cannot be deleted.");
    const DemoValue *handle = found.object.value("ProcessId");
    if (handle && handle->text.size() < 3 && found.object.cls->name == "Win32_Process")
        throw SoapFault::fromWmi(code::accessDenied, "A process of the system cannot be ended.",
                                 code::wmiAccessDenied);
    found.source->remove(found.index);
}
