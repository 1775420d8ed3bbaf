#include "document/propertyreader.h"

#include "document/documentarena.h"
#include "document/rowhead.h"

#include <algorithm>
#include <array>
#include <utility>

namespace {

/// The types of xsi:type on properties: DSP0230's cim names and XML Schema's, in lower case.
constexpr std::array<std::pair<std::string_view, CimType>, 36> typeNames{{
    {"cimstring", CimType::String},        {"string", CimType::String},
    {"cimboolean", CimType::Boolean},      {"boolean", CimType::Boolean},
    {"cimunsignedbyte", CimType::UInt8},   {"unsignedbyte", CimType::UInt8},
    {"cimbyte", CimType::SInt8},           {"byte", CimType::SInt8},
    {"cimunsignedshort", CimType::UInt16}, {"unsignedshort", CimType::UInt16},
    {"cimshort", CimType::SInt16},         {"short", CimType::SInt16},
    {"cimunsignedint", CimType::UInt32},   {"unsignedint", CimType::UInt32},
    {"cimint", CimType::SInt32},           {"int", CimType::SInt32},
    {"cimunsignedlong", CimType::UInt64},  {"unsignedlong", CimType::UInt64},
    {"cimlong", CimType::SInt64},          {"long", CimType::SInt64},
    {"cimfloat", CimType::Real32},         {"float", CimType::Real32},
    {"cimdouble", CimType::Real64},        {"double", CimType::Real64},
    {"cimchar16", CimType::Char16},        {"cimdatetime", CimType::DateTime},
    {"datetime", CimType::DateTime},       {"cimreference", CimType::Reference},
    {"cimhexbinary", CimType::String},     {"cimbase64binary", CimType::String},
    {"anyuri", CimType::String},           {"cimanyuri", CimType::String},
    {"duration", CimType::DateTime},       {"date", CimType::DateTime},
    {"time", CimType::DateTime},           {"endpointreferencetype", CimType::Reference},
}};

CimType typeNamed(std::string_view qualified)
{
    qualified = trimmedXml(qualified);
    const auto colon = qualified.find(':');
    const auto local = colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
    std::string lower(local);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    const auto it = std::ranges::find(typeNames, lower, [](const auto &e) { return e.first; });
    return it == typeNames.end() ? CimType::Unknown : it->second;
}

bool isTrue(std::string_view value)
{
    return value == "true" || trimmedXml(value) == "true" || trimmedXml(value) == "1";
}

bool isReference(Node object)
{
    return object.child("Address") || object.child("ReferenceParameters");
}

} // namespace

bool PropertyReader::begin(const NameView &name, const NameView *row,
                           std::span<const AttributeView> attributes,
                           std::span<const XmlSink::Declaration> declarations)
{
    m_property = m_columns.property({name, row != nullptr, false});
    if (m_property == RowColumns::none)
        return false;
    m_state = State::Text;
    m_form = ScalarForm::Plain;
    m_nil = m_hasAttributes = m_hasFields = false;
    m_value.clear();
    m_rowName = row;
    if (attributes.size() + declarations.size() > 0)
        readAttributes(attributes, declarations);
    return true;
}

void PropertyReader::readAttributes(std::span<const AttributeView> attributes,
                                    std::span<const XmlSink::Declaration> declarations)
{
    std::size_t others = 0;
    for (const AttributeView &attribute : attributes) {
        const bool isXsi = attribute.name.namespaceUri == xsiNamespace;
        if (isXsi && attribute.name.local == "nil") {
            m_nil = isTrue(attribute.value);
            others += attribute.value != "true"; // "1", "0" and "false" are kept as written
        } else {
            ++others;
            if (isXsi && attribute.name.local == "type")
                m_columns.setType(m_property, typeNamed(attribute.value));
        }
    }
    m_hasAttributes = others > 0;
    if (!m_hasAttributes && declarations.empty())
        return;
    m_hasFields = true;
    m_fields.clear();
    RowHead::writeDeclarations(m_fields, declarations);
    RowHead::writeAttributes(m_fields, attributes);
}

