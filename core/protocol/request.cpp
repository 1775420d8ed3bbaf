#include "protocol/request.h"

#include "document/xmlreader.h"
#include "document/xmlwriter.h"
#include "protocol/envelopewriter.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

using namespace Qt::StringLiterals;

namespace {

QByteArray declared(const char *prefix, std::string_view uri)
{
    return QByteArray(" xmlns:") + prefix + "=\"" + toBytes(uri) + '"';
}

/// The filter's XML made safe: read with the usual prefixes in scope, written again with the
/// declarations it needs. Empty when it is not well-formed.
QByteArray checkedXml(const QString &text)
{
    QByteArray wrapped = "<filter" + declared("s", ns::soap) + declared("a", ns::addressing)
        + declared("wsa", ns::addressing) + declared("n", ns::enumeration)
        + declared("wsen", ns::enumeration) + declared("w", ns::wsman)
        + declared("wsman", ns::wsman) + declared("b", ns::cimBinding)
        + declared("wsmb", ns::cimBinding) + '>' + text.toUtf8() + "</filter>";
    const Result<DocumentPtr> document = readXml(wrapped);
    if (!document)
        return {};
    QByteArray xml;
    for (const Node child : document.value()->root().children())
        xml += writeXml(child, {.declaration = false});
    return xml;
}

QByteArray filterContent(const Filter &filter)
{
    if (!filter.selectors.empty())
        return selectorSetXml(filter.selectors);
    // Windows' client sends the association dialect with a capital A, its documents with a small
    // one.
    const bool association = filter.dialect.compare(toText(uri::associationFilter),
                                                    Qt::CaseInsensitive)
        == 0;
    if (association && filter.text.trimmed().startsWith(u'<')) {
        if (const QByteArray xml = checkedXml(filter.text); !xml.isEmpty())
            return xml;
    }
    return escapedText(viewOf(filter.text.toUtf8()));
}

QByteArray filterXml(const Filter &filter)
{
    if (filter.isEmpty())
        return {};
    QByteArray xml = "<w:Filter";
    if (!filter.dialect.isEmpty())
        xml += xmlAttribute("Dialect", filter.dialect);
    return xml + '>' + filterContent(filter) + "</w:Filter>";
}

QByteArray modeXml(EnumerationMode mode)
{
    switch (mode) {
    case EnumerationMode::Object:
        return {};
    case EnumerationMode::Reference:
        return "<w:EnumerationMode>EnumerateEPR</w:EnumerationMode>";
    case EnumerationMode::ObjectAndReference:
        return "<w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode>";
    }
    return {};
}

QByteArray polymorphismXml(PolymorphismMode mode)
{
    switch (mode) {
    case PolymorphismMode::Unstated:
        return {};
    case PolymorphismMode::Deep:
        return "<b:PolymorphismMode>IncludeSubClassProperties</b:PolymorphismMode>";
    case PolymorphismMode::BaseOnly:
        return "<b:PolymorphismMode>ExcludeSubClassProperties</b:PolymorphismMode>";
    case PolymorphismMode::Shallow:
        return "<b:PolymorphismMode>None</b:PolymorphismMode>";
    }
    return {};
}

} // namespace

Request writeIdentify(const RequestSettings &settings)
{
    const QByteArray xml = "<s:Envelope" + declared("s", ns::soap) + declared("wsmid", ns::identity)
        + "><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>";
    return {.envelope = encodedEnvelope(xml, settings.utf16), .action = u"Identify"_s};
}

Request writeGet(const RequestSettings &settings, const ResourceLocator &resource)
{
    return EnvelopeWriter(settings, resource, action::get).finish();
}

Request writeEnumerate(const RequestSettings &settings, const EnumerateParameters &parameters)
{
    EnvelopeWriter writer(settings, parameters.resource, action::enumerate);
    if (parameters.countEstimate)
        writer.headerBlock("<w:RequestTotalItemsCountEstimate/>");
    QByteArray content;
    if (parameters.optimize)
        content += "<w:OptimizeEnumeration/>";
    if (parameters.maxElements > 0)
        content += xmlElement("w:MaxElements", QString::number(parameters.maxElements));
    content += modeXml(parameters.mode) + polymorphismXml(parameters.polymorphism)
        + filterXml(parameters.filter);
    if (!parameters.expires.isEmpty())
        content += xmlElement("n:Expires", parameters.expires);
    writer.body(content.isEmpty() ? QByteArray("<n:Enumerate/>")
                                  : "<n:Enumerate>" + content + "</n:Enumerate>");
    return writer.finish();
}

Request writePull(const RequestSettings &settings, const EnumerateParameters &parameters,
                  const QString &context)
{
    EnvelopeWriter writer(settings, parameters.resource, action::pull);
    if (parameters.countEstimate)
        writer.headerBlock("<w:RequestTotalItemsCountEstimate/>");
    QByteArray content = xmlElement("n:EnumerationContext", context);
    if (parameters.maxElements > 0)
        content += xmlElement("n:MaxElements", QString::number(parameters.maxElements));
    writer.body("<n:Pull>" + content + "</n:Pull>");
    return writer.finish();
}

Request writeRelease(const RequestSettings &settings, const EnumerateParameters &parameters,
                     const QString &context)
{
    EnvelopeWriter writer(settings, parameters.resource, action::release);
    writer.body("<n:Release>" + xmlElement("n:EnumerationContext", context) + "</n:Release>");
    return writer.finish();
}
