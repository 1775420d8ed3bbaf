#include "diagnose/kdcfinder.h"

#include "auth/kdcmessage.h"
#include "auth/kerberosfacts.h"
#include "diagnose/background.h"

#include <QDnsLookup>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype MostKdcs = 4;

/// krb5.conf may write the transport before a KDC; one behind HTTPS is not reached by sockets.
QStringList plainServers(const QStringList &written)
{
    QStringList servers;
    for (QString server : written) {
        for (const auto &transport : {u"udp/"_s, u"tcp/"_s}) {
            if (server.startsWith(transport, Qt::CaseInsensitive))
                server.remove(0, transport.size());
        }
        if (!server.isEmpty() && !server.contains(u'/') && !servers.contains(server))
            servers.append(server);
    }
    return servers.mid(0, MostKdcs);
}

} // namespace

KdcFinder::KdcFinder(const QString &realm, QObject *parent)
    : QObject(parent)
    , m_realm(realm)
{ }

void KdcFinder::start()
{
    inBackground(
        this,
        [realm = m_realm] {
            return Configured{plainServers(configuredKdcs(realm)), dnsNamesKdcs()};
        },
        [this](const Configured &configured) { askDns(configured); });
}

void KdcFinder::askDns(const Configured &configured)
{
    m_list.servers = configured.servers;
    if (!configured.servers.isEmpty() || !configured.mayAskDns) {
        finish();
        return;
    }
    m_list.fromDns = true;
    QTimer::singleShot(5s, this, &KdcFinder::finish);
    for (const auto &service : {u"_kerberos._udp."_s, u"_kerberos._tcp."_s}) {
        auto *lookup = new QDnsLookup(QDnsLookup::SRV, service + m_realm, this);
        connect(lookup, &QDnsLookup::finished, this, [this, lookup] { takeRecords(lookup); });
        ++m_open;
        lookup->lookup();
    }
}

void KdcFinder::takeRecords(QDnsLookup *lookup)
{
    for (const QDnsServiceRecord &record : lookup->serviceRecords()) { // by priority and weight
        const QString server = u"%1:%2"_s.arg(record.target()).arg(record.port());
        if (!record.target().isEmpty() && record.target() != "."_L1
            && !m_list.servers.contains(server) && m_list.servers.size() < MostKdcs)
            m_list.servers.append(server);
    }
    if (--m_open == 0)
        finish();
}

void KdcFinder::finish()
{
    if (std::exchange(m_done, true))
        return;
    if (m_list.servers.isEmpty())
        Q_EMIT finished(Error::of(Error::Kind::Authentication, Cause::KrbRealmUnknown, m_realm,
                                  AuthDetails{.mechanism = u"kerberos"_s}));
    else
        Q_EMIT finished(m_list);
}
