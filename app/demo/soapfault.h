#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// A request that is answered with a SOAP fault. Thrown by what reads or answers a request, caught
/// in one place (WsmanService::handle), never across a signal.
///
/// What goes on the wire hangs on `code`, by the table in soapfault.cpp: SOAP code, subcode,
/// w:FaultDetail and the reason's sentence. Source of codes, subcodes and structure: MS-WSMV
/// 2.2.4.43 and recorded faults of Windows hosts; the sentences are ours.
struct SoapFault
{
    enum class Form {
        WSMan,    ///< f:WSManFault with a message
        Provider, ///< f:WSManFault around f:ProviderFault around f:WSManFault, as plug-ins answer
        WmiError, ///< p:MSFT_WmiError, as class metadata requests are answered
        None,     ///< no s:Detail at all (mustUnderstand)
    };
    std::uint32_t code = 0;
    std::string message; ///< what exactly was wrong; empty: the sentence of the code
    Form form = Form::WSMan;
    std::uint32_t innerCode = 0;    ///< of the nested WSManFault or the MSFT_WmiError; 0: `code`
    std::string provider;           ///< of a ProviderFault, e.g. "WMI Provider"
    std::string detail = {};        ///< replaces the table's FaultDetail (last part of its URI)
    std::string notUnderstood = {}; ///< local name of the header, with its namespace below
    std::string notUnderstoodNamespace = {};

    static SoapFault of(std::uint32_t code, std::string message = {});
    /// As the WMI plug-in answers; `innerCode` may be an HRESULT of WMI.
    static SoapFault fromWmi(std::uint32_t code, std::string message, std::uint32_t innerCode = 0);
    static SoapFault wmiError(std::uint32_t hresult, std::uint32_t cimStatus, std::string message);
    static SoapFault mustUnderstand(std::string_view ns, std::string_view local);

    std::uint32_t cimStatus = 0; ///< of an MSFT_WmiError
};

/// A code whose fault has this subcode, given without prefix and in any case; 0 without one.
std::uint32_t codeOfSubcode(std::string_view subcode);

/// The whole fault envelope. `relatesTo` may be empty; `machine` is the host as the client named
/// it.
std::string writeFault(const SoapFault &fault, std::string_view relatesTo,
                       std::string_view machine);

/// What the table says of a code: SOAP code, subcode with prefix, w:FaultDetail, our sentence.
struct FaultRow
{
    std::string_view soapCode, subcode, detail, sentence;
};
FaultRow faultRow(std::uint32_t code);
/// The Action of a fault with this subcode.
std::string_view faultAction(std::string_view subcode);

