#pragma once

#include "protocol/resourcelocator.h"

#include <QByteArray>

#include <chrono>
#include <cstdint>

/// What the headers of every request say, apart from its operation. Sources: DSP0226 6,
/// MS-WSMV 2.2.4.
struct RequestSettings
{
    QString to;                             ///< a:To: the endpoint's URL
    std::uint32_t maxEnvelopeSize = 512000; ///< octets of the reply
    std::chrono::milliseconds operationTimeout{60000};
    QString locale{QStringLiteral("en-US")}; ///< w:Locale and p:DataLocale
    QString sessionId; ///< p:SessionId ("uuid:..."); empty: Microsoft's headers are left out (not a
                       ///< Windows host)
    bool utf16 = false; ///< the envelope as UTF-16LE with byte order mark
};

/// A message ready to send: bytes and the id that the reply must relate to.
struct Request
{
    QByteArray envelope;
    QString messageId; ///< "uuid:" and an upper-case GUID; empty for Identify
    QString action;    ///< for traces; "Identify" for that
    QByteArray shown;  ///< what traces keep, where the envelope holds a secret; else null
};

struct Filter
{
    QString text;    ///< WQL, CQL, XPath: the query; selector filters use `selectors`
    QString dialect; ///< URI
    std::vector<Selector> selectors; ///< of a SelectorFilter
    bool operator==(const Filter &) const = default;
    bool isEmpty() const { return text.isEmpty() && selectors.empty(); }
};

enum class EnumerationMode { Object, Reference, ObjectAndReference };

/// b:PolymorphismMode (DSP0227 9). Unstated is not sent, and means Deep to a host; Windows knows
/// none of it (protocol notes, 7).
enum class PolymorphismMode {
    Unstated,
    Deep,     ///< IncludeSubClassProperties
    BaseOnly, ///< ExcludeSubClassProperties
    Shallow,  ///< None: instances of the class itself only
};

struct EnumerateParameters
{
    ResourceLocator resource;
    Filter filter;
    EnumerationMode mode = EnumerationMode::Object;
    bool optimize = true;              ///< first items in the EnumerateResponse
    std::uint32_t maxElements = 32000; ///< fixed for the life of the context; 0 is not sent
    PolymorphismMode polymorphism = PolymorphismMode::Unstated;
    QString expires; ///< n:Expires, an xs:duration such as "PT10M"; empty: not sent (Windows
                     ///< refuses it)
    bool countEstimate = false; ///< w:RequestTotalItemsCountEstimate: hosts that know it answer
                                ///< with EnumerationPage::totalEstimate, others ignore it
    bool operator==(const EnumerateParameters &) const = default;
};

Request writeIdentify(const RequestSettings &settings = {});
Request writeGet(const RequestSettings &settings, const ResourceLocator &resource);
Request writeEnumerate(const RequestSettings &settings, const EnumerateParameters &parameters);
/// The resource, selectors and options of the Enumerate go along; maxElements and
/// settings.maxEnvelopeSize must be its.
Request writePull(const RequestSettings &settings, const EnumerateParameters &parameters,
                  const QString &context);
Request writeRelease(const RequestSettings &settings, const EnumerateParameters &parameters,
                     const QString &context);
