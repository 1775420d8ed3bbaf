#pragma once

#include "diagnose/kdcexchange.h"

#include <QStringList>

/// Asks a realm's KDCs until one answers: the next one each second, or as soon as one has failed.
/// At most four. Destroying it cancels it.
class KdcProbe final : public QObject
{
    Q_OBJECT
public:
    /// `servers` as KdcExchange takes them; `request` as kdcRequest() makes it.
    KdcProbe(const QStringList &servers, const QByteArray &request, QObject *parent = nullptr);
    void start(); ///< returns before anything happens

Q_SIGNALS:
    /// Once, at the latest after 6 s. Cause::KrbKdcUnreachable when none answered; `message` names
    /// them.
    void finished(const Result<KdcAnswer> &answer);

private:
    void askNext();
    void oneFailed();
    void finish(const Result<KdcAnswer> &answer);

    QStringList m_servers;
    QByteArray m_request;
    qsizetype m_next = 0;
    qsizetype m_open = 0;
    bool m_done = false;
};
