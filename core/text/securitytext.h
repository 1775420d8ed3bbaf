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

/// How the ticket of a sign-in stands.
enum class TicketState {
    None,   ///< the sign-in has no end
    Good,   ///< for more than ten minutes
    Ending, ///< within ten minutes
    Ended,
};
TicketState ticketState(const SecurityState &state, const QDateTime &now);
/// "ticket ends at 14:05 (in 9 minutes)", "ticket ended at 14:05"; empty where there is no end.
QString ticketText(const SecurityState &state, const QDateTime &now);
/// What to do about a ticket that ends or has ended: a sentence.
QString ticketRemedy(const SecurityState &state);

/// All that is worth saying, one sentence each: sign-in, protection, certificate, notes, the end of
/// the ticket.
QStringList securitySentences(const SecurityState &state);
