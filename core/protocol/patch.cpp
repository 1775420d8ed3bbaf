#include "protocol/patch.h"

#include "protocol/writeonly.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// One part of a path: `Name`, `Name[2]` or `@Name`.
struct Step
{
    QString name;
    std::size_t index = 0; ///< from 1; 0: none written
    bool attribute = false;
};

Error usage(const QString &message)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, message);
}

std::optional<Step> readStep(QString text)
{
    Step step{.attribute = text.startsWith(u'@')};
    if (step.attribute)
        text.remove(0, 1);
    if (text.endsWith(u']') && !step.attribute) {
        const auto bracket = text.indexOf(u'[');
        bool number = false;
        step.index = text.mid(bracket + 1, text.size() - bracket - 2).toUInt(&number);
        if (bracket <= 0 || !number || step.index == 0)
            return std::nullopt;
        text.truncate(bracket);
    }
    step.name = text;
    const auto isPart = [](QChar c) {
        return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
    };
    const bool possible = !text.isEmpty() && (text[0].isLetter() || text[0] == u'_')
        && std::ranges::all_of(text, isPart);
    return possible ? std::optional(step) : std::nullopt;
}

Result<std::vector<Step>> readPath(const QString &path)
{
    std::vector<Step> steps;
    const QStringList parts = path.split(u'/');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const auto step = readStep(parts[i]);
        if (!step || (step->attribute && i + 1 < parts.size()))
            return usage(u"\"%1\" is no path of names"_s.arg(path));
        steps.push_back(*step);
    }
    return steps;
}

/// Null in the result: there is none. Several of one spelling (apart from each other, or in
/// different namespaces) are an error: nobody can say which is meant.
Result<Property *> find(std::vector<Property> &properties, const QString &name)
{
    for (const auto sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
        Property *found = nullptr;
        for (Property &property : properties) {
            if (property.name.compare(name, sensitivity) != 0)
                continue;
            if (found)
                return usage(u"\"%1\" fits several elements"_s.arg(name));
            found = &property;
        }
        if (found)
            return found;
    }
    return nullptr;
}

/// A part of an embedded object that a text in its place would wipe out; null where there is none.
const Property *partThatWouldGo(const Value &old, const std::vector<Value> &values)
{
    const bool texts = std::ranges::any_of(
        values, [](const Value &value) { return value.kind == Value::Kind::Text; });
    return texts && old.kind == Value::Kind::Instance && !old.properties.empty()
        ? &old.properties.front()
        : nullptr;
}

bool isDate(const Value &value)
{
    return value.kind == Value::Kind::DateTime || value.kind == Value::Kind::Interval;
}

/// The new value in the form of the old one.
Value inFormOf(const Value &old, Value value)
{
    if (isDate(old) && value.kind == Value::Kind::Text && !value.text.isEmpty())
        value.kind = value.text.startsWith(u'P') ? Value::Kind::Interval : Value::Kind::DateTime;
    const bool scalar = value.kind != Value::Kind::Null && value.kind != Value::Kind::Instance;
    if (!value.type && scalar)
        value.type = old.type;
    return value;
}

class Patcher
{
public:
    explicit Patcher(const Patch &patch)
        : m_patch(patch)
    { }
    Done apply(Representation &base);

private:
    using Steps = std::vector<Step>;
    Done into(Value &parent, const QString &ns, const Steps &steps, std::size_t at);
    Done element(Value &parent, const QString &ns, const Step &step);
    Done item(Property &property, std::size_t index);
    Done attribute(Value &parent, const QString &name);
    Error single() const;

    const Patch &m_patch;
};

Error Patcher::single() const
{
    return usage(u"\"%1\" takes one value"_s.arg(m_patch.path));
}

Done Patcher::attribute(Value &parent, const QString &name)
{
    const auto isIt = [&name](const Attribute &one) { return one.name.name == name; };
    const auto found = std::ranges::find_if(parent.attributes, isIt);
    if (m_patch.change == Patch::Change::Absent) {
        if (found != parent.attributes.end())
            parent.attributes.erase(found);
        return {};
    }
    if (m_patch.shape != Property::Shape::Single || m_patch.values.size() != 1)
        return single();
    const Value &value = m_patch.values.front();
    const bool secret = value.kind == Value::Kind::Secret && value.secret;
    const QString text = secret ? QString::fromUtf8(value.secret->reveal()) : value.text;
    if (found != parent.attributes.end())
        found->value = text;
    else
        parent.attributes.push_back({{{}, name}, text});
    return {};
}

Done Patcher::item(Property &property, std::size_t index)
{
    auto &values = property.values;
    const auto at = values.begin() + std::ptrdiff_t(std::min(index - 1, values.size()));
    if (index > values.size() + 1
        || (m_patch.change == Patch::Change::Absent && at == values.end()))
        return usage(u"\"%1\" is outside of the array"_s.arg(m_patch.path));
    if (m_patch.change == Patch::Change::Absent) {
        values.erase(at);
        property.shape = Property::Shape::Array;
        return {};
    }
    if (m_patch.shape != Property::Shape::Single || m_patch.values.size() != 1)
        return single();
    const Value &value = m_patch.values.front();
    if (at != values.end())
        *at = inFormOf(*at, value);
    else
        values.push_back(values.empty() ? value : inFormOf(values.front(), value));
    if (values.size() > 1)
        property.shape = Property::Shape::Array;
    return {};
}

