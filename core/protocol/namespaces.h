#pragma once

#include <string_view>

/// XML namespaces and URIs of WS-Management, byte for byte as they travel. Sources: DSP0226 1.1,
/// MS-WSMV 2.2.1.
namespace ns {
inline constexpr std::string_view soap = "http://www.w3.org/2003/05/soap-envelope";
inline constexpr std::string_view addressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
inline constexpr std::string_view wsman = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
inline constexpr std::string_view transfer = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
inline constexpr std::string_view enumeration = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
inline constexpr std::string_view eventing = "http://schemas.xmlsoap.org/ws/2004/08/eventing";
inline constexpr std::string_view cimBinding =
    "http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd";
inline constexpr std::string_view microsoft = "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd";
inline constexpr std::string_view wsmanFault =
    "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";
inline constexpr std::string_view identity =
    "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";
inline constexpr std::string_view cimCommon = "http://schemas.dmtf.org/wbem/wscim/1/common";
inline constexpr std::string_view shell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
inline constexpr std::string_view xsi = "http://www.w3.org/2001/XMLSchema-instance";
inline constexpr std::string_view xsd = "http://www.w3.org/2001/XMLSchema";
inline constexpr std::string_view xml = "http://www.w3.org/XML/1998/namespace";
} // namespace ns

namespace uri {
inline constexpr std::string_view anonymous =
    "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";
inline constexpr std::string_view wsman1 = "http://schemas.microsoft.com/wbem/wsman/1";
inline constexpr std::string_view config = "http://schemas.microsoft.com/wbem/wsman/1/config";
inline constexpr std::string_view wmi = "http://schemas.microsoft.com/wbem/wsman/1/wmi";
inline constexpr std::string_view cimSchema = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2";
inline constexpr std::string_view cimClasses = "http://schemas.dmtf.org/wbem/wscim/1/*";
inline constexpr std::string_view classMetadata =
    "http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*";
inline constexpr std::string_view wql = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
inline constexpr std::string_view cql = "http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf";
inline constexpr std::string_view xpath = "http://www.w3.org/TR/1999/REC-xpath-19991116";
inline constexpr std::string_view selectorFilter =
    "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter";
inline constexpr std::string_view associationFilter =
    "http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter";
} // namespace uri

namespace action {
inline constexpr std::string_view get = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get";
inline constexpr std::string_view put = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Put";
inline constexpr std::string_view create = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Create";
inline constexpr std::string_view remove = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete";
inline constexpr std::string_view enumerate =
    "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate";
inline constexpr std::string_view pull = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Pull";
inline constexpr std::string_view release =
    "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Release";
inline constexpr std::string_view addressingFault =
    "http://schemas.xmlsoap.org/ws/2004/08/addressing/fault";
inline constexpr std::string_view transferFault =
    "http://schemas.xmlsoap.org/ws/2004/09/transfer/fault";
inline constexpr std::string_view enumerationFault =
    "http://schemas.xmlsoap.org/ws/2004/09/enumeration/fault";
inline constexpr std::string_view wsmanFault = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";
} // namespace action
