#include "demo/soapfault.h"

#include "demo/soaprequest.h"
#include "demo/soapwriter.h"
#include "protocol/namespaces.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace {

struct Row
{
    std::uint32_t code;
    const char *soapCode;
    const char *subcode;
    const char *detail;
    const char *sentence;
};

/// The first row of a subcode is what `codeOfSubcode` finds.
constexpr std::array rows = {
    Row{code::accessDenied, "Sender", "w:AccessDenied", "", "Access is denied."},
    Row{code::internalError, "Receiver", "w:InternalError", "",
        "The host met an error of its own."},
    Row{code::quotaLimit, "Sender", "w:QuotaLimit", "",
        "The host is busy, or one of its quotas is used up."},
    Row{code::timedOut, "Receiver", "w:TimedOut", "",
        "The operation did not finish within its timeout."},
    Row{code::resourceNotFound, "Sender", "a:DestinationUnreachable", "InvalidResourceURI",
        "There is no resource for this resource URI and these selectors."},
    Row{code::pullInProgress, "Sender", "w:Concurrency", "",
        "A Pull for this enumeration context is still being answered."},
    Row{code::unsupportedTimeout, "Sender", "w:UnsupportedFeature", "OperationTimeout",
        "The operation timeout is below 500 milliseconds."},
    Row{code::soapVersion, "VersionMismatch", "", "", "The message is not a SOAP 1.2 envelope."},
    Row{code::invalidHeader, "Sender", "a:InvalidMessageInformationHeader", "",
        "The request has a SOAP header that is not valid."},
    Row{code::mustUnderstand, "MustUnderstand", "", "",
        "The request has a SOAP header marked mustUnderstand that this host does not know."},
    Row{code::headerRequired, "Sender", "a:MessageInformationHeaderRequired", "",
        "The request lacks a SOAP header that it must have."},
    Row{code::actionNotSupported, "Sender", "a:ActionNotSupported", "",
        "The resource does not support this action."},
    Row{code::filteringNotSupported, "Sender", "n:FilteringNotSupported", "",
        "This resource cannot be filtered."},
    Row{code::dialectUnavailable, "Sender", "n:FilterDialectRequestedUnavailable", "",
        "This resource does not know the dialect of the filter."},
    Row{code::cannotProcessFilter, "Sender", "n:CannotProcessFilter", "",
        "The filter is missing or cannot be processed."},
    Row{code::invalidContext, "Receiver", "n:InvalidEnumerationContext", "",
        "The enumeration context is unknown, has expired or was released."},
    Row{code::enumerateTimedOut, "Receiver", "n:TimedOut", "",
        "No item was ready within the time that the Pull allows."},
    Row{code::invalidBody, "Sender", "w:SchemaValidationError", "",
        "The SOAP body is missing or does not belong to the action."},
    Row{code::unsupportedEncoding, "Sender", "w:EncodingLimit", "CharacterSet",
        "The message is in neither UTF-8 nor UTF-16."},
    Row{code::encodingLimit, "Sender", "w:EncodingLimit", "MinimumEnvelopeLimit",
        "The largest envelope asked for is below 8192 octets."},
    Row{code::invalidOptions, "Sender", "w:InvalidOptions", "NotSupported",
        "An option of the request is not supported."},
    Row{code::invalidResourceUri, "Sender", "a:DestinationUnreachable", "InvalidResourceURI",
        "The resource URI is missing or malformed."},
    Row{code::schemaValidation, "Sender", "w:SchemaValidationError", "",
        "The XML of the message does not match its schema."},
    Row{code::unsupportedFeature, "Sender", "w:UnsupportedFeature", "",
        "The request asks for a feature that is not supported."},
    Row{code::invalidXml, "Sender", "w:SchemaValidationError", "",
        "The message is not well-formed XML."},
    Row{code::envelopeExceeded, "Sender", "w:EncodingLimit", "MaxEnvelopeSize",
        "The answer is larger than the envelope size the request allows."},
    Row{code::insufficientSelectors, "Sender", "w:InvalidSelectors", "InsufficientSelectors",
        "The selectors do not name every key of the resource."},
    Row{code::unexpectedSelectors, "Sender", "w:InvalidSelectors", "UnexpectedSelectors",
        "A selector is not a key of the resource."},
    Row{code::invalidSelectorValue, "Sender", "w:InvalidSelectors", "InvalidValue",
        "A selector has a value that the resource cannot have."},
    Row{code::duplicateSelectors, "Sender", "w:InvalidSelectors", "DuplicateSelectors",
        "The same selector is given more than once."},
    Row{code::expirationNotSupported, "Sender", "w:UnsupportedFeature", "ExpirationTime",
        "Enumerations with an expiration time are not supported."},
    Row{code::addressingMode, "Sender", "w:UnsupportedFeature", "AddressingMode",
        "Replies and faults can only be sent to the anonymous address."},
    Row{code::fragmentNotSupported, "Sender", "w:UnsupportedFeature", "FragmentLevelAccess",
        "Fragments of this resource cannot be transferred."},
    Row{code::modeUnsupported, "Sender", "w:UnsupportedFeature", "EnumerationMode",
        "The resource does not support this enumeration mode."},
    Row{code::mustUnderstandLocale, "Sender", "w:UnsupportedFeature", "Locale",
        "A locale header must not be marked mustUnderstand."},
    Row{code::notSingleton, "Sender", "w:InvalidSelectors", "InsufficientSelectors",
        "The class has more than one instance: the request must name the keys."},
    Row{code::wqlResource, "Sender", "n:CannotProcessFilter", "",
        "A WQL query needs a resource URI that ends with * and no selectors."},
    Row{code::enumerateKeys, "Sender", "w:InvalidSelectors", "UnexpectedSelectors",
        "An enumeration of instances takes no keys."},
    Row{code::noSuchInstance, "Sender", "a:EndpointUnavailable", "InvalidValue",
        "No instance has these keys."},
    Row{code::polymorphism, "Sender", "w:UnsupportedFeature", "PolymorphismMode",
        "The polymorphism mode is not supported."},
    Row{code::differentNamespace, "Sender", "w:InvalidSelectors", "InvalidSelectorAssignment",
        "The __cimnamespace selector and the resource URI name different namespaces."},
    Row{code::invalidRepresentation, "Sender", "x:InvalidRepresentation", "InvalidValue",
        "The body does not represent this resource."},
    Row{code::alreadyExists, "Sender", "w:AlreadyExists", "",
        "A resource with these selectors exists already."},
    Row{code::invalidParameter, "Sender", "w:InvalidParameter", "",
        "A parameter of the method is missing or wrong."},
    Row{code::parameterType, "Sender", "w:InvalidParameter", "TypeMismatch",
        "A parameter of the method has the wrong type."},
    Row{code::parameterName, "Sender", "w:InvalidParameter", "InvalidName",
        "The method has no parameter of this name."},
    Row{code::invalidValues, "Sender", "x:InvalidRepresentation", "InvalidValues",
        "A value in the body is not valid."},
    Row{code::invalidXmlNamespace, "Sender", "x:InvalidRepresentation", "InvalidNamespace",
        "The namespace of the body is not that of the resource."},
    Row{code::certificateNotFound, "Receiver", "w:InternalError", "",
        "The certificate store has no certificate with this thumbprint or for this name."},
    Row{code::groupPolicySetting, "Sender", "w:AccessDenied", "",
        "Group Policy controls this setting; it cannot be changed here."},
    Row{code::fragmentDialect, "Sender", "w:FragmentDialectNotSupported", "",
        "The dialect of the fragment is not supported."},
    Row{code::fragmentPath, "Sender", "w:CannotProcessFilter", "InvalidFragment",
        "The path of the fragment names nothing in this resource."},
    Row{code::fragmentPathBlank, "Sender", "w:CannotProcessFilter", "InvalidFragment",
        "The path of the fragment is blank."},
    Row{code::hostPattern, "Sender", "w:InvalidParameter", "",
        "The list of hosts has an entry that is no host name, address or pattern."},
    Row{code::cannotChangeKeys, "Sender", "x:InvalidRepresentation", "InvalidValues",
        "The keys of a resource cannot be changed."},
    Row{code::providerNotCapable, "Receiver", "w:UnsupportedFeature", "",
        "The provider of this class cannot do that."},
    Row{code::readOnlySetting, "Receiver", "w:InternalError", "ReadOnly",
        "This setting is read-only."},
    Row{code::mappingCredentials, "Receiver", "w:InternalError", "",
        "The user name or the password of the mapping is not valid."},
    Row{code::invalidSddl, "Sender", "w:InvalidParameter", "",
        "The security descriptor is not valid."},
    Row{code::mappingSubject, "Sender", "w:InvalidSelectors", "InvalidValue",
        "The subject may have one *, as its first character."},
    Row{code::mappingIssuer, "Sender", "w:InvalidSelectors", "InvalidValue",
        "The issuer's certificate is in none of the host's stores."},
    Row{code::mappingPasswordLong, "Sender", "w:InvalidParameter", "",
        "The password is longer than 255 characters."},
    Row{code::mappingPasswordBlank, "Sender", "w:InvalidParameter", "", "The password is blank."},
    Row{code::mappingPasswordUser, "Sender", "w:InvalidParameter", "",
        "User name and password must be given together."},
    Row{code::deprecatedSetting, "Receiver", "w:InternalError", "",
        "This setting is deprecated; its value cannot be changed."},
    Row{code::pullParameters, "Sender", "w:InvalidParameter", "",
        "The parameters of the Pull are not those of the Enumerate."},
};

