#include "document/xmlreader.h"
#include "protocol/namespaces.h"
#include "protocol/representation.h"
#include "protocol/wellformed.h"
#include "protocol/xmltext.h"

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view nullArrayMark = "IsNullArray";
constexpr std::string_view emptyArrayMark = "IsEmptyArray";

/// The type of xsi:type, its prefix resolved. Windows' own client writes "cim:cimString" without
/// declaring that prefix.
QualifiedName typeName(Node element, std::string_view text)
{
    const auto colon = text.find(':');
    const auto prefix = colon == std::string_view::npos ? std::string_view()
                                                        : text.substr(0, colon);
    const auto ns = element.resolvePrefix(prefix);
    if (ns)
        return {toText(*ns),
                toText(colon == std::string_view::npos ? text : text.substr(colon + 1))};
    if (prefix == "cim")
        return {toText(ns::cimCommon), toText(text.substr(colon + 1))};
    return {{}, toText(text)};
}

bool isArrayMark(const NameView &name)
{
    return name.is(ns::microsoft, nullArrayMark) || name.is(ns::microsoft, emptyArrayMark);
}

void readAttributes(Node element, Value &value)
{
    for (std::uint32_t i = 0; i < element.attributeCount(); ++i) {
        const AttributeView attribute = element.attribute(i);
        if (attribute.name.is(ns::xsi, "type"))
            value.type = typeName(element, attribute.value);
        else if (!attribute.name.is(ns::xsi, "nil") && !isArrayMark(attribute.name))
            value.attributes.push_back(
                {{toText(attribute.name.namespaceUri), toText(attribute.name.local)},
                 toText(attribute.value)});
    }
}

/// The kind of `<p:X><cim:Datetime>...`: one leaf child without attributes in the CIM namespace.
std::optional<Value::Kind> dateKind(Node element)
{
    const Node child = element.firstChild();
    if (element.childCount() != 1 || child.namespaceUri() != ns::cimCommon || !child.isLeaf()
        || child.attributeCount() > 0)
        return std::nullopt;
    if (child.localName() == "Datetime")
        return Value::Kind::DateTime;
    if (child.localName() == "Interval")
        return Value::Kind::Interval;
    if (child.localName() == "CIM_DateTime")
        return Value::Kind::RawDateTime;
    return std::nullopt;
}

/// True when an EndpointReference says all that the element does.
bool isPlainReference(Node element)
{
    if (!isEndpointReference(element) || element.childCount() > 2)
        return false;
    const Node parameters = element.child(ns::addressing, "ReferenceParameters");
    const auto known = std::uint32_t(bool(element.child(ns::addressing, "Address")))
        + std::uint32_t(bool(parameters));
    if (known != element.childCount())
        return false;
    const auto knownParameters = std::uint32_t(bool(parameters.child(ns::wsman, "ResourceURI")))
        + std::uint32_t(bool(parameters.child(ns::wsman, "SelectorSet")));
    return knownParameters == parameters.childCount();
}

Value readValue(Node element)
{
    Value value;
    if (element.isNil() && element.isLeaf()) {
        value.kind = Value::Kind::Null;
    } else if (element.isLeaf()) {
        value = Value::ofText(toText(element.text()));
    } else if (const auto date = dateKind(element)) {
        value.kind = *date;
        value.text = toText(element.firstChild().trimmedText());
    } else if (isPlainReference(element)) {
        value = Value::ofReference(readEndpointReference(element));
    } else {
        value = Value::ofInstance(readProperties(element));
    }
    readAttributes(element, value);
    return value;
}

/// A nil element that says of itself that it is an array.
std::optional<Property::Shape> markedShape(Node element)
{
    if (element.attribute(ns::microsoft, nullArrayMark) == "true")
        return Property::Shape::NullArray;
    if (element.attribute(ns::microsoft, emptyArrayMark) == "true")
        return Property::Shape::Array;
    return std::nullopt;
}

bool hasMixedContent(Node element)
{
    if (element.hasMixedContent())
        return true;
    for (const Node child : element.children()) {
        if (hasMixedContent(child))
            return true;
    }
    return false;
}

Error usage(const QString &message)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, message);
}

} // namespace

std::vector<Property> readProperties(Node element)
{
    std::vector<Property> properties;
    for (const Node child : element.children()) {
        const QString name = toText(child.localName());
        const QString ns = toText(child.namespaceUri());
        if (const auto shape = markedShape(child)) {
            properties.push_back({.name = name, .ns = ns, .shape = *shape, .values = {}});
            continue;
        }
        Property *const last = properties.empty() ? nullptr : &properties.back();
        if (last && last->name == name && last->ns == ns && !last->values.empty()) {
            last->shape = Property::Shape::Array;
            last->values.push_back(readValue(child));
        } else {
            properties.push_back({.name = name, .ns = ns, .values = {readValue(child)}});
        }
    }
    return properties;
}

Result<Representation> readRepresentation(Node element)
{
    if (!element)
        return Representation();
    if (hasMixedContent(element))
        return usage(u"text stands between the elements of %1"_s.arg(toText(element.localName())));
    Representation representation{.name = toText(element.localName()),
                                  .ns = toText(element.namespaceUri()),
                                  .content = readValue(element)};
    return representation;
}

Result<Representation> representationFromXml(const QByteArray &xml)
{
    const Result<DocumentPtr> document = readXml(xml);
    if (!document)
        return usage(malformedReason(xml, document.error()));
    const Node root = document.value()->root();
    if (root.name().is(ns::soap, "Envelope"))
        return usage(u"a whole SOAP envelope, where only its body's element belongs"_s);
    return readRepresentation(root);
}
