#include "export/leaftypes.h"

#include <array>
#include <utility>

namespace {

using TypeName = std::pair<std::string_view, CimType>;

constexpr std::array cimNames{
    TypeName{"cimBoolean", CimType::Boolean}, TypeName{"cimUnsignedByte", CimType::UInt8},
    TypeName{"cimByte", CimType::SInt8},      TypeName{"cimUnsignedShort", CimType::UInt16},
    TypeName{"cimShort", CimType::SInt16},    TypeName{"cimUnsignedInt", CimType::UInt32},
    TypeName{"cimInt", CimType::SInt32},      TypeName{"cimUnsignedLong", CimType::UInt64},
    TypeName{"cimLong", CimType::SInt64},     TypeName{"cimFloat", CimType::Real32},
    TypeName{"cimDouble", CimType::Real64},   TypeName{"cimChar16", CimType::Char16},
    TypeName{"cimString", CimType::String},   TypeName{"cimDateTime", CimType::DateTime},
    TypeName{"boolean", CimType::Boolean},    TypeName{"unsignedByte", CimType::UInt8},
    TypeName{"byte", CimType::SInt8},         TypeName{"unsignedShort", CimType::UInt16},
    TypeName{"short", CimType::SInt16},       TypeName{"unsignedInt", CimType::UInt32},
    TypeName{"int", CimType::SInt32},         TypeName{"unsignedLong", CimType::UInt64},
    TypeName{"long", CimType::SInt64},        TypeName{"float", CimType::Real32},
    TypeName{"double", CimType::Real64},      TypeName{"string", CimType::String},
    TypeName{"dateTime", CimType::DateTime},
};

std::string_view typeAttribute(Node element)
{
    if (element.attributeCount() == 0)
        return {};
    const std::string_view type = element.attribute(XmlNames::xsi, "type").value_or("");
    return type.substr(type.find(':') + 1); // npos + 1 is the beginning
}

} // namespace

CimType leafType(Node leaf, const LeafTypes &types)
{
    if (types) {
        if (const CimType known = types(leaf).type; known != CimType::Unknown)
            return known;
    }
    const std::string_view name = typeAttribute(leaf);
    for (const auto &[known, type] : cimNames) {
        if (!name.empty() && known == name)
            return type;
    }
    return CimType::Unknown;
}

std::string_view classOfType(Node element)
{
    constexpr std::string_view suffix = "_Type";
    const std::string_view type = typeAttribute(element);
    return type.size() > suffix.size() && type.ends_with(suffix)
        ? type.substr(0, type.size() - suffix.size())
        : std::string_view();
}

std::optional<std::string_view> leafText(Node element)
{
    if (element.isLeaf())
        return element.text();
    const Node only = element.firstChild();
    if (only.nextSibling() || !only.isLeaf())
        return std::nullopt;
    const std::string_view name = only.localName();
    if (name != "Datetime" && name != "Interval" && name != "CIM_DateTime")
        return std::nullopt;
    return only.text();
}

bool isValueAttribute(const AttributeView &attribute)
{
    const std::string_view ns = attribute.name.namespaceUri;
    return ns != XmlNames::xsi && ns != "http://www.w3.org/2000/xmlns/";
}
