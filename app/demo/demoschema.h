#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

class QByteArray;
class QJsonObject;

struct DemoClass;
struct Personality;

/// A property of a class, or a parameter of a method, as resources/demo/schema tells it.
struct DemoProperty
{
    std::string name;
    std::string type; ///< CIM type, "string" for embedded objects; empty for a reference
    bool array = false;
    bool key = false;
    bool write = false;
    bool in = false;        ///< parameters
    bool out = false;       ///< parameters
    bool required = false;  ///< parameters that must not be null
    std::string references; ///< class that a reference points to
    std::string embedded;   ///< class of an embedded object
    std::string description;
    std::string units;
    int maxLength = 0;                                       ///< 0: not said
    std::vector<std::pair<std::string, std::string>> values; ///< ValueMap, Values

    const DemoClass *origin = nullptr; ///< the class that declares it
    /// Ready-made tags with prefix `p:`, since they are written millions of times.
    std::string open, close, nil;
    bool isDateTime() const { return type == "datetime"; }
    bool isString() const { return type == "string" || type == "char16"; }
};

/// What a method of a device does when its parameters fit: the first that fits decides. A value is
/// text, `$Name`, which stands for a parameter, else for a property of the instance, or
/// `@Class Key=value`, a reference.
struct DemoAnswer
{
    using Values = std::vector<std::pair<std::string, std::string>>;
    std::vector<std::pair<std::string, std::vector<std::string>>> when; ///< parameter: one of these
    Values set;         ///< properties of the instance
    Values out;         ///< parameters
    std::string result; ///< ReturnValue
};

struct DemoMethod
{
    std::string name;
    std::string type; ///< of the return value
    std::string description;
    bool isStatic = false;
    std::vector<std::pair<std::string, std::string>> values; ///< of the return value
    std::vector<DemoProperty> parameters;
    std::vector<DemoAnswer> answers; ///< none: app/demo/demomethods.h has a handler
    const DemoClass *origin = nullptr;
};

struct DemoClass
{
    std::string name;
    std::string superName; ///< empty for a root class
    const DemoClass *super = nullptr;
    std::vector<std::string> namespaces; ///< where it exists
    std::string description;
    bool abstract = false;
    bool association = false;
    bool singleton = false;
    bool creatable = false; ///< Create is answered
    bool deletable = false; ///< Delete is answered
    bool dynamic = true;    ///< instances come from a provider
    std::vector<DemoProperty> own;
    std::vector<DemoMethod> ownMethods;

    /// Own and inherited properties by name ignoring case, as they stand in every instance.
    std::vector<const DemoProperty *> all;
    std::vector<const DemoMethod *> allMethods;
    std::vector<int> keys; ///< indexes into `all`

    int indexOf(std::string_view property) const;                ///< ignoring case; -1
    const DemoMethod *method(std::string_view methodName) const; ///< exact spelling; nullptr
    bool isA(const DemoClass &other) const;
    bool isIn(std::string_view ns) const; ///< exact spelling
};

/// The classes of the demo host, read once from :/demo/schema, or for a device from its file in
/// :/demo/devices. Immutable.
class DemoSchema
{
public:
    explicit DemoSchema(const Personality &as);
    DemoSchema(const DemoSchema &) = delete;

    const std::vector<std::string> &namespaces() const { return m_namespaces; }
    /// The canonical spelling, or empty; "\" and "/" are the same, case is ignored.
    std::string namespaceNamed(std::string_view name) const;
    std::vector<std::string> childNamespaces(std::string_view parent) const; ///< last parts
    /// Ignoring case; nullptr when the namespace has no such class.
    const DemoClass *find(std::string_view ns, std::string_view name) const;
    const DemoClass *find(std::string_view name) const;
    /// Classes of a namespace, parents before children, siblings by name.
    std::vector<const DemoClass *> classesOf(std::string_view ns) const;

private:
    void readFolder();
    void read(const QJsonObject &object);
    void link();

    std::vector<std::string> m_namespaces;
    std::vector<std::unique_ptr<DemoClass>> m_classes;
};

/// CIM-XML (DSP0201) of a class, as replies to class metadata requests carry it.
struct ClassOptions
{
    bool derivation = false;  ///< IncludeInheritanceHierarchy
    bool inherited = false;   ///< IncludeInheritedElements
    bool qualifiers = false;  ///< IncludeQualifiers
    bool classOrigin = false; ///< IncludeClassOrigin
};
void appendClass(std::string &out, const DemoClass &cls, const ClassOptions &options);
