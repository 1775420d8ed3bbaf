#include "demo/personality.h"

#include "demo/soaprequest.h"
#include "protocol/namespaces.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view soapUtf8 = "application/soap+xml;charset=UTF-8";
constexpr std::string_view intelTrust = "http://schemas.xmlsoap.org/ws/2005/02/trust";
constexpr std::string_view intelSecurity =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
constexpr std::string_view amtBase = "http://intel.com/wbem/wscim/1/amt-schema/1";
constexpr std::string_view ipsBase = "http://intel.com/wbem/wscim/1/ips-schema/1";
constexpr std::string_view dellBase = "http://schemas.dell.com/wbem/wscim/1/cim-schema/2";
constexpr std::string_view sblimBase = "http://sblim.sf.net/wbem/wscim/1/cim-schema/2";

Personality windows()
{
    return {
        .kind = Personality::Kind::Windows,
        .name = "windows",
        .server = "Microsoft-HTTPAPI/2.0",
        .contentType = soapUtf8,
        .realm = "WSMAN",
        .anonymousIdentify = true,
        .microsoftHeaders = true,
        .defaultNamespace = "root/cimv2",
        .metadataGet = true,
        .metadataEnumerate = true,
        .typed = true,
        .eprNamespace = Personality::EprNamespace::Last,
        .samePulls = true,
        .dialects = {uri::wql, uri::selectorFilter, uri::associationFilter},
        .language = "en-US",
        .vendor = "Microsoft Corporation",
        .version = "OS: 10.0.20348 SP: 0.0 Stack: 3.0",
        .securityProfiles = true,
    };
}

/// Intel AMT. Envelopes: recorded. No options, no fragments, 50,000 octets at least: Intel's guide.
/// Association filters: recorded. HTTP 400 with faults, the selector filter and the refusal of
/// polymorphism modes: not recorded, as AMT clients expect them.
Personality amt()
{
    return {
        .kind = Personality::Kind::Amt,
        .name = "amt",
        .server = "Intel(R) Active Management Technology 16.1.30.2260",
        .chunk = 762,
        .contentType = "application/soap+xml; charset=UTF-8",
        .bodies = Personality::Bodies::Windows,
        .digest = true,
        .realm = "Digest:5B1D0C7E24A94F3386D0E15C7A90B2F4",
        .xmlDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        .prefixes = {{"a", ns::soap},
                     {"b", ns::addressing},
                     {"c", ns::wsman},
                     {"d", intelTrust},
                     {"e", intelSecurity},
                     {"f", ns::cimBinding},
                     {"xsi", ns::xsi}},
        .declaresAll = true,
        .freePrefix = Personality::FreePrefix::Letters,
        .headerOrder = {"To", "RelatesTo", "Action", "MessageID"},
        .actionMarked = true,
        .resourceHeader = true,
        .smallestEnvelope = 50000,
        .unknownHeaders = {"OptionSet"},
        .fragments = false,
        .utf16 = false,
        .classUris = {{"AMT_", amtBase}, {"IPS_", ipsBase}, {"", uri::cimSchema}},
        .defaultNamespace = "root/amt",
        .nulls = Personality::NullForm::Absent,
        .optimizes = false,
        .contexts = Personality::ContextForm::Amt,
        .polymorphism = Personality::Polymorphism::Refused,
        .dialects = {uri::selectorFilter, uri::associationFilter},
        .faults = Personality::Fault::Amt,
        .language = "en-US",
        .vendor = "Intel(R)",
        .version = "AMT 16.1.30",
        .securityProfiles = true,
    };
}

/// openwsman 2.8.1 with sfcb: recorded throughout.
Personality openwsman()
{
    return {
        .kind = Personality::Kind::Openwsman,
        .name = "openwsman",
        .server = "openwsman/2.8",
        .reason = "(null)",
        .closes = true,
        .date = false,
        .bodies = Personality::Bodies::Openwsman,
        .plainErrors = true,
        .realm = "OPENWSMAN",
        .xmlDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        .tail = "\n",
        .prefixes = {{"s", ns::soap},
                     {"wsa", ns::addressing},
                     {"wsen", ns::enumeration},
                     {"wxf", ns::transfer},
                     {"wsman", ns::wsman},
                     {"wsmid", ns::identity},
                     {"wsmb", ns::cimBinding},
                     {"cim", ns::cimCommon},
                     {"xsi", ns::xsi}},
        .headerOrder = {"To", "Action", "RelatesTo", "TotalItemsCountEstimate", "MessageID"},
        .unknownHeaders = {"OptionSet", "Locale"},
        .classUris = {{"Linux_", sblimBase}, {"", uri::cimSchema}},
        .bases = {uri::wmi},
        .defaultNamespace = "root/cimv2",
        .dates = Personality::DateForm::Dmtf,
        .eprNamespace = Personality::EprNamespace::First,
        .bareFragments = true,
        .projectsInstances = true,
        .replacesWhole = true,
        .contextAfterItems = true,
        .countEstimate = true,
        .queriesOfClasses = true,
        .contexts = Personality::ContextForm::Uuid,
        .polymorphism = Personality::Polymorphism::Honored,
        .dialects = {uri::wql, uri::cql, uri::selectorFilter, uri::associationFilter},
        .faults = Personality::Fault::Wsman,
        .language = "en",
        .isQuiet = true,
        .vendor = "Openwsman Project",
        .version = "2.8",
    };
}

