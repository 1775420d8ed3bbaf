#include "demo/demoschema.h"

#include "demo/demotable.h"
#include "demo/personality.h"
#include "demo/soaprequest.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

std::string textOf(const QJsonObject &object, QLatin1StringView key)
{
    return object.value(key).toString().toStdString();
}

std::vector<std::pair<std::string, std::string>> readValues(const QJsonObject &object)
{
    std::vector<std::pair<std::string, std::string>> values;
    const QJsonArray rows = object.value("values"_L1).toArray();
    for (const QJsonValue &row : rows) {
        const QJsonArray pair = row.toArray();
        values.emplace_back(pair.at(0).toString().toStdString(),
                            pair.at(1).toString().toStdString());
    }
    return values;
}

DemoProperty readProperty(const QJsonObject &object)
{
    DemoProperty property;
    property.name = textOf(object, "name"_L1);
    property.type = textOf(object, "type"_L1);
    property.array = object.value("array"_L1).toBool();
    property.key = object.value("key"_L1).toBool();
    property.write = object.value("write"_L1).toBool();
    property.in = object.value("in"_L1).toBool();
    property.out = object.value("out"_L1).toBool();
    property.required = object.value("required"_L1).toBool();
    property.references = textOf(object, "references"_L1);
    property.embedded = textOf(object, "embedded"_L1);
    property.description = textOf(object, "description"_L1);
    property.units = textOf(object, "units"_L1);
    property.maxLength = object.value("maxLength"_L1).toInt();
    property.values = readValues(object);
    property.open = "<p:" + property.name + ">";
    property.close = "</p:" + property.name + ">";
    property.nil = "<p:" + property.name + " xsi:nil=\"true\"/>";
    return property;
}

DemoAnswer::Values readPairs(const QJsonObject &object)
{
    DemoAnswer::Values pairs;
    for (auto it = object.begin(); it != object.end(); ++it)
        pairs.emplace_back(it.key().toStdString(), it.value().toString().toStdString());
    return pairs;
}

DemoAnswer readAnswer(const QJsonObject &object)
{
    DemoAnswer answer;
    const QJsonObject when = object.value("when"_L1).toObject();
    for (auto it = when.begin(); it != when.end(); ++it) {
        auto &row = answer.when.emplace_back(it.key().toStdString(), std::vector<std::string>());
        const QJsonArray values = it.value().toArray();
        for (const QJsonValue &value : values)
            row.second.push_back(value.toString().toStdString());
    }
    answer.set = readPairs(object.value("set"_L1).toObject());
    answer.out = readPairs(object.value("out"_L1).toObject());
    answer.result = textOf(object, "return"_L1);
    return answer;
}

DemoMethod readMethod(const QJsonObject &object)
{
    DemoMethod method;
    method.name = textOf(object, "name"_L1);
    method.type = textOf(object, "type"_L1);
    method.description = textOf(object, "description"_L1);
    method.isStatic = object.value("static"_L1).toBool();
    method.values = readValues(object);
    const QJsonArray parameters = object.value("parameters"_L1).toArray();
    for (const QJsonValue &parameter : parameters)
        method.parameters.push_back(readProperty(parameter.toObject()));
    const QJsonArray answers = object.value("answers"_L1).toArray();
    for (const QJsonValue &answer : answers)
        method.answers.push_back(readAnswer(answer.toObject()));
    return method;
}

bool lessIgnoringCase(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [lower](char x, char y) { return lower(x) < lower(y); });
}

void collect(DemoClass &cls)
{
    for (const DemoClass *from = &cls; from; from = from->super) {
        for (const DemoProperty &property : from->own) {
            if (cls.indexOf(property.name) < 0)
                cls.all.push_back(&property);
        }
        for (const DemoMethod &method : from->ownMethods) {
            const auto same = [&method](const DemoMethod *other) {
                return equalIgnoringCase(other->name, method.name);
            };
            if (std::none_of(cls.allMethods.begin(), cls.allMethods.end(), same))
                cls.allMethods.push_back(&method);
        }
    }
    std::sort(cls.all.begin(), cls.all.end(), [](const DemoProperty *a, const DemoProperty *b) {
        return lessIgnoringCase(a->name, b->name);
    });
    for (int i = 0; i < int(cls.all.size()); ++i) {
        if (cls.all[std::size_t(i)]->key)
            cls.keys.push_back(i);
    }
}

} // namespace

int DemoClass::indexOf(std::string_view property) const
{
    const auto found = std::find_if(all.begin(), all.end(), [property](const DemoProperty *other) {
        return equalIgnoringCase(other->name, property);
    });
    return found == all.end() ? -1 : int(found - all.begin());
}

const DemoMethod *DemoClass::method(std::string_view methodName) const
{
    const auto found = std::find_if(
        allMethods.begin(), allMethods.end(),
        [methodName](const DemoMethod *other) { return other->name == methodName; });
    return found == allMethods.end() ? nullptr : *found;
}

