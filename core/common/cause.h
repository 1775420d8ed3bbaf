#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <optional>

/// Why something ended as it did: one stable id each (`causeId`), such as `tls.pin_mismatch`.
/// Sentences and remedies (text/sentences.h, resources/errors/causes.json) and exit codes (app/ctl)
/// hang on it; code decides on it, never on text. A cause is never renamed or given another
/// meaning.
enum class Cause {
    Unknown,
    Cancelled,

    LocalUsage,
    LocalFile,
    LocalFilePermission,
    LocalFileExists,
    LocalPasswordFileMode,
    LocalDiskFull,
    LocalNoPassword,
    LocalProfileUnknown,
    LocalProfileCorrupt,
    KeychainAbsent, ///< no service, no bus or no library
    KeychainLocked, ///< a service is there, its canary entry cannot be read
    KeychainDenied,
    KeychainEntryMissing,
    KeychainCorrupt,

    OptionsRefused,   ///< contradictory ConnectionOptions (connection/rules.h)
    OptionsClearText, ///< credentials or data would travel in the clear and nobody agreed to it

    NetDns,
    NetRefused,
    NetTimeout, ///< the TCP connection did not come about in time
    NetUnreachable,
    NetClosed, ///< the host closed the connection where a reply was due
    NetReset,
    NetTlsHandshake,
    NetNoCommonTls,

    TlsUntrusted,
    TlsSelfSigned,
    TlsExpired,
    TlsNotYetValid,
    TlsNameMismatch,
    TlsPinMismatch,
    TlsChangedDuringSession,
    TlsTrustRefused,

    AuthRejected,   ///< the host refused the credentials
    AuthNotOffered, ///< the host does not offer the chosen mechanism
    AuthRequired,   ///< the host wants a sign-in and none was given
    AuthBasicOverHttp,
    KrbAddress,

    HttpNotSoap,
    HttpHtml,
    HttpEmpty,
    HttpNotFound,
    HttpStatus,
    HttpMalformed,
    HttpTruncated,
    HttpTooLarge,
    HttpHeadTooLarge,
    HttpRedirect,
    HttpServiceUnavailable,
    HttpRequestTooLarge,

    TimeoutDeadline,
    TimeoutIdle,

    SoapMalformed,
    SoapDtd,
    SoapTooDeep,
    SoapNotEnvelope,
    SoapUnexpected, ///< well-formed, but not what the operation asked for
    SoapWrongReply, ///< RelatesTo names another message
    SoapEncoding,

    FaultGeneric,
    FaultAccessDenied,
    FaultTimedOut,
    FaultUnknownResource,
    FaultInvalidSelectors,
    FaultFilter,
    FaultQuota,
    FaultEncodingLimit,
    FaultContextLost,

    EnumerationConnectionLost, ///< after a Pull was sent: what arrived is kept
    EnumerationPartial,

    ExportFormat,
    OpenUnknownFormat,
};

/// The stable id, e.g. "krb.address". Never empty.
QLatin1StringView causeId(Cause cause);

/// The cause with that id; nullopt for an unknown one.
std::optional<Cause> causeFromId(QStringView id);
