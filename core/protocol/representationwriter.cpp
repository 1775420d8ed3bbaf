#include "document/xmlwriter.h"
#include "protocol/envelopewriter.h"
#include "protocol/namespaces.h"
#include "protocol/representationsecrets.h"
#include "protocol/writeonly.h"
#include "protocol/xmltext.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace {

constexpr char removed[] = "[removed]";

/// Writes one element. Namespaces that are the same everywhere (xsi, cim, a, w) are declared on the
/// root if used; others on the element that needs them first.
class RepresentationWriter
{
public:
    RepresentationWriter(Secrets secrets, bool preciseArrays)
        : m_secrets(secrets)
        , m_preciseArrays(preciseArrays)
    { }
    QByteArray write(const Representation &representation);

private:
    void property(const Property &property);
    void marked(const Property &property, const char *mark);
    void element(const QualifiedName &name, const Value &value);
    QByteArray attributes(const Value &value);
    QByteArray content(const Value &value, bool writeOnly);
    QByteArray secretText(const Value &value) const;
    QByteArray declarations(const QualifiedName &name, const Value &value);
    void declare(const QString &ns, QByteArray &declarations);
    QByteArray prefixed(const QualifiedName &name);
    QByteArray wellKnown(std::string_view ns, const char *prefix);
    QByteArray date(const char *tag, const QString &text);

    struct Binding
    {
        QString ns;
        QByteArray prefix;
    };
    const Secrets m_secrets;
    const bool m_preciseArrays;
    QByteArray m_out;
    std::vector<Binding> m_scope;
    std::set<QByteArray> m_used; ///< declarations of well-known prefixes
    int m_fresh = 0;
};

QByteArray namespaceDeclaration(const QByteArray &prefix, const QByteArray &uri)
{
    return " xmlns:" + prefix + "=\"" + escapedAttribute(viewOf(uri)) + '"';
}

QByteArray escaped(const QString &text)
{
    return escapedText(viewOf(text.toUtf8()));
}

/// Use of a prefix that has one meaning wherever it stands.
QByteArray RepresentationWriter::wellKnown(std::string_view ns, const char *prefix)
{
    m_used.insert(namespaceDeclaration(prefix, toBytes(ns)));
    return prefix;
}

QByteArray RepresentationWriter::prefixed(const QualifiedName &name)
{
    const QByteArray local = name.name.toUtf8();
    if (name.ns.isEmpty())
        return local;
    if (name.ns == toText(ns::xml))
        return "xml:" + local;
    for (auto it = m_scope.rbegin(); it != m_scope.rend(); ++it) {
        if (it->ns == name.ns)
            return it->prefix + ':' + local;
    }
    if (name.ns == toText(ns::cimCommon))
        return wellKnown(ns::cimCommon, "cim") + ':' + local;
    if (name.ns == toText(ns::xsi))
        return wellKnown(ns::xsi, "xsi") + ':' + local;
    return local;
}

void RepresentationWriter::declare(const QString &ns, QByteArray &declarations)
{
    const bool known = ns.isEmpty() || ns == toText(ns::xml) || ns == toText(ns::cimCommon)
        || ns == toText(ns::xsi);
    if (known || std::ranges::find(m_scope, ns, &Binding::ns) != m_scope.end())
        return;
    const QByteArray prefix = m_scope.empty() ? QByteArray("p")
                                              : 'q' + QByteArray::number(++m_fresh);
    m_scope.push_back({ns, prefix});
    declarations += namespaceDeclaration(prefix, ns.toUtf8());
}

/// What an element, its type, attributes and children need, so that siblings share it.
QByteArray RepresentationWriter::declarations(const QualifiedName &name, const Value &value)
{
    QByteArray result;
    declare(name.ns, result);
    if (value.type)
        declare(value.type->ns, result);
    for (const Attribute &attribute : value.attributes)
        declare(attribute.name.ns, result);
    for (const Property &child : value.properties)
        declare(child.ns, result);
    return result;
}

