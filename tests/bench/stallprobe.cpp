#include "bench/stallprobe.h"

#include <chrono>

using namespace std::chrono_literals;

namespace {

constexpr auto interval = 2ms;
constexpr double frame = 16.7; ///< ms

qint64 nanoseconds()
{
    return std::chrono::steady_clock::now().time_since_epoch() / 1ns;
}

} // namespace

StallProbe::StallProbe(QObject *parent)
    : QObject(parent)
    , m_thread([this] {
        while (!m_stop) {
            post();
            std::this_thread::sleep_for(interval);
        }
    })
{ }

StallProbe::~StallProbe()
{
    m_stop = true;
    m_thread.join();
}

void StallProbe::post()
{
    if (m_waiting.exchange(true))
        return;
    QMetaObject::invokeMethod(
        this, [this, at = nanoseconds()] { arrived(at); }, Qt::QueuedConnection);
}

void StallProbe::arrived(qint64 postedAt)
{
    const double waited = double(nanoseconds() - postedAt) / 1e6;
    ++m_figures.events;
    m_figures.longest = std::max(m_figures.longest, waited);
    m_figures.overFrame += waited > frame;
    m_waiting = false;
}

StallProbe::Figures StallProbe::take()
{
    return std::exchange(m_figures, {});
}
