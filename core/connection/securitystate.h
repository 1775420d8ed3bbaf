#pragma once

#include "connection/trust.h"

#include <QDateTime>
#include <QString>

#include <vector>

/// What is worth knowing about a sign-in beside its outcome.
enum class SecurityNote {
    BecameNtlm,       ///< Kerberos was not possible, NTLM was allowed and used
    OtherServiceName, ///< the first service name was not known; see `service`
    HostUnverified,   ///< NTLM over http: the host proves nothing (the options agree to it)
    NoHttps,          ///< automatic: the host offers no HTTPS, messages are sealed instead
    NoChannelBinding, ///< over TLS, but the certificate names no digest to bind to
};

/// How one authenticated connection is protected: what the status bar, `winrmctl -v` and the trace
/// say.
struct SecurityState
{
    bool tls = false;
    QString tlsVersion; ///< "TLS 1.3"
    QString cipher;
    CertificateFacts certificate; ///< the host's leaf; empty over http
    bool pinned = false;          ///< accepted by its pin
    bool trustedOnce = false;     ///< accepted by the user for this session
    bool checksSkipped = false;   ///< skipCaCheck or skipCnCheck let it pass
    QString mechanism; ///< "Kerberos", "NTLM", "Basic", "none"; empty: it has not come to a sign-in
    QString scheme;               ///< of HTTP: "Negotiate", "Kerberos", "Basic"; empty for none
    QString identity;             ///< as whom; empty for none
    QString service;              ///< SPN that the ticket is for; empty without Kerberos
    QString sealing;              ///< messages are sealed by "Kerberos AES256", "NTLM"; empty: not
    QDateTime signInExpires;      ///< when the ticket ends; invalid: never
    std::vector<SecurityNote> notes;
    bool clearText() const { return !tls && sealing.isEmpty(); }
};
