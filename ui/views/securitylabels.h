#pragma once

#include "connection/securitystate.h"
#include "look/look.h"

/// What the status line says of a connection's security.
struct SecurityLabel
{
    QString text;
    QString icon; ///< may be empty
    Meaning meaning = Meaning::Plain;
    QString tip; ///< rich text; what came from the host is escaped in it
};

/// The way of sign-in: "Kerberos", and what is worth knowing of it; a warning where nothing proves
/// the host, and from ten minutes before the ticket ends: "Kerberos, ticket ends at 14:05 (in 8
/// minutes)"; the tip says what to do then.
SecurityLabel signInLabel(const SecurityState &state, const QDateTime &now);
/// "TLS 1.3, pinned", "Sealed by Kerberos AES256", "Clear text".
SecurityLabel protectionLabel(const SecurityState &state);
