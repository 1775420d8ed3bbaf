#pragma once

#include "auth/securitycontext.h"
#include "common/result.h"
#include "connection/connectionoptions.h"
#include "transport/credentialkeeper.h"

#include <optional>

/// What one session has learned of its host that decides about signing in.
struct HostLesson
{
    bool basicOnly = false;           ///< it offers Basic, and neither Negotiate nor Kerberos
    bool noHttps = false;             ///< automatic: nothing answers at the port of HTTPS
    bool usedTicket = false;          ///< a ticket has signed in: never again without a sign-in
    bool noKerberos = false;          ///< it offers Negotiate, and refuses Kerberos in it
    Error ticketRefused;              ///< by the host: it is not shown again
    std::optional<HttpScheme> scheme; ///< the one of the two that it offers, if not the usual one
};

/// How the next exchange gets past the host's door.
enum class SignInWay {
    None,
    Basic,
    Context, ///< a security context: Negotiate or Kerberos
};

/// What the options and the lesson come to. An Error where nothing is possible or nobody agreed to
/// it: OptionsClearText, KrbNoTicket, KrbTicketExpired, KrbAddress, AuthUnverifiedHost. May read
/// the ticket cache.
Result<SignInWay> signInWay(const ConnectionOptions &options, const HostLesson &lesson);

/// The wishes for a security context. An Error where no mechanism is left: AuthUnverifiedHost,
/// KrbAddress, KrbNoTicket.
Result<SignIn> signInFor(const ConnectionOptions &options, const HostLesson &lesson,
                         const std::optional<OfferedCredential> &offer);

/// Kerberos is allowed, and there is a name that a ticket can be asked for.
bool mayUseKerberos(const ConnectionOptions &options);

/// Automatic may send the password with Basic where the host offers nothing better.
bool basicMayFollow(const ConnectionOptions &options);

/// The refusal of the rule of that name, found where Kerberos turned out to be impossible.
Error unverifiedHost(const QString &message = {});

/// Whether the ticket of the person running the program can sign in: Kerberos is allowed, the host
/// has a name to ask for, and the ticket is usable and belongs to the user that is named, if one
/// is. Reads the ticket cache.
bool ticketServes(const ConnectionOptions &options);

/// "kerberos", "negotiate", "ntlm", "basic": for AuthDetails.
QString wayName(const ConnectionOptions &options);
