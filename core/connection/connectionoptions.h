#pragma once

#include "common/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <chrono>
#include <cstdint>
#include <optional>

/// How to sign in. Values of WSManSessionFlags (scripting API) where it has one.
enum class Authentication {
    Automatic, ///< Negotiate; over TLS, Basic where the host offers nothing better
    None,
    Basic,
    Negotiate, ///< HTTP scheme Negotiate: Kerberos, then NTLM
    Kerberos,  ///< Kerberos and nothing else
    Ntlm,      ///< NTLM and nothing else
};

/// How to reach one host and how to speak with it: IWSManConnectionOptions/Ex/Ex2 and the session
/// flags as one plain value. It holds no secret (Credential does). Compare, copy, save it. Source
/// of names and defaults: WinRM Scripting API (WSManSessionFlags), MS-WSMV 3.1.4; ports: WinRM 2.0
/// defaults.
struct ConnectionOptions
{
    QString host;                            ///< DNS name or address literal, no brackets
    bool tls = true;                         ///< WSManFlagUseSsl
    std::uint16_t port = 0;                  ///< 0: 5986 with TLS, 5985 without
    QString path = QStringLiteral("/wsman"); ///< URL prefix, with the leading slash
    /// The scheme was not given: HTTPS first (Authentication and encryption rules decide about the
    /// rest).
    bool automaticScheme = false;

    Authentication authentication = Authentication::Automatic;
    QString userName;         ///< verbatim; empty: the person running the program (Kerberos ticket)
    QString servicePrincipal; ///< SPN as "HTTP/host", or a service class alone ("WSMAN"); empty:
                              ///< HTTP, WSMAN, host in this order
    bool servicePort = false; ///< WSManFlagEnableSPNServerPort: the port is part of the SPN
    bool delegate = false;    ///< Kerberos hands the ticket on (second hop); only on request
    /// "I cannot verify this host": NTLM over http is allowed, though the host proves nothing.
    bool unverifiedHost = false;

    bool skipCaCheck = false; ///< WSManFlagSkipCACheck
    bool skipCnCheck = false; ///< WSManFlagSkipCNCheck
    bool skipRevocationCheck =
        false;      ///< WSManFlagSkipRevocationCheck: noted only, nothing here checks revocation
    QString caFile; ///< PEM, in place of the system's authorities
    QByteArray pinSha256; ///< 32 bytes of the leaf's DER digest; replaces authority, name and
                          ///< expiry; empty: none
    bool allowClearText =
        false; ///< WSManFlagNoEncryption: credentials and data may travel in the clear over http

    std::chrono::milliseconds operationTimeout{
        60000}; ///< Session.Timeout: asked of the host (w:OperationTimeout)
    std::chrono::milliseconds networkDelay{5000}; ///< the socket waits this much longer
    std::chrono::milliseconds connectTimeout{20000};
    std::uint32_t maxEnvelopeKib = 500; ///< of replies
    std::uint32_t batchItems = 32000;   ///< Session.BatchItems
    QString locale;                     ///< w:Locale; empty: en-US
    bool utf16 = false;                 ///< WSManFlagUTF16: requests travel as UTF-16
    bool readOnly = false; ///< the session refuses what may change something (session/writerules.h)

    bool operator==(const ConnectionOptions &) const = default;

    std::uint16_t effectivePort() const;
    QUrl url() const;            ///< never with user info
    QString displayHost() const; ///< host, with :port where it is not the default
    /// The name a certificate must carry and SNI asks for: ASCII (IDN as ACE), lower case, without
    /// trailing dot, zone or brackets. Empty when `host` is no possible name or address.
    QString certificateName() const;
};

/// Whether `host` is an address literal (IPv4 dotted quad, or IPv6 without brackets, zone allowed).
bool isAddressLiteral(QStringView host);
/// Whether `host` can be a host at all: an address literal, or a DNS name (also international, as
/// typed) of at most 253 bytes with labels of 1 to 63 letters, digits, '-' and '_', and maybe a
/// trailing dot. What looks like a number ("10.0.1", "0x7f.1") but is no full IPv4 address is not.
bool isPossibleHost(const QString &host);
/// Whether `path` can be the prefix: begins with '/', at most 255 characters of RFC 3986's path.
bool isPossiblePath(QStringView path);

/// What Authentication::Automatic tries first: Negotiate with a user name, or where the person
/// running the program has a usable Kerberos ticket; else None.
Authentication effectiveAuthentication(const ConnectionOptions &options, bool hasTicket = false);

/// Reads a connection string: `[http(s)://]HOST[:PORT][/path]`, an IPv6 literal in brackets (also
/// without, where no port follows), a zone as `%eth0` or `%25eth0`. A scheme that is written is
/// used and no other, none is automaticScheme with TLS; ports are 5985/5986 in both cases. Exactly
/// host (as typed), tls, port (0 where none is written), path ("/wsman" for none or "/") and
/// automaticScheme are set, the rest comes from `defaults`. Kind::Local, Cause::LocalUsage with
/// RuleDetails (rule "connection.scheme" with Windows' code, "connection.userinfo", ...): empty,
/// user info in it, query or fragment, bad port, another scheme, no possible host. The text itself
/// is never part of the error: somebody may have typed a password into it.
Result<ConnectionOptions> parseConnection(const QString &text,
                                          const ConnectionOptions &defaults = {});

/// "sha256:HEX" or bare HEX, colons and case free -> 32 bytes. Cause::LocalUsage otherwise.
Result<QByteArray> parsePin(const QString &text);
QString pinText(const QByteArray &sha256);                 ///< "sha256:" and lower-case hex
QString authenticationName(Authentication authentication); ///< as on the command line: "basic"
std::optional<Authentication> authenticationNamed(QStringView name);
