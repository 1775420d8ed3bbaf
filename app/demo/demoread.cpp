#include "demo/demoread.h"

#include "demo/soaprequest.h"
#include "protocol/namespaces.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace {

struct Range
{
    std::string_view type;
    std::int64_t min;
    std::uint64_t max;
};

constexpr std::array ranges = {
    Range{"uint8", 0, 255},
    Range{"uint16", 0, 65535},
    Range{"uint32", 0, 4294967295},
    Range{"uint64", 0, 18446744073709551615U},
    Range{"sint8", -128, 127},
    Range{"sint16", -32768, 32767},
    Range{"sint32", -2147483647 - 1, 2147483647},
    Range{"sint64", -9223372036854775807 - 1, 9223372036854775807},
};

template<typename Number>
bool reads(std::string_view text, Number &number)
{
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return !text.empty() && error == std::errc() && stop == text.data() + text.size();
}

bool isInteger(std::string_view text, const Range &range)
{
    std::int64_t negative = 0;
    if (text.starts_with('-'))
        return reads(text, negative) && negative >= range.min;
    std::uint64_t number = 0;
    return reads(text, number) && number <= range.max;
}

bool isDateTime(std::string_view text)
{
    const auto digits = [text](std::size_t from, std::size_t count) {
        return text.size() >= from + count
            && text.substr(from, count).find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (text.starts_with('P'))
        return parseDuration(text).has_value();
    if (text.size() == 25 && (text[21] == '+' || text[21] == '-' || text[21] == ':'))
        return digits(0, 14);
    return text.size() >= 10 && digits(0, 4) && text[4] == '-' && digits(5, 2) && text[7] == '-'
        && digits(8, 2);
}

} // namespace

void DemoReader::refuse(const DemoProperty &property, std::string_view text) const
{
    throw SoapFault::fromWmi(typeCode,
                             "\"" + std::string(text.substr(0, 80)) + "\" is no value for "
                                 + property.name + ", which is of the type " + property.type + ".",
                             code::wmiTypeMismatch);
}

std::shared_ptr<const DemoObject> DemoReader::reference(Node element) const
{
    const Node parameters = element.descendant("ReferenceParameters");
    const std::string_view uri = parameters.child("ResourceURI").trimmedText();
    const DemoClass *cls = schema.find(uri.substr(uri.rfind('/') + 1));
    if (!cls)
        return nullptr;
    auto target = std::make_shared<DemoObject>();
    target->reset(*cls);
    for (Node selector : parameters.child("SelectorSet").children()) {
        if (DemoValue *key = target->value(selector.attribute("Name").value_or("")))
            key->set(selector.text());
    }
    return target;
}

DemoValue DemoReader::one(const DemoProperty &property, Node element) const
{
    DemoValue value;
    if (element.isNil())
        return value;
    if (!property.references.empty()) {
        value.object = reference(element);
        if (!value.object)
            refuse(property, "The element");
        value.kind = DemoValue::Kind::Reference;
        return value;
    }
    if (!property.embedded.empty()) {
        const DemoClass *cls = schema.find(property.embedded);
        Node body = element;
        if (cls && element.firstChild() && element.firstChild().localName() == cls->name)
            body = element.firstChild();
        if (body.hasMixedContent() || (body.isLeaf() && !body.trimmedText().empty()))
            refuse(property, body.trimmedText()); // an object has properties, and no text
        auto object = std::make_shared<DemoObject>();
        object->reset(*cls);
        std::vector<int> named;
        properties(body, *object, named);
        value.kind = DemoValue::Kind::Object;
        value.object = std::move(object);
        return value;
    }
    std::string_view text = property.isString() ? element.text() : element.trimmedText();
    if (property.isDateTime()) {
        if (element.firstChild())
            text = element.firstChild().trimmedText();
        if (!isDateTime(text))
            refuse(property, text);
        value.set(text);
        return value;
    }
    if (!element.isLeaf())
        refuse(property, "The element");
    if (property.type == "boolean") {
        const bool yes = text == "1" || equalIgnoringCase(text, "true");
        if (!yes && text != "0" && !equalIgnoringCase(text, "false"))
            refuse(property, text);
        value.set(yes);
        return value;
    }
    const auto range = std::find_if(ranges.begin(), ranges.end(), [&property](const Range &row) {
        return row.type == property.type;
    });
    double real = 0;
    if ((range != ranges.end() && !isInteger(text, *range))
        || (property.type.starts_with("real") && !reads(text, real)))
        refuse(property, text);
    if (property.maxLength > 0 && text.size() > std::size_t(property.maxLength) * 4)
        refuse(property, text);
    value.set(text);
    return value;
}

DemoValue DemoReader::value(const DemoProperty &property, const std::vector<Node> &elements) const
{
    if (!property.array) {
        if (elements.size() != 1)
            refuse(property, "Several values");
        return one(property, elements.front());
    }
    DemoValue value;
    const bool empty = elements.front().attribute("IsEmptyArray").value_or("") == "true";
    if (!empty && elements.size() == 1 && elements.front().isNil())
        return value;
    value.kind = DemoValue::Kind::Array;
    for (Node element : elements) {
        if (!empty)
            value.items.push_back(one(property, element));
    }
    return value;
}

void DemoReader::properties(Node body, DemoObject &object, std::vector<int> &named) const
{
    std::vector<std::vector<Node>> elements(object.cls->all.size());
    for (Node element : body.children()) {
        if (element.name().is(ns::cimCommon, "Location"))
            continue; // the endpoint reference of replies of old hosts
        const int index = object.cls->indexOf(element.localName());
        if (index < 0 || object.cls->all[std::size_t(index)]->name != element.localName())
            throw SoapFault::fromWmi(code::schemaValidation,
                                     object.cls->name + " has no property "
                                         + std::string(element.localName()) + ".",
                                     code::wmiInvalidProperty);
        elements[std::size_t(index)].push_back(element);
    }
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (elements[i].empty())
            continue;
        object.values[i] = value(*object.cls->all[i], elements[i]);
        named.push_back(int(i));
    }
}

bool sameValue(const DemoValue &a, const DemoValue &b)
{
    const auto keys = [](const DemoValue &value) {
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < value.object->values.size(); ++i)
            texts.push_back(value.object->values[i].text);
        return texts;
    };
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case DemoValue::Kind::Nil:
        return true;
    case DemoValue::Kind::Text:
        return a.text == b.text;
    case DemoValue::Kind::Array:
        return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(),
                          sameValue);
    case DemoValue::Kind::Reference:
    case DemoValue::Kind::Object:
        return a.object->cls == b.object->cls && keys(a) == keys(b);
    }
    return false;
}
