#pragma once

#include "common/result.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

/// What this computer knows of Kerberos without asking anybody: krb5.conf and the ticket cache
/// (the environment's KRB5_CONFIG and KRB5CCNAME are heeded). May read files, so not for a loop;
/// never touches the network, never changes the cache.
struct TicketFacts
{
    QString cache;     ///< "FILE:/tmp/krb5cc_1000"
    QString principal; ///< "alice@EXAMPLE.COM"; empty: no ticket
    QDateTime expires; ///< of the ticket-granting ticket; invalid: there is none
    QDateTime renewUntil;
    bool forwardable = false;
    bool isExpired() const { return expires.isValid() && expires <= QDateTime::currentDateTime(); }
    bool isUsable() const { return expires.isValid() && !isExpired(); }
};

/// Cause::KrbNoTicket without a cache, KrbForeignTicket where it may not be read, KrbConfiguration.
Result<TicketFacts> currentTicket();
/// Realm of krb5.conf, empty without one.
QString defaultRealm();
/// Realm of a host by krb5.conf's domain_realm and the library's rules; empty where only the KDC
/// could tell.
QString realmOfHost(const QString &host);
/// KDCs that krb5.conf names for a realm, as "host" or "host:port"; empty: DNS has to know.
QStringList configuredKdcs(const QString &realm);

/// How a user's name is written.
struct AccountName
{
    enum class Form {
        Empty,
        Plain,     ///< "alice": local account, or the default realm's
        Principal, ///< "alice@EXAMPLE.COM"
        Domain,    ///< "EXAMPLE\\alice"
        Local,     ///< ".\\alice": the host's own
    };
    Form form = Form::Empty;
    QString user;
    QString domain; ///< realm or domain, as typed
};
AccountName accountName(const QString &userName);

/// The principal that `userName` means for Kerberos: the realm in capitals; a plain name in the
/// default realm; DOMAIN\user where the domain is the default realm or its first label, or has a
/// dot. Cause::AuthUserForm otherwise.
Result<QString> kerberosPrincipal(const QString &userName);
/// The SPNs that are tried for a host, in order (HTTP, WSMAN, host; with the port where asked for).
/// `service` as SignIn::servicePrincipal. Cause::KrbAddress for an address and no full SPN.
Result<QStringList> serviceNames(const QString &host, std::uint16_t port, const QString &service,
                                 bool withPort);
