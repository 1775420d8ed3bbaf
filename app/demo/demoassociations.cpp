#include "demo/demoassociations.h"

#include "demo/soapfault.h"
#include "demo/stopping.h"
#include "demo/wql.h"
#include "protocol/namespaces.h"

#include <algorithm>

namespace {

/// Word by word; texts in quotes and braces in one piece.
class Words
{
public:
    explicit Words(std::string_view text)
        : m_rest(text)
    { }
    std::string next()
    {
        skip();
        if (m_rest.empty())
            return {};
        if (m_rest.front() == '{')
            return upTo('}');
        if (m_rest.front() == '=') {
            m_rest.remove_prefix(1);
            return "=";
        }
        const std::size_t end = std::min(m_rest.find_first_of(" \t\r\n={"), m_rest.size());
        return take(end);
    }

private:
    void skip()
    {
        const std::size_t start = m_rest.find_first_not_of(" \t\r\n");
        m_rest.remove_prefix(std::min(start, m_rest.size()));
    }
    std::string upTo(char close)
    {
        char quote = 0;
        for (std::size_t i = 1; i < m_rest.size(); ++i) {
            const char c = m_rest[i];
            if (quote != 0 && c == '\\')
                ++i;
            else if (quote != 0)
                quote = c == quote ? char(0) : quote;
            else if (c == '\'' || c == '"')
                quote = c;
            else if (c == close)
                return take(i + 1);
        }
        throw wqlFault("The query has a brace that is not closed.");
    }
    std::string take(std::size_t count)
    {
        std::string text(m_rest.substr(0, count));
        m_rest.remove_prefix(count);
        return text;
    }
    std::string_view m_rest;
};

/// `Class.Key="value",Other='value'`, perhaps with a namespace in front.
void readObjectPath(std::string_view path, AssociationQuery &query)
{
    const std::size_t dot = path.find('.');
    std::string_view name = path.substr(0, dot);
    name.remove_prefix(std::min(name.size(), name.rfind(':') + 1));
    query.className = name;
    std::size_t at = dot == std::string_view::npos ? path.size() : dot + 1;
    while (at < path.size()) {
        const std::size_t equals = path.find('=', at);
        if (equals == std::string_view::npos || equals + 1 >= path.size())
            throw wqlFault("The path of the object lacks a value.");
        std::string key(path.substr(at, equals - at));
        std::string value;
        at = equals + 1;
        const char quote = path[at] == '"' || path[at] == '\'' ? path[at++] : ',';
        while (at < path.size() && path[at] != quote) {
            if (path[at] == '\\' && quote != ',' && at + 1 < path.size())
                ++at;
            value += path[at++];
        }
        at = std::min(path.size(), quote == ',' ? at + 1 : path.find(',', at));
        at += at < path.size() && path[at] == ',' ? 1 : 0;
        query.keys.emplace_back(std::move(key), std::move(value));
    }
}

bool isMeant(const DemoObject &object, const DemoClass &cls, const AssociationQuery &query)
{
    if (query.keys.empty() || (!object.cls->isA(cls) && !cls.isA(*object.cls)))
        return false;
    return std::all_of(query.keys.begin(), query.keys.end(), [&object](const auto &key) {
        const DemoValue *value = object.value(key.first);
        return value && equalIgnoringCase(value->text, key.second);
    });
}

bool isRole(const std::string &role, const DemoProperty &property)
{
    return role.empty() || equalIgnoringCase(role, property.name);
}

/// The first instance of the class or one of its subclasses that fits; false without one.
template<typename Fits>
bool findInstance(const DemoClass &cls, const DemoData &data, const std::string &ns,
                  DemoObject &out, const Fits &fits)
{
    for (const InstanceSource *source : data.sources(ns, cls)) {
        for (std::int64_t i = 0; i < source->count(); ++i) {
            throwIfStopping(i);
            source->read(i, out);
            if (fits())
                return true;
        }
    }
    return false;
}

/// The whole instance that a reference names; false when it is gone.
bool resolve(const DemoObject &reference, const DemoData &data, const std::string &ns,
             DemoObject &out)
{
    return findInstance(*reference.cls, data, ns, out, [&reference, &out] {
        const std::vector<int> &keys = reference.cls->keys;
        return std::all_of(keys.begin(), keys.end(), [&reference, &out](int key) {
            const DemoValue *value = out.value(reference.cls->all[std::size_t(key)]->name);
            return value && equalIgnoringCase(value->text, reference.values[std::size_t(key)].text);
        });
    });
}

const DemoClass *classNamed(const std::string &name, const DemoSchema &schema,
                            const std::string &ns)
{
    if (name.empty())
        return nullptr;
    const DemoClass *cls = schema.find(ns, name);
    if (!cls)
        throw wqlFault("There is no class " + name + " in the namespace " + ns + ".");
    return cls;
}

std::string identity(const DemoObject &object)
{
    std::string text = object.cls->name;
    for (int key : object.cls->keys)
        text += '\n' + object.values[std::size_t(key)].text;
    return text;
}

} // namespace

