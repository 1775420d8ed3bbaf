#include "demo/devicefault.h"

#include "demo/soapwriter.h"
#include "protocol/namespaces.h"

#include <algorithm>
#include <array>

namespace {

/// How a refusal reads on the wire. Subcodes with the prefixes of soapfault.cpp.
struct Reading
{
    std::string_view soapCode;
    std::string_view subcode;
    std::string_view detail;   ///< last part of w:FaultDetail
    std::string_view sentence; ///< the reason
    int status = 400;
    int result = -1; ///< MI_Result of OMI's OMI_Error; -1: no such detail
};

constexpr std::string_view unreachable = "a:DestinationUnreachable";

/// MI_Result (mi.h of OMI) by what was refused.
struct ResultRow
{
    std::uint32_t code;
    int result;
    std::string_view soapCode, subcode, sentence;
};
constexpr std::array results = {
    ResultRow{code::noSuchInstance, 6, "Sender", unreachable, "No object has these keys."},
    ResultRow{code::unexpectedSelectors, 12, "Receiver", "w:InternalError",
              "The class has no such property."},
    ResultRow{code::enumerateKeys, 12, "Receiver", "w:InternalError",
              "An enumeration takes no keys."},
    ResultRow{code::providerNotCapable, 7, "Sender", "w:UnsupportedFeature",
              "The provider does not support this."},
    ResultRow{code::cannotProcessFilter, 15, "Receiver", "w:InternalError",
              "The query is not understood."},
    ResultRow{code::wqlResource, 15, "Receiver", "w:InternalError",
              "The query does not fit the resource."},
    ResultRow{code::dialectUnavailable, 14, "Receiver", "w:InternalError",
              "The language of the query is not supported."},
    ResultRow{code::alreadyExists, 11, "Sender", "w:AlreadyExists",
              "An object with these keys exists already."},
    ResultRow{code::accessDenied, 2, "Sender", "w:AccessDenied", "Access is denied."},
    ResultRow{code::parameterType, 1, "Receiver", "w:InternalError", "A general error happened."},
    ResultRow{code::parameterName, 1, "Receiver", "w:InternalError", "A general error happened."},
    ResultRow{code::invalidParameter, 4, "Receiver", "w:InternalError",
              "A parameter is missing or wrong."},
    ResultRow{code::invalidValues, 4, "Receiver", "w:InternalError", "A value is not valid."},
    ResultRow{code::invalidRepresentation, 4, "Receiver", "w:InternalError",
              "The instance is not valid."},
    ResultRow{code::cannotChangeKeys, 4, "Receiver", "w:InternalError", "Keys cannot be changed."},
};

bool isClassMissing(const SoapFault &fault)
{
    return fault.code == code::resourceNotFound
        || (fault.form == SoapFault::Form::WmiError && fault.innerCode == code::wmiInvalidClass);
}

bool isNamespaceMissing(const SoapFault &fault)
{
    return fault.innerCode == code::wmiInvalidNamespace;
}

bool isOfProvider(const SoapFault &fault)
{
    return fault.form != SoapFault::Form::WSMan && fault.form != SoapFault::Form::None;
}

Reading omiReading(const SoapFault &fault)
{
    const FaultRow row = faultRow(fault.code);
    if (isNamespaceMissing(fault))
        return {"Sender", unreachable, {}, "There is no such namespace.", 500, 3};
    if (isClassMissing(fault) && isOfProvider(fault))
        return {"Sender", unreachable, {}, "There is no such class.", 500, 5};
    if (fault.code == code::actionNotSupported && isOfProvider(fault))
        return {"Receiver", "w:InternalError", {}, "A general error happened.", 500, 1};
    const auto known = std::find_if(results.begin(), results.end(),
                                    [&fault](const ResultRow &r) { return r.code == fault.code; });
    if (known != results.end())
        return {known->soapCode, known->subcode, {}, known->sentence, 500, known->result};
    switch (fault.code) {
    case code::unsupportedEncoding:
        return {"Receiver", "w:InternalError", {}, "The XML cannot be parsed.", 500};
    case code::invalidContext:
        return {"Sender", unreachable, {}, "There is no such enumeration.", 500};
    case code::mustUnderstand:
    case code::timedOut:
        return {row.soapCode, row.subcode, {}, row.sentence, 500};
    case code::encodingLimit:
        return {row.soapCode, row.subcode, {}, "The maximum envelope size is too small.", 500};
    case code::envelopeExceeded:
        return {
            row.soapCode, row.subcode, {}, "The response exceeds the maximum envelope size.", 500};
    case code::actionNotSupported:
        return {"Receiver", "w:InternalError", {}, {}, 500};
    default:
        return {"Receiver", "w:InternalError", {}, row.sentence, 500};
    }
}

/// Of an envelope size that leaves no room for an answer.
std::string_view tooSmall(const Personality &as)
{
    return as.faults == Personality::Fault::Amt
        ? "This device answers with up to 50000 octets, and the request allows fewer."
        : "The request leaves too little room for an answer.";
}

/// openwsman answers a class, an instance or a key that is not there without a word about it, and a
/// URI that belongs to none of its plug-ins as an unavailable service.
Reading wsmanReading(const SoapFault &fault, const Personality &as)
{
    const FaultRow row = faultRow(fault.code);
    const std::string_view said = as.isQuiet ? std::string_view() : std::string_view(row.sentence);
    const bool absent = isNamespaceMissing(fault) || (isClassMissing(fault) && isOfProvider(fault));
    if (absent || fault.code == code::noSuchInstance || fault.code == code::unexpectedSelectors)
        return {"Sender", unreachable, {}, said, 400};
    switch (fault.code) {
    case code::resourceNotFound:
    case code::invalidResourceUri:
        return {"Sender", unreachable, "InvalidResourceURI", row.sentence, 503};
    case code::mustUnderstand:
        return {"MustUnderstand", {}, {}, row.sentence, 200};
    case code::providerNotCapable:
        return {"Sender", "a:ActionNotSupported", {}, row.sentence, 400};
    case code::notSingleton:
        return {"Sender", "w:InvalidSelectors", "InsufficientSelectors", row.sentence, 400};
    case code::alreadyExists:
        return {"Sender", "w:AlreadyExists", {}, said, 400};
    case code::actionNotSupported:
        return {"Sender", "a:ActionNotSupported", isOfProvider(fault) ? "" : "Unknown",
                row.sentence, 400};
    case code::invalidValues:
    case code::invalidRepresentation:
        return {"Sender", "x:InvalidRepresentation", "MissingValues", row.sentence, 400};
    case code::encodingLimit:
        return {row.soapCode, row.subcode, row.detail, tooSmall(as), 400};
    case code::envelopeExceeded:
        return {row.soapCode, row.subcode, row.detail, "One item does not fit into the answer.",
                400};
    case code::invalidXml:
    case code::invalidBody:
        return {"Sender", "a:InvalidMessageInformationHeader", {}, row.sentence, 400};
    default:
        return {row.soapCode, row.subcode, row.detail, row.sentence,
                row.soapCode == "Receiver" ? 500 : 400};
    }
}

Reading readingOf(const SoapFault &fault, const Personality &as)
{
    if (as.faults == Personality::Fault::Omi)
        return omiReading(fault);
    Reading reading = wsmanReading(fault, as);
    if (!fault.detail.empty())
        reading.detail = fault.detail;
    if (as.faults == Personality::Fault::Amt) {
        reading.detail = {};
        if (fault.code == code::mustUnderstand)
            reading.status = 400;
        if (reading.status == 503)
            reading.status = 400;
    }
    return reading;
}

void appendErrorProperty(std::string &out, std::string_view name, std::string_view type,
                         std::string_view value)
{
    out.append("<p:").append(name);
    if (type.empty()) {
        out += " xsi:nil=\"true\"/>";
        return;
    }
    out.append(" xsi:type=\"cim:").append(type).append("\">");
    appendText(out, value);
    out.append("</p:").append(name).append(">");
}

void appendOmiError(std::string &out, int result, std::string_view message)
{
    const std::string number = std::to_string(result);
    out.append("<p:OMI_Error b:IsCIM_Error=\"true\" xmlns:xsi=\"").append(ns::xsi);
    out.append("\" xmlns:b=\"").append(ns::cimBinding);
    out.append("\" xmlns:cim=\"").append(ns::cimCommon);
    out.append("\" xmlns:p=\"").append(uri::cimSchema).append("/OMI_Error\">");
    appendErrorProperty(out, "ErrorType", {}, {});
    appendErrorProperty(out, "OtherErrorType", {}, {});
    appendErrorProperty(out, "OwningEntity", "cimString", "OMI:CIMOM");
    appendErrorProperty(out, "MessageID", "cimString", "OMI:MI_Result:" + number);
    appendErrorProperty(out, "Message", "cimString", message);
    appendErrorProperty(out, "PerceivedSeverity", "cimUnsignedInt", "7");
    appendErrorProperty(out, "ProbableCause", "cimUnsignedInt", "0");
    appendErrorProperty(out, "ProbableCauseDescription", "cimString", "Unknown");
    appendErrorProperty(out, "RecommendedActions", {}, {});
    appendErrorProperty(out, "ErrorSource", {}, {});
    appendErrorProperty(out, "ErrorSourceFormat", {}, {});
    appendErrorProperty(out, "OtherErrorSourceFormat", {}, {});
    appendErrorProperty(out, "CIMStatusCode", "cimUnsignedInt", number);
    appendErrorProperty(out, "CIMStatusCodeDescription", {}, {});
    appendErrorProperty(out, "OMI_Code", "cimUnsignedInt", number);
    appendErrorProperty(out, "OMI_Category", "cimUnsignedInt", "0");
    appendErrorProperty(out, "OMI_Type", "cimString", "MI");
    appendErrorProperty(out, "OMI_ErrorMessage", "cimString", message);
    out += "</p:OMI_Error>";
}

void appendNotUnderstood(std::string &out, const SoapFault &fault, const Personality &as)
{
    out += "<s:NotUnderstood qname=\"";
    if (as.faults != Personality::Fault::Omi) // which leaves the prefix out
        out += "q:";
    appendAttribute(out, fault.notUnderstood);
    out += "\" xmlns:q=\"";
    appendAttribute(out, fault.notUnderstoodNamespace);
    out += "\"/>";
}

void appendDetail(std::string &out, const Reading &reading, const Personality &as)
{
    if (as.faults == Personality::Fault::Amt) {
        out += "<s:Detail></s:Detail>";
    } else if (reading.result >= 0) {
        out += "<s:Detail>";
        appendOmiError(out, reading.result, reading.sentence);
        out += "</s:Detail>";
    } else if (!reading.detail.empty()) {
        out += "<s:Detail><w:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/";
        out.append(reading.detail).append("</w:FaultDetail></s:Detail>");
    }
}

} // namespace