Done Patcher::element(Value &parent, const QString &ns, const Step &step)
{
    const Result<Property *> found = find(parent.properties, step.name);
    if (!found)
        return found.error();
    Property *property = found.value();
    if (!property && m_patch.change == Patch::Change::Absent)
        return {};
    if (!property) {
        parent.properties.push_back({.name = step.name, .ns = ns, .values = {}});
        property = &parent.properties.back();
    }
    if (step.index > 0)
        return item(*property, step.index);
    if (m_patch.change == Patch::Change::Absent) {
        parent.properties.erase(parent.properties.begin() + (property - parent.properties.data()));
        return {};
    }
    std::vector<Value> values = m_patch.values;
    if (const Value *const old = property->value()) {
        if (const Property *const part = partThatWouldGo(*old, values)) {
            return usage(u"\"%1\" has parts, which would be lost: name one of them, such as "
                         "\"%1/%2\""_s.arg(m_patch.path, part->name));
        }
        for (Value &value : values)
            value = inFormOf(*old, std::move(value));
    }
    property->shape = m_patch.shape;
    property->values = std::move(values);
    return {};
}

Done Patcher::into(Value &parent, const QString &ns, const Steps &steps, std::size_t at)
{
    const Step &step = steps[at];
    if (step.attribute)
        return attribute(parent, step.name);
    const bool blank = parent.kind == Value::Kind::Null
        || (parent.kind == Value::Kind::Text && parent.text.trimmed().isEmpty());
    if (parent.kind != Value::Kind::Instance && !blank)
        return usage(u"\"%1\" leads through a value that has no elements"_s.arg(m_patch.path));
    if (blank && m_patch.change == Patch::Change::Absent)
        return {};
    parent.kind = Value::Kind::Instance;
    parent.text.clear();
    if (at + 1 == steps.size())
        return element(parent, ns, step);
    const Result<Property *> found = find(parent.properties, step.name);
    if (!found)
        return found.error();
    Property *property = found.value();
    if (!property) {
        if (m_patch.change == Patch::Change::Absent)
            return {};
        parent.properties.push_back({.name = step.name, .ns = ns, .values = {Value()}});
        property = &parent.properties.back();
    }
    const std::size_t index = step.index > 0 ? step.index : 1;
    if ((step.index == 0 && property->values.size() > 1) || index > property->values.size())
        return usage(u"\"%1\" does not say which of several is meant"_s.arg(m_patch.path));
    const QString childNs = property->ns;
    return into(property->values[index - 1], childNs, steps, at + 1);
}

Done Patcher::apply(Representation &base)
{
    const auto steps = readPath(m_patch.path);
    if (!steps)
        return steps.error();
    const bool one = m_patch.shape != Property::Shape::Single || m_patch.values.size() == 1;
    if (m_patch.change == Patch::Change::Set && !one)
        return single();
    return into(base.content, base.ns, steps.value(), 0);
}

/// Equal but for the spelling of booleans.
bool sameValue(const Value &a, const Value &b)
{
    const bool text = a.kind == Value::Kind::Text && b.kind == Value::Kind::Text;
    const bool boolean = a.text.compare("true"_L1, Qt::CaseInsensitive) == 0
        || a.text.compare("false"_L1, Qt::CaseInsensitive) == 0;
    if (text && boolean)
        return a.text.compare(b.text, Qt::CaseInsensitive) == 0;
    return a.kind == b.kind && a.text == b.text && a.reference == b.reference
        && std::ranges::equal(a.properties, b.properties,
                              [](const Property &x, const Property &y) {
                                  return x.name == y.name
                                      && std::ranges::equal(x.values, y.values, sameValue);
                              })
        && std::ranges::equal(a.attributes, b.attributes);
}

bool isSecret(const Patch &patch)
{
    const QString name = patch.path.section(u'/', -1).section(u'[', 0, 0);
    return isWriteOnlyName(name) || std::ranges::any_of(patch.values, [](const Value &value) {
               return value.kind == Value::Kind::Secret;
           });
}

} // namespace

Patch Patch::absent(const QString &path)
{
    return {.path = path, .change = Change::Absent};
}

Patch Patch::null(const QString &path)
{
    return of(path, Value::null());
}

Patch Patch::text(const QString &path, const QString &text)
{
    return of(path, Value::ofText(text));
}

Patch Patch::texts(const QString &path, const QStringList &texts)
{
    Patch patch{.path = path, .shape = Property::Shape::Array};
    for (const QString &text : texts)
        patch.values.push_back(Value::ofText(text));
    return patch;
}

Patch Patch::secret(const QString &path, const ::Secret &secret)
{
    return of(path, Value::ofSecret(secret));
}

Patch Patch::of(const QString &path, const Value &value)
{
    return {.path = path, .values = {value}};
}

Result<Representation> applyPatches(Representation base, const std::vector<Patch> &patches)
{
    for (const Patch &patch : patches) {
        if (const Done done = Patcher(patch).apply(base); !done)
            return done.error();
    }
    return base;
}

QStringList touchedProperties(const Representation &base, const std::vector<Patch> &patches)
{
    QStringList names;
    for (const Patch &patch : patches) {
        const QString name = patch.path.section(u'/', 0, 0).section(u'[', 0, 0);
        const Property *const known = base.property(name);
        const QString spelled = known ? known->name : name;
        if (!names.contains(spelled))
            names.append(spelled);
    }
    return names;
}

QStringList unappliedPatches(const Representation &after, const std::vector<Patch> &patches)
{
    QStringList paths;
    for (const Patch &patch : patches) {
        if (isSecret(patch))
            continue;
        const auto wished = applyPatches(after, {patch});
        if (!wished || !sameValue(wished->content, after.content))
            paths.append(patch.path);
    }
    return paths;
}
