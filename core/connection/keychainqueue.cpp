#include "connection/keychainqueue.h"

#include "common/log.h"

using namespace Qt::StringLiterals;

namespace {

Error keychainError(Cause cause, const QString &key, const QString &words)
{
    return Error::of(Error::Kind::Local, cause, words, KeychainDetails{key, words});
}

Cause causeOf(KeychainBackend::Outcome outcome)
{
    switch (outcome) {
    case KeychainBackend::Outcome::NotFound:
        return Cause::KeychainEntryMissing;
    case KeychainBackend::Outcome::Denied:
        return Cause::KeychainDenied;
    case KeychainBackend::Outcome::Ok:
    case KeychainBackend::Outcome::Unavailable:
        break;
    }
    return Cause::KeychainAbsent;
}

Keychain::ReadAnswer withoutValue(Keychain::WriteAnswer answer)
{
    return [answer = std::move(answer)](Result<QByteArray> result) {
        answer(result ? Done() : Done(result.error()));
    };
}

} // namespace

KeychainQueue::KeychainQueue(Maker maker, std::chrono::milliseconds patience)
    : m_maker(std::move(maker))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &KeychainQueue::giveUp);
}

KeychainQueue::~KeychainQueue() = default;

void KeychainQueue::read(const QString &key, ReadAnswer answer)
{
    add({{KeychainBackend::Verb::Read, key, {}}, std::move(answer)});
}

void KeychainQueue::write(const QString &key, const QByteArray &value, WriteAnswer answer)
{
    add({{KeychainBackend::Verb::Write, key, value}, withoutValue(std::move(answer))});
}

void KeychainQueue::remove(const QString &key, WriteAnswer answer)
{
    add({{KeychainBackend::Verb::Remove, key, {}}, withoutValue(std::move(answer))});
}

void KeychainQueue::lock(WriteAnswer answer)
{
    add({{KeychainBackend::Verb::Lock, {}, {}}, withoutValue(std::move(answer))});
}

void KeychainQueue::add(Task task)
{
    m_tasks.push_back(std::move(task));
    if (m_tasks.size() == 1)
        startNext();
}

void KeychainQueue::startNext()
{
    QMetaObject::invokeMethod(this, &KeychainQueue::runFirst, Qt::QueuedConnection);
}

void KeychainQueue::runFirst()
{
    if (m_tasks.empty() || m_running)
        return;
    const KeychainBackend::Job &job = m_tasks.front().job;
    if (m_stuck)
        return finishFirst(keychainError(Cause::KeychainLocked, job.key,
                                         u"the keychain still waits for an earlier answer"_s));
    if (!m_backend) {
        auto made = m_maker();
        if (!made)
            return finishFirst(made.error());
        m_backend = *made;
    }
    m_running = true;
    m_patience.start();
    m_backend->run(job,
                   [this, number = ++m_jobs](auto outcome, const auto &value, const auto &words) {
                       jobAnswered(number, outcome, value, words);
                   });
}

void KeychainQueue::jobAnswered(quint64 number, KeychainBackend::Outcome outcome,
                                const QByteArray &value, const QString &words)
{
    if (number != m_jobs || !m_running) {
        m_stuck = false;
        return;
    }
    m_running = false;
    m_patience.stop();
    if (outcome == KeychainBackend::Outcome::Ok)
        finishFirst(value);
    else
        finishFirst(keychainError(causeOf(outcome), m_tasks.front().job.key, words));
}

void KeychainQueue::giveUp()
{
    qCWarning(logConnection) << "The keychain does not answer; perhaps it waits for a password.";
    m_running = false;
    m_stuck = true;
    finishFirst(keychainError(Cause::KeychainLocked, m_tasks.front().job.key,
                              u"the keychain did not answer in time"_s));
}

void KeychainQueue::finishFirst(Result<QByteArray> result)
{
    Task task = std::move(m_tasks.front());
    m_tasks.pop_front();
    if (!m_tasks.empty())
        startNext();
    task.answer(std::move(result)); // may add tasks or destroy this
}
