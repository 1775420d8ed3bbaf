#pragma once

#include "export/exporter.h"

#include <string_view>

namespace XmlNames {
inline constexpr std::string_view xsi = "http://www.w3.org/2001/XMLSchema-instance";
inline constexpr std::string_view xsd = "http://www.w3.org/2001/XMLSchema";
inline constexpr std::string_view cim = "http://schemas.dmtf.org/wbem/wscim/1/common";
inline constexpr std::string_view addressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
inline constexpr std::string_view wsman = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
} // namespace XmlNames

/// The type that `types` or the element's xsi:type knows. Source of the names: DSP0230 ("cimInt"),
/// XML Schema part 2 ("int").
CimType leafType(Node leaf, const LeafTypes &types);
/// The class in `xsi:type="q:Win32_Process_Type"`; empty for simple types and without one.
std::string_view classOfType(Node element);
/// The text of a leaf or of the one Datetime, Interval or CIM_DateTime child; nullopt for anything
/// that has other children.
std::optional<std::string_view> leafText(Node element);
/// An attribute that belongs to the values, not to XML's own machinery (xsi:type, xsi:nil, xmlns).
bool isValueAttribute(const AttributeView &attribute);
