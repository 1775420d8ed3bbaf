#include "protocol/representation.h"

#include "protocol/namespaces.h"
#include "protocol/representationsecrets.h"
#include "protocol/writeonly.h"
#include "protocol/xmltext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

bool Value::operator==(const Value &) const = default;

Value Value::null()
{
    return {};
}

Value Value::ofText(const QString &text)
{
    Value value;
    value.kind = Kind::Text;
    value.text = text;
    return value;
}

Value Value::ofSecret(const ::Secret &secret)
{
    Value value;
    value.kind = Kind::Secret;
    value.secret = std::make_shared<const ::Secret>(secret);
    return value;
}

Value Value::ofReference(const EndpointReference &reference)
{
    Value value;
    value.kind = Kind::Reference;
    value.reference = reference;
    return value;
}

Value Value::ofInstance(std::vector<Property> properties)
{
    Value value;
    value.kind = Kind::Instance;
    value.properties = std::move(properties);
    return value;
}

const Property *findProperty(const std::vector<Property> &properties, QStringView name)
{
    for (const auto sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
        const auto found = std::find_if(properties.rbegin(), properties.rend(),
                                        [&](const Property &property) {
                                            return name.compare(property.name, sensitivity) == 0;
                                        });
        if (found != properties.rend())
            return &*found;
    }
    return nullptr;
}

const Property *Representation::property(QStringView propertyName) const
{
    return findProperty(content.properties, propertyName);
}

namespace {

bool isSecret(const Value &value, bool writeOnly)
{
    if (value.kind == Value::Kind::Secret)
        return value.secret && !value.secret->isEmpty();
    return writeOnly && value.kind == Value::Kind::Text && !value.text.isEmpty();
}

bool carriesSecret(const Value &value, QStringView name)
{
    if (isSecret(value, namesSecret(value) || isWriteOnlyName(name)))
        return true;
    for (const Attribute &attribute : value.attributes) {
        if (isSecretAttribute(value, attribute))
            return true;
    }
    return std::ranges::any_of(value.properties, [](const Property &property) {
        return std::ranges::any_of(property.values, [&property](const Value &item) {
            return carriesSecret(item, property.name);
        });
    });
}

bool isBlank(const Value &value)
{
    return value.kind == Value::Kind::Null
        || (value.kind == Value::Kind::Text && value.text.isEmpty());
}

void dropBlankSecrets(std::vector<Property> &properties)
{
    std::erase_if(properties, [](const Property &property) {
        return isWriteOnlyName(property.name) && std::ranges::all_of(property.values, isBlank);
    });
    for (Property &property : properties) {
        for (Value &value : property.values) {
            std::erase_if(value.attributes, [](const Attribute &attribute) {
                return isWriteOnlyName(attribute.name.name) && attribute.value.isEmpty();
            });
            dropBlankSecrets(value.properties);
        }
    }
}

} // namespace

bool namesSecret(const Value &value)
{
    return std::ranges::any_of(value.attributes, [](const Attribute &attribute) {
        return attribute.name.name == u"Name" && isWriteOnlyName(attribute.value);
    });
}

bool isSecretAttribute(const Value &value, const Attribute &attribute)
{
    if (attribute.value.isEmpty())
        return false;
    return isWriteOnlyName(attribute.name.name)
        || (attribute.name.name == u"Value" && namesSecret(value));
}

bool carriesSecret(const Representation &representation)
{
    return carriesSecret(representation.content, representation.name);
}

Representation forPut(Representation read)
{
    auto &properties = read.content.properties;
    if (!properties.empty() && properties.back().name == u"Location"
        && properties.back().ns == toText(ns::cimCommon))
        properties.pop_back();
    if (read.ns.startsWith(toText(uri::config)) && read.name == u"Listener")
        std::erase_if(properties,
                      [](const Property &property) { return property.name == u"ListeningOn"; });
    dropBlankSecrets(properties);
    return read;
}
