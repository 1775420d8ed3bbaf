#include "protocol/cimclass.h"

#include "protocol/xmltext.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace {

struct TypeName
{
    CimType type;
    QLatin1StringView name;
};

/// The type names of DSP0004, in the order of CimType.
constexpr std::array typeNames{
    TypeName{CimType::Boolean, QLatin1StringView("boolean")},
    TypeName{CimType::UInt8, QLatin1StringView("uint8")},
    TypeName{CimType::SInt8, QLatin1StringView("sint8")},
    TypeName{CimType::UInt16, QLatin1StringView("uint16")},
    TypeName{CimType::SInt16, QLatin1StringView("sint16")},
    TypeName{CimType::UInt32, QLatin1StringView("uint32")},
    TypeName{CimType::SInt32, QLatin1StringView("sint32")},
    TypeName{CimType::UInt64, QLatin1StringView("uint64")},
    TypeName{CimType::SInt64, QLatin1StringView("sint64")},
    TypeName{CimType::Real32, QLatin1StringView("real32")},
    TypeName{CimType::Real64, QLatin1StringView("real64")},
    TypeName{CimType::Char16, QLatin1StringView("char16")},
    TypeName{CimType::String, QLatin1StringView("string")},
    TypeName{CimType::DateTime, QLatin1StringView("datetime")},
    TypeName{CimType::Reference, QLatin1StringView("reference")},
    TypeName{CimType::Object, QLatin1StringView("object")},
};

QString attributeText(Node node, std::string_view name)
{
    return toText(node.attribute(name).value_or("")).trimmed();
}

bool isTrue(QStringView text)
{
    return text.trimmed().compare(u"true", Qt::CaseInsensitive) == 0;
}

bool attributeTrue(Node node, std::string_view name)
{
    return isTrue(attributeText(node, name));
}

CimQualifier readQualifier(Node element)
{
    CimQualifier qualifier{.name = attributeText(element, "NAME"),
                           .type = cimTypeNamed(attributeText(element, "TYPE")),
                           .propagated = attributeTrue(element, "PROPAGATED")};
    if (const Node array = element.child("VALUE.ARRAY")) {
        qualifier.array = true;
        for (const Node value : array.children())
            qualifier.values.append(toText(value.text()));
    } else if (const Node value = element.child("VALUE")) {
        qualifier.values.append(toText(value.text()));
    }
    return qualifier;
}

std::vector<CimQualifier> readQualifiers(Node element)
{
    std::vector<CimQualifier> qualifiers;
    for (const Node child : element.children()) {
        if (child.localName() == "QUALIFIER")
            qualifiers.push_back(readQualifier(child));
    }
    return qualifiers;
}

template<typename Qualifiers>
const CimQualifier *findQualifier(const Qualifiers &qualifiers, QStringView name)
{
    for (const CimQualifier &qualifier : qualifiers) {
        if (name.compare(qualifier.name, Qt::CaseInsensitive) == 0)
            return &qualifier;
    }
    return nullptr;
}

QString qualifierText(const CimQualifier *qualifier)
{
    return qualifier ? qualifier->values.value(0) : QString();
}

template<typename Qualifiers>
bool qualifierTrue(const Qualifiers &qualifiers, QStringView name)
{
    return isTrue(qualifierText(findQualifier(qualifiers, name)));
}

std::optional<QString> readDefault(Node element)
{
    if (const Node value = element.child("VALUE"))
        return toText(value.text());
    const Node array = element.child("VALUE.ARRAY");
    if (!array)
        return std::nullopt;
    QStringList values;
    for (const Node value : array.children())
        values.append(toText(value.text()));
    return values.join(u", "_s);
}

/// PROPERTY, PROPERTY.ARRAY, PROPERTY.REFERENCE, and PARAMETER in its four forms.
CimProperty readProperty(Node element)
{
    CimProperty property{.name = attributeText(element, "NAME"),
                         .type = cimTypeNamed(attributeText(element, "TYPE")),
                         .referenceClass = attributeText(element, "REFERENCECLASS"),
                         .classOrigin = attributeText(element, "CLASSORIGIN"),
                         .propagated = attributeTrue(element, "PROPAGATED"),
                         .defaultValue = readDefault(element),
                         .qualifiers = readQualifiers(element)};
    const std::string_view kind = element.localName();
    property.array = endsWith(kind, ".ARRAY") || endsWith(kind, ".REFARRAY");
    if (endsWith(kind, ".REFERENCE") || endsWith(kind, ".REFARRAY"))
        property.type = CimType::Reference;
    else if (!property.embeddedClass().isEmpty())
        property.type = CimType::Object;
    return property;
}

CimMethod readMethod(Node element)
{
    CimMethod method{.name = attributeText(element, "NAME"),
                     .returnType = cimTypeNamed(attributeText(element, "TYPE")),
                     .classOrigin = attributeText(element, "CLASSORIGIN"),
                     .propagated = attributeTrue(element, "PROPAGATED"),
                     .qualifiers = readQualifiers(element)};
    for (const Node child : element.children()) {
        if (child.localName().starts_with("PARAMETER"))
            method.parameters.push_back(readProperty(child));
    }
    return method;
}

