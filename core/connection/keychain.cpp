#include "connection/keychain.h"

#include "connection/keychainqueue.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibrary>
#include <QMap>

using namespace Qt::StringLiterals;

namespace {

/// Where the module may be, by the program's own folder: the build tree and the usual install are
/// alike, another library folder is compiled in as a path relative to the programs.
QStringList modulePlaces()
{
    const QDir programs(QCoreApplication::applicationDirPath());
    QStringList places;
    for (const auto &folder : {u"../lib/winrm-console"_s, u"" WINRM_MODULE_FOLDER ""_s})
        places.append(QDir::cleanPath(programs.absoluteFilePath(folder + u"/winrm_keychain"_s)));
    places.removeDuplicates();
    return places;
}

Result<std::shared_ptr<KeychainBackend>> loadBackend(const QString &service)
{
    QStringList problems;
    for (const QString &place : modulePlaces()) {
        QLibrary module(place);
        const auto make = reinterpret_cast<MakeKeychainBackend>(
            module.resolve(makeKeychainBackendName));
        if (make)
            return std::shared_ptr<KeychainBackend>(make(service));
        problems.append(module.errorString());
    }
    const QString words = u"the keychain module of this program could not be loaded: %1"_s.arg(
        problems.join(u"; "_s));
    return Error::of(Error::Kind::Local, Cause::KeychainAbsent, words, KeychainDetails{{}, words});
}

class MemoryBackend final : public QObject, public KeychainBackend
{
public:
    void run(const Job &job, Answer answer) override
    {
        QMetaObject::invokeMethod(
            this, [this, job, answer = std::move(answer)] { answerNow(job, answer); },
            Qt::QueuedConnection);
    }

private:
    void answerNow(const Job &job, const Answer &answer)
    {
        if (job.verb == Verb::Lock)
            return answer(Outcome::Unavailable, {}, u"what is in memory only has no lock"_s);
        if (job.verb == Verb::Write)
            m_entries.insert(job.key, job.value);
        else if (job.verb == Verb::Remove)
            m_entries.remove(job.key);
        const bool missing = job.verb == Verb::Read && !m_entries.contains(job.key);
        answer(missing ? Outcome::NotFound : Outcome::Ok,
               job.verb == Verb::Read ? m_entries.value(job.key) : QByteArray(),
               missing ? u"Entry not found"_s : QString());
    }

    QMap<QString, QByteArray> m_entries;
};

} // namespace

std::unique_ptr<Keychain> systemKeychain(const QString &service)
{
    return std::make_unique<KeychainQueue>([service] { return loadBackend(service); });
}

std::unique_ptr<Keychain> memoryKeychain()
{
    return std::make_unique<KeychainQueue>([]() -> Result<std::shared_ptr<KeychainBackend>> {
        return std::shared_ptr<KeychainBackend>(std::make_shared<MemoryBackend>());
    });
}
