#include "protocol/writerequests.h"

#include "protocol/envelopewriter.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

#include <algorithm>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

Request finished(EnvelopeWriter &writer, const Representation &representation,
                 const ResourceLocator &resource)
{
    if (representation.name.isEmpty())
        return writer.finish();
    const bool precise = wantsPreciseArrays(resource);
    writer.body(representationXml(representation, Secrets::Reveal, precise));
    if (carriesSecret(representation))
        writer.shownBody(representationXml(representation, Secrets::Hide, precise));
    return writer.finish();
}

QString methodName(const QString &method)
{
    return method.section(u'/', -1);
}

} // namespace

bool wantsPreciseArrays(const ResourceLocator &resource)
{
    return std::ranges::any_of(resource.options, [](const Option &option) {
        return option.name == u"msftwinrm:UsePreciseArrays"
            && option.value.compare("true"_L1, Qt::CaseInsensitive) == 0;
    });
}

Request writePut(const RequestSettings &settings, const PutParameters &parameters)
{
    ResourceLocator resource = parameters.resource;
    std::vector<Option> options;
    for (const QString &name : parameters.modified)
        options.push_back({.name = u"wmiarray:__MIInstanceModifiedPropertiesList"_s,
                           .value = name,
                           .type = u"xs:string"_s});
    resource.options.insert(resource.options.begin(), options.begin(), options.end());
    EnvelopeWriter writer(settings, resource, action::put);
    return finished(writer, parameters.representation, resource);
}

Request writeCreate(const RequestSettings &settings, const ResourceLocator &resource,
                    const Representation &representation)
{
    EnvelopeWriter writer(settings, resource, action::create);
    return finished(writer, representation, resource);
}

Request writeDelete(const RequestSettings &settings, const ResourceLocator &resource)
{
    return EnvelopeWriter(settings, resource, action::remove).finish();
}

Request writeInvoke(const RequestSettings &settings, const InvokeParameters &parameters)
{
    const bool whole = parameters.method.contains(u"://"_s);
    const QString action = whole ? parameters.method
                                 : parameters.resource.uri + u'/' + parameters.method;
    EnvelopeWriter writer(settings, parameters.resource, viewOf(action.toUtf8()));
    Representation input = parameters.input;
    if (input.name.isEmpty())
        input = emptyInput(parameters.resource, parameters.method);
    return finished(writer, input, parameters.resource);
}

Representation emptyRepresentation(const ResourceLocator &resource)
{
    return {.name = resource.className(), .ns = resource.uri};
}

bool isMethodName(const QString &method)
{
    static const QRegularExpression name(u"^(?:[^\\s<>\"&]+/)?[A-Za-z_][A-Za-z0-9_]*$"_s);
    return name.match(method).hasMatch();
}

Representation emptyInput(const ResourceLocator &resource, const QString &method)
{
    return {.name = methodName(method) + u"_INPUT"_s, .ns = resource.uri};
}

Representation fragmentOf(const Property &property)
{
    return {.name = u"XmlFragment"_s,
            .ns = toText(ns::wsman),
            .content = Value::ofInstance({property})};
}

Representation fragmentOfText(const QString &text)
{
    return {.name = u"XmlFragment"_s, .ns = toText(ns::wsman), .content = Value::ofText(text)};
}
