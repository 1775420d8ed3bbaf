#include "protocol/envelopewriter.h"

#include "document/xmlwriter.h"
#include "protocol/endpointreference.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

#include <QStringEncoder>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace {

constexpr char mustUnderstand[] = " s:mustUnderstand=\"true\"";
constexpr char mayIgnore[] = " s:mustUnderstand=\"false\"";
/// As deep as references are written inside references.
constexpr int maxNesting = 16;

QByteArray escaped(const QString &text)
{
    return escapedText(viewOf(text.toUtf8()));
}

QByteArray namespaceDeclaration(const char *prefix, std::string_view uri)
{
    return QByteArray(" xmlns:") + prefix + "=\"" + toBytes(uri) + '"';
}

/// xs:duration as Windows writes it: "PT60.000S".
QString durationText(std::chrono::milliseconds duration)
{
    return u"PT%1.%2S"_s.arg(duration.count() / 1000)
        .arg(duration.count() % 1000, 3, 10, QLatin1Char('0'));
}

QByteArray selectorSet(const std::vector<Selector> &selectors, int nesting);

QByteArray referenceFields(const EndpointReference &reference, int nesting)
{
    const QString address = reference.address.isEmpty() ? toText(uri::anonymous)
                                                        : reference.address;
    return xmlElement("a:Address", address) + "<a:ReferenceParameters>"
        + xmlElement("w:ResourceURI", reference.resource.uri)
        + selectorSet(reference.resource.selectors, nesting + 1) + "</a:ReferenceParameters>";
}

QByteArray referenceXml(const EndpointReference &reference, int nesting)
{
    return "<a:EndpointReference>" + referenceFields(reference, nesting) + "</a:EndpointReference>";
}

QByteArray selectorSet(const std::vector<Selector> &selectors, int nesting)
{
    if (selectors.empty() || nesting > maxNesting)
        return {};
    QByteArray xml = "<w:SelectorSet>";
    for (const Selector &selector : selectors) {
        xml += "<w:Selector" + xmlAttribute("Name", selector.name) + '>';
        xml += selector.reference ? referenceXml(*selector.reference, nesting)
                                  : escaped(selector.value);
        xml += "</w:Selector>";
    }
    return xml + "</w:SelectorSet>";
}

QByteArray optionXml(const Option &option)
{
    QByteArray xml = "<w:Option" + xmlAttribute("Name", option.name);
    if (!option.type.isEmpty())
        xml += xmlAttribute("Type", option.type);
    if (option.mustComply)
        xml += " MustComply=\"true\"";
    if (option.value.isNull())
        return xml + " xsi:nil=\"true\"/>";
    return xml + '>' + escaped(option.value) + "</w:Option>";
}

QByteArray optionSetXml(const ResourceLocator &resource)
{
    if (resource.options.empty())
        return {};
    QByteArray xml = "<w:OptionSet" + namespaceDeclaration("xsi", ns::xsi)
        + namespaceDeclaration("xs", ns::xsd);
    if (resource.mustUnderstandOptions)
        xml += mustUnderstand;
    xml += '>';
    for (const Option &option : resource.options)
        xml += optionXml(option);
    return xml + "</w:OptionSet>";
}

QByteArray fragmentXml(const ResourceLocator &resource)
{
    if (resource.fragmentPath.isEmpty())
        return {};
    QByteArray attributes = mustUnderstand;
    if (!resource.fragmentDialect.isEmpty())
        attributes += xmlAttribute("Dialect", resource.fragmentDialect);
    return xmlElement("w:FragmentTransfer", resource.fragmentPath, attributes);
}

} // namespace

QByteArray xmlAttribute(const char *name, const QString &value)
{
    return QByteArray(" ") + name + "=\"" + escapedAttribute(viewOf(value.toUtf8())) + '"';
}

QByteArray xmlElement(const char *name, const QString &text, const QByteArray &attributes)
{
    return QByteArray("<") + name + attributes + '>' + escaped(text) + "</" + name + '>';
}

QByteArray selectorSetXml(const std::vector<Selector> &selectors)
{
    return selectorSet(selectors, 0);
}

QByteArray referenceFieldsXml(const EndpointReference &reference)
{
    return referenceFields(reference, 0);
}

QByteArray encodedEnvelope(const QByteArray &utf8, bool utf16)
{
    if (!utf16)
        return utf8;
    QStringEncoder encoder(QStringEncoder::Utf16LE, QStringEncoder::Flag::WriteBom);
    return encoder.encode(QString::fromUtf8(utf8));
}

EnvelopeWriter::EnvelopeWriter(const RequestSettings &settings, const ResourceLocator &resource,
                               std::string_view action)
    : m_utf16(settings.utf16)
    , m_microsoft(!settings.sessionId.isEmpty())
{
    m_request.action = toText(action);
    m_request.messageId = u"uuid:"_s + QUuid::createUuid().toString(QUuid::WithoutBraces).toUpper();
    header(settings, resource);
}

void EnvelopeWriter::header(const RequestSettings &settings, const ResourceLocator &resource)
{
    m_header += xmlElement("a:To", settings.to);
    m_header += xmlElement("w:ResourceURI", resource.uri, mustUnderstand);
    m_header += "<a:ReplyTo>" + xmlElement("a:Address", toText(uri::anonymous), mustUnderstand)
        + "</a:ReplyTo>";
    m_header += xmlElement("a:Action", m_request.action, mustUnderstand);
    if (settings.maxEnvelopeSize > 0)
        m_header += xmlElement("w:MaxEnvelopeSize", QString::number(settings.maxEnvelopeSize),
                               mustUnderstand);
    m_header += xmlElement("a:MessageID", m_request.messageId);
    if (!settings.locale.isEmpty()) {
        const QByteArray language = xmlAttribute("xml:lang", settings.locale) + mayIgnore;
        m_header += "<w:Locale" + language + "/>";
        if (m_microsoft)
            m_header += "<p:DataLocale" + language + "/>";
    }
    if (m_microsoft)
        m_header += xmlElement("p:SessionId", settings.sessionId, mayIgnore);
    m_header += selectorSetXml(resource.selectors);
    m_header += optionSetXml(resource);
    m_header += fragmentXml(resource);
    if (settings.operationTimeout.count() > 0)
        m_header += xmlElement("w:OperationTimeout", durationText(settings.operationTimeout));
}

Request EnvelopeWriter::finish()
{
    m_request.envelope = encodedEnvelope(envelope(m_body), m_utf16);
    if (!m_shownBody.isNull())
        m_request.shown = envelope(m_shownBody);
    return std::move(m_request);
}

QByteArray EnvelopeWriter::envelope(const QByteArray &body) const
{
    QByteArray xml = "<s:Envelope" + namespaceDeclaration("s", ns::soap)
        + namespaceDeclaration("a", ns::addressing) + namespaceDeclaration("n", ns::enumeration)
        + namespaceDeclaration("w", ns::wsman);
    if (m_microsoft)
        xml += namespaceDeclaration("p", ns::microsoft);
    xml += namespaceDeclaration("b", ns::cimBinding) + "><s:Header>" + m_header + "</s:Header>";
    xml += body.isEmpty() ? QByteArray("<s:Body/>") : "<s:Body>" + body + "</s:Body>";
    return xml + "</s:Envelope>";
}