bool DemoClass::isA(const DemoClass &other) const
{
    for (const DemoClass *cls = this; cls; cls = cls->super) {
        if (cls == &other)
            return true;
    }
    return false;
}

bool DemoClass::isIn(std::string_view ns) const
{
    return std::find(namespaces.begin(), namespaces.end(), ns) != namespaces.end();
}

DemoSchema::DemoSchema(const Personality &as)
{
    if (as.isWindows()) {
        readFolder();
    } else {
        const QJsonObject device = readDevice(as);
        const QJsonArray namespaces = device.value("namespaces"_L1).toArray();
        for (const QJsonValue &ns : namespaces)
            m_namespaces.push_back(ns.toString().toStdString());
        const QJsonArray classes = device.value("classes"_L1).toArray();
        for (const QJsonValue &cls : classes)
            read(cls.toObject());
    }
    link();
}

void DemoSchema::readFolder()
{
    m_namespaces = {"root", "root/cimv2", "root/default", "root/StandardCimv2"};
    const QDir folder(u":/demo/schema"_s);
    const QStringList names = folder.entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly)) {
            const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
            Q_ASSERT(document.isObject()); // compiled in
            read(document.object());
        }
    }
}

void DemoSchema::read(const QJsonObject &object)
{
    auto cls = std::make_unique<DemoClass>();
    cls->name = textOf(object, "name"_L1);
    cls->superName = textOf(object, "superclass"_L1);
    cls->description = textOf(object, "description"_L1);
    cls->abstract = object.value("abstract"_L1).toBool();
    cls->association = object.value("association"_L1).toBool();
    cls->creatable = object.value("creatable"_L1).toBool();
    cls->deletable = object.value("deletable"_L1).toBool();
    cls->singleton = object.value("singleton"_L1).toBool();
    cls->dynamic = !cls->abstract && !cls->name.starts_with("__");
    const QJsonArray namespaces = object.value("namespaces"_L1).toArray();
    for (const QJsonValue &ns : namespaces)
        cls->namespaces.push_back(ns.toString().toStdString());
    const QJsonArray properties = object.value("properties"_L1).toArray();
    for (const QJsonValue &property : properties)
        cls->own.push_back(readProperty(property.toObject()));
    const QJsonArray methods = object.value("methods"_L1).toArray();
    for (const QJsonValue &method : methods)
        cls->ownMethods.push_back(readMethod(method.toObject()));
    m_classes.push_back(std::move(cls));
}

void DemoSchema::link()
{
    for (auto &cls : m_classes) {
        cls->super = cls->superName.empty() ? nullptr : find(cls->superName);
        Q_ASSERT(cls->superName.empty() || cls->super);
        for (DemoProperty &property : cls->own)
            property.origin = cls.get();
        for (DemoMethod &method : cls->ownMethods)
            method.origin = cls.get();
    }
    for (auto &cls : m_classes)
        collect(*cls);
    const auto depth = [](const DemoClass *cls) {
        int levels = 0;
        while ((cls = cls->super))
            ++levels;
        return levels;
    };
    std::sort(m_classes.begin(), m_classes.end(), [depth](const auto &a, const auto &b) {
        const int da = depth(a.get());
        const int db = depth(b.get());
        return da != db ? da < db : lessIgnoringCase(a->name, b->name);
    });
}

std::string DemoSchema::namespaceNamed(std::string_view name) const
{
    std::string slashed(name);
    std::replace(slashed.begin(), slashed.end(), '\\', '/');
    for (const std::string &ns : m_namespaces) {
        if (equalIgnoringCase(ns, slashed))
            return ns;
    }
    return {};
}

std::vector<std::string> DemoSchema::childNamespaces(std::string_view parent) const
{
    std::vector<std::string> names;
    for (const std::string &ns : m_namespaces) {
        const std::size_t slash = ns.rfind('/');
        if (slash != std::string::npos && std::string_view(ns).substr(0, slash) == parent)
            names.push_back(ns.substr(slash + 1));
    }
    return names;
}

const DemoClass *DemoSchema::find(std::string_view ns, std::string_view name) const
{
    const DemoClass *cls = find(name);
    return cls && cls->isIn(ns) ? cls : nullptr;
}

const DemoClass *DemoSchema::find(std::string_view name) const
{
    for (const auto &cls : m_classes) {
        if (equalIgnoringCase(cls->name, name))
            return cls.get();
    }
    return nullptr;
}

std::vector<const DemoClass *> DemoSchema::classesOf(std::string_view ns) const
{
    std::vector<const DemoClass *> classes;
    for (const auto &cls : m_classes) {
        if (cls->isIn(ns))
            classes.push_back(cls.get());
    }
    return classes;
}
