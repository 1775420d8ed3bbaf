#pragma once

#include "common/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

/// What is said to a KDC to learn whether it answers, its clock, and what it thinks of a principal:
/// the first request for a ticket, which carries no password and proves nothing. Bytes in, values
/// out; no sockets, no ticket file. Reads krb5.conf, so not on the thread of a window.

/// What a KDC said. Nobody vouches for it: fit to be shown, not to be trusted.
struct KdcReply
{
    bool ticket = false;    ///< it gave a ticket at once (an account without pre-authentication)
    QDateTime time;         ///< the KDC's clock, UTC; invalid with a ticket, which is sealed
    std::uint32_t code = 0; ///< error-code of RFC 4120, 7.5.9; 0 with a ticket
    QString text;           ///< e-text, as the KDC wrote it; may be empty
    /// What the code means for the principal: KrbUserUnknown, KrbPasswordExpired,
    /// KrbAccountLocked, KrbRealmUnknown, KrbEncryptionType, KrbClockSkew. Unknown where it means
    /// nothing, as with "pre-authentication required", the answer that is hoped for.
    Cause cause = Cause::Unknown;
    bool tooLarge = false; ///< the answer does not fit a datagram: ask again over TCP
};

/// No answer of a KDC that is worth reading is larger.
inline constexpr qsizetype KdcReplyLimit = 64 * 1024;

/// The AS-REQ for a principal with its realm ("alice@EXAMPLE.COM"), as a datagram carries it (over
/// TCP, four bytes of length go before). Cause::AuthUserForm for what is no principal,
/// KrbConfiguration where krb5.conf is broken.
Result<QByteArray> kdcRequest(const QString &principal);
/// A principal of the realm that means nobody in particular (RFC 6111): every KDC answers with an
/// error, which tells its clock.
QString nobodyOf(const QString &realm);
/// Reads an AS-REP or KRB-ERROR. Kind::Protocol, Cause::AuthMalformed for anything else.
Result<KdcReply> readKdcReply(const QByteArray &reply);
/// Whether KDCs that krb5.conf does not name may be looked for in DNS (dns_lookup_kdc).
bool dnsNamesKdcs();