std::optional<AssociationQuery> parseAssociationWql(std::string_view text)
{
    Words words(text);
    AssociationQuery query;
    const std::string first = words.next();
    query.references = equalIgnoringCase(first, "references");
    if (!query.references && !equalIgnoringCase(first, "associators"))
        return std::nullopt;
    if (!equalIgnoringCase(words.next(), "of"))
        throw wqlFault("The query lacks OF.");
    const std::string path = words.next();
    if (path.size() < 3 || path.front() != '{')
        throw wqlFault("The query lacks an object in braces.");
    readObjectPath(std::string_view(path).substr(1, path.size() - 2), query);
    std::string word = words.next();
    if (!word.empty() && !equalIgnoringCase(word, "where"))
        throw wqlFault("The query goes on where it should end, near \"" + word + "\".");
    while (!(word = words.next()).empty()) {
        if (words.next() != "=")
            throw wqlFault("The query lacks = after " + word + ".");
        const std::string value = words.next();
        if (equalIgnoringCase(word, "AssocClass") && !query.references)
            query.associationClass = value;
        else if (equalIgnoringCase(word, "ResultClass"))
            query.resultClass = value;
        else if (equalIgnoringCase(word, "Role"))
            query.role = value;
        else if (equalIgnoringCase(word, "ResultRole") && !query.references)
            query.resultRole = value;
        else
            throw wqlFault("The query has an unknown condition: " + word + ".");
    }
    return query;
}

AssociationQuery readAssociationFilter(Node filter)
{
    const Node body = filter.firstChild();
    AssociationQuery query;
    query.references = body.name().is(ns::cimBinding, "AssociationInstances");
    if (!query.references && !body.name().is(ns::cimBinding, "AssociatedInstances"))
        throw wqlFault("The filter holds neither AssociatedInstances nor AssociationInstances.");
    for (Node child : body.children()) {
        const std::string_view name = child.localName();
        const std::string text(child.trimmedText());
        if (name == "Object") {
            const Node parameters = child.descendant("ReferenceParameters");
            const std::string_view uri = parameters.child("ResourceURI").trimmedText();
            query.className = uri.substr(uri.rfind('/') + 1);
            for (Node selector : parameters.child("SelectorSet").children()) {
                const std::string_view key = selector.attribute("Name").value_or("");
                if (!equalIgnoringCase(key, "__cimnamespace"))
                    query.keys.emplace_back(key, selector.text());
            }
        } else if (name == "AssociationClassName" && !query.references) {
            query.associationClass = text;
        } else if (name == "ResultClassName") {
            query.resultClass = text;
        } else if (name == "Role") {
            query.role = text;
        } else if (name == "ResultRole" && !query.references) {
            query.resultRole = text;
        } else if (name == "IncludeResultProperty") {
            query.properties.push_back(text);
        } else {
            throw wqlFault("The filter cannot have the element " + std::string(name) + ".");
        }
    }
    if (query.className.empty())
        throw wqlFault("The filter names no object.");
    return query;
}

std::vector<DemoObject> associated(const AssociationQuery &query, const DemoSchema &schema,
                                   const DemoData &data, const std::string &ns)
{
    const DemoClass *asked = classNamed(query.className, schema, ns);
    const DemoClass *wanted = classNamed(query.resultClass, schema, ns);
    const DemoClass *through = classNamed(query.associationClass, schema, ns);
    std::vector<DemoObject> found;
    std::vector<std::string> seen;
    const auto add = [&](const DemoObject &object, const std::string &id) {
        if (wanted && !object.cls->isA(*wanted))
            return;
        if (!id.empty() && std::find(seen.begin(), seen.end(), id) != seen.end())
            return;
        seen.push_back(id);
        found.push_back(object);
    };
    DemoObject row;
    DemoObject target;
    if (!findInstance(*asked, data, ns, target, [&] { return isMeant(target, *asked, query); }))
        throw SoapFault::fromWmi(code::noSuchInstance, {}, code::wmiNotFound);
    for (const DemoClass *cls : schema.classesOf(ns)) {
        if (!cls->association || (through && !cls->isA(*through)))
            continue;
        const InstanceSource *source = data.own(ns, *cls);
        for (std::int64_t i = 0; source && i < source->count(); ++i) {
            throwIfStopping(i);
            source->read(i, row);
            for (std::size_t from = 0; from < row.values.size(); ++from) {
                const DemoValue &end = row.values[from];
                if (end.kind != DemoValue::Kind::Reference || !isRole(query.role, *cls->all[from])
                    || !isMeant(*end.object, *asked, query))
                    continue;
                if (query.references) {
                    add(row, {});
                    break;
                }
                for (std::size_t to = 0; to < row.values.size(); ++to) {
                    if (to != from && row.values[to].kind == DemoValue::Kind::Reference
                        && isRole(query.resultRole, *cls->all[to])
                        && resolve(*row.values[to].object, data, ns, target))
                        add(target, identity(target));
                }
            }
        }
    }
    return found;
}
