#include "session/operation.h"

#include "session/sessionprivate.h"

#include <atomic>

namespace {

std::uint64_t nextOperationId()
{
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

} // namespace

Operation::Operation(Session *session, const QString &title)
    : QObject(session)
    , m_id(nextOperationId())
    , m_title(title)
{
    Q_ASSERT(session);
}

Operation::~Operation() = default;

Session *Operation::session() const
{
    return static_cast<Session *>(parent());
}

void Operation::start()
{
    if (m_state != State::New)
        return;
    m_state = State::Starting;
    m_startedAt = QDateTime::currentDateTimeUtc();
    session()->d->add(this);
    QMetaObject::invokeMethod(this, &Operation::begin, Qt::QueuedConnection);
}

void Operation::begin()
{
    if (m_state != State::Starting)
        return;
    m_state = State::Running;
    Q_EMIT started();
    if (m_state == State::Running)
        run();
}

void Operation::cancel()
{
    if (m_state == State::Finished)
        return;
    const bool running = m_state == State::Running;
    Outcome outcome;
    outcome.error = Error::cancelled();
    outcome.error.maybeExecuted = running && mayHaveExecuted();
    outcome.rows = deliveredRows();
    outcome.partial = outcome.rows > 0;
    if (running)
        abort();
    finish(outcome);
}

void Operation::resume() { }

std::uint64_t Operation::deliveredRows() const
{
    return 0;
}

void Operation::finish(Outcome outcome)
{
    if (m_state == State::Finished)
        return;
    m_state = State::Finished;
    // From the event loop, so that whoever cancels or starts is never called back inside that call.
    QMetaObject::invokeMethod(
        this,
        [this, outcome = std::move(outcome)] {
            session()->d->remove(this, outcome);
            Q_EMIT finished(outcome);
            deleteLater();
        },
        Qt::QueuedConnection);
}
