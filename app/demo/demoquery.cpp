#include "demo/demoassociations.h"
#include "demo/democim.h"
#include "demo/demoitemsource.h"
#include "demo/soapfault.h"
#include "demo/soapwriter.h"
#include "demo/wql.h"
#include "protocol/namespaces.h"

#include <algorithm>

namespace {

/// What a condition on meta_class is held against: facts of a class, under the names WMI gives
/// them.
bool holdsForClass(const WqlCondition &condition, const DemoClass &cls)
{
    using Kind = WqlCondition::Kind;
    const auto part = [&cls](const WqlCondition &inner) { return holdsForClass(inner, cls); };
    if (condition.kind == Kind::And)
        return std::all_of(condition.parts.begin(), condition.parts.end(), part);
    if (condition.kind == Kind::Or)
        return std::any_of(condition.parts.begin(), condition.parts.end(), part);
    if (condition.kind == Kind::Not)
        return !holdsForClass(condition.parts.front(), cls);
    if (condition.kind == Kind::IsA) {
        for (const DemoClass *from = &cls; from; from = from->super) {
            if (equalIgnoringCase(from->name, condition.literal.text))
                return equalIgnoringCase(condition.property, "__This");
        }
        return false;
    }
    std::string value = cls.name;
    if (equalIgnoringCase(condition.property, "__SuperClass")) {
        value = cls.superName;
    } else if (equalIgnoringCase(condition.property, "__Dynasty")) {
        const DemoClass *root = &cls;
        while (root->super)
            root = root->super;
        value = root->name;
    } else if (!equalIgnoringCase(condition.property, "__Class")) {
        throw wqlFault("meta_class has no property " + condition.property + ".");
    }
    if (condition.kind == Kind::IsNull)
        return value.empty();
    if (value.empty())
        return false;
    if (condition.kind == Kind::Like)
        return wqlLike(value, condition.literal.text);
    const bool same = equalIgnoringCase(value, condition.literal.text);
    if (condition.op == WqlCondition::Operator::Equal)
        return same;
    if (condition.op == WqlCondition::Operator::NotEqual)
        return !same;
    throw wqlFault("Class names can be compared by =, <> and LIKE.");
}

/// `select * from meta_class`: an element for each class, its properties nil.
class MetaClassItems final : public ItemSource
{
public:
    MetaClassItems(std::vector<const DemoClass *> classes, UriStyle style)
        : m_classes(std::move(classes))
        , m_style(std::move(style))
    { }
    bool next(std::string &out) override
    {
        if (m_next == m_classes.size())
            return false;
        DemoObject object;
        object.reset(*m_classes[m_next++]);
        appendInstance(out, object, m_style);
        return true;
    }

private:
    std::vector<const DemoClass *> m_classes;
    UriStyle m_style;
    std::size_t m_next = 0;
};

/// What an association query found: instances of any class.
class FoundItems final : public ItemSource
{
public:
    FoundItems(std::vector<DemoObject> objects, UriStyle style, std::string_view mode,
               std::vector<std::string> projection)
        : m_objects(std::move(objects))
        , m_style(std::move(style))
        , m_mode(DemoItemSource::modeNamed(mode))
        , m_projection(std::move(projection))
    { }
    bool next(std::string &out) override
    {
        using Mode = DemoItemSource::Mode;
        if (m_next == m_objects.size())
            return false;
        DemoObject &object = m_objects[m_next++];
        if (!m_projection.empty()) {
            appendFragment(out, object, projected(*object.cls), m_style);
            return true;
        }
        if (m_mode == Mode::ObjectAndReference)
            out += "<w:Item>";
        if (m_mode != Mode::Reference)
            appendInstance(out, object, m_style);
        if (m_mode != Mode::Object)
            appendEndpoint(out, object, m_style);
        if (m_mode == Mode::ObjectAndReference)
            out += "</w:Item>";
        return true;
    }

private:
    std::vector<int> projected(const DemoClass &cls) const
    {
        std::vector<int> places;
        for (const std::string &name : m_projection) {
            if (const int index = cls.indexOf(name); index >= 0)
                places.push_back(index);
        }
        std::sort(places.begin(), places.end());
        return places;
    }

