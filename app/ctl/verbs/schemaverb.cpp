#include "ctl/verbs/schemaverb.h"

#include "ctl/resourceargument.h"
#include "document/documentbuilder.h"
#include "inventory/inventory.h"
#include "protocol/namespaces.h"

using namespace Qt::StringLiterals;

namespace {

void leaf(DocumentBuilder &document, std::string_view name, const QString &value)
{
    if (!value.isEmpty())
        document.leaf({}, name, value.toStdString());
}

QString typeText(CimType type, bool array, const QString &referenceClass)
{
    const QString name = referenceClass.isEmpty() ? cimTypeName(type) : u"ref "_s + referenceClass;
    return array ? name + u"[]"_s : name;
}

bool has(const CimProperty &property, QStringView name)
{
    const CimQualifier *qualifier = property.qualifier(name);
    return qualifier && qualifier->values.value(0).compare("true"_L1, Qt::CaseInsensitive) == 0;
}

void addValues(DocumentBuilder &document, const CimProperty &property)
{
    const CimQualifier *map = property.qualifier(u"ValueMap");
    const CimQualifier *names = property.qualifier(u"Values");
    const QStringList keys = map ? map->values : QStringList();
    const QStringList texts = names ? names->values : QStringList();
    for (qsizetype i = 0; i < std::max(keys.size(), texts.size()); ++i) {
        const QString key = map ? keys.value(i) : QString::number(i);
        document.leaf(
            {}, "Value",
            (texts.value(i).isEmpty() ? key : key + u": "_s + texts.value(i)).toStdString());
    }
}

void addProperty(DocumentBuilder &document, std::string_view element, const CimProperty &property)
{
    document.startElement({}, element);
    leaf(document, "Name", property.name);
    leaf(document, "Type", typeText(property.type, property.array, property.referenceClass));
    if (property.isKey())
        document.leaf({}, "Key", "true");
    if (property.isWritable())
        document.leaf({}, "Write", "true");
    if (has(property, u"In") || has(property, u"Out")) {
        leaf(document, "Direction",
             has(property, u"In") ? (has(property, u"Out") ? u"in, out"_s : u"in"_s) : u"out"_s);
    }
    leaf(document, "Units", property.units());
    leaf(document, "EmbeddedClass", property.embeddedClass());
    leaf(document, "ClassOrigin", property.classOrigin);
    if (property.defaultValue)
        document.leaf({}, "Default", property.defaultValue->toStdString());
    addValues(document, property);
    leaf(document, "Description", property.description());
    document.endElement();
}

void addMethod(DocumentBuilder &document, const CimMethod &method)
{
    document.startElement({}, "Method");
    leaf(document, "Name", method.name);
    leaf(document, "ReturnType", cimTypeName(method.returnType));
    if (method.isStatic())
        document.leaf({}, "Static", "true");
    leaf(document, "ClassOrigin", method.classOrigin);
    leaf(document, "Description", method.description());
    for (const CimProperty &parameter : method.parameters)
        addProperty(document, "Parameter", parameter);
    document.endElement();
}

} // namespace

DocumentPtr schemaDocument(const CimClass &schema)
{
    DocumentBuilder document;
    document.startElement({}, "Class");
    leaf(document, "Name", schema.name);
    leaf(document, "SuperClass", schema.superClass);
    for (const QString &parent : schema.derivation)
        leaf(document, "Derivation", parent);
    leaf(document, "Description", schema.description());
    for (const CimProperty &property : schema.properties)
        addProperty(document, "Property", property);
    for (const CimMethod &method : schema.methods)
        addMethod(document, method);
    document.endElement();
    return document.finish();
}

Done SchemaVerb::prepare()
{
    // A bare name is that of a class, and the host decides how it is asked for.
    const QString word = arguments().words.value(0);
    m_byName = !word.contains(u'/') && !word.contains(u':');
    Arguments asClass = arguments();
    if (m_byName && asClass.cimNamespace.isEmpty() && !Inventory::standard().locate(word))
        asClass.cimNamespace = u"root/cimv2"_s;
    const auto resource = resourceArgument(asClass);
    if (!resource)
        return resource.error();
    m_resource = *resource;
    const bool isConfiguration = m_resource.cimNamespace().isEmpty()
        && m_resource.uri.startsWith(QLatin1StringView(uri::wsman1));
    if (isConfiguration || m_resource.className().isEmpty() || m_resource.className() == "*"_L1) {
        return Error::of(Error::Kind::Local, Cause::LocalUsage,
                         u"schema takes a class, for instance wmicimv2/Win32_Service"_s);
    }
    return {};
}

/// The host itself may not have described the class.
void SchemaVerb::saySource(SchemaOperation::Source source)
{
    if (source == SchemaOperation::Source::Metadata)
        return;
    sayCatalogueProblems();
    const QString found = source == SchemaOperation::Source::Catalogue
        ? u"this is what is known of %1"_s.arg(catalogueOf(session()).title)
        : source == SchemaOperation::Source::Instance
        ? u"this is what one instance shows; there may be more properties, and methods"_s
        : u"this is what WMI and one instance show; there may be methods"_s;
    note(u"winrmctl: note: the host does not describe its classes: "_s + found);
}

void SchemaVerb::ask()
{
    constexpr auto fallback = SchemaOperation::Fallback::Instances;
    auto *operation = m_byName ? new SchemaOperation(&session(), m_resource.cimNamespace(),
                                                     m_resource.className(), fallback)
                               : new SchemaOperation(&session(), m_resource, fallback);
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        if (outcome.error) {
            endWith(outcome.error);
            return;
        }
        saySource(operation->source());
        const Node described = operation->document()->root().descendant("CLASS");
        if (arguments().isRaw() && operation->rawReply().isEmpty()) {
            endWith(Error::of(Error::Kind::Local, Cause::LocalUsage,
                              u"no reply of the host describes the class; -f xml has what is "
                              "known of it"_s));
            return;
        }
        if (arguments().exportFormat() == ExportFormat::Xml || arguments().isRaw()) {
            writeDocument(described, operation->rawReply());
            return;
        }
        const DocumentPtr document = schemaDocument(operation->schema());
        writeDocument(document->root(), {});
    });
    operation->start();
}