const Row &rowOf(std::uint32_t code)
{
    static constexpr Row other{0, "Receiver", "w:InternalError", "",
                               "The host could not process the request."};
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [code](const Row &row) { return row.code == code; });
    return found == rows.end() ? other : *found;
}

void openWsManFault(std::string &out, std::uint32_t code, std::string_view machine)
{
    out += "<f:WSManFault xmlns:f=\"";
    out += ns::wsmanFault;
    out += "\" Code=\"" + std::to_string(code) + "\" Machine=\"";
    appendAttribute(out, machine);
    out += "\"><f:Message>";
}

void writeWsManFault(std::string &out, const SoapFault &fault, std::string_view message,
                     std::string_view machine)
{
    openWsManFault(out, fault.code, machine);
    if (fault.form == SoapFault::Form::Provider) {
        out += "<f:ProviderFault provider=\"";
        appendAttribute(out, fault.provider);
        out += "\" path=\"%systemroot%\\system32\\WsmWmiPl.dll\">";
        openWsManFault(out, fault.innerCode ? fault.innerCode : fault.code, machine);
        appendText(out, message);
        out += "</f:Message></f:WSManFault></f:ProviderFault>";
    } else {
        appendText(out, message);
    }
    out += "</f:Message></f:WSManFault>";
}

