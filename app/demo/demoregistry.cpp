#include "demo/demoregistry.h"

#include "demo/demomethods.h"
#include "demo/soaprequest.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace {

constexpr std::string_view missing = "2";
constexpr std::string_view denied = "5";
constexpr std::string_view typeMismatch = "2147749893";
constexpr std::size_t mostKeys = 10'000;

struct TypeName
{
    const char *method; ///< between Get or Set and Value
    const char *json;
    int type;
};

constexpr std::array types = {
    TypeName{"String", "sz", 1},         TypeName{"ExpandedString", "expand", 2},
    TypeName{"Binary", "hex", 3},        TypeName{"DWORD", "dword", 4},
    TypeName{"MultiString", "multi", 7}, TypeName{"QWORD", "qword", 11},
};

std::string lowered(const std::string &text)
{
    std::string result = text;
    for (char &c : result) {
        if (c >= 'A' && c <= 'Z')
            c = char(c + 32);
    }
    return result;
}

/// Keys that even an administrator may not write or read.
bool isLocked(const std::string &path)
{
    const std::string lower = lowered(path);
    return lower.starts_with("hklm\\sam") || lower.starts_with("hklm\\security");
}

} // namespace

bool DemoRegistry::Less::operator()(const std::string &a, const std::string &b) const
{
    return lowered(a) < lowered(b);
}

DemoRegistry::DemoRegistry()
{
    QFile file(QStringLiteral(":/demo/registry/registry.json"));
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QJsonObject keys = QJsonDocument::fromJson(file.readAll()).object();
    for (auto key = keys.begin(); key != keys.end(); ++key) {
        createKey(key.key().toStdString());
        Key &made = m_keys[key.key().toStdString()];
        const QJsonObject values = key->toObject();
        for (auto value = values.begin(); value != values.end(); ++value) {
            const QJsonArray row = value->toArray();
            Value read;
            for (const TypeName &type : types) {
                if (row.first().toString() == QLatin1String(type.json))
                    read.type = type.type;
            }
            for (qsizetype i = 1; i < row.size(); ++i)
                read.items.push_back(row.at(i).toVariant().toString().toStdString());
            made.values[value.key().toStdString()] = std::move(read);
        }
    }
}

std::string DemoRegistry::pathOf(const MethodCall &call)
{
    struct Hive
    {
        const char *number;
        const char *name;
    };
    static constexpr std::array hives = {Hive{"2147483648", "HKCR"}, Hive{"2147483649", "HKCU"},
                                         Hive{"2147483650", "HKLM"}, Hive{"2147483651", "HKU"},
                                         Hive{"2147483653", "HKCC"}};
    const std::string number = call.has("hDefKey") ? call.in("hDefKey") : "2147483650";
    for (const Hive &hive : hives) {
        if (number != hive.number)
            continue;
        std::string path = call.in("sSubKeyName");
        while (path.ends_with('\\'))
            path.pop_back();
        return path.empty() ? hive.name : hive.name + ("\\" + path);
    }
    return {};
}

std::vector<std::string> DemoRegistry::subkeys(const std::string &path) const
{
    std::vector<std::string> names;
    for (const auto &[other, key] : m_keys) {
        if (other.size() > path.size() + 1 && other[path.size()] == '\\'
            && equalIgnoringCase(std::string_view(other).substr(0, path.size()), path)
            && other.find('\\', path.size() + 1) == std::string::npos)
            names.push_back(other.substr(path.size() + 1));
    }
    return names;
}

void DemoRegistry::enumerate(MethodCall &call, const std::string &path)
{
    const auto list = [&call](const char *parameter, const std::vector<std::string> &texts) {
        if (texts.empty())
            return; // a null array, as Windows answers
        DemoValue &value = call.value(parameter);
        value.kind = DemoValue::Kind::Array;
        for (const std::string &text : texts)
            value.items.emplace_back().set(text);
    };
    if (call.method.name == "EnumKey") {
        list("sNames", subkeys(path));
        return;
    }
    std::vector<std::string> names;
    std::vector<std::string> numbers;
    for (const auto &[name, value] : m_keys[path].values) {
        names.push_back(name);
        numbers.push_back(std::to_string(value.type));
    }
    list("sNames", names);
    list("Types", numbers);
}

void DemoRegistry::get(MethodCall &call, Key &key, int type)
{
    const auto found = key.values.find(call.in("sValueName"));
    if (found == key.values.end()) {
        call.result = missing;
        return;
    }
    if (found->second.type != type) {
        call.result = typeMismatch;
        return;
    }
    const bool array = type == 3 || type == 7;
    DemoValue &value = call.value(type == 3 || type == 4 || type == 11 ? "uValue" : "sValue");
    if (!array) {
        value.set(found->second.items.empty() ? std::string() : found->second.items.front());
        return;
    }
    value.kind = DemoValue::Kind::Array;
    for (const std::string &item : found->second.items)
        value.items.emplace_back().set(item);
}

void DemoRegistry::set(MethodCall &call, Key &key, int type)
{
    Value &value = key.values[call.in("sValueName")];
    const DemoValue &given = call.value(type == 3 || type == 4 || type == 11 ? "uValue" : "sValue");
    value.type = type;
    value.items.clear();
    if (given.kind == DemoValue::Kind::Text)
        value.items.push_back(given.text);
    for (const DemoValue &item : given.items)
        value.items.push_back(item.text);
}

std::string DemoRegistry::createKey(const std::string &path)
{
    if (m_keys.size() > mostKeys)
        return "8";
    for (std::size_t end = path.find('\\'); end != std::string::npos;
         end = path.find('\\', end + 1))
        m_keys[path.substr(0, end)];
    m_keys[path];
    return "0";
}

std::string DemoRegistry::deleteKey(const std::string &path)
{
    if (path.find('\\') == std::string::npos || !subkeys(path).empty())
        return std::string(denied);
    m_keys.erase(path);
    return "0";
}

void DemoRegistry::run(MethodCall &call)
{
    const std::string &method = call.method.name;
    const std::string path = pathOf(call);
    if (path.empty() || path.find("\\\\") != std::string::npos) {
        call.result = "87";
        return;
    }
    const bool reads = method.starts_with("Get") || method.starts_with("Enum");
    if (method == "CheckAccess") {
        const bool there = m_keys.contains(path);
        call.value("bGranted").set(there && !isLocked(path));
        call.result = there ? (isLocked(path) ? denied : "0") : missing;
        return;
    }
    if (isLocked(path)) {
        call.result = denied;
        return;
    }
    if (method == "CreateKey") {
        call.result = createKey(path);
        return;
    }
    const auto key = m_keys.find(path);
    if (key == m_keys.end()) {
        call.result = missing;
    } else if (method.starts_with("Enum")) {
        enumerate(call, path);
    } else if (method == "DeleteKey") {
        call.result = deleteKey(path);
    } else if (method == "DeleteValue") {
        call.result = key->second.values.erase(call.in("sValueName")) > 0 ? "0" : missing;
    } else {
        const std::string middle = method.substr(3, method.size() - 8);
        for (const TypeName &type : types) {
            if (middle != type.method)
                continue;
            if (reads)
                get(call, key->second, type.type);
            else
                set(call, key->second, type.type);
        }
    }
}