namespace code {
inline constexpr std::uint32_t resourceNotFound = 0x80338000;
inline constexpr std::uint32_t pullInProgress = 0x80338006;
inline constexpr std::uint32_t invalidRepresentation = 0x80338015;
inline constexpr std::uint32_t alreadyExists = 0x80338033;
inline constexpr std::uint32_t invalidParameter = 0x8033803A;
inline constexpr std::uint32_t parameterType = 0x80338054;
inline constexpr std::uint32_t parameterName = 0x80338055;
inline constexpr std::uint32_t invalidValues = 0x80338056;
inline constexpr std::uint32_t invalidXmlNamespace = 0x80338058;
inline constexpr std::uint32_t certificateNotFound = 0x80338082;
inline constexpr std::uint32_t groupPolicySetting = 0x8033808A;
inline constexpr std::uint32_t fragmentDialect = 0x80338090;
inline constexpr std::uint32_t fragmentPath = 0x80338093;
inline constexpr std::uint32_t fragmentPathBlank = 0x80338109;
inline constexpr std::uint32_t hostPattern = 0x8033809F;
inline constexpr std::uint32_t cannotChangeKeys = 0x803380ED;
inline constexpr std::uint32_t providerNotCapable = 0x80338102;
inline constexpr std::uint32_t readOnlySetting = 0x8033813F;
inline constexpr std::uint32_t mappingCredentials = 0x80338154;
inline constexpr std::uint32_t invalidSddl = 0x8033815C;
inline constexpr std::uint32_t mappingSubject = 0x80338161;
inline constexpr std::uint32_t mappingIssuer = 0x80338162;
inline constexpr std::uint32_t mappingPasswordLong = 0x8033816A;
inline constexpr std::uint32_t mappingPasswordBlank = 0x8033816B;
inline constexpr std::uint32_t mappingPasswordUser = 0x8033816C;
inline constexpr std::uint32_t deprecatedSetting = 0x803381AE;
inline constexpr std::uint32_t accessDenied = 5;
inline constexpr std::uint32_t internalError = 1359;
inline constexpr std::uint32_t quotaLimit = 0x8033803F;
inline constexpr std::uint32_t wmiAccessDenied = 0x80041003;
inline constexpr std::uint32_t wmiTypeMismatch = 0x80041005;
inline constexpr std::uint32_t wmiInvalidParameter = 0x80041008;
inline constexpr std::uint32_t wmiAlreadyExists = 0x80041019;
inline constexpr std::uint32_t wmiReadOnly = 0x80041023;
inline constexpr std::uint32_t wmiNotCapable = 0x80041024;
inline constexpr std::uint32_t wmiInvalidMethod = 0x8004102E;
inline constexpr std::uint32_t wmiInvalidMethodParameters = 0x8004102F;
inline constexpr std::uint32_t wmiMethodNotImplemented = 0x80041055;
inline constexpr std::uint32_t wmiInvalidProperty = 0x80041031;
inline constexpr std::uint32_t unsupportedTimeout = 0x8033800C;
inline constexpr std::uint32_t soapVersion = 0x8033800D;
inline constexpr std::uint32_t invalidHeader = 0x8033800F;
inline constexpr std::uint32_t mustUnderstand = 0x80338010;
inline constexpr std::uint32_t headerRequired = 0x80338011;
inline constexpr std::uint32_t actionNotSupported = 0x80338013;
inline constexpr std::uint32_t filteringNotSupported = 0x80338018;
inline constexpr std::uint32_t dialectUnavailable = 0x80338019;
inline constexpr std::uint32_t cannotProcessFilter = 0x8033801A;
inline constexpr std::uint32_t invalidContext = 0x8033801B;
inline constexpr std::uint32_t enumerateTimedOut = 0x8033801C;
inline constexpr std::uint32_t invalidBody = 0x80338027;
inline constexpr std::uint32_t timedOut = 0x80338029;
inline constexpr std::uint32_t unsupportedEncoding = 0x8033802C;
inline constexpr std::uint32_t encodingLimit = 0x80338035;
inline constexpr std::uint32_t invalidOptions = 0x80338039;
inline constexpr std::uint32_t invalidResourceUri = 0x8033803B;
inline constexpr std::uint32_t schemaValidation = 0x80338041;
inline constexpr std::uint32_t unsupportedFeature = 0x80338042;
inline constexpr std::uint32_t invalidXml = 0x80338043;
inline constexpr std::uint32_t envelopeExceeded = 0x80338048;
inline constexpr std::uint32_t insufficientSelectors = 0x8033805A;
inline constexpr std::uint32_t unexpectedSelectors = 0x8033805B;
inline constexpr std::uint32_t invalidSelectorValue = 0x8033805D;
inline constexpr std::uint32_t duplicateSelectors = 0x8033805F;
inline constexpr std::uint32_t expirationNotSupported = 0x80338068;
inline constexpr std::uint32_t addressingMode = 0x80338076;
inline constexpr std::uint32_t fragmentNotSupported = 0x80338077;
inline constexpr std::uint32_t modeUnsupported = 0x80338086;
inline constexpr std::uint32_t mustUnderstandLocale = 0x80338087;
inline constexpr std::uint32_t notSingleton = 0x803380FA;
inline constexpr std::uint32_t wqlResource = 0x803380FB;
inline constexpr std::uint32_t enumerateKeys = 0x80338108;
inline constexpr std::uint32_t noSuchInstance = 0x8033811A;
inline constexpr std::uint32_t polymorphism = 0x80338137;
inline constexpr std::uint32_t differentNamespace = 0x8033813B;
inline constexpr std::uint32_t pullParameters = 0x803381AD;
inline constexpr std::uint32_t wmiNotFound = 0x80041002;
inline constexpr std::uint32_t wmiInvalidNamespace = 0x8004100E;
inline constexpr std::uint32_t wmiInvalidClass = 0x80041010;
inline constexpr std::uint32_t wmiInvalidQuery = 0x80041017;
} // namespace code
