#pragma once

#include "auth/negotiate.h"

namespace negotiate {

/// If the host's token is, or has in it, a KRB-ERROR or SPNEGO's "reject": what it says, else no
/// failure. GSSAPI's SPNEGO throws the KRB-ERROR away, and with it the only word about a clock that
/// is wrong or a ticket that the host cannot read. Nothing in it is proven, so it is only told.
/// Sources: RFC 4120 5.9.1, RFC 4121 4.1, RFC 4178 4.2.2.
Failure refusalIn(std::string_view token);

} // namespace negotiate
