#include "auth/kerberosticket.h"

#include "auth/gsserror.h"

#include <algorithm>

namespace negotiate {

namespace {

/// Whether a text names the file of the tickets. The library's plain words for the number do not.
bool namesFile(std::string_view text)
{
    return text.find("filename:") != text.npos || text.find("FILE:") != text.npos
        || text.find("DIR:") != text.npos || text.find("file '") != text.npos;
}

std::string unparsed(krb5_context context, krb5_const_principal principal)
{
    char *text = nullptr;
    if (principal == nullptr || krb5_unparse_name(context, principal, &text) != 0)
        return {};
    const std::string copy(text);
    krb5_free_unparsed_name(context, text);
    return copy;
}

} // namespace

KerberosTicket::~KerberosTicket()
{
    if (m_cache != nullptr) {
        if (m_private)
            krb5_cc_destroy(m_context, m_cache);
        else
            krb5_cc_close(m_context, m_cache);
    }
    if (m_client != nullptr)
        krb5_free_principal(m_context, m_client);
    if (m_context != nullptr)
        krb5_free_context(m_context);
}

Failure KerberosTicket::open()
{
    const krb5_error_code code = krb5_init_context(&m_context);
    if (code == 0)
        return {};
    Failure failure = kerberosFailure(code, "The Kerberos configuration cannot be used");
    failure.reason = Reason::Configuration;
    return failure;
}

Failure KerberosTicket::fail(krb5_error_code code) const
{
    const char *text = krb5_get_error_message(m_context, code);
    if (text != nullptr && namesFile(text)) {
        krb5_free_error_message(m_context, text);
        krb5_clear_error_message(m_context);
        text = krb5_get_error_message(m_context, code);
    }
    Failure failure = kerberosFailure(code, text);
    krb5_free_error_message(m_context, text);
    return failure;
}

Failure KerberosTicket::makePrivateCache()
{
    krb5_error_code code = krb5_cc_new_unique(m_context, "MEMORY", nullptr, &m_cache);
    m_private = code == 0;
    if (code == 0)
        code = krb5_cc_initialize(m_context, m_cache, m_client);
    return code == 0 ? Failure{} : fail(code);
}

Failure KerberosTicket::fromPassword(const std::string &principal, const Password &password,
                                     bool forwardable)
{
    if (Failure failure = open())
        return failure;
    krb5_error_code code = krb5_parse_name(m_context, principal.c_str(), &m_client);
    if (code != 0)
        return fail(code);
    if (Failure failure = makePrivateCache())
        return failure;
    krb5_get_init_creds_opt *options = nullptr;
    krb5_init_creds_context exchange = nullptr;
    code = krb5_get_init_creds_opt_alloc(m_context, &options);
    if (code == 0) {
        krb5_get_init_creds_opt_set_forwardable(options, forwardable ? 1 : 0);
        krb5_get_init_creds_opt_set_proxiable(options, 0);
        krb5_get_init_creds_opt_set_change_password_prompt(options, 0);
        code = krb5_get_init_creds_opt_set_out_ccache(m_context, options, m_cache);
    }
    // Not krb5_get_init_creds_password(): that one offers a refused password to the main KDC again.
    if (code == 0)
        code = krb5_init_creds_init(m_context, m_client, nullptr, nullptr, 0, options, &exchange);
    if (code == 0)
        code = krb5_init_creds_set_password(m_context, exchange, password.text());
    if (code == 0)
        code = krb5_init_creds_get(m_context, exchange);
    Failure failure = code == 0 ? Failure{} : fail(code);
    if (code == KRB5KRB_AP_ERR_BAD_INTEGRITY) // the answer does not open with this password
        failure.reason = Reason::WrongPassword;
    if (exchange != nullptr)
        krb5_init_creds_free(m_context, exchange);
    krb5_get_init_creds_opt_free(m_context, options);
    return failure;
}

Failure KerberosTicket::fromCache(const std::string &principal, const std::string &service)
{
    if (Failure failure = open())
        return failure;
    krb5_principal wanted = nullptr;
    krb5_error_code code = 0;
    if (!principal.empty()) {
        code = krb5_parse_name(m_context, principal.c_str(), &wanted);
        if (code == 0 && krb5_cc_cache_match(m_context, wanted, &m_cache) != 0)
            m_cache = nullptr;
    } else if (krb5_parse_name(m_context, service.c_str(), &wanted) == 0) {
        krb5_principal chosen = nullptr;
        if (krb5_cc_select(m_context, wanted, &m_cache, &chosen) != 0)
            m_cache = nullptr;
        krb5_free_principal(m_context, chosen);
    }
    if (code == 0 && m_cache == nullptr)
        code = krb5_cc_default(m_context, &m_cache);
    if (code == 0)
        code = krb5_cc_get_principal(m_context, m_cache, &m_client);
    const bool foreign = code == 0 && !principal.empty()
        && !krb5_principal_compare(m_context, wanted, m_client);
    krb5_free_principal(m_context, wanted);
    if (code != 0)
        return fail(code);
    if (foreign)
        return {Reason::ForeignTicket, 0, std::uint32_t(KRB5_PRINC_NOMATCH),
                "The ticket is that of " + this->principal()};
    return checkLife();
}

/// A ticket of the cache must still be good; which one, the library finds out.
Failure KerberosTicket::checkLife()
{
    krb5_timestamp now = 0;
    krb5_cc_cursor cursor = nullptr;
    krb5_error_code code = krb5_timeofday(m_context, &now);
    if (code == 0)
        code = krb5_cc_start_seq_get(m_context, m_cache, &cursor);
    if (code != 0)
        return fail(code);
    bool any = false, good = false;
    krb5_creds ticket{};
    while (krb5_cc_next_cred(m_context, m_cache, &cursor, &ticket) == 0) {
        if (!krb5_is_config_principal(m_context, ticket.server)) {
            any = true;
            // The library's seconds are unsigned beyond 2038.
            good = good || std::uint32_t(ticket.times.endtime) > std::uint32_t(now);
        }
        krb5_free_cred_contents(m_context, &ticket);
    }
    krb5_cc_end_seq_get(m_context, m_cache, &cursor);
    if (good)
        return {};
    return fail(any ? KRB5KRB_AP_ERR_TKT_EXPIRED : KRB5_CC_NOTFOUND);
}

/// Whether the cache has what it takes to ask the realm of `service`.
bool KerberosTicket::hasRealmTicket(krb5_const_principal service) const
{
    krb5_creds match{}, found{};
    const krb5_data &realm = service->realm;
    const krb5_data &home = m_client->realm;
    krb5_error_code code = krb5_build_principal_ext(m_context, &match.server, home.length,
                                                    home.data, KRB5_TGS_NAME_SIZE, KRB5_TGS_NAME,
                                                    realm.length, realm.data, 0);
    if (code != 0)
        return false;
    match.client = m_client;
    code = krb5_cc_retrieve_cred(m_context, m_cache, 0, &match, &found);
    krb5_free_principal(m_context, match.server);
    if (code == 0)
        krb5_free_cred_contents(m_context, &found);
    return code == 0;
}

Failure KerberosTicket::getService(const std::string &service)
{
    krb5_creds wanted{};
    krb5_creds *found = nullptr;
    krb5_error_code code = krb5_parse_name(m_context, service.c_str(), &wanted.server);
    if (code != 0)
        return fail(code);
    wanted.client = m_client;
    code = krb5_get_credentials(m_context, 0, m_cache, &wanted, &found);
    Failure failure = code == 0 ? Failure{} : fail(code);
    if (failure.reason == Reason::ServiceUnknown && wanted.server->realm.length > 0
        && !krb5_realm_compare(m_context, m_client, wanted.server)
        && !hasRealmTicket(wanted.server))
        failure.reason = Reason::RealmUnknown; // what was unknown is the way to the other realm
    if (found != nullptr)
        krb5_free_creds(m_context, found);
    krb5_free_principal(m_context, wanted.server);
    return failure;
}

std::string KerberosTicket::cacheName() const
{
    char *name = nullptr;
    if (m_cache == nullptr || krb5_cc_get_full_name(m_context, m_cache, &name) != 0)
        return {};
    const std::string copy(name);
    krb5_free_string(m_context, name);
    return copy;
}

std::string KerberosTicket::principal() const
{
    return unparsed(m_context, m_client);
}

} // namespace negotiate
