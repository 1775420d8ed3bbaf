#include "auth/kerberosfacts.h"

#include "auth/gsserror.h"
#include "auth/kerberoscontext.h"
#include "auth/securityerror.h"

#include <profile.h>

#include <algorithm>

namespace {

Error ticketError(krb5_context context, krb5_error_code code)
{
    // The plain words for the number: the longer ones name the file.
    krb5_clear_error_message(context);
    const char *text = krb5_get_error_message(context, code);
    negotiate::Failure failure = negotiate::kerberosFailure(code, text);
    krb5_free_error_message(context, text);
    if (failure.reason != negotiate::Reason::ForeignTicket)
        failure.reason = negotiate::Reason::NoTicket;
    return securityError(failure);
}

QDateTime moment(krb5_timestamp time)
{
    // The library's seconds are unsigned beyond 2038.
    return time == 0 ? QDateTime() : QDateTime::fromSecsSinceEpoch(std::uint32_t(time), Qt::UTC);
}

QString principalText(krb5_context context, krb5_const_principal principal)
{
    char *text = nullptr;
    if (krb5_unparse_name(context, principal, &text) != 0)
        return {};
    const QString copy = QString::fromUtf8(text);
    krb5_free_unparsed_name(context, text);
    return copy;
}

/// "krbtgt/REALM@REALM" of the principal's own realm.
bool isHomeTicket(krb5_context context, const krb5_creds &ticket)
{
    const QString realm = QString::fromUtf8(ticket.client->realm.data,
                                            int(ticket.client->realm.length));
    return principalText(context, ticket.server)
        == QStringLiteral(KRB5_TGS_NAME "/%1@%1").arg(realm);
}

void readTickets(krb5_context context, krb5_ccache cache, TicketFacts &facts)
{
    krb5_cc_cursor cursor = nullptr;
    if (krb5_cc_start_seq_get(context, cache, &cursor) != 0)
        return;
    krb5_creds ticket{};
    while (krb5_cc_next_cred(context, cache, &cursor, &ticket) == 0) {
        if (isHomeTicket(context, ticket)) {
            facts.expires = moment(ticket.times.endtime);
            facts.renewUntil = moment(ticket.times.renew_till);
            facts.forwardable = (ticket.ticket_flags & TKT_FLG_FORWARDABLE) != 0;
        }
        krb5_free_cred_contents(context, &ticket);
    }
    krb5_cc_end_seq_get(context, cache, &cursor);
}

} // namespace

Result<TicketFacts> currentTicket()
{
    krb5_error_code code = 0;
    const KerberosContext context = makeKerberosContext(&code);
    if (!context) {
        negotiate::Failure failure = negotiate::kerberosFailure(code, "krb5.conf cannot be used");
        failure.reason = negotiate::Reason::Configuration;
        return securityError(failure);
    }
    krb5_ccache cache = nullptr;
    code = krb5_cc_default(context.get(), &cache);
    if (code != 0)
        return ticketError(context.get(), code);
    TicketFacts facts;
    char *name = nullptr;
    if (krb5_cc_get_full_name(context.get(), cache, &name) == 0) {
        facts.cache = QString::fromUtf8(name);
        krb5_free_string(context.get(), name);
    }
    krb5_principal principal = nullptr;
    code = krb5_cc_get_principal(context.get(), cache, &principal);
    if (code == 0) {
        facts.principal = principalText(context.get(), principal);
        readTickets(context.get(), cache, facts);
        krb5_free_principal(context.get(), principal);
    }
    krb5_cc_close(context.get(), cache);
    if (code != 0)
        return ticketError(context.get(), code);
    return facts;
}

QString defaultRealm()
{
    const KerberosContext context = makeKerberosContext();
    char *realm = nullptr;
    if (!context || krb5_get_default_realm(context.get(), &realm) != 0)
        return {};
    const QString copy = QString::fromUtf8(realm);
    krb5_free_default_realm(context.get(), realm);
    return copy;
}

QString realmOfHost(const QString &host)
{
    const KerberosContext context = makeKerberosContext();
    char **realms = nullptr;
    const QByteArray name = host.toLower().toUtf8();
    if (!context || krb5_get_host_realm(context.get(), name.constData(), &realms) != 0)
        return {};
    const QString first = QString::fromUtf8(realms[0]);
    krb5_free_host_realm(context.get(), realms);
    return first;
}

QStringList configuredKdcs(const QString &realm)
{
    const KerberosContext context = makeKerberosContext();
    profile_t profile = nullptr;
    if (!context || krb5_get_profile(context.get(), &profile) != 0)
        return {};
    const QByteArray name = realm.toUtf8();
    const char *const path[] = {"realms", name.constData(), "kdc", nullptr};
    char **values = nullptr;
    QStringList kdcs;
    if (profile_get_values(profile, path, &values) == 0) {
        for (char **value = values; *value != nullptr; ++value)
            kdcs.append(QString::fromUtf8(*value));
        profile_free_list(values);
    }
    profile_release(profile);
    return kdcs;
}
