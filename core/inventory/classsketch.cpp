#include "inventory/classsketch.h"

#include "document/xmlreader.h"
#include "document/xmlwriter.h"
#include "protocol/representation.h"
#include "protocol/xmltext.h"

using namespace Qt::StringLiterals;

namespace {

QByteArray attribute(const char *name, const QString &value)
{
    return QByteArray(" ") + name + "=\"" + escapedAttribute(viewOf(value.toUtf8())) + '"';
}

/// What the form of a value gives away.
QString typeOf(const Value &value)
{
    switch (value.kind) {
    case Value::Kind::DateTime:
    case Value::Kind::Interval:
    case Value::Kind::RawDateTime:
        return u"datetime"_s;
    case Value::Kind::Reference:
        return u"reference"_s;
    default:
        return {};
    }
}

} // namespace

ClassSketch::Property &ClassSketch::property(const QString &name)
{
    for (Property &known : m_properties) {
        if (known.name.compare(name, Qt::CaseInsensitive) == 0)
            return known;
    }
    return m_properties.emplace_back(Property{.name = name, .type = {}});
}

void ClassSketch::addInstance(Node instance)
{
    for (const ::Property &seen : readProperties(instance)) {
        Property &known = property(seen.name);
        known.array = known.array || seen.shape != ::Property::Shape::Single;
        if (const Value *const value = seen.value(); value && known.type.isEmpty())
            known.type = typeOf(*value);
    }
}

void ClassSketch::addKeys(const QStringList &names)
{
    for (const QString &name : names) {
        if (name.compare("__cimnamespace"_L1, Qt::CaseInsensitive) != 0)
            property(name).key = true;
    }
}

void ClassSketch::addProperties(const QStringList &names)
{
    for (const QString &name : names)
        property(name);
}

Result<DocumentPtr> ClassSketch::document() const
{
    QByteArray xml = "<CLASS" + attribute("NAME", m_name) + '>';
    if (!m_description.isEmpty())
        xml += "<QUALIFIER NAME=\"Description\" TYPE=\"string\"><VALUE>"
            + escapedText(viewOf(m_description.toUtf8())) + "</VALUE></QUALIFIER>";
    for (const Property &property : m_properties) {
        const bool reference = property.type == u"reference";
        const QByteArray tag = reference ? "PROPERTY.REFERENCE"
            : property.array             ? "PROPERTY.ARRAY"
                                         : "PROPERTY";
        xml += '<' + tag + attribute("NAME", property.name);
        if (!reference && !property.type.isEmpty())
            xml += attribute("TYPE", property.type);
        xml += '>';
        if (property.key)
            xml += "<QUALIFIER NAME=\"Key\" TYPE=\"boolean\"><VALUE>TRUE</VALUE></QUALIFIER>";
        xml += "</" + tag + '>';
    }
    // `descendant` finds the class below a root, as in a reply.
    return readXml("<DECLARATION>" + xml + "</CLASS></DECLARATION>");
}
