#pragma once

#include "connection/securitystate.h"

#include <QString>
#include <QStringList>

/// How a connection is protected and who is signed in, in the user's language: for the status bar,
/// the overview and `winrmctl -v`. Names of hosts and users are plain text as they came.

QString signInText(const SecurityState &state);     ///< "Kerberos", "NTLM", "No sign-in"
QString protectionText(const SecurityState &state); ///< "TLS 1.3", "Sealed by Kerberos AES256",
                                                    ///< "Clear text"
QString noteText(SecurityNote note);                ///< one sentence
/// All that is worth saying, one sentence each: sign-in, protection, certificate, notes, the end of
/// the ticket.
QStringList securitySentences(const SecurityState &state);
