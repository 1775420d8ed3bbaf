#pragma once

#include "connection/connectionoptions.h"

#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

/// The strict Python host (tests/peer/wsmanpeer.py) as a process of its own, on a free loopback
/// port.
class PeerProcess
{
public:
    /// Arguments of wsmanpeer.py beside the user, who is "tester" with `password()`.
    explicit PeerProcess(const QStringList &arguments = {}, bool tls = false);
    ~PeerProcess();

    bool isRunning() const { return !m_facts.isEmpty(); }
    ConnectionOptions options() const; ///< reaches it, signed in with Basic
    static QString password() { return QStringLiteral("Peer password 1"); }
    QJsonObject stats() const; ///< GET /stats
    QByteArray startError() const { return m_error; }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QJsonObject m_facts;
    QByteArray m_error;
};
