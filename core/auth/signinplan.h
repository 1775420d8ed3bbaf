#pragma once

#include "auth/negotiate.h"
#include "auth/securitycontext.h"

/// What is to be asked of the platform for a sign-in: which mechanisms can be, under which names.
/// Reads krb5.conf, asks nobody. Errors: the name's form, the address, no mechanism that could be;
/// with NTLM allowed beside Kerberos those of Kerberos become Wishes::noKerberos.
///
/// A plain name is tried with Kerberos only if the default realm is, by krb5.conf, also the host's:
/// else it is more likely an account of the host, and the KDC is not to judge its password.
///
/// Names for NTLM: "EXAMPLE\alice" as domain and user; "alice" and ".\alice" with an empty domain,
/// which is the host's own accounts first; "alice@example.com" as user and domain (in capitals)
/// where krb5.conf has a realm of that name, which is then the DNS name of a domain. Otherwise
/// whole, with an empty domain, as Windows wants principal names: behind the "@" may be what is no
/// domain. gss-ntlmssp's own acceptor takes a whole name apart and refuses it.
Result<negotiate::Wishes> planSignIn(const SignIn &signIn);

/// Who signs in with NTLM, as it is shown: "EXAMPLE\alice", "alice", "alice@example.com".
QString ntlmIdentity(const QString &userName);
