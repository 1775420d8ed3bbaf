#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <string_view>
#include <vector>

/// A namespace that a server gives one prefix, always the same.
struct PrefixRow
{
    std::string_view prefix;
    std::string_view uri;
};

/// Classes whose name begins so live below this URI.
struct ClassUriRow
{
    std::string_view classPrefix; ///< empty: every class
    std::string_view base;        ///< without the slash before the class
};

/// The habits of one WS-Management server, as data: what its HTTP, its envelopes, its instances,
/// its enumerations and its faults look like and what it refuses. The demo host answers by one of
/// them. Sources: exchanges recorded with OMI and openwsman, recorded messages of AMT and iDRAC,
/// and Intel's AMT Implementation and Reference Guide (DSP0226); what none of them shows is said
/// beside its row in personality.cpp.
struct Personality
{
    enum class Kind { Windows, Amt, Idrac, Omi, Openwsman };
    enum class Bodies { Windows, Omi, Openwsman }; ///< which content types are read, see mediaOf()
    enum class Fault { Windows, Wsman, Amt, Omi }; ///< what stands in s:Detail
    enum class DateForm { Child, Iso, Dmtf };      ///< cim:Datetime element, bare ISO, bare DMTF
    /// What becomes of properties that are null.
    enum class NullForm { NilButArrays, Nil, Absent };
    enum class EprNamespace { None, First, Last }; ///< where __cimnamespace stands
    enum class ContextForm { Windows, Uuid, Amt, Number };
    enum class Polymorphism {
        Refused,
        Windows, ///< ignored (MS-WSMV 3.1.4.1.27), but queries refuse all but the default
        Ignored,
        Honored,
    };
    enum class PathRule { WsmanOnly, Any };
    enum class FreePrefix {
        Numbered, ///< n1, n2 on the envelope
        Letters,  ///< the next letters, on the envelope
        Local,    ///< p, on the outermost element that needs it
    };

    Kind kind = Kind::Windows;
    std::string_view name;

    // HTTP
    std::string_view server;      ///< Server header; empty: none
    std::string_view reason;      ///< reason phrase of SOAP answers; empty: that of the status
    bool closes = false;          ///< Connection: Close after each answer
    bool keepAliveHeader = false; ///< Connection: Keep-Alive on each answer
    bool date = true;             ///< Date header
    std::uint32_t chunk = 0;      ///< octets of a chunk; 0: Content-Length
    std::string_view contentType; ///< of SOAP answers; empty: the request's own
    PathRule paths = PathRule::WsmanOnly;
    Bodies bodies = Bodies::Windows;
    bool plainErrors = false; ///< 401, 403, 501 as a line of plain text, by the HTTP part alone

    // Sign-in
    bool digest = false; ///< offered before Basic
    std::string_view realm;
    bool silentWithoutCredentials = false; ///< no Authorization header: no answer at all
    bool anonymousIdentify = false;        ///< honors WSMANIDENTIFY: unauthenticated

    // Envelopes
    std::string_view xmlDeclaration; ///< before the envelope, line end included
    std::string_view tail;           ///< after it
    std::vector<PrefixRow> prefixes; ///< in the order of their declaration; none: as written
    bool declaresAll = false;        ///< each envelope declares all of them, used or not
    FreePrefix freePrefix = FreePrefix::Numbered; ///< of other namespaces
    std::vector<std::string_view> headerOrder;    ///< local names of the addressing headers
    bool actionMarked = false;                    ///< mustUnderstand on a:Action
    bool resourceHeader = false;                  ///< repeats w:ResourceURI, faults excepted

    // Requests
    std::uint32_t smallestEnvelope = 8192;
    bool microsoftHeaders = false;                ///< knows the p: headers
    std::vector<std::string_view> unknownHeaders; ///< local names it does not know in the w: space
    bool fragments = true;
    bool utf16 = true;

    // Resources
    std::vector<ClassUriRow> classUris;  ///< the first that fits is the one it writes itself
    std::vector<std::string_view> bases; ///< further URIs it understands
    std::string_view defaultNamespace;
    bool metadataGet = false;
    bool metadataEnumerate = false;

    // Instances
    bool typed = false;         ///< xsi:type on the instance
    bool upperBooleans = false; ///< TRUE, FALSE
    DateForm dates = DateForm::Child;
    NullForm nulls = NullForm::NilButArrays;
    EprNamespace eprNamespace = EprNamespace::None;
    bool bareFragments = false;     ///< elements of an XmlFragment stand in no namespace
    bool projectsInstances = false; ///< a query for some properties gives instances, not fragments
    bool omiInvoke = false; ///< answers of methods: the method's own name, its own namespace
    bool wrapsParameterEpr = false; ///< references among parameters inside a:EndpointReference
    bool replacesWhole = false;     ///< what a Put leaves out becomes null

    // Enumerations
    bool optimizes = true;   ///< honors OptimizeEnumeration
    bool emptyItems = false; ///< w:Items without any where nothing was asked for
    bool contextAfterItems = false;
    bool keepsLastContext = false; ///< a context beside EndOfSequence in EnumerateResponse
    bool samePulls = false;        ///< Pulls must repeat the parameters of Enumerate
    bool countEstimate = false;
    bool blocks = false; ///< an unfinished enumeration keeps others from the class
    bool ignoresSelectorFilter = false;
    bool queriesOfClasses = false; ///< queries may be sent to the URI of a class
    ContextForm contexts = ContextForm::Windows;
    Polymorphism polymorphism = Polymorphism::Windows;
    std::vector<std::string_view> dialects; ///< of filters

    // Faults
    Fault faults = Fault::Windows;
    std::string_view language; ///< of s:Text
    bool isQuiet = false;      ///< no reason where a class, an instance or a key is missing

    // Identify
    std::string_view vendor, version;
    bool securityProfiles = false;

    bool isWindows() const { return kind == Kind::Windows; }
    bool knows(std::string_view dialect) const;
    /// The class of this name's URI, without the class.
    std::string_view baseOf(std::string_view className) const;

    static const Personality &of(Kind kind);
    static const Personality *named(const QString &name); ///< nullptr: there is none
    static QStringList names();
};
