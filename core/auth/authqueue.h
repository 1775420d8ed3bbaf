#pragma once

#include <functional>
#include <memory>

/// Runs jobs one after the other, off the caller's thread; queues run beside each other. Threads
/// are lent for as long as there is work, so an idle connection has none. A job may hang for as
/// long as the network likes: nobody waits for it, neither whoever destroys the queue nor the end
/// of the process. So a job owns all it touches.
class AuthQueue
{
public:
    AuthQueue();
    ~AuthQueue(); ///< jobs that have not begun never will

    void post(std::function<void()> job);

private:
    struct Strand;
    std::shared_ptr<Strand> m_strand;
};
