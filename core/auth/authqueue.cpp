#include "auth/authqueue.h"

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

namespace {

/// As many KDCs as may be silent at once before others have to wait.
constexpr int mostThreads = 64;
constexpr std::chrono::seconds idleTime{5};

/// The threads of all queues. They are detached, since a hanging call cannot be ended, and this is
/// never destroyed, since they outlive main().
class Threads
{
public:
    void run(std::function<void()> work)
    {
        const std::lock_guard lock(m_mutex);
        m_work.push_back(std::move(work));
        if (m_idle >= int(m_work.size())) {
            m_wake.notify_one();
        } else if (m_threads < mostThreads) {
            start();
        }
    }

    /// False if something is still to be done when the time is over.
    bool waitForAll(std::chrono::milliseconds patience)
    {
        std::unique_lock lock(m_mutex);
        return m_finished.wait_for(lock, patience,
                                   [this] { return m_work.empty() && m_busy == 0; });
    }

private:
    void start()
    {
        try {
            std::thread([this] { loop(); }).detach();
            ++m_threads;
        } catch (const std::system_error &) {
            if (m_threads == 0)
                throw;
        }
    }

    void loop()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            ++m_idle;
            const bool found = m_wake.wait_for(lock, idleTime, [this] { return !m_work.empty(); });
            --m_idle;
            if (!found)
                break;
            auto work = std::move(m_work.front());
            m_work.pop_front();
            ++m_busy;
            lock.unlock();
            work();
            work = nullptr;
            lock.lock();
            --m_busy;
            m_finished.notify_all();
        }
        --m_threads;
    }

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_finished;
    std::deque<std::function<void()>> m_work;
    int m_threads = 0;
    int m_idle = 0;
    int m_busy = 0;
};

Threads &threads()
{
    static auto *const all = new Threads;
    return *all;
}

} // namespace

struct AuthQueue::Strand : std::enable_shared_from_this<AuthQueue::Strand>
{
    std::mutex mutex;
    std::deque<std::function<void()>> jobs;
    bool running = false;

    void drain()
    {
        for (;;) {
            std::function<void()> job;
            {
                const std::lock_guard lock(mutex);
                running = !jobs.empty();
                if (!running)
                    return;
                job = std::move(jobs.front());
                jobs.pop_front();
            }
            job();
        }
    }
};

AuthQueue::AuthQueue()
    : m_strand(std::make_shared<Strand>())
{ }

AuthQueue::~AuthQueue()
{
    std::deque<std::function<void()>> dropped; // destroyed without the lock
    const std::lock_guard lock(m_strand->mutex);
    dropped.swap(m_strand->jobs);
}

void AuthQueue::post(std::function<void()> job)
{
    const std::lock_guard lock(m_strand->mutex);
    m_strand->jobs.push_back(std::move(job));
    if (m_strand->running)
        return;
    m_strand->running = true;
    threads().run([strand = m_strand] { strand->drain(); });
}

void AuthQueue::endProcess(int code, std::chrono::milliseconds patience)
{
    if (threads().waitForAll(patience))
        std::exit(code);
    std::fflush(nullptr);
    std::_Exit(code);
}
