#pragma once

#include "auth/negotiate.h"

#include <gssapi/gssapi.h>

/// Numbers of GSSAPI and of MIT Kerberos (krb5.h's error table) to reasons. The numbers decide, the
/// texts are only passed on.

namespace negotiate {

/// The reason that a number of libkrb5 names; Other where it names none of ours.
Reason reasonOfKerberos(std::int32_t code);

/// What a GSSAPI call with mechanism `mech` ended with.
Failure gssFailure(OM_uint32 major, OM_uint32 minor, gss_OID mech);

/// A number of libkrb5 with the library's words for it.
Failure kerberosFailure(std::int32_t code, const char *text);

} // namespace negotiate
