#pragma once

#include "connection/keychain.h"

#include <QEventLoop>
#include <QMap>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

/// What a fake keychain holds and how it behaves; survives the keychains that use it, as a real one
/// survives the program.
struct FakeVault
{
    enum class Mood {
        Ready,
        Locked, ///< as gnome-keyring: reads miss, writes are denied, removals do nothing and
                ///< succeed
        Absent,
    };
    QMap<QString, QByteArray> entries;
    Mood mood = Mood::Ready;
    int calls = 0;
    /// From this call on (counting from 1) nothing is answered any more: the program was killed.
    int silentFrom = 0;
    bool lastCallWorks = false; ///< the first silent call still does what it should
    QString deny;               ///< writes and removals of this key are denied
    int lockedFrom = 0;         ///< from this call on the keyring is locked
};

class FakeKeychain final : public QObject, public Keychain
{
public:
    explicit FakeKeychain(std::shared_ptr<FakeVault> vault)
        : m_vault(std::move(vault))
    { }

    void read(const QString &key, ReadAnswer answer) override
    {
        run(
            [this, key]() -> Result<QByteArray> {
                if (m_vault->mood == FakeVault::Mood::Locked || !m_vault->entries.contains(key))
                    return error(Cause::KeychainEntryMissing, key);
                return m_vault->entries.value(key);
            },
            std::move(answer), key);
    }

    void write(const QString &key, const QByteArray &value, WriteAnswer answer) override
    {
        run(
            [this, key, value]() -> Result<QByteArray> {
                if (m_vault->mood == FakeVault::Mood::Locked || key == m_vault->deny)
                    return error(Cause::KeychainDenied, key);
                m_vault->entries.insert(key, value);
                return QByteArray();
            },
            withoutValue(std::move(answer)), key);
    }

    void remove(const QString &key, WriteAnswer answer) override
    {
        run(
            [this, key]() -> Result<QByteArray> {
                if (key == m_vault->deny)
                    return error(Cause::KeychainDenied, key);
                if (m_vault->mood != FakeVault::Mood::Locked)
                    m_vault->entries.remove(key);
                return QByteArray();
            },
            withoutValue(std::move(answer)), key);
    }

    void lock(WriteAnswer answer) override
    {
        run(
            [this]() -> Result<QByteArray> {
                m_vault->mood = FakeVault::Mood::Locked;
                return QByteArray();
            },
            withoutValue(std::move(answer)), {});
    }

private:
    static Error error(Cause cause, const QString &key)
    {
        return Error::of(Error::Kind::Local, cause, {}, KeychainDetails{key, {}});
    }

    static ReadAnswer withoutValue(WriteAnswer answer)
    {
        return [answer = std::move(answer)](const Result<QByteArray> &result) {
            answer(result ? Done() : Done(result.error()));
        };
    }

    void run(const std::function<Result<QByteArray>()> &work, ReadAnswer answer, const QString &key)
    {
        const int call = ++m_vault->calls;
        const bool silent = m_vault->silentFrom > 0 && call >= m_vault->silentFrom;
        const bool works = !silent || (call == m_vault->silentFrom && m_vault->lastCallWorks);
        if (m_vault->lockedFrom > 0 && call >= m_vault->lockedFrom)
            m_vault->mood = FakeVault::Mood::Locked;
        const bool absent = m_vault->mood == FakeVault::Mood::Absent;
        auto result = absent ? Result<QByteArray>(error(Cause::KeychainAbsent, key))
            : works          ? work()
                             : Result<QByteArray>(QByteArray());
        if (silent)
            return;
        QMetaObject::invokeMethod(
            this, [result, answer = std::move(answer)] { answer(result); }, Qt::QueuedConnection);
    }

    std::shared_ptr<FakeVault> m_vault;
};

/// Calls something that answers later, and waits for the answer; nullopt after ten seconds.
template<typename Value>
std::optional<Value> waitFor(const std::function<void(std::function<void(Value)>)> &call)
{
    const auto got = std::make_shared<std::optional<Value>>();
    QEventLoop loop;
    QTimer::singleShot(10000, &loop, &QEventLoop::quit);
    call([got, loop = QPointer(&loop)](Value value) {
        got->emplace(std::move(value));
        if (loop)
            loop->quit();
    });
    if (!got->has_value())
        loop.exec();
    return std::move(*got);
}
