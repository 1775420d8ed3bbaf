#pragma once

#include "common/error.h"

#include <QDateTime>
#include <QObject>
#include <QPointer>

class Session;

/// How an operation ended.
struct Outcome
{
    Error error; ///< None on success
    bool partial =
        false; ///< rows arrived, but not all (also when a cap was reached: then error is None)
    std::uint64_t rows = 0;
    explicit operator bool() const { return !error; }
};

/// One question to one host. The contract of every operation:
/// - `start()` returns before anything happens, so connecting after it still works.
/// - `finished` comes exactly once: success, failure or cancelled. The operation then deletes
/// itself (deleteLater).
/// - Parts come before it, in batches, and none after `cancel()`, which may come at any time and is
/// immediate.
/// - The session is its parent. `Session::close()` cancels what runs; destroying a session ends it
/// without signals.
/// - It may pause (`paused`, `resume()`), and reports `progress`.
/// - It never asks the user and never retries, but for what design and protocol allow: Identify and
///   Get after a lost connection, Enumerate before a reply byte. What may change something is sent
///   once.
class Operation : public QObject
{
    Q_OBJECT
public:
    enum class Priority { Interactive, Background };
    ~Operation() override;

    std::uint64_t id() const { return m_id; }
    const QString &title() const
    {
        return m_title;
    } ///< for the activity list: "Enumerate Win32_Service"
    Session *session() const;
    /// This operation is a step of `whole`: the activity list shows only that one.
    void setPartOf(const Operation &whole) { m_whole = whole.id(); }
    bool isPart() const { return m_whole != 0; }
    bool isRunning() const { return m_state == State::Running; }
    /// Bytes of a request that may change something have left: what Error::maybeExecuted says when
    /// it is cancelled now.
    virtual bool mayHaveExecuted() const { return false; }
    const QDateTime &startedAt() const { return m_startedAt; } ///< UTC

    void start();
    void cancel();
    virtual void resume(); ///< after `paused`

Q_SIGNALS:
    void started();
    void progress(qint64 bytes, qint64 rows, qint64 estimate); ///< estimate -1: unknown
    void paused(const QString &reason);
    void finished(const Outcome &outcome);

protected:
    Operation(Session *session, const QString &title);
    virtual void run() = 0;       ///< from the event loop, once
    virtual void abort() = 0;     ///< stop everything; no signals come from here
    void finish(Outcome outcome); ///< the first call wins
    bool isFinished() const { return m_state == State::Finished; }
    virtual std::uint64_t deliveredRows() const; ///< for the outcome of a cancelled operation

private:
    friend class Session;
    void begin();
    enum class State { New, Starting, Running, Finished };
    State m_state = State::New;
    std::uint64_t m_id = 0;
    std::uint64_t m_whole = 0;
    QString m_title;
    QDateTime m_startedAt;
};
