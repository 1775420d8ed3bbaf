#pragma once

#include "common/result.h"
#include "common/secret.h"
#include "document/document.h"
#include "protocol/endpointreference.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

struct Property;

/// A name with its namespace URI (empty: in none). Prefixes are the writer's business.
struct QualifiedName
{
    QString ns;
    QString name;
    bool operator==(const QualifiedName &) const = default;
};

struct Attribute
{
    QualifiedName name;
    QString value;
    bool operator==(const Attribute &) const = default;
};

/// One value as an element's content. Sources: DSP0230 (WS-CIM mapping) 9, MS-WSMV 2.2.4, recorded
/// requests of Windows, AMT and OMI clients.
struct Value
{
    enum class Kind {
        Null,        ///< xsi:nil
        Text,        ///< strings, numbers, booleans: as they stand; may be empty
        Secret,      ///< text that is sent and never shown
        DateTime,    ///< cim:Datetime, ISO text
        Interval,    ///< cim:Interval, an xs:duration
        RawDateTime, ///< cim:CIM_DateTime: DMTF text with wildcards
        Reference,   ///< the fields of an endpoint reference, without a:EndpointReference
        Instance,    ///< child elements: an embedded instance, or any nested element
    };
    Kind kind = Kind::Null;
    QString text;                           ///< of Text, DateTime, Interval, RawDateTime
    std::shared_ptr<const ::Secret> secret; ///< of Secret; compared by identity
    std::optional<EndpointReference> reference;
    std::vector<Property> properties;  ///< of Instance, in order
    std::optional<QualifiedName> type; ///< xsi:type; not sent without
    std::vector<Attribute> attributes; ///< others than xsi:type, xsi:nil and Windows' array marks

    bool operator==(const Value &) const;

    static Value null();
    static Value ofText(const QString &text);
    static Value ofSecret(const ::Secret &secret);
    static Value ofReference(const EndpointReference &reference);
    static Value ofInstance(std::vector<Property> properties);
};

/// A property, parameter or any element below another, with its value or values. One that is not
/// listed is not sent.
struct Property
{
    enum class Shape {
        Single, ///< exactly one value
        Array,  ///< the element repeated, in order; none: an empty array
        NullArray,
    };
    QString name;
    QString ns; ///< nearly always its instance's
    Shape shape = Shape::Single;
    std::vector<Value> values;

    bool operator==(const Property &) const = default;
    const Value *value() const { return values.empty() ? nullptr : &values.front(); }
};

/// What a Put or Create sends, or the parameters of an Invoke (`Method_INPUT`): one root element
/// and its properties in order. A plain value; `content` may also be Text (a configuration leaf).
struct Representation
{
    QString name;
    QString ns;
    Value content = Value::ofInstance({});

    bool operator==(const Representation &) const = default;
    const Property *property(QStringView propertyName) const; ///< exact, else ignoring case
};

/// The last property of that name: spelled so, else ignoring case. Null when there is none.
const Property *findProperty(const std::vector<Property> &properties, QStringView name);

/// Reads any element: repeated neighbours become arrays, endpoint references, cim:Datetime and
/// xsi:nil what they are, everything else nested instances; no text, attribute or namespace is lost
/// (prefixes, comments and white space between elements are). Cause::LocalUsage for text between
/// child elements. A null node gives an empty representation.
Result<Representation> readRepresentation(Node element);

/// The child elements as properties, for replies: text between them is dropped.
std::vector<Property> readProperties(Node element);

/// A body typed by a person: one well-formed element (a whole SOAP envelope is refused), no
/// document type. Cause::LocalUsage otherwise, with line and column.
Result<Representation> representationFromXml(const QByteArray &xml);

enum class Secrets {
    Reveal, ///< for the host only
    Hide,   ///< secrets and values under write-only names read "[removed]"
};

/// One element as XML with every declaration it needs: `<p:Name xmlns:p="...">...</p:Name>`.
/// `preciseArrays`: null arrays carry Windows' mark (option msftwinrm:UsePreciseArrays); an empty
/// array always does, and is a null one to a host that does not know it.
QByteArray representationXml(const Representation &representation, Secrets secrets = Secrets::Hide,
                             bool preciseArrays = false);

/// True when it holds a secret: a value of that kind, or text under a write-only name
/// (protocol/writeonly.h). Empty and null ones are none.
bool carriesSecret(const Representation &representation);

/// What Get gave, fit to be Put again: without the trailing cim:Location of early Windows, without
/// what a listener says only (ListeningOn), and without write-only elements that came empty, so
/// that they stay as they are on the host.
Representation forPut(Representation read);