QByteArray RepresentationWriter::attributes(const Value &value)
{
    QByteArray result;
    for (const Attribute &attribute : value.attributes) {
        const bool hide = m_secrets == Secrets::Hide && isSecretAttribute(value, attribute);
        result += ' ' + prefixed(attribute.name) + "=\""
            + (hide ? QByteArray(removed) : escapedAttribute(viewOf(attribute.value.toUtf8())))
            + '"';
    }
    if (value.type)
        result += ' ' + wellKnown(ns::xsi, "xsi") + ":type=\"" + prefixed(*value.type) + '"';
    if (value.kind == Value::Kind::Null)
        result += ' ' + wellKnown(ns::xsi, "xsi") + ":nil=\"true\"";
    return result;
}

QByteArray RepresentationWriter::date(const char *tag, const QString &text)
{
    const QByteArray name = wellKnown(ns::cimCommon, "cim") + ':' + tag;
    return '<' + name + '>' + escaped(text) + "</" + name + '>';
}

QByteArray RepresentationWriter::secretText(const Value &value) const
{
    if (!value.secret || value.secret->isEmpty())
        return {};
    if (m_secrets == Secrets::Hide)
        return removed;
    return escapedText(viewOf(value.secret->reveal()));
}

QByteArray RepresentationWriter::content(const Value &value, bool writeOnly)
{
    switch (value.kind) {
    case Value::Kind::Null:
    case Value::Kind::Instance:
        return {};
    case Value::Kind::Text:
        return writeOnly && m_secrets == Secrets::Hide && !value.text.isEmpty()
            ? QByteArray(removed)
            : escaped(value.text);
    case Value::Kind::Secret:
        return secretText(value);
    case Value::Kind::DateTime:
        return date("Datetime", value.text);
    case Value::Kind::Interval:
        return date("Interval", value.text);
    case Value::Kind::RawDateTime:
        return date("CIM_DateTime", value.text);
    case Value::Kind::Reference:
        wellKnown(ns::addressing, "a");
        wellKnown(ns::wsman, "w");
        return value.reference ? referenceFieldsXml(*value.reference) : QByteArray();
    }
    return {};
}

void RepresentationWriter::element(const QualifiedName &name, const Value &value)
{
    const auto scope = m_scope.size();
    const QByteArray declared = declarations(name, value);
    const QByteArray tag = prefixed(name);
    const QByteArray text = content(value, isWriteOnlyName(name.name) || namesSecret(value));
    m_out += '<' + tag + declared + attributes(value);
    if (text.isEmpty() && value.properties.empty()) {
        m_out += "/>";
    } else {
        m_out += '>' + text;
        for (const Property &child : value.properties)
            property(child);
        m_out += "</" + tag + '>';
    }
    m_scope.resize(scope);
}

void RepresentationWriter::marked(const Property &property, const char *mark)
{
    Value value;
    if (mark)
        value.attributes.push_back({{toText(ns::microsoft), QString::fromLatin1(mark)}, u"true"_s});
    element({property.ns, property.name}, value);
}

void RepresentationWriter::property(const Property &property)
{
    if (property.shape == Property::Shape::NullArray) {
        marked(property, m_preciseArrays ? "IsNullArray" : nullptr);
        return;
    }
    if (property.shape == Property::Shape::Array && property.values.empty()) {
        marked(property, "IsEmptyArray");
        return;
    }
    for (const Value &value : property.values)
        element({property.ns, property.name}, value);
}

QByteArray RepresentationWriter::write(const Representation &representation)
{
    element({representation.ns, representation.name}, representation.content);
    QByteArray declared;
    for (const QByteArray &declaration : m_used)
        declared += declaration;
    qsizetype end = 1;
    while (end < m_out.size() && m_out[end] != ' ' && m_out[end] != '>' && m_out[end] != '/')
        ++end;
    return m_out.insert(end, declared);
}

} // namespace

QByteArray representationXml(const Representation &representation, Secrets secrets,
                             bool preciseArrays)
{
    return RepresentationWriter(secrets, preciseArrays).write(representation);
}
