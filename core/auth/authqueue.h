#pragma once

#include <chrono>
#include <functional>
#include <memory>

/// Runs jobs one after the other, off the caller's thread; queues run beside each other. Threads
/// are lent for as long as there is work, so an idle connection has none. A job may hang for as
/// long as the network likes: whoever destroys the queue does not wait for it. So a job owns all
/// it touches.
class AuthQueue
{
public:
    AuthQueue();
    ~AuthQueue(); ///< jobs that have not begun never will

    void post(std::function<void()> job);

    /// Ends the process with `code`, once main() has nothing left to do. Jobs of any queue get
    /// `patience` to finish; if one still hangs, the process ends without the libraries' own
    /// tidying (static destructors, atexit), which would pull Kerberos from under it.
    [[noreturn]] static void endProcess(
        int code, std::chrono::milliseconds patience = std::chrono::milliseconds(500));

private:
    struct Strand;
    std::shared_ptr<Strand> m_strand;
};
