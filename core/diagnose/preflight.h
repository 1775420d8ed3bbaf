#pragma once

#include "auth/kerberosfacts.h"
#include "connection/connectionoptions.h"
#include "diagnose/finding.h"
#include "diagnose/kdcexchange.h"
#include "diagnose/kdcfinder.h"
#include "diagnose/namelookup.h"

class KdcProbe;

struct RealmFacts
{
    QString ofHost;    ///< by krb5.conf; empty where only the KDC could tell
    QString byDefault; ///< of krb5.conf; empty without
    QString realm() const { return ofHost.isEmpty() ? byDefault : ofHost; }
};

struct KdcFacts
{
    QString realm; ///< of the one who signs in: whom its KDCs are asked about
    KdcList kdcs;
    std::optional<KdcAnswer> answer; ///< of the first that answered
};

/// What can be known before a connection is tried, as far as it is known.
struct PreflightFacts
{
    Finding<NameFacts> names;
    /// KrbRealmUnknown where neither the host nor this computer has one.
    Finding<RealmFacts> realm;
    /// "alice@EXAMPLE.COM": who would sign in. With a user name: AuthUserForm, and what the KDC
    /// says without seeing a password: KrbUserUnknown, KrbPasswordExpired, KrbAccountLocked.
    Finding<QString> principal;
    /// KrbNoTicket, KrbTicketExpired, KrbForeignTicket (also where it is not the named user's);
    /// Unknown with a password, which needs none.
    Finding<TicketFacts> ticket;
    Finding<QStringList> services; ///< SPNs in the order in which they are asked for; KrbAddress
    /// KrbRealmUnknown (no KDC is named anywhere, or it does not serve the realm),
    /// KrbKdcUnreachable, KrbClockSkew.
    Finding<KdcFacts> kdc;
};

/// Looks at what signing in to a host would need, without connecting to it and without a
/// password: its names, its realm, the ticket, the service names, the KDC and its clock. Values
/// come as they are found. Nothing of it is trusted, and no file is written.
///
/// Where the options rule Kerberos out (Basic, NTLM, none), only the names are looked up.
class Preflight final : public QObject
{
    Q_OBJECT
public:
    /// `hasPassword`: one will be used (typed, saved or asked for), so the ticket does not matter.
    Preflight(const ConnectionOptions &options, bool hasPassword, QObject *parent = nullptr);
    /// Cancels what is under way; no signal comes.
    ~Preflight() override;
    void start(); ///< once; returns before anything happens

    const PreflightFacts &facts() const { return m_facts; }
    bool isFinished() const { return m_open == 0; }
    static bool concernsKerberos(const ConnectionOptions &options);

    /// Beyond that, Kerberos refuses (libkrb5's and Windows' default).
    static constexpr std::chrono::seconds MostSkew{300};

Q_SIGNALS:
    void changed();  ///< facts() has something new
    void finished(); ///< once, after the last changed()

private:
    void lookUpNames();
    void readConfiguration();
    void failServices(Error error);
    void readTicket();
    void takeTicket(const Result<TicketFacts> &ticket);
    void choosePrincipal();
    void findKdcs();
    void askKdcs(const KdcList &kdcs, const Result<QByteArray> &request);
    void takeAnswer(const Result<KdcAnswer> &answer);
    void failKdc(const Error &error);
    void done(); ///< one of the strands has ended

    const ConnectionOptions m_options;
    const bool m_hasPassword;
    PreflightFacts m_facts;
    Result<QString> m_namedPrincipal{QString()};
    int m_open = 0;         ///< strands under way
    int m_forPrincipal = 0; ///< of which the principal hangs on
};
