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
    OptionsSecretClearText, ///< a write-only value would travel in the clear: never agreed to
    OptionsReadOnly,        ///< the session only reads, and this may change something

    NetDns,
    NetRefused,
    NetTimeout, ///< the TCP connection did not come about in time
    NetUnreachable,
    NetClosed, ///< the host closed the connection where a reply was due
    NetReset,
    NetTlsHandshake,
    NetNoCommonTls,
    NetHttpsExpected, ///< HTTPS was there before and is not now: not a reason to go without it

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
    AuthUnverifiedHost, ///< NTLM over http would trust a host that proves nothing; nobody agreed
    AuthHostUnproven,   ///< mutual authentication: the host did not prove itself
    AuthMalformed,      ///< the host's part of the handshake makes no sense
    AuthClosed,         ///< the host closes each connection within the handshake
    AuthUserForm,       ///< the user's name has a form that the mechanism cannot use
    AuthUnavailable,    ///< this computer lacks the library or plug-in for the mechanism
    AuthFailed,         ///< the security library failed for a reason of its own; see major, minor

    KrbNoTicket,
    KrbTicketExpired,
    KrbForeignTicket, ///< the ticket belongs to somebody else than the user who was named
    KrbAddress,       ///< tickets are issued for names, the host is given as an address
    KrbRealmUnknown,  ///< no KDC is known for the realm, or the KDC does not serve it
    KrbKdcUnreachable,
    KrbUserUnknown,
    KrbWrongPassword,
    KrbPasswordExpired,
    KrbAccountLocked,
    KrbServiceUnknown, ///< the KDC knows none of the service names that were tried
    KrbServiceKey,     ///< the host cannot read the ticket: the name belongs to another account
    KrbClockSkew,
    KrbEncryptionType, ///< KDC, host and this computer share no encryption type
    KrbConfiguration,  ///< krb5.conf cannot be used

    SealMissing,   ///< a plain reply on a connection that seals
    SealMalformed, ///< no sealed message, or its lengths contradict each other
    SealBroken,    ///< changed on the way: it cannot be opened
    SealOrder,     ///< replayed, missing or out of order

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
