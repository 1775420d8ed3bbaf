#include "demo/demoinstance.h"

#include "demo/soapwriter.h"
#include "protocol/namespaces.h"

#include <charconv>

namespace {

void appendValue(std::string &out, const DemoProperty &property, const DemoValue &value,
                 const DemoClass &outer, const UriStyle &style, bool fragment);

void declare(std::string &out, std::string_view prefix, std::string_view uri)
{
    out.append(" xmlns:").append(prefix).append("=\"").append(uri).append("\"");
}

/// `2024-05-06T07:08:09Z` as `20240506070809.000000+000`. The tables of devices hold whole seconds
/// of UTC; an interval stays as it is.
std::string dmtfTime(std::string_view iso)
{
    std::string digits;
    for (char c : iso.substr(0, 19)) {
        if (c >= '0' && c <= '9')
            digits += c;
    }
    return digits.size() == 14 ? digits + ".000000+000" : std::string(iso);
}

void appendProperties(std::string &out, const DemoObject &object, const UriStyle &style)
{
    for (std::size_t i = 0; i < object.values.size(); ++i)
        appendValue(out, *object.cls->all[i], object.values[i], *object.cls, style, false);
}

void appendContent(std::string &out, const DemoProperty &property, const DemoValue &value,
                   const UriStyle &style, bool fragment)
{
    if (value.kind == DemoValue::Kind::Reference) {
        if (style.wrapsReferences)
            appendEndpoint(out, *value.object, style);
        else
            appendReference(out, *value.object, style);
        return;
    }
    if (!property.isDateTime()) {
        if (style.as->upperBooleans && property.type == "boolean")
            appendText(out, value.text == "true" ? "TRUE" : "FALSE");
        else
            appendText(out, value.text);
        return;
    }
    if (style.as->dates != Personality::DateForm::Child) {
        const bool dmtf = style.as->dates == Personality::DateForm::Dmtf;
        appendText(out, dmtf ? dmtfTime(value.text) : value.text);
        return;
    }
    const bool interval = value.text.starts_with('P');
    const char *name = interval ? "Interval>" : "Datetime>";
    out += fragment ? "<" : "<cim:";
    out += name;
    out += value.text;
    out += fragment ? "</" : "</cim:";
    out += name;
}

void appendEmbedded(std::string &out, const DemoProperty &property, const DemoValue &value,
                    const DemoClass &outer, const UriStyle &style)
{
    // Inside, `p:` stands for the inner class, so that the ready-made tags fit there as well.
    out.append("<q:").append(property.name);
    declare(out, "q", style.classUri(outer));
    declare(out, "p", style.classUri(*value.object->cls));
    out.append(" xsi:type=\"p:").append(value.object->cls->name).append("_Type\">");
    appendProperties(out, *value.object, style);
    out.append("</q:").append(property.name).append(">");
}

void appendEmptyArray(std::string &out, const DemoProperty &property, bool null, bool fragment)
{
    out += fragment ? "<" : "<p:";
    out += property.name;
    out += null ? " xsi:nil=\"true\" m:IsNullArray=\"true\"/>" : " m:IsEmptyArray=\"true\"/>";
}

void appendValue(std::string &out, const DemoProperty &property, const DemoValue &value,
                 const DemoClass &outer, const UriStyle &style, bool fragment)
{
    const auto one = [&](const DemoValue &item) {
        if (item.kind == DemoValue::Kind::Object && !fragment) {
            appendEmbedded(out, property, item, outer, style);
            return;
        }
        if (fragment)
            out.append("<")
                .append(property.name)
                .append(item.kind == DemoValue::Kind::Nil ? " xsi:nil=\"true\"/>" : ">");
        else
            out += item.kind == DemoValue::Kind::Nil ? property.nil : property.open;
        if (item.kind == DemoValue::Kind::Nil)
            return;
        if (item.kind == DemoValue::Kind::Object)
            appendInstance(out, *item.object, style);
        else
            appendContent(out, property, item, style, fragment);
        if (fragment)
            out.append("</").append(property.name).append(">");
        else
            out += property.close;
    };
    const bool nilArray = property.array && value.kind == DemoValue::Kind::Nil;
    if (value.kind == DemoValue::Kind::Nil && style.as->nulls == Personality::NullForm::Absent)
        return;
    if (nilArray && style.as->nulls == Personality::NullForm::Nil) {
        one(value);
        return;
    }
    if (nilArray || (value.kind == DemoValue::Kind::Array && value.items.empty())) {
        if (style.preciseArrays)
            appendEmptyArray(out, property, nilArray, fragment);
    } else if (value.kind == DemoValue::Kind::Array) {
        for (const DemoValue &item : value.items)
            one(item);
    } else {
        one(value);
    }
}

} // namespace

void DemoValue::set(std::uint64_t number)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    set(std::string_view(digits, std::size_t(end - digits)));
}

void DemoObject::reset(const DemoClass &newClass)
{
    cls = &newClass;
    values.resize(newClass.all.size());
    for (DemoValue &value : values)
        value.setNil();
}

