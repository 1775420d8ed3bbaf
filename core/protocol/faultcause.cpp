#include "protocol/faultcause.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <charconv>

using namespace Qt::StringLiterals;

namespace {

struct CodeCause
{
    std::uint32_t code;
    Cause cause;
};

/// Win32, HRESULT, WBEM and WSMan codes (MS-WSMV, wsmerror.h names in the comments).
constexpr std::array codeCauses{
    CodeCause{5, Cause::FaultAccessDenied},              // ERROR_ACCESS_DENIED
    CodeCause{0x80070005, Cause::FaultAccessDenied},     // E_ACCESSDENIED
    CodeCause{0x80041003, Cause::FaultAccessDenied},     // WBEM_E_ACCESS_DENIED
    CodeCause{0x80041062, Cause::FaultAccessDenied},     // WBEM_E_PRIVILEGE_NOT_HELD
    CodeCause{0x80338104, Cause::FaultAccessDenied},     // WMI_SVC_ACCESS_DENIED
    CodeCause{0x80338105, Cause::FaultAccessDenied},     // WMI_PROVIDER_ACCESS_DENIED
    CodeCause{0x80338106, Cause::FaultAccessDenied},     // WMI_CANNOT_CONNECT_ACCESS_DENIED
    CodeCause{0x8033801c, Cause::FaultTimedOut},         // ENUMERATE_TIMED_OUT
    CodeCause{0x80338029, Cause::FaultTimedOut},         // OPERATION_TIMEDOUT
    CodeCause{0x80041069, Cause::FaultTimedOut},         // WBEM_E_TIMED_OUT
    CodeCause{0x80338000, Cause::FaultUnknownResource},  // RESOURCE_NOT_FOUND
    CodeCause{0x8033803b, Cause::FaultUnknownResource},  // INVALID_RESOURCE_URI
    CodeCause{0x8033811a, Cause::FaultUnknownResource},  // ENDPOINT_UNAVAILABLE_INVALID_VALUE
    CodeCause{0x80041002, Cause::FaultUnknownResource},  // WBEM_E_NOT_FOUND
    CodeCause{0x8004100e, Cause::FaultUnknownResource},  // WBEM_E_INVALID_NAMESPACE
    CodeCause{0x80041010, Cause::FaultUnknownResource},  // WBEM_E_INVALID_CLASS
    CodeCause{0x8033803d, Cause::FaultInvalidSelectors}, // INVALID_SELECTORS
    CodeCause{0x8033805a, Cause::FaultInvalidSelectors}, // INSUFFCIENT_SELECTORS
    CodeCause{0x8033805b, Cause::FaultInvalidSelectors}, // UNEXPECTED_SELECTORS
    CodeCause{0x8033805c, Cause::FaultInvalidSelectors}, // SELECTOR_TYPEMISMATCH
    CodeCause{0x8033805d, Cause::FaultInvalidSelectors}, // INVALID_SELECTOR_VALUE
    CodeCause{0x8033805e, Cause::FaultInvalidSelectors}, // AMBIGUOUS_SELECTORS
    CodeCause{0x8033805f, Cause::FaultInvalidSelectors}, // DUPLICATE_SELECTORS
    CodeCause{0x803380fa, Cause::FaultInvalidSelectors}, // INVALID_URI_WMI_SINGLETON
    CodeCause{0x80338118, Cause::FaultInvalidSelectors}, // INVALID_SELECTOR_NAME
    CodeCause{0x80338018, Cause::FaultFilter},           // ENUMERATE_FILTERING_NOT_SUPPORTED
    CodeCause{0x80338019, Cause::FaultFilter},           // ..._FILTER_DIALECT_REQUESTED_UNAVAILABLE
    CodeCause{0x8033801a, Cause::FaultFilter},           // ENUMERATE_CANNOT_PROCESS_FILTER
    CodeCause{0x80338107, Cause::FaultFilter},           // INVALID_FILTER_XML
    CodeCause{0x80338122, Cause::FaultFilter},           // CANNOT_PROCESS_FILTER
    CodeCause{0x80041017, Cause::FaultFilter},           // WBEM_E_INVALID_QUERY
    CodeCause{0x80041058, Cause::FaultFilter},           // WBEM_E_UNPARSABLE_QUERY
    CodeCause{0x8033803f, Cause::FaultQuota},            // QUOTA_LIMIT
    CodeCause{0x803381a5, Cause::FaultQuota},            // QUOTA_MAX_SHELLS
    CodeCause{0x803381a6, Cause::FaultQuota},            // QUOTA_MAX_OPERATIONS
    CodeCause{0x803381a7, Cause::FaultQuota},            // QUOTA_USER
    CodeCause{0x803381a8, Cause::FaultQuota},            // QUOTA_SYSTEM
    CodeCause{0x803381ab, Cause::FaultQuota},            // QUOTA_MAX_SHELLUSERS
    CodeCause{0x803381e4, Cause::FaultQuota},            // QUOTA_MAX_SHELLS_PPQ
    CodeCause{0x803381e5, Cause::FaultQuota},            // QUOTA_MAX_USERS_PPQ
    CodeCause{0x803381e6, Cause::FaultQuota},            // QUOTA_MAX_PLUGINSHELLS_PPQ
    CodeCause{0x803381e7, Cause::FaultQuota},            // QUOTA_MAX_PLUGINOPERATIONS_PPQ
    CodeCause{0x803381e8, Cause::FaultQuota},            // QUOTA_MAX_OPERATIONS_USER_PPQ
    CodeCause{0x803381e9, Cause::FaultQuota},            // QUOTA_MAX_COMMANDS_PER_SHELL_PPQ
    CodeCause{0x8004106c, Cause::FaultQuota},            // WBEM_E_QUOTA_VIOLATION
    CodeCause{0x80338026, Cause::FaultEncodingLimit},    // ENVELOPE_TOO_LARGE
    CodeCause{0x80338035, Cause::FaultEncodingLimit},    // ENCODING_LIMIT
    CodeCause{0x80338047, Cause::FaultEncodingLimit},    // MAX_ENVELOPE_SIZE
    CodeCause{0x80338048, Cause::FaultEncodingLimit},    // MAX_ENVELOPE_SIZE_EXCEEDED
    CodeCause{0x80338049, Cause::FaultEncodingLimit},    // SERVER_ENVELOPE_LIMIT
    CodeCause{0x80338007, Cause::FaultContextLost},      // ENUMERATION_CLOSED
    CodeCause{0x8033801b, Cause::FaultContextLost},      // ENUMERATE_INVALID_ENUMERATION_CONTEXT
};

/// MI_Result of OMI and CIMStatusCode of DSP0200: the same numbers.
constexpr std::array statusCauses{
    CodeCause{2, Cause::FaultAccessDenied},
    CodeCause{3, Cause::FaultUnknownResource}, // invalid namespace
    CodeCause{5, Cause::FaultUnknownResource}, // invalid class
    CodeCause{6, Cause::FaultUnknownResource}, // not found
    CodeCause{14, Cause::FaultFilter},         // query language not supported
    CodeCause{15, Cause::FaultFilter},         // invalid query
    CodeCause{21, Cause::FaultContextLost},    // invalid enumeration context
    CodeCause{26, Cause::FaultFilter},         // filtered enumeration not supported
    CodeCause{27, Cause::FaultQuota},          // server limits exceeded
};

struct SubcodeCause
{
    QLatin1StringView subcode;
    Cause cause;
};

constexpr std::array subcodeCauses{
    SubcodeCause{QLatin1StringView("AccessDenied"), Cause::FaultAccessDenied},
    SubcodeCause{QLatin1StringView("TimedOut"), Cause::FaultTimedOut},
    SubcodeCause{QLatin1StringView("DestinationUnreachable"), Cause::FaultUnknownResource},
    SubcodeCause{QLatin1StringView("InvalidSelectors"), Cause::FaultInvalidSelectors},
    SubcodeCause{QLatin1StringView("CannotProcessFilter"), Cause::FaultFilter},
    SubcodeCause{QLatin1StringView("FilterDialectRequestedUnavailable"), Cause::FaultFilter},
    SubcodeCause{QLatin1StringView("FilteringNotSupported"), Cause::FaultFilter},
    SubcodeCause{QLatin1StringView("FilteringRequestedUnavailable"), Cause::FaultFilter},
    SubcodeCause{QLatin1StringView("QuotaLimit"), Cause::FaultQuota},
    SubcodeCause{QLatin1StringView("EncodingLimit"), Cause::FaultEncodingLimit},
    SubcodeCause{QLatin1StringView("InvalidEnumerationContext"), Cause::FaultContextLost},
};

template<std::size_t N>
std::optional<Cause> find(const std::array<CodeCause, N> &table, std::uint32_t code)
{
    const auto found = std::ranges::find(table, code, &CodeCause::code);
    return found == table.end() ? std::nullopt : std::optional(found->cause);
}

std::optional<Cause> causeOfLink(const FaultLink &link)
{
    if (!link.code)
        return std::nullopt;
    const bool status = link.form == FaultLink::Form::OmiError
        || link.form == FaultLink::Form::CimError;
    // A WMI error carries an MI_Result where its type is MI, else an HRESULT.
    const bool smallWmi = link.form == FaultLink::Form::WmiError && *link.code < 0x100
        && !link.symbol.startsWith(u"HRESULT"_s);
    if (status || smallWmi)
        return find(statusCauses, *link.code);
    return find(codeCauses, wholeCode(*link.code));
}

} // namespace