/// True when `value` stands in "a..b", "a..", "..b" (DSP0004 ValueMap).
bool inRange(const QString &range, qint64 value)
{
    const qsizetype dots = range.indexOf(u"..");
    if (dots < 0)
        return false;
    const QString low = range.first(dots).trimmed();
    const QString high = range.sliced(dots + 2).trimmed();
    if (low.isEmpty() && high.isEmpty())
        return false;
    bool lowOk = true;
    bool highOk = true;
    const qint64 from = low.isEmpty() ? std::numeric_limits<qint64>::min() : low.toLongLong(&lowOk);
    const qint64 to = high.isEmpty() ? std::numeric_limits<qint64>::max()
                                     : high.toLongLong(&highOk);
    return lowOk && highOk && value >= from && value <= to;
}

/// Where in a ValueMap `value` stands: an exact entry, else a range, else "..", which means all
/// others.
qsizetype mapIndex(const QStringList &map, QStringView value)
{
    for (qsizetype i = 0; i < map.size(); ++i) {
        if (QStringView(map[i]).trimmed().compare(value, Qt::CaseInsensitive) == 0)
            return i;
    }
    bool number = false;
    const qint64 numeric = value.toLongLong(&number);
    for (qsizetype i = 0; number && i < map.size(); ++i) {
        bool mapNumber = false;
        if (map[i].trimmed().toLongLong(&mapNumber) == numeric && mapNumber)
            return i;
        if (inRange(map[i], numeric))
            return i;
    }
    for (qsizetype i = 0; i < map.size(); ++i) {
        if (map[i].trimmed() == u"..")
            return i;
    }
    return -1;
}

} // namespace

bool CimProperty::isKey() const
{
    return qualifierTrue(qualifiers, u"Key");
}

bool CimProperty::isWritable() const
{
    return qualifierTrue(qualifiers, u"Write");
}

QString CimProperty::description() const
{
    return qualifierText(qualifier(u"Description"));
}

QString CimProperty::units() const
{
    const QString programmatic = qualifierText(qualifier(u"PUnit"));
    return programmatic.isEmpty() ? qualifierText(qualifier(u"Units")) : programmatic;
}

QString CimProperty::embeddedClass() const
{
    const QString named = qualifierText(qualifier(u"EmbeddedInstance"));
    if (!named.isEmpty())
        return named;
    return qualifierTrue(qualifiers, u"EmbeddedObject") ? u"*"_s : QString();
}

QString CimProperty::valueText(QStringView value) const
{
    const CimQualifier *const values = qualifier(u"Values");
    if (!values || value.trimmed().isEmpty())
        return {};
    const CimQualifier *const map = qualifier(u"ValueMap");
    if (map)
        return values->values.value(mapIndex(map->values, value.trimmed()));
    // Without a ValueMap the number is the place in Values (DSP0004 5.6.3.50).
    bool number = false;
    const qlonglong place = value.trimmed().toLongLong(&number);
    return number && isNumeric(type) ? values->values.value(place) : QString();
}

const CimQualifier *CimProperty::qualifier(QStringView wanted) const
{
    return findQualifier(qualifiers, wanted);
}

bool CimMethod::isStatic() const
{
    return qualifierTrue(qualifiers, u"Static");
}

QString CimMethod::description() const
{
    return qualifierText(findQualifier(qualifiers, u"Description"));
}

const CimProperty *CimClass::property(QStringView wanted) const
{
    for (const CimProperty &property : properties) {
        if (wanted.compare(property.name, Qt::CaseInsensitive) == 0)
            return &property;
    }
    return nullptr;
}

QStringList CimClass::keys() const
{
    QStringList names;
    for (const CimProperty &property : properties) {
        if (property.isKey())
            names.append(property.name);
    }
    return names;
}

QString CimClass::description() const
{
    return qualifierText(findQualifier(qualifiers, u"Description"));
}

bool CimClass::isAbstract() const
{
    return qualifierTrue(qualifiers, u"Abstract");
}

bool CimClass::isAssociation() const
{
    return qualifierTrue(qualifiers, u"Association");
}

Result<CimClass> readCimClass(Node element)
{
    CimClass result{.name = attributeText(element, "NAME"),
                    .superClass = attributeText(element, "SUPERCLASS")};
    if (element.localName() != "CLASS" || result.name.isEmpty())
        return Error::of(Error::Kind::Protocol, Cause::SoapUnexpected, toText(element.localName()));
    for (const QString &ancestor : attributeText(element, "DERIVATION").split(u',')) {
        if (!ancestor.trimmed().isEmpty())
            result.derivation.append(ancestor.trimmed());
    }
    result.qualifiers = readQualifiers(element);
    for (const Node child : element.children()) {
        const std::string_view kind = child.localName();
        if (kind == "PROPERTY" || kind == "PROPERTY.ARRAY" || kind == "PROPERTY.REFERENCE")
            result.properties.push_back(readProperty(child));
        else if (kind == "METHOD")
            result.methods.push_back(readMethod(child));
    }
    return result;
}

CimType cimTypeNamed(QStringView name)
{
    for (const TypeName &known : typeNames) {
        if (name.compare(known.name, Qt::CaseInsensitive) == 0)
            return known.type;
    }
    return CimType::Unknown;
}

QString cimTypeName(CimType type)
{
    for (const TypeName &known : typeNames) {
        if (known.type == type)
            return known.name;
    }
    return {};
}

void applySchema(RowSet &rows, const CimClass &schema)
{
    for (std::uint32_t i = 0; i < rows.columnCount(); ++i) {
        Column column = rows.column(i);
        const CimProperty *const property = schema.property(toText(column.name));
        if (!property)
            continue;
        column.type = property->type;
        column.array = property->array;
        column.key = property->isKey();
        rows.setColumn(i, column);
    }
}
