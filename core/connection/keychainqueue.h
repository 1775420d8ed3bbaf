#pragma once

#include "connection/keychain.h"
#include "connection/keychainbackend.h"

#include <QTimer>

#include <chrono>
#include <deque>

/// A Keychain that makes its backend at the first call, gives it one job at a time, and turns its
/// outcomes into Errors. A job without an answer after `patience` (a prompt that nobody sees) ends
/// as KeychainLocked, and so does every later call at once until that job answers after all; its
/// late answer is dropped. Answers are never given inside a call, and none after destruction.
class KeychainQueue final : public QObject, public Keychain
{
    Q_OBJECT
public:
    /// A backend, or why there is none (KeychainAbsent); tried again at the next call.
    using Maker = std::function<Result<std::shared_ptr<KeychainBackend>>()>;
    explicit KeychainQueue(Maker maker,
                           std::chrono::milliseconds patience = std::chrono::seconds(60));
    ~KeychainQueue() override;

    void read(const QString &key, ReadAnswer answer) override;
    void write(const QString &key, const QByteArray &value, WriteAnswer answer) override;
    void remove(const QString &key, WriteAnswer answer) override;
    void lock(WriteAnswer answer) override;

private:
    struct Task
    {
        KeychainBackend::Job job;
        ReadAnswer answer;
    };
    void add(Task task);
    void startNext();
    void runFirst();
    void jobAnswered(quint64 number, KeychainBackend::Outcome outcome, const QByteArray &value,
                     const QString &words);
    void giveUp();
    void finishFirst(Result<QByteArray> result);

    Maker m_maker;
    std::shared_ptr<KeychainBackend> m_backend;
    std::deque<Task> m_tasks; ///< the first one runs if m_running
    QTimer m_patience;
    quint64 m_jobs = 0; ///< number of the last job given to the backend
    bool m_running = false;
    bool m_stuck = false; ///< the backend still owes the answer of a job that was given up
};