void writeErrorProperty(std::string &out, std::string_view name, std::string_view type,
                        std::string_view value, bool nil = false)
{
    out += "<p:";
    out += name;
    out += " xsi:type=\"cim:";
    out += type;
    if (nil) {
        out += "\" xsi:nil=\"true\"/>";
        return;
    }
    out += "\">";
    appendText(out, value);
    out += "</p:";
    out += name;
    out += ">";
}

void writeWmiError(std::string &out, const SoapFault &fault, std::string_view message)
{
    const std::uint32_t hresult = fault.innerCode ? fault.innerCode : fault.code;
    char id[32];
    std::snprintf(id, sizeof id, "HRESULT 0x%08x", hresult);
    out += "<p:MSFT_WmiError b:IsCIM_Error=\"true\" xmlns:xsi=\"";
    out += ns::xsi;
    out += "\" xmlns:b=\"";
    out += ns::cimBinding;
    out += "\" xmlns:p=\"";
    out += uri::cimSchema;
    out += "/MSFT_WmiError\" xmlns:cim=\"";
    out += ns::cimCommon;
    out += "\" xsi:type=\"p:MSFT_WmiError_Type\">";
    writeErrorProperty(out, "CIMStatusCode", "cimUnsignedInt", std::to_string(fault.cimStatus));
    writeErrorProperty(out, "CIMStatusCodeDescription", "cimString", {}, true);
    writeErrorProperty(out, "ErrorSource", "cimString", {}, true);
    writeErrorProperty(out, "ErrorSourceFormat", "cimUnsignedShort", "0");
    writeErrorProperty(out, "ErrorType", "cimUnsignedShort", "0");
    writeErrorProperty(out, "Message", "cimString", message);
    writeErrorProperty(out, "MessageID", "cimString", id);
    writeErrorProperty(out, "OtherErrorSourceFormat", "cimString", {}, true);
    writeErrorProperty(out, "OtherErrorType", "cimString", {}, true);
    writeErrorProperty(out, "OwningEntity", "cimString", {}, true);
    writeErrorProperty(out, "PerceivedSeverity", "cimUnsignedShort", "0");
    writeErrorProperty(out, "ProbableCause", "cimUnsignedShort", "0");
    writeErrorProperty(out, "ProbableCauseDescription", "cimString", {}, true);
    writeErrorProperty(out, "error_Category", "cimUnsignedInt", "6");
    writeErrorProperty(out, "error_Code", "cimUnsignedInt", std::to_string(hresult));
    writeErrorProperty(out, "error_Type", "cimString", "HRESULT");
    writeErrorProperty(out, "error_WindowsErrorMessage", "cimString", message);
    out += "</p:MSFT_WmiError>";
}

