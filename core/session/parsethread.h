#pragma once

#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>

/// Runs work on a thread of its own, in order, started on first use; answers come back to the
/// owner's thread. Results that are still under way when it is destroyed are dropped.
class ParseThread final : public QObject
{
    Q_OBJECT
public:
    explicit ParseThread(QObject *parent = nullptr);
    ~ParseThread() override;                  ///< waits for the work under way, drops the rest
    void run(std::function<void()> work);     ///< from the owner's thread
    void answer(std::function<void()> reply); ///< from within work: runs in the owner's thread

private:
    QThread m_thread;
    QObject *m_worker = nullptr;
    std::atomic<bool> m_stopping = false;
};
