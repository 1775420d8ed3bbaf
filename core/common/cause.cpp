#include "common/cause.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr std::array causeIds{
    std::pair{Cause::Unknown, QLatin1StringView("unknown")},
    std::pair{Cause::Cancelled, QLatin1StringView("cancelled")},
    std::pair{Cause::LocalUsage, QLatin1StringView("local.usage")},
    std::pair{Cause::LocalFile, QLatin1StringView("local.file")},
    std::pair{Cause::LocalFilePermission, QLatin1StringView("local.file_permission")},
    std::pair{Cause::LocalFileExists, QLatin1StringView("local.file_exists")},
    std::pair{Cause::LocalPasswordFileMode, QLatin1StringView("local.password_file_mode")},
    std::pair{Cause::LocalDiskFull, QLatin1StringView("local.disk_full")},
    std::pair{Cause::LocalNoPassword, QLatin1StringView("local.no_password")},
    std::pair{Cause::LocalProfileUnknown, QLatin1StringView("local.profile_unknown")},
    std::pair{Cause::LocalProfileCorrupt, QLatin1StringView("local.profile_corrupt")},
    std::pair{Cause::KeychainAbsent, QLatin1StringView("local.keychain_absent")},
    std::pair{Cause::KeychainLocked, QLatin1StringView("local.keychain_locked")},
    std::pair{Cause::KeychainDenied, QLatin1StringView("local.keychain_denied")},
    std::pair{Cause::KeychainEntryMissing, QLatin1StringView("local.keychain_entry_missing")},
    std::pair{Cause::KeychainCorrupt, QLatin1StringView("local.keychain_corrupt")},
    std::pair{Cause::OptionsRefused, QLatin1StringView("options.refused")},
    std::pair{Cause::OptionsClearText, QLatin1StringView("options.clear_text")},
    std::pair{Cause::OptionsSecretClearText, QLatin1StringView("options.secret_clear_text")},
    std::pair{Cause::OptionsReadOnly, QLatin1StringView("options.read_only")},
    std::pair{Cause::NetDns, QLatin1StringView("net.dns")},
    std::pair{Cause::NetRefused, QLatin1StringView("net.refused")},
    std::pair{Cause::NetTimeout, QLatin1StringView("net.timeout")},
    std::pair{Cause::NetUnreachable, QLatin1StringView("net.unreachable")},
    std::pair{Cause::NetClosed, QLatin1StringView("net.closed")},
    std::pair{Cause::NetReset, QLatin1StringView("net.reset")},
    std::pair{Cause::NetTlsHandshake, QLatin1StringView("net.tls_handshake")},
    std::pair{Cause::NetNoCommonTls, QLatin1StringView("net.no_common_tls")},
    std::pair{Cause::NetHttpsExpected, QLatin1StringView("net.https_expected")},
    std::pair{Cause::TlsUntrusted, QLatin1StringView("tls.untrusted")},
    std::pair{Cause::TlsSelfSigned, QLatin1StringView("tls.self_signed")},
    std::pair{Cause::TlsExpired, QLatin1StringView("tls.expired")},
    std::pair{Cause::TlsNotYetValid, QLatin1StringView("tls.not_yet_valid")},
    std::pair{Cause::TlsNameMismatch, QLatin1StringView("tls.name_mismatch")},
    std::pair{Cause::TlsPinMismatch, QLatin1StringView("tls.pin_mismatch")},
    std::pair{Cause::TlsChangedDuringSession, QLatin1StringView("tls.changed_during_session")},
    std::pair{Cause::TlsTrustRefused, QLatin1StringView("tls.trust_refused")},
    std::pair{Cause::AuthRejected, QLatin1StringView("auth.rejected")},
    std::pair{Cause::AuthNotOffered, QLatin1StringView("auth.not_offered")},
    std::pair{Cause::AuthRequired, QLatin1StringView("auth.required")},
    std::pair{Cause::AuthBasicOverHttp, QLatin1StringView("auth.basic_over_http")},
    std::pair{Cause::AuthUnverifiedHost, QLatin1StringView("auth.unverified_host")},
    std::pair{Cause::AuthHostUnproven, QLatin1StringView("auth.host_unproven")},
    std::pair{Cause::AuthMalformed, QLatin1StringView("auth.malformed")},
    std::pair{Cause::AuthClosed, QLatin1StringView("auth.closed")},
    std::pair{Cause::AuthUserForm, QLatin1StringView("auth.user_form")},
    std::pair{Cause::AuthUnavailable, QLatin1StringView("auth.unavailable")},
    std::pair{Cause::AuthFailed, QLatin1StringView("auth.failed")},
    std::pair{Cause::KrbNoTicket, QLatin1StringView("krb.no_ticket")},
    std::pair{Cause::KrbTicketExpired, QLatin1StringView("krb.ticket_expired")},
    std::pair{Cause::KrbForeignTicket, QLatin1StringView("krb.foreign_ticket")},
    std::pair{Cause::KrbAddress, QLatin1StringView("krb.address")},
    std::pair{Cause::KrbRealmUnknown, QLatin1StringView("krb.realm_unknown")},
    std::pair{Cause::KrbKdcUnreachable, QLatin1StringView("krb.kdc_unreachable")},
    std::pair{Cause::KrbUserUnknown, QLatin1StringView("krb.user_unknown")},
    std::pair{Cause::KrbWrongPassword, QLatin1StringView("krb.wrong_password")},
    std::pair{Cause::KrbPasswordExpired, QLatin1StringView("krb.password_expired")},
    std::pair{Cause::KrbAccountLocked, QLatin1StringView("krb.account_locked")},
    std::pair{Cause::KrbServiceUnknown, QLatin1StringView("krb.service_unknown")},
    std::pair{Cause::KrbServiceKey, QLatin1StringView("krb.service_key")},
    std::pair{Cause::KrbClockSkew, QLatin1StringView("krb.clock_skew")},
    std::pair{Cause::KrbEncryptionType, QLatin1StringView("krb.encryption_type")},
    std::pair{Cause::KrbConfiguration, QLatin1StringView("krb.configuration")},
    std::pair{Cause::SealMissing, QLatin1StringView("seal.missing")},
    std::pair{Cause::SealMalformed, QLatin1StringView("seal.malformed")},
    std::pair{Cause::SealBroken, QLatin1StringView("seal.broken")},
    std::pair{Cause::SealOrder, QLatin1StringView("seal.order")},
    std::pair{Cause::HttpNotSoap, QLatin1StringView("http.not_soap")},
    std::pair{Cause::HttpHtml, QLatin1StringView("http.html")},
    std::pair{Cause::HttpEmpty, QLatin1StringView("http.empty")},
    std::pair{Cause::HttpNotFound, QLatin1StringView("http.not_found")},
    std::pair{Cause::HttpStatus, QLatin1StringView("http.status")},
    std::pair{Cause::HttpMalformed, QLatin1StringView("http.malformed")},
    std::pair{Cause::HttpTruncated, QLatin1StringView("http.truncated")},
    std::pair{Cause::HttpTooLarge, QLatin1StringView("http.too_large")},
    std::pair{Cause::HttpHeadTooLarge, QLatin1StringView("http.head_too_large")},
    std::pair{Cause::HttpRedirect, QLatin1StringView("http.redirect")},
    std::pair{Cause::HttpServiceUnavailable, QLatin1StringView("http.service_unavailable")},
    std::pair{Cause::HttpRequestTooLarge, QLatin1StringView("http.request_too_large")},
    std::pair{Cause::TimeoutDeadline, QLatin1StringView("timeout.deadline")},
    std::pair{Cause::TimeoutIdle, QLatin1StringView("timeout.idle")},
    std::pair{Cause::SoapMalformed, QLatin1StringView("soap.malformed")},
    std::pair{Cause::SoapDtd, QLatin1StringView("soap.dtd")},
    std::pair{Cause::SoapTooDeep, QLatin1StringView("soap.too_deep")},
    std::pair{Cause::SoapNotEnvelope, QLatin1StringView("soap.not_envelope")},
    std::pair{Cause::SoapUnexpected, QLatin1StringView("soap.unexpected")},
    std::pair{Cause::SoapWrongReply, QLatin1StringView("soap.wrong_reply")},
    std::pair{Cause::SoapEncoding, QLatin1StringView("soap.encoding")},
    std::pair{Cause::FaultGeneric, QLatin1StringView("fault.generic")},
    std::pair{Cause::FaultAccessDenied, QLatin1StringView("fault.access_denied")},
    std::pair{Cause::FaultTimedOut, QLatin1StringView("fault.timed_out")},
    std::pair{Cause::FaultUnknownResource, QLatin1StringView("fault.unknown_resource")},
    std::pair{Cause::FaultInvalidSelectors, QLatin1StringView("fault.invalid_selectors")},
    std::pair{Cause::FaultFilter, QLatin1StringView("fault.filter")},
    std::pair{Cause::FaultQuota, QLatin1StringView("fault.quota")},
    std::pair{Cause::FaultEncodingLimit, QLatin1StringView("fault.encoding_limit")},
    std::pair{Cause::FaultContextLost, QLatin1StringView("fault.context_lost")},
    std::pair{Cause::EnumerationConnectionLost, QLatin1StringView("enumeration.connection_lost")},
    std::pair{Cause::EnumerationPartial, QLatin1StringView("enumeration.partial")},
    std::pair{Cause::ExportFormat, QLatin1StringView("export.format")},
    std::pair{Cause::OpenUnknownFormat, QLatin1StringView("open.unknown_format")},
};

} // namespace

QLatin1StringView causeId(Cause cause)
{
    for (const auto &[value, id] : causeIds) {
        if (value == cause)
            return id;
    }
    return causeIds.front().second;
}

std::optional<Cause> causeFromId(QStringView id)
{
    for (const auto &[value, known] : causeIds) {
        if (id == known)
            return value;
    }
    return std::nullopt;
}
