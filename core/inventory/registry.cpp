#include "inventory/registry.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

ResourceLocator provider()
{
    return wmiClass(u"root/default"_s, u"StdRegProv"_s);
}

InvokeParameters call(const QString &method, RegistryHive hive, const QString &path)
{
    InvokeParameters parameters{
        .resource = provider(), .method = method, .input = emptyInput(provider(), method)};
    parameters.input.content.properties = {
        {.name = u"hDefKey"_s,
         .ns = parameters.input.ns,
         .values = {Value::ofText(QString::number(std::uint32_t(hive)))}},
        {.name = u"sSubKeyName"_s, .ns = parameters.input.ns, .values = {Value::ofText(path)}}};
    return parameters;
}

void add(InvokeParameters &parameters, const QString &name, const QStringList &texts, bool array)
{
    Property property{.name = name,
                      .ns = parameters.input.ns,
                      .shape = array ? Property::Shape::Array : Property::Shape::Single,
                      .values = {}};
    for (const QString &text : texts)
        property.values.push_back(Value::ofText(text));
    parameters.input.content.properties.push_back(property);
}

/// The middle of Get...Value and Set...Value.
QString typeWord(RegistryType type)
{
    switch (type) {
    case RegistryType::String:
        return u"String"_s;
    case RegistryType::ExpandString:
        return u"ExpandedString"_s;
    case RegistryType::Binary:
        return u"Binary"_s;
    case RegistryType::DWord:
        return u"DWORD"_s;
    case RegistryType::MultiString:
        return u"MultiString"_s;
    case RegistryType::QWord:
        return u"QWORD"_s;
    }
    return {};
}

bool isNumber(RegistryType type)
{
    return type == RegistryType::Binary || type == RegistryType::DWord
        || type == RegistryType::QWord;
}

QStringList texts(const InvokeReply &reply, QStringView name)
{
    QStringList result;
    const Property *const property = findProperty(reply.parameters, name);
    if (!property)
        return result;
    for (const Value &value : property->values) {
        if (value.kind == Value::Kind::Text)
            result.append(value.text);
    }
    return result;
}

std::optional<RegistryType> knownType(const QString &number)
{
    switch (number.trimmed().toInt()) {
    case 1:
        return RegistryType::String;
    case 2:
        return RegistryType::ExpandString;
    case 3:
        return RegistryType::Binary;
    case 4:
        return RegistryType::DWord;
    case 7:
        return RegistryType::MultiString;
    case 11:
        return RegistryType::QWord;
    default:
        return std::nullopt;
    }
}

} // namespace

std::span<const RegistryHiveName> registryHives()
{
    static constexpr std::array hives{
        RegistryHiveName{RegistryHive::LocalMachine, "HKLM"_L1, "HKEY_LOCAL_MACHINE"_L1},
        RegistryHiveName{RegistryHive::Users, "HKU"_L1, "HKEY_USERS"_L1},
        RegistryHiveName{RegistryHive::CurrentUser, "HKCU"_L1, "HKEY_CURRENT_USER"_L1},
        RegistryHiveName{RegistryHive::ClassesRoot, "HKCR"_L1, "HKEY_CLASSES_ROOT"_L1},
        RegistryHiveName{RegistryHive::CurrentConfig, "HKCC"_L1, "HKEY_CURRENT_CONFIG"_L1}};
    return hives;
}

std::optional<RegistryHive> registryHiveNamed(QStringView name)
{
    for (const auto &[hive, brief, full] : registryHives()) {
        if (name.compare(brief, Qt::CaseInsensitive) == 0
            || name.compare(full, Qt::CaseInsensitive) == 0)
            return hive;
    }
    return std::nullopt;
}

InvokeParameters registryKeys(RegistryHive hive, const QString &path)
{
    return call(u"EnumKey"_s, hive, path);
}

InvokeParameters registryValues(RegistryHive hive, const QString &path)
{
    return call(u"EnumValues"_s, hive, path);
}

InvokeParameters registryValue(RegistryHive hive, const QString &path,
                               const RegistryValueName &value)
{
    InvokeParameters parameters = call(u"Get"_s + typeWord(value.type) + u"Value"_s, hive, path);
    add(parameters, u"sValueName"_s, {value.name}, false);
    return parameters;
}

InvokeParameters registryCreateKey(RegistryHive hive, const QString &path)
{
    return call(u"CreateKey"_s, hive, path);
}

InvokeParameters registryDeleteKey(RegistryHive hive, const QString &path)
{
    return call(u"DeleteKey"_s, hive, path);
}

InvokeParameters registrySetValue(RegistryHive hive, const QString &path,
                                  const RegistryValueName &value, const QStringList &texts)
{
    InvokeParameters parameters = call(u"Set"_s + typeWord(value.type) + u"Value"_s, hive, path);
    add(parameters, u"sValueName"_s, {value.name}, false);
    const bool array = value.type == RegistryType::Binary
        || value.type == RegistryType::MultiString;
    add(parameters, isNumber(value.type) ? u"uValue"_s : u"sValue"_s,
        array || !texts.isEmpty() ? texts : QStringList(QString()), array);
    return parameters;
}

InvokeParameters registryDeleteValue(RegistryHive hive, const QString &path, const QString &name)
{
    InvokeParameters parameters = call(u"DeleteValue"_s, hive, path);
    add(parameters, u"sValueName"_s, {name}, false);
    return parameters;
}

QStringList readRegistryKeys(const InvokeReply &reply)
{
    return texts(reply, u"sNames");
}

std::vector<RegistryValueName> readRegistryValues(const InvokeReply &reply)
{
    const QStringList names = texts(reply, u"sNames");
    const QStringList types = texts(reply, u"Types");
    std::vector<RegistryValueName> values;
    for (qsizetype i = 0; i < std::min(names.size(), types.size()); ++i) {
        if (const auto type = knownType(types[i]))
            values.push_back({.name = names[i], .type = *type});
    }
    return values;
}

QStringList readRegistryValue(const InvokeReply &reply)
{
    const QStringList strings = texts(reply, u"sValue");
    return strings.isEmpty() ? texts(reply, u"uValue") : strings;
}