    std::vector<DemoObject> m_objects;
    UriStyle m_style;
    DemoItemSource::Mode m_mode;
    std::vector<std::string> m_projection;
    std::size_t m_next = 0;
};

struct SelectorTest
{
    std::string name;
    std::string value;
};

std::vector<SelectorTest> readSelectorFilter(Node filter, const DemoClass &cls)
{
    const Node set = filter.child(ns::wsman, "SelectorSet");
    if (!set || !set.firstChild())
        throw wqlFault("A selector filter holds a SelectorSet with at least one Selector.");
    std::vector<SelectorTest> tests;
    for (Node child : set.children()) {
        const std::string name(child.attribute("Name").value_or(""));
        const int index = cls.indexOf(name);
        if (!child.name().is(ns::wsman, "Selector") || index < 0)
            throw wqlFault("The class " + cls.name + " has no property " + name + ".");
        const DemoProperty &property = *cls.all[std::size_t(index)];
        if (property.array || property.isDateTime() || !property.references.empty()
            || !property.embedded.empty())
            throw wqlFault("The property " + property.name + " cannot be selected by.");
        if (child.text().find_first_of("'\"") != std::string_view::npos)
            throw wqlFault("A selector of a filter cannot hold quotes.");
        for (const SelectorTest &other : tests) {
            if (equalIgnoringCase(other.name, name))
                throw wqlFault("The selector " + name + " stands twice.");
        }
        tests.push_back({name, std::string(child.text())});
    }
    return tests;
}

bool passes(const std::vector<SelectorTest> &tests, const DemoObject &object)
{
    return std::all_of(tests.begin(), tests.end(), [&object](const SelectorTest &test) {
        const DemoValue *value = object.value(test.name);
        return value && value->kind == DemoValue::Kind::Text
            && equalIgnoringCase(value->text, test.value);
    });
}

} // namespace

/// Refuses a dialect as the server would.
void DemoCim::checkDialect(std::string_view dialect, const Target &target) const
{
    if (!m_as.knows(dialect)) {
        // openwsman knows XPath by name and does nothing with it.
        const bool named = dialect == uri::xpath && m_as.faults == Personality::Fault::Wsman;
        SoapFault fault = SoapFault::fromWmi(
            named ? code::cannotProcessFilter : code::dialectUnavailable, {});
        if (named)
            fault.detail = "NotSupported";
        throw fault;
    }
    if (target.cls && dialect != uri::selectorFilter && !m_as.queriesOfClasses
        && !equalIgnoringCase(dialect, uri::associationFilter))
        throw SoapFault::fromWmi(code::wqlResource, {});
    if (target.cls && m_as.isWindows() && equalIgnoringCase(dialect, uri::associationFilter))
        throw SoapFault::fromWmi(code::wqlResource, {});
}

std::unique_ptr<ItemSource> DemoCim::query(const SoapRequest &request, const Target &target,
                                           std::string_view mode, Node filter) const
{
    const std::string_view dialect = filter.attribute("Dialect").value_or(uri::xpath);
    if (!request.selectors.empty())
        throw SoapFault::fromWmi(code::enumerateKeys, {});
    checkDialect(dialect, target);
    if (dialect == uri::selectorFilter) {
        if (!target.cls)
            throw wqlFault("A selector filter needs the URI of a class.");
        auto source = std::make_unique<DemoItemSource>(m_data.sources(target.style.ns, *target.cls),
                                                       target.style,
                                                       DemoItemSource::modeNamed(mode));
        if (!m_as.ignoresSelectorFilter)
            source->setTest([tests = readSelectorFilter(filter, *target.cls)](
                                const DemoObject &object) { return passes(tests, object); });
        return source;
    }
    const auto answer = [&](AssociationQuery asked) -> std::unique_ptr<ItemSource> {
        return std::make_unique<FoundItems>(associated(asked, m_schema, m_data, target.style.ns),
                                            target.style, mode, std::move(asked.properties));
    };
    if (equalIgnoringCase(dialect, uri::associationFilter))
        return answer(readAssociationFilter(filter));
    if (auto asked = parseAssociationWql(filter.text()))
        return answer(std::move(*asked));
    const WqlQuery parsed = parseWql(filter.text());
    if (m_as.isWindows() && equalIgnoringCase(parsed.className, "meta_class")) {
        std::vector<const DemoClass *> classes = m_schema.classesOf(target.style.ns);
        if (parsed.where)
            std::erase_if(classes, [&parsed](const DemoClass *cls) {
                return !holdsForClass(*parsed.where, *cls);
            });
        return std::make_unique<MetaClassItems>(std::move(classes), target.style);
    }
    const DemoClass *cls = m_schema.find(target.style.ns, parsed.className);
    if (!cls)
        throw wqlFault("There is no class " + parsed.className + " in the namespace "
                       + target.style.ns + ".");
    std::vector<std::string> projection;
    for (const std::string &name : parsed.properties) {
        if (name.starts_with("__"))
            continue; // system properties are not part of an instance's XML
        if (cls->indexOf(name) < 0)
            throw wqlFault("The class " + cls->name + " has no property " + name + ".");
        projection.push_back(name);
    }
    if (parsed.where)
        checkCondition(*parsed.where, *cls);
    if (!projection.empty() && !mode.empty() && m_as.isWindows())
        throw SoapFault::fromWmi(code::modeUnsupported, {});
    auto source = std::make_unique<DemoItemSource>(m_data.sources(target.style.ns, *cls),
                                                   target.style, DemoItemSource::modeNamed(mode));
    source->setProjection(std::move(projection));
    if (parsed.where)
        source->setTest(
            [where = parsed.where](const DemoObject &object) { return holds(*where, object); });
    return source;
}
