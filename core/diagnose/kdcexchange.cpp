#include "diagnose/kdcexchange.h"

#include "diagnose/background.h"

#include <QTcpSocket>
#include <QTimer>
#include <QUdpSocket>
#include <QtEndian>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

KdcExchange::KdcExchange(const QString &server, const QByteArray &request, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_host(server)
    , m_request(request)
{
    const bool manyColons = server.count(u':') > 1;
    const qsizetype colon = server.lastIndexOf(u':');
    if (colon > 0 && (!manyColons || server[colon - 1] == u']')) {
        m_port = server.mid(colon + 1).toUShort();
        m_host.truncate(colon);
    }
    if (m_host.startsWith(u'[') && m_host.endsWith(u']'))
        m_host = m_host.mid(1, m_host.size() - 2);
}

void KdcExchange::start()
{
    m_clock.start();
    QTimer::singleShot(3s, this, &KdcExchange::giveUp);
    QTimer::singleShot(1s, this, &KdcExchange::startTcp);
    QTimer::singleShot(0, this, m_port == 0 ? &KdcExchange::giveUp : &KdcExchange::startUdp);
}

void KdcExchange::startUdp()
{
    m_udp = new QUdpSocket(this);
    connect(m_udp, &QUdpSocket::connected, this, [this] {
        m_udpSent = m_clock.elapsed();
        m_udp->write(m_request);
    });
    connect(m_udp, &QUdpSocket::readyRead, this, &KdcExchange::readUdp);
    connect(m_udp, &QUdpSocket::errorOccurred, this, [this] {
        m_udpFailed = true;
        startTcp();
    });
    m_udp->connectToHost(m_host, m_port); // so that answers of others do not get here
}

void KdcExchange::startTcp()
{
    if (m_tcp || m_done)
        return;
    m_tcp = new QTcpSocket(this);
    connect(m_tcp, &QTcpSocket::connected, this, [this] {
        m_tcpSent = m_clock.elapsed();
        QByteArray length(4, Qt::Uninitialized);
        qToBigEndian(quint32(m_request.size()), length.data());
        m_tcp->write(length + m_request);
    });
    connect(m_tcp, &QTcpSocket::readyRead, this, &KdcExchange::readTcp);
    connect(m_tcp, &QTcpSocket::errorOccurred, this, &KdcExchange::tcpFailed);
    m_tcp->connectToHost(m_host, m_port);
}

void KdcExchange::readUdp()
{
    while (m_udp->hasPendingDatagrams() && !m_done) {
        QByteArray bytes(std::max<qint64>(m_udp->pendingDatagramSize(), 0), Qt::Uninitialized);
        const qint64 size = m_udp->readDatagram(bytes.data(), bytes.size());
        if (size < 0)
            return;
        bytes.truncate(size);
        take(bytes, false);
    }
}

void KdcExchange::readTcp()
{
    m_received += m_tcp->read(4 + KdcReplyLimit + 1 - m_received.size());
    if (m_received.size() < 4)
        return;
    const quint32 length = qFromBigEndian<quint32>(m_received.constData());
    if (length > KdcReplyLimit) {
        tcpFailed();
        return;
    }
    if (m_received.size() < 4 + qsizetype(length))
        return;
    take(m_received.mid(4, length), true);
    m_tcp->disconnect(this);
    m_tcp->abort();
}

void KdcExchange::take(const QByteArray &bytes, bool tcp)
{
    const qint64 took = m_clock.elapsed() - (tcp ? m_tcpSent : m_udpSent);
    inBackground(
        this, [bytes] { return readKdcReply(bytes); },
        [this, tcp, took, arrived = QDateTime::currentDateTimeUtc()](const auto &reply) {
            judge(reply, tcp, took, arrived);
        });
}

void KdcExchange::judge(const Result<KdcReply> &reply, bool tcp, qint64 took,
                        const QDateTime &arrived)
{
    if (m_done)
        return;
    if (!reply || reply->tooLarge) {
        m_udpFailed |= !tcp && reply;
        if (tcp)
            tcpFailed();
        else if (reply)
            startTcp();
        return;
    }
    m_done = true;
    KdcAnswer answer{.server = m_server,
                     .tcp = tcp,
                     .roundTrip = std::chrono::milliseconds(took),
                     .reply = *reply};
    if (reply->time.isValid()) {
        const qint64 ahead = arrived.addMSecs(-took / 2).msecsTo(reply->time);
        answer.skew = std::chrono::seconds(qRound64(double(ahead) / 1000));
    }
    Q_EMIT answered(answer);
}

void KdcExchange::tcpFailed()
{
    m_tcp->disconnect(this);
    m_tcp->abort();
    if (m_udpFailed) // else a late datagram may still come
        giveUp();
}

void KdcExchange::giveUp()
{
    if (std::exchange(m_done, true))
        return;
    Q_EMIT failed();
}
