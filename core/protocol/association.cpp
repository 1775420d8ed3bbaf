#include "protocol/association.h"

#include "protocol/envelopewriter.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

using namespace Qt::StringLiterals;

namespace {

QByteArray optional(const char *name, const QString &text)
{
    return text.isEmpty() ? QByteArray() : xmlElement(name, text);
}

} // namespace

Filter toFilter(const AssociationFilter &association, const QString &address)
{
    const bool associators = association.find == AssociationFilter::Find::Associators;
    const EndpointReference object{.address = address, .resource = association.object};
    QByteArray xml = "<b:Object>" + referenceFieldsXml(object) + "</b:Object>";
    if (associators)
        xml += optional("b:AssociationClassName", association.associationClass);
    xml += optional("b:Role", association.role);
    xml += optional("b:ResultClassName", association.resultClass);
    if (associators)
        xml += optional("b:ResultRole", association.resultRole);
    for (const QString &property : association.includeProperties)
        xml += xmlElement("b:IncludeResultProperty", property);
    const QByteArray tag = associators ? "b:AssociatedInstances" : "b:AssociationInstances";
    return {.text = QString::fromUtf8('<' + tag + '>' + xml + "</" + tag + '>'),
            .dialect = toText(uri::associationFilter)};
}

ResourceLocator associationResource(const ResourceLocator &object)
{
    if (object.uri.startsWith(toText(uri::wmi) + u'/'))
        return wmiClass(object.cimNamespace(), u"*"_s);
    ResourceLocator all{.uri = toText(uri::cimClasses)};
    if (const QString cimNamespace = object.cimNamespace(); !cimNamespace.isEmpty())
        all.setSelector(u"__cimnamespace"_s, cimNamespace);
    return all;
}

EnumerateParameters associationQuestion(const AssociationFilter &association)
{
    return {.resource = associationResource(association.object), .filter = toFilter(association)};
}