/// Dell iDRAC is openwsman 2.0 within; its messages are recorded, its HTTP head is not: ordinary.
Personality idrac()
{
    Personality idrac = openwsman();
    idrac.kind = Personality::Kind::Idrac;
    idrac.name = "idrac";
    idrac.server = {};
    idrac.reason = {};
    idrac.closes = false;
    idrac.date = true;
    idrac.contentType = soapUtf8;
    idrac.plainErrors = false;
    idrac.xmlDeclaration = {};
    idrac.tail = {};
    idrac.classUris = {{"DCIM_", dellBase}, {"", uri::cimSchema}};
    idrac.bases = {uri::cimSchema};
    idrac.defaultNamespace = "root/dcim";
    idrac.eprNamespace = Personality::EprNamespace::Last;
    idrac.wrapsParameterEpr = true;
    idrac.version = "2.0.0";
    return idrac;
}

/// Microsoft OMI 1.x: recorded throughout.
Personality omi()
{
    return {
        .kind = Personality::Kind::Omi,
        .name = "omi",
        .keepAliveHeader = true,
        .date = false,
        .contentType = soapUtf8,
        .paths = Personality::PathRule::Any,
        .bodies = Personality::Bodies::Omi,
        .realm = "WSMAN",
        .silentWithoutCredentials = true,
        .prefixes = {{"SOAP-ENV", ns::soap},
                     {"wsa", ns::addressing},
                     {"wsen", ns::enumeration},
                     {"e", ns::eventing},
                     {"xsi", ns::xsi},
                     {"wsmb", ns::cimBinding},
                     {"wsman", ns::wsman},
                     {"wxf", ns::transfer},
                     {"cim", ns::cimCommon},
                     {"msftwinrm", ns::microsoft},
                     {"wsmid", ns::identity}},
        .declaresAll = true,
        .freePrefix = Personality::FreePrefix::Local,
        .headerOrder = {"To", "Action", "MessageID", "RelatesTo"},
        .microsoftHeaders = true,
        .unknownHeaders = {"FragmentTransfer"},
        .utf16 = false,
        .classUris = {{"", uri::cimSchema}},
        .bases = {uri::wmi},
        .defaultNamespace = "root/cimv2",
        .metadataGet = true,
        .upperBooleans = true,
        .dates = Personality::DateForm::Iso,
        .nulls = Personality::NullForm::Nil,
        .projectsInstances = true,
        .omiInvoke = true,
        .emptyItems = true,
        .keepsLastContext = true,
        .blocks = true,
        .ignoresSelectorFilter = true,
        .queriesOfClasses = true,
        .contexts = Personality::ContextForm::Number,
        .polymorphism = Personality::Polymorphism::Ignored,
        .dialects = {uri::wql, uri::cql, uri::selectorFilter, uri::associationFilter},
        .faults = Personality::Fault::Omi,
        .language = "en-US",
        .vendor = "Open Management Infrastructure",
        .version = "1.9.1-0",
        .securityProfiles = true,
    };
}

const std::array<Personality, 5> &all()
{
    static const std::array<Personality, 5> rows{windows(), amt(), idrac(), omi(), openwsman()};
    return rows;
}

} // namespace

bool Personality::knows(std::string_view dialect) const
{
    return std::any_of(dialects.begin(), dialects.end(), [dialect](std::string_view known) {
        return equalIgnoringCase(known, dialect);
    });
}

std::string_view Personality::baseOf(std::string_view className) const
{
    for (const ClassUriRow &row : classUris) {
        if (className.starts_with(row.classPrefix))
            return row.base;
    }
    return uri::cimSchema;
}

const Personality &Personality::of(Kind kind)
{
    return *std::find_if(all().begin(), all().end(),
                         [kind](const Personality &row) { return row.kind == kind; });
}

const Personality *Personality::named(const QString &name)
{
    const auto found = std::find_if(all().begin(), all().end(), [&name](const Personality &row) {
        return name == QLatin1StringView(row.name.data(), qsizetype(row.name.size()));
    });
    return found == all().end() ? nullptr : &*found;
}

QStringList Personality::names()
{
    QStringList names;
    for (const Personality &row : all())
        names.append(QString::fromLatin1(row.name.data(), qsizetype(row.name.size())));
    return names;
}
