#pragma once

#include "common/result.h"

#include <QObject>
#include <QStringList>

class QDnsLookup;

/// The KDCs of a realm, in the order in which they are to be asked.
struct KdcList
{
    QStringList servers; ///< "host", "host:port", "[2001:db8::1]:88"; never empty
    bool fromDns = false;
};

/// Finds a realm's KDCs: krb5.conf's, else those of DNS (SRV _kerberos._udp and _tcp), unless
/// krb5.conf forbids to ask there. At most four. Destroying it cancels it.
class KdcFinder final : public QObject
{
    Q_OBJECT
public:
    explicit KdcFinder(const QString &realm, QObject *parent = nullptr);
    void start(); ///< returns before anything happens

Q_SIGNALS:
    /// Once, at the latest after 5 s. Cause::KrbRealmUnknown when nobody knows one.
    void finished(const Result<KdcList> &kdcs);

private:
    struct Configured
    {
        QStringList servers;
        bool mayAskDns = true;
    };
    void askDns(const Configured &configured);
    void takeRecords(QDnsLookup *lookup);
    void finish();

    QString m_realm;
    KdcList m_list;
    int m_open = 0;
    bool m_done = false;
};
