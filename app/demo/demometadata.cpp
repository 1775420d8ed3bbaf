#include "demo/democim.h"

#include "demo/soapfault.h"
#include "demo/soapwriter.h"

#include <algorithm>

namespace {

struct QualifierWriter
{
    std::string &out;
    bool wanted = false;
    bool propagated = false;

    void open(std::string_view name, std::string_view type, std::string_view flavor)
    {
        out.append("<QUALIFIER NAME=\"").append(name).append("\" TYPE=\"").append(type);
        out.append("\"");
        if (propagated)
            out += " PROPAGATED=\"true\"";
        out.append(flavor).append(">");
    }
    void boolean(std::string_view name, bool value, std::string_view flavor = {})
    {
        if (!wanted || !value)
            return;
        open(name, "boolean", flavor);
        out += "<VALUE>TRUE</VALUE></QUALIFIER>";
    }
    void text(std::string_view name, std::string_view value, std::string_view type = "string",
              std::string_view flavor = {})
    {
        if (!wanted || value.empty())
            return;
        open(name, type, flavor);
        appendLeaf(out, "VALUE", value);
        out += "</QUALIFIER>";
    }
    void list(std::string_view name, const std::vector<std::pair<std::string, std::string>> &values,
              bool second)
    {
        if (!wanted || values.empty())
            return;
        open(name, "string", second ? " TRANSLATABLE=\"true\"" : "");
        out += "<VALUE.ARRAY>";
        for (const auto &[value, text] : values)
            appendLeaf(out, "VALUE", second ? text : value);
        out += "</VALUE.ARRAY></QUALIFIER>";
    }
};

constexpr std::string_view translatable = " TRANSLATABLE=\"true\"";
constexpr std::string_view notOverridable = " OVERRIDABLE=\"false\"";

void appendPropertyQualifiers(std::string &out, const DemoProperty &property, bool wanted,
                              bool propagated)
{
    QualifierWriter write{out, wanted, propagated};
    write.text("CIMTYPE",
               property.references.empty()
                   ? (property.embedded.empty() ? property.type : "object:" + property.embedded)
                   : "ref:" + property.references);
    write.text("Description", property.description, "string", translatable);
    write.text("EmbeddedInstance", property.embedded);
    write.boolean("key", property.key, notOverridable);
    if (property.maxLength)
        write.text("MaxLen", std::to_string(property.maxLength), "uint32");
    write.boolean("read", true);
    write.text("Units", property.units, "string", translatable);
    write.list("ValueMap", property.values, false);
    write.list("Values", property.values, true);
    write.boolean("write", property.write);
}

void appendOrigin(std::string &out, const DemoClass &origin, bool propagated, bool wanted)
{
    if (wanted)
        out.append(" CLASSORIGIN=\"").append(origin.name).append("\"");
    if (propagated)
        out += " PROPAGATED=\"true\"";
}

void appendProperty(std::string &out, const DemoClass &cls, const DemoProperty &property,
                    const ClassOptions &options)
{
    const bool propagated = property.origin != &cls;
    std::string element = property.array ? "PROPERTY.ARRAY" : "PROPERTY";
    if (!property.references.empty())
        element = "PROPERTY.REFERENCE";
    out.append("<").append(element).append(" NAME=\"").append(property.name).append("\"");
    if (property.references.empty())
        out.append(" TYPE=\"").append(property.type).append("\"");
    else
        out.append(" REFERENCECLASS=\"").append(property.references).append("\"");
    appendOrigin(out, *property.origin, propagated, options.classOrigin);
    out += ">";
    appendPropertyQualifiers(out, property, options.qualifiers, propagated);
    out.append("</").append(element).append(">");
}

void appendParameter(std::string &out, const DemoProperty &parameter, int id,
                     const ClassOptions &options)
{
    std::string element = parameter.array ? "PARAMETER.ARRAY" : "PARAMETER";
    if (!parameter.references.empty())
        element = parameter.array ? "PARAMETER.REFARRAY" : "PARAMETER.REFERENCE";
    out.append("<").append(element).append(" NAME=\"").append(parameter.name).append("\"");
    if (parameter.references.empty())
        out.append(" TYPE=\"").append(parameter.type).append("\"");
    else
        out.append(" REFERENCECLASS=\"").append(parameter.references).append("\"");
    out += ">";
    QualifierWriter write{out, options.qualifiers};
    write.text("Description", parameter.description, "string", translatable);
    write.text("EmbeddedInstance", parameter.embedded);
    write.text("ID", std::to_string(id), "sint32", notOverridable);
    write.boolean("In", parameter.in);
    write.boolean("Out", parameter.out);
    write.list("ValueMap", parameter.values, false);
    write.list("Values", parameter.values, true);
    out.append("</").append(element).append(">");
}

void appendMethod(std::string &out, const DemoClass &cls, const DemoMethod &method,
                  const ClassOptions &options)
{
    const bool propagated = method.origin != &cls;
    out.append("<METHOD NAME=\"").append(method.name).append("\"");
    if (!method.type.empty())
        out.append(" TYPE=\"").append(method.type).append("\"");
    appendOrigin(out, *method.origin, propagated, options.classOrigin);
    out += ">";
    QualifierWriter write{out, options.qualifiers, propagated};
    write.text("Description", method.description, "string", translatable);
    write.boolean("Implemented", true);
    write.boolean("static", method.isStatic, notOverridable);
    write.list("ValueMap", method.values, false);
    write.list("Values", method.values, true);
    int id = 0;
    for (const DemoProperty &parameter : method.parameters)
        appendParameter(out, parameter, id++, options);
    out += "</METHOD>";
}

/// The classes of a namespace, one CLASS element at a time.
class ClassItems final : public ItemSource
{
public:
    ClassItems(std::vector<const DemoClass *> classes, const ClassOptions &options)
        : m_classes(std::move(classes))
        , m_options(options)
    { }
    bool next(std::string &out) override
    {
        if (m_next == m_classes.size())
            return false;
        appendClass(out, *m_classes[m_next++], m_options);
        return true;
    }

private:
    std::vector<const DemoClass *> m_classes;
    ClassOptions m_options;
    std::size_t m_next = 0;
};

ClassOptions readOptions(const SoapRequest &request)
{
    ClassOptions options;
    options.derivation = request.option("IncludeInheritanceHierarchy", false);
    options.inherited = request.option("IncludeInheritedElements", false);
    options.qualifiers = request.option("IncludeQualifiers", false);
    options.classOrigin = request.option("IncludeClassOrigin", false);
    return options;
}

void checkSelectors(const SoapRequest &request)
{
    for (const SoapSelector &selector : request.selectors) {
        if (!equalIgnoringCase(selector.name, "ClassName"))
            throw SoapFault::fromWmi(code::unexpectedSelectors,
                                     "Class metadata is selected by __cimnamespace and "
                                     "ClassName only.");
    }
}

SoapFault noClass(std::string_view name)
{
    return SoapFault::wmiError(code::wmiInvalidClass, 5,
                               "There is no class " + std::string(name) + " in this namespace.");
}

} // namespace