DemoValue *DemoObject::value(std::string_view property)
{
    const int index = cls->indexOf(property);
    return index < 0 ? nullptr : &values[std::size_t(index)];
}

const DemoValue *DemoObject::value(std::string_view property) const
{
    const int index = cls->indexOf(property);
    return index < 0 ? nullptr : &values[std::size_t(index)];
}

std::string UriStyle::classUri(const DemoClass &cls) const
{
    if (!as->isWindows())
        return std::string(as->baseOf(cls.name)) + '/' + cls.name;
    std::string result(dmtf ? uri::cimSchema : uri::wmi);
    if (!dmtf)
        result += "/" + ns;
    return result + "/" + cls.name;
}

void appendInstance(std::string &out, const DemoObject &object, const UriStyle &style)
{
    out.append("<p:").append(object.cls->name);
    declare(out, "xsi", ns::xsi);
    declare(out, "p", style.classUri(*object.cls));
    declare(out, "cim", ns::cimCommon);
    if (style.preciseArrays)
        declare(out, "m", ns::microsoft);
    if (style.as->typed)
        out.append(" xsi:type=\"p:").append(object.cls->name).append("_Type\"");
    out += ">";
    appendProperties(out, object, style);
    out.append("</p:").append(object.cls->name).append(">");
}

void appendFragment(std::string &out, const DemoObject &object, const std::vector<int> &properties,
                    const UriStyle &style)
{
    if (style.as->projectsInstances) {
        out.append("<p:").append(object.cls->name);
        declare(out, "xsi", ns::xsi);
        declare(out, "p", style.classUri(*object.cls));
        out += ">";
        for (int index : properties) {
            appendValue(out, *object.cls->all[std::size_t(index)],
                        object.values[std::size_t(index)], *object.cls, style, false);
        }
        out.append("</p:").append(object.cls->name).append(">");
        return;
    }
    out += "<w:XmlFragment";
    declare(out, "xsi", ns::xsi);
    declare(out, "w", ns::wsman);
    if (style.preciseArrays)
        declare(out, "m", ns::microsoft);
    out += ">";
    for (int index : properties) {
        appendValue(out, *object.cls->all[std::size_t(index)], object.values[std::size_t(index)],
                    *object.cls, style, true);
    }
    out += "</w:XmlFragment>";
}

namespace {

void appendNamespaceSelector(std::string &out, const UriStyle &style)
{
    out += "<w:Selector Name=\"__cimnamespace\">";
    appendText(out, style.ns);
    out += "</w:Selector>";
}

} // namespace

void appendReference(std::string &out, const DemoObject &target, const UriStyle &style)
{
    using Place = Personality::EprNamespace;
    const Place place = style.as->isWindows() && !style.dmtf ? Place::None : style.as->eprNamespace;
    out += "<a:Address>";
    out += uri::anonymous;
    out += "</a:Address><a:ReferenceParameters>";
    appendLeaf(out, "w:ResourceURI", style.classUri(*target.cls));
    out += "<w:SelectorSet>";
    if (place == Place::First)
        appendNamespaceSelector(out, style);
    for (int key : target.cls->keys) {
        const DemoProperty &property = *target.cls->all[std::size_t(key)];
        const DemoValue &value = target.values[std::size_t(key)];
        out += "<w:Selector Name=\"";
        appendAttribute(out, property.name);
        out += "\">";
        if (value.kind == DemoValue::Kind::Reference) {
            out += "<a:EndpointReference>";
            appendReference(out, *value.object, style);
            out += "</a:EndpointReference>";
        } else {
            appendText(out, value.text);
        }
        out += "</w:Selector>";
    }
    if (place == Place::Last)
        appendNamespaceSelector(out, style);
    out += "</w:SelectorSet></a:ReferenceParameters>";
}

void appendProperty(std::string &out, const DemoProperty &property, const DemoValue &value,
                    const DemoClass &cls, const UriStyle &style)
{
    appendValue(out, property, value, cls, style, false);
}

void appendPathFragment(std::string &out, const DemoClass &cls, int property,
                        const DemoValue &value, bool text, const UriStyle &style)
{
    const DemoProperty &meant = *cls.all[std::size_t(property)];
    out += "<w:XmlFragment";
    declare(out, "w", ns::wsman);
    if (text) {
        out += ">";
        if (value.kind == DemoValue::Kind::Text)
            appendText(out, value.text);
        for (const DemoValue &item : value.items)
            appendText(out, item.text);
    } else {
        declare(out, "xsi", ns::xsi);
        declare(out, "p", style.classUri(cls));
        declare(out, "cim", ns::cimCommon);
        if (style.preciseArrays)
            declare(out, "m", ns::microsoft);
        out += ">";
        appendValue(out, meant, value, cls, style, style.as->bareFragments);
    }
    out += "</w:XmlFragment>";
}

void appendEndpoint(std::string &out, const DemoObject &object, const UriStyle &style)
{
    out += "<a:EndpointReference>";
    appendReference(out, object, style);
    out += "</a:EndpointReference>";
}
