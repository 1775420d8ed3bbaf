#include "diagnose/kdcprobe.h"

#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

KdcProbe::KdcProbe(const QStringList &servers, const QByteArray &request, QObject *parent)
    : QObject(parent)
    , m_servers(servers.mid(0, 4))
    , m_request(request)
{ }

void KdcProbe::start()
{
    auto *pace = new QTimer(this);
    connect(pace, &QTimer::timeout, this, &KdcProbe::askNext);
    pace->start(1s);
    QTimer::singleShot(0, this, &KdcProbe::oneFailed); // the first, or none there is
}

void KdcProbe::askNext()
{
    if (m_done || m_next == m_servers.size())
        return;
    auto *exchange = new KdcExchange(m_servers[m_next], m_request, this);
    ++m_next;
    ++m_open;
    connect(exchange, &KdcExchange::answered, this, &KdcProbe::finish);
    connect(exchange, &KdcExchange::failed, this, [this] {
        --m_open;
        oneFailed();
    });
    exchange->start();
}

void KdcProbe::oneFailed()
{
    if (m_next < m_servers.size())
        askNext();
    else if (m_open == 0)
        finish(Error::of(Error::Kind::Authentication, Cause::KrbKdcUnreachable,
                         m_servers.join(u", "_s), AuthDetails{.mechanism = u"kerberos"_s}));
}

void KdcProbe::finish(const Result<KdcAnswer> &answer)
{
    if (std::exchange(m_done, true))
        return;
    Q_EMIT finished(answer);
}
