#pragma once

#include "auth/kdcmessage.h"

#include <QElapsedTimer>
#include <QObject>

#include <chrono>
#include <optional>

class QTcpSocket;
class QUdpSocket;

/// What one KDC answered.
struct KdcAnswer
{
    QString server; ///< as it was named: "dc1.example.com:88"
    bool tcp = false;
    std::chrono::milliseconds roundTrip{};
    /// The KDC's clock less ours; nothing where its answer does not tell.
    std::optional<std::chrono::seconds> skew;
    KdcReply reply;
};

/// One question to one KDC: over UDP, and over TCP as well after a second of silence, a refusal, or
/// an answer too large for a datagram. Three seconds in all, answers of at most 64 KiB; a datagram
/// that is no answer is passed over. Destroying it cancels it.
class KdcExchange final : public QObject
{
    Q_OBJECT
public:
    /// `server` as "host", "host:port" or "[address]:port"; port 88 where none is written.
    KdcExchange(const QString &server, const QByteArray &request, QObject *parent = nullptr);
    void start(); ///< returns before anything happens

Q_SIGNALS:
    void answered(const KdcAnswer &answer); ///< this or failed(), once
    void failed();

private:
    void startUdp();
    void startTcp();
    void readUdp();
    void readTcp();
    void take(const QByteArray &bytes, bool tcp);
    void judge(const Result<KdcReply> &reply, bool tcp, qint64 took, const QDateTime &arrived);
    void tcpFailed();
    void giveUp();

    QString m_server;
    QString m_host;
    quint16 m_port = 88;
    QByteArray m_request;
    QByteArray m_received; ///< over TCP
    QElapsedTimer m_clock;
    qint64 m_udpSent = 0, m_tcpSent = 0; ///< milliseconds of m_clock
    QUdpSocket *m_udp = nullptr;
    QTcpSocket *m_tcp = nullptr;
    bool m_udpFailed = false; ///< nothing more is expected over UDP
    bool m_done = false;
};