void appendClass(std::string &out, const DemoClass &cls, const ClassOptions &options)
{
    out.append("<CLASS NAME=\"").append(cls.name).append("\"");
    if (cls.super)
        out.append(" SUPERCLASS=\"").append(cls.superName).append("\"");
    if (options.derivation && cls.super) {
        out += " DERIVATION=\"";
        for (const DemoClass *from = cls.super; from; from = from->super)
            out.append(from->name).append(from->super ? "," : "\"");
    }
    out += ">";
    QualifierWriter write{out, options.qualifiers};
    write.boolean("Abstract", cls.abstract, " TOSUBCLASS=\"false\"");
    write.boolean("Association", cls.association, notOverridable);
    write.text("Description", cls.description, "string", translatable);
    write.boolean("dynamic", cls.dynamic);
    write.text("provider", cls.dynamic ? "ExampleProvider" : "");
    write.boolean("Singleton", cls.singleton, notOverridable);
    for (const DemoProperty *property : cls.all) {
        if (options.inherited || property->origin == &cls)
            appendProperty(out, cls, *property, options);
    }
    for (const DemoMethod *method : cls.allMethods) {
        if (options.inherited || method->origin == &cls)
            appendMethod(out, cls, *method, options);
    }
    out += "</CLASS>";
}

std::string DemoCim::metadataNamespace(const SoapRequest &request) const
{
    checkSelectors(request);
    const std::string_view asked = request.cimNamespace.empty() ? std::string_view("root/cimv2")
                                                                : request.cimNamespace;
    std::string ns = m_schema.namespaceNamed(asked);
    if (ns.empty())
        throw SoapFault::wmiError(code::wmiInvalidNamespace, 3,
                                  "There is no namespace " + std::string(asked) + ".");
    return ns;
}

std::string DemoCim::getClass(const SoapRequest &request) const
{
    const std::string ns = metadataNamespace(request);
    const SoapSelector *name = request.selector("ClassName");
    if (!name || name->value.empty())
        throw SoapFault::fromWmi(code::insufficientSelectors,
                                 "A class is got by the selector ClassName.");
    const DemoClass *cls = m_schema.find(ns, name->value);
    if (!cls)
        throw noClass(name->value);
    std::string out;
    appendClass(out, *cls, readOptions(request));
    return out;
}

std::unique_ptr<ItemSource> DemoCim::enumerateClasses(const SoapRequest &request,
                                                      std::string_view mode) const
{
    if (!mode.empty())
        throw SoapFault::fromWmi(code::modeUnsupported, {});
    const std::string ns = metadataNamespace(request);
    const SoapSelector *name = request.selector("ClassName");
    const DemoClass *parent = nullptr;
    if (name && !name->value.empty()) {
        parent = m_schema.find(ns, name->value);
        if (!parent)
            throw noClass(name->value);
    }
    const bool deep = request.option("IncludeSubClasses", !name || name->value.empty());
    std::vector<const DemoClass *> classes;
    for (const DemoClass *cls : m_schema.classesOf(ns)) {
        const bool below = !parent || (cls != parent && cls->isA(*parent));
        const bool direct = cls->super == parent;
        if (deep ? below : direct)
            classes.push_back(cls);
    }
    return std::make_unique<ClassItems>(std::move(classes), readOptions(request));
}