DeviceFault deviceFault(const SoapFault &fault, std::string_view relatesTo, const Personality &as)
{
    DeviceFault made;
    if (fault.code == code::soapVersion && as.faults == Personality::Fault::Wsman)
        return made;
    const Reading reading = readingOf(fault, as);
    made.status = reading.status;
    const bool unrelated = as.faults == Personality::Fault::Omi
        && fault.code == code::actionNotSupported && !isOfProvider(fault);
    std::string &out = made.envelope;
    openEnvelope(out, EnvelopeKind::Fault, faultAction(reading.subcode),
                 unrelated ? std::string_view() : relatesTo);
    if (!fault.notUnderstood.empty())
        appendNotUnderstood(out, fault, as);
    openBody(out);
    out.append("<s:Fault><s:Code><s:Value>s:").append(reading.soapCode).append("</s:Value>");
    if (!reading.subcode.empty())
        appendLeaf(out.append("<s:Subcode>"), "s:Value", reading.subcode);
    if (!reading.subcode.empty())
        out += "</s:Subcode>";
    out.append("</s:Code><s:Reason><s:Text xml:lang=\"").append(as.language).append("\">");
    appendText(out, reading.sentence);
    out += "</s:Text></s:Reason>";
    appendDetail(out, reading, as);
    out += "</s:Fault>";
    closeEnvelope(out);
    return made;
}