bool PropertyReader::beginTime(const NameView &name, std::span<const AttributeView> attributes)
{
    if (m_state != State::Text || m_nil || !attributes.empty() || !isXmlBlank(m_value))
        return false;
    if (name.local == "Datetime")
        m_form = ScalarForm::DateTime;
    else if (name.local == "Interval")
        m_form = ScalarForm::Interval;
    else if (name.local == "CIM_DateTime")
        m_form = ScalarForm::CimDateTime;
    else
        return false;
    m_state = State::InTime;
    m_value.clear();
    if (m_timeNamespace != name.namespaceUri)
        m_timeNamespace = name.namespaceUri;
    return true;
}

/// What was read so far becomes the beginning of an object.
void PropertyReader::becomeObject()
{
    const RowLayout::Property &property = m_columns.facts(m_property);
    if (m_rowName)
        m_object.startElement(m_rowName->namespaceUri, property.facts.name, m_rowName->prefix);
    else
        m_object.startElement(property.ns, property.facts.name, property.prefix);
    if (m_hasFields) {
        FieldReader fields(m_fields.bytes());
        RowHead::replay(fields, m_object);
    } else if (m_nil) {
        m_object.attribute(xsiNamespace, "nil", "true", "xsi");
    }
    if (m_state != State::Text) {
        m_object.startElement(m_timeNamespace,
                              m_form == ScalarForm::DateTime       ? "Datetime"
                                  : m_form == ScalarForm::Interval ? "Interval"
                                                                   : "CIM_DateTime",
                              m_timeNamespace == cimCommonNamespace ? "cim" : "");
    }
    m_object.text(m_value);
    if (m_state == State::HadTime)
        m_object.endElement();
    m_state = State::Object;
}

void PropertyReader::startElement(const NameView &name, std::span<const AttributeView> attributes,
                                  std::span<const XmlSink::Declaration> declarations)
{
    if (m_state != State::Object) {
        if (beginTime(name, attributes))
            return;
        becomeObject();
    }
    m_object.startElement(name.namespaceUri, name.local, name.prefix);
    for (const auto &declaration : declarations)
        m_object.declareNamespace(declaration.prefix, declaration.uri);
    for (const auto &attribute : attributes)
        m_object.attribute(attribute.name.namespaceUri, attribute.name.local, attribute.value,
                           attribute.name.prefix);
}

void PropertyReader::text(std::string_view utf8)
{
    if (m_state == State::HadTime) {
        if (isXmlBlank(utf8))
            return;
        becomeObject();
    }
    if (m_state == State::Object)
        m_object.text(utf8);
    else
        m_value.append(utf8);
}

PropertyReader::End PropertyReader::endElement()
{
    if (m_state == State::Text || m_state == State::HadTime)
        return store() ? End::Done : End::Full;
    if (m_state == State::InTime) {
        m_state = State::HadTime;
        return End::Inside;
    }
    if (m_object.depth() > 1) {
        m_object.endElement();
        return End::Inside;
    }
    return storeObject() ? End::Done : End::Full;
}

bool PropertyReader::store()
{
    const bool otherTime = m_state == State::HadTime && m_timeNamespace != cimCommonNamespace;
    std::string_view attributes;
    if (m_hasAttributes || otherTime) {
        m_stored.clear();
        m_stored.add(m_state == State::HadTime ? std::string_view(m_timeNamespace)
                                               : std::string_view());
        m_stored.append(m_hasFields ? m_fields.bytes() : std::string_view());
        attributes = m_stored.bytes();
    }
    return m_nil ? m_columns.setNil(m_property, attributes)
                 : m_columns.setText(m_property, m_value, m_form, attributes);
}

bool PropertyReader::storeObject()
{
    const DocumentPtr object = m_object.finish();
    return m_columns.setObject(m_property, object, isReference(object->root()));
}
