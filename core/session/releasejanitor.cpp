#include "session/releasejanitor.h"

#include "session/connectionpool.h"

#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 2s;

} // namespace

ReleaseJanitor::ReleaseJanitor(ConnectionPool &pool, QObject *parent)
    : QObject(parent)
    , m_pool(pool)
{ }

void ReleaseJanitor::release(const RequestSettings &settings, const EnumerateParameters &parameters,
                             const QString &context)
{
    if (context.isEmpty())
        return;
    ++m_pending;
    Exchange *exchange = m_pool.send(writeRelease(settings, parameters, context),
                                     {.title = u"Release "_s + parameters.resource.className()});
    connect(exchange, &QObject::destroyed, this, [this] {
        if (--m_pending == 0)
            Q_EMIT idle();
    });
    QTimer::singleShot(patience, exchange, [exchange] { exchange->cancel(); });
}
