// The module winrm_keychain: QtKeychain behind KeychainBackend. It is the only code of ours that
// links QtKeychain and D-Bus; connection/keychain.cpp loads it at first use.

#include "connection/keychainbackend.h"
#include "connection/keychainmodule/keyringlock.h"

#include <QObject>
#include <QPointer>
#include <qt6keychain/keychain.h>

#include <memory>

namespace {

KeychainBackend::Outcome outcomeOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError:
        return KeychainBackend::Outcome::Ok;
    case QKeychain::EntryNotFound:
        return KeychainBackend::Outcome::NotFound;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return KeychainBackend::Outcome::Denied;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError: // no bus, no service, no library (measured, QtKeychain 0.13.2)
        break;
    }
    return KeychainBackend::Outcome::Unavailable;
}

class QtKeychainBackend final : public QObject, public KeychainBackend
{
public:
    explicit QtKeychainBackend(const QString &service)
        : m_service(service)
    { }

    void run(const Job &job, Answer answer) override
    {
        if (job.verb == Verb::Lock) // QtKeychain has no word for it
            return lockKeyring(this, std::move(answer));
        QKeychain::Job *work = makeJob(job);
        work->setKey(job.key);
        work->setInsecureFallback(false);
        connect(work, &QKeychain::Job::finished, this, [answer = std::move(answer)](auto *done) {
            const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(done);
            answer(outcomeOf(done->error()), read ? read->binaryData() : QByteArray(),
                   done->errorString());
        });
        work->start();
    }

private:
    /// Not a child of this: QtKeychain runs jobs of one service in turn and waits for each, so a
    /// job must not vanish unanswered. It deletes itself.
    QKeychain::Job *makeJob(const Job &job) const
    {
        if (job.verb == Verb::Read)
            return new QKeychain::ReadPasswordJob(m_service);
        if (job.verb == Verb::Remove)
            return new QKeychain::DeletePasswordJob(m_service);
        auto *write = new QKeychain::WritePasswordJob(m_service);
        write->setTextData(QString::fromUtf8(job.value));
        return write;
    }

    QString m_service;
};

} // namespace

extern "C" Q_DECL_EXPORT KeychainBackend *winrmMakeKeychainBackend2(const QString &service)
{
    return new QtKeychainBackend(service);
}