std::optional<std::uint32_t> faultCode(std::string_view text)
{
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    if (hex)
        text.remove_prefix(2);
    std::int64_t value = 0;
    const char *const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, hex ? 16 : 10);
    if (error != std::errc() || stop != end || value > 0xffffffffLL || value < -0x80000000LL)
        return std::nullopt;
    return static_cast<std::uint32_t>(value);
}

std::uint32_t wholeCode(std::uint32_t code)
{
    return code >= 0x8000 && code <= 0x81ff ? 0x80330000u | code : code;
}

Cause causeOfFault(const FaultDetails &details)
{
    if (details.number) {
        if (const std::optional<Cause> cause = find(codeCauses, *details.number);
            cause && *details.number > 0xff)
            return *cause;
    }
    for (auto link = details.chain.rbegin(); link != details.chain.rend(); ++link) {
        if (const std::optional<Cause> cause = causeOfLink(*link))
            return *cause;
    }
    for (const SubcodeCause &known : subcodeCauses) {
        if (details.subcode == known.subcode)
            return known.cause;
    }
    return Cause::FaultGeneric;
}

bool faultSays(const FaultDetails &details, Cause cause)
{
    return causeOfFault(details) == cause
        || std::ranges::any_of(details.chain, [cause](const FaultLink &link) {
               return causeOfLink(link) == cause;
           });
}