void writeDetail(std::string &out, const SoapFault &fault, const Row &row, std::string_view message,
                 std::string_view machine)
{
    if (fault.form == SoapFault::Form::None)
        return;
    const std::string_view detail = fault.detail.empty() ? std::string_view(row.detail)
                                                         : std::string_view(fault.detail);
    out += "<s:Detail>";
    if (!detail.empty() && fault.form != SoapFault::Form::WmiError) {
        out += "<w:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/";
        out += detail;
        out += "</w:FaultDetail>";
    }
    if (fault.form == SoapFault::Form::WmiError)
        writeWmiError(out, fault, message);
    else
        writeWsManFault(out, fault, message, machine);
    out += "</s:Detail>";
}

} // namespace

std::uint32_t codeOfSubcode(std::string_view subcode)
{
    const auto found = std::find_if(rows.begin(), rows.end(), [subcode](const Row &row) {
        const std::string_view own = row.subcode;
        return own.size() > 2 && equalIgnoringCase(own.substr(2), subcode);
    });
    return found == rows.end() ? 0 : found->code;
}

FaultRow faultRow(std::uint32_t code)
{
    const Row &row = rowOf(code);
    return {row.soapCode, row.subcode, row.detail, row.sentence};
}

std::string_view faultAction(std::string_view subcode)
{
    if (subcode.starts_with("n:"))
        return action::enumerationFault;
    if (subcode.starts_with("x:"))
        return action::transferFault;
    if (subcode.starts_with("w:"))
        return action::wsmanFault;
    return action::addressingFault;
}

SoapFault SoapFault::of(std::uint32_t code, std::string message)
{
    return {.code = code, .message = std::move(message)};
}

SoapFault SoapFault::fromWmi(std::uint32_t code, std::string message, std::uint32_t innerCode)
{
    return {.code = code,
            .message = std::move(message),
            .form = Form::Provider,
            .innerCode = innerCode,
            .provider = "WMI Provider"};
}

SoapFault SoapFault::wmiError(std::uint32_t hresult, std::uint32_t status, std::string message)
{
    SoapFault fault{.code = 0, .message = std::move(message), .form = Form::WmiError};
    fault.innerCode = hresult;
    fault.cimStatus = status;
    return fault;
}

SoapFault SoapFault::mustUnderstand(std::string_view ns, std::string_view local)
{
    SoapFault fault{.code = code::mustUnderstand, .message = {}, .form = Form::None};
    fault.notUnderstood = local;
    fault.notUnderstoodNamespace = ns;
    return fault;
}

std::string writeFault(const SoapFault &fault, std::string_view relatesTo, std::string_view machine)
{
    const Row &row = rowOf(fault.code);
    const std::string_view message = fault.message.empty() ? std::string_view(row.sentence)
                                                           : std::string_view(fault.message);
    std::string out;
    openEnvelope(out, EnvelopeKind::Fault, faultAction(row.subcode), relatesTo);
    if (!fault.notUnderstood.empty()) {
        out += "<s:NotUnderstood qname=\"q:";
        appendAttribute(out, fault.notUnderstood);
        out += "\" xmlns:q=\"";
        appendAttribute(out, fault.notUnderstoodNamespace);
        out += "\"/>";
    }
    openBody(out);
    out += "<s:Fault><s:Code><s:Value>s:";
    out += row.soapCode;
    out += "</s:Value>";
    if (*row.subcode) {
        out += "<s:Subcode><s:Value>";
        out += row.subcode;
        out += "</s:Value></s:Subcode>";
    }
    out += "</s:Code><s:Reason><s:Text xml:lang=\"en-US\">";
    appendText(out, row.sentence);
    out += "</s:Text></s:Reason>";
    writeDetail(out, fault, row, message, machine);
    out += "</s:Fault>";
    closeEnvelope(out);
    return out;
}
