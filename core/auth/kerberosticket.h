#pragma once

#include "auth/negotiate.h"

#include <krb5/krb5.h>

#include <string>

namespace negotiate {

/// A ticket-granting ticket and what is asked with it, by libkrb5 itself rather than through
/// GSSAPI: here each thing that goes wrong has its own number. Uses a krb5_context of its own; not
/// shared between threads at the same time. With a password the tickets live in a cache in memory,
/// which goes with the object.
class KerberosTicket
{
public:
    KerberosTicket() = default;
    ~KerberosTicket();
    KerberosTicket(const KerberosTicket &) = delete;
    KerberosTicket &operator=(const KerberosTicket &) = delete;

    /// Asks the KDC once; a refused password is not offered to a second KDC.
    Failure fromPassword(const std::string &principal, const Password &password, bool forwardable);
    /// The cache of `principal`, or, when empty, the one that krb5.conf prefers for `service`, the
    /// default one otherwise. Asks nobody.
    Failure fromCache(const std::string &principal, const std::string &service);
    /// Puts a ticket for a service into the cache; asks a KDC unless there is one already.
    Failure getService(const std::string &service);

    std::string cacheName() const; ///< "MEMORY:..." for gss_acquire_cred_from
    std::string principal() const;

private:
    Failure open();
    Failure fail(krb5_error_code code) const;
    Failure makePrivateCache();
    Failure checkLife();
    bool hasRealmTicket(krb5_const_principal service) const;

    krb5_context m_context = nullptr;
    krb5_ccache m_cache = nullptr;
    krb5_principal m_client = nullptr;
    bool m_private = false; ///< the cache is ours to destroy
};

} // namespace negotiate
