#pragma once

#include "demo/demoschema.h"
#include "demo/personality.h"

#include <memory>
#include <string>
#include <vector>

struct DemoObject;

/// The value of one property.
struct DemoValue
{
    enum class Kind : std::uint8_t {
        Nil,
        Text,      ///< in `text`; a datetime in its ISO form, an interval as xs:duration
        Array,     ///< in `items`, perhaps none
        Reference, ///< `object` holds the keys
        Object,    ///< `object` is embedded
    };
    Kind kind = Kind::Nil;
    std::string text;
    std::vector<DemoValue> items;
    std::shared_ptr<const DemoObject> object;

    void setNil() { kind = Kind::Nil; }
    void set(std::string_view value)
    {
        kind = Kind::Text;
        text.assign(value);
    }
    void set(const char *value) { set(std::string_view(value)); } ///< else it would be a bool
    void set(std::uint64_t number);
    void set(bool value) { set(value ? std::string_view("true") : std::string_view("false")); }
};

/// One instance: a value for each of the class's properties, in the order of DemoClass::all.
/// Sources fill one again and again, so that its buffers are reused.
struct DemoObject
{
    const DemoClass *cls = nullptr;
    std::vector<DemoValue> values;

    void reset(const DemoClass &newClass);
    DemoValue *value(std::string_view property); ///< ignoring case; nullptr without one
    const DemoValue *value(std::string_view property) const;
};

/// How resources are named and instances are written: what a client used in its request is used in
/// the reply, and every server has its own habits beside.
struct UriStyle
{
    const Personality *as = &Personality::of(Personality::Kind::Windows);
    bool dmtf = false;
    std::string ns; ///< canonical namespace
    bool preciseArrays = false;
    bool wrapsReferences = false; ///< properties that are references: inside a:EndpointReference

    std::string classUri(const DemoClass &cls) const;
};

void appendInstance(std::string &out, const DemoObject &object, const UriStyle &style);
/// The chosen properties (indexes into DemoClass::all, sorted) as a w:XmlFragment, or as an
/// instance that has no others.
void appendFragment(std::string &out, const DemoObject &object, const std::vector<int> &properties,
                    const UriStyle &style);
/// A w:XmlFragment of one property or one of its items, or of its text alone, as the answer to a
/// fragment request.
void appendPathFragment(std::string &out, const DemoClass &cls, int property,
                        const DemoValue &value, bool text, const UriStyle &style);
/// One property or parameter in the namespace that `p:` stands for.
void appendProperty(std::string &out, const DemoProperty &property, const DemoValue &value,
                    const DemoClass &cls, const UriStyle &style);
/// a:Address and a:ReferenceParameters of the instance.
void appendReference(std::string &out, const DemoObject &target, const UriStyle &style);
/// a:EndpointReference with the instance's keys.
void appendEndpoint(std::string &out, const DemoObject &object, const UriStyle &style);

/// Where the instances of one class come from.
class InstanceSource
{
public:
    virtual ~InstanceSource() = default;
    virtual const DemoClass &cls() const = 0;
    virtual std::int64_t count() const = 0;
    virtual void read(std::int64_t index, DemoObject &out) const = 0;
    /// The index of the instance whose key `name` has this value, when the source can tell without
    /// reading all of them; -1 for none, -2 for "look yourself".
    virtual std::int64_t find(std::string_view, std::string_view) const { return -2; }

    /// Whether what follows does anything.
    virtual bool isWritable() const { return false; }
    virtual void replace(std::int64_t, const DemoObject &) { }
    virtual void add(const DemoObject &) { }
    virtual void remove(std::int64_t) { }
};
