#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

/// One keychain, one job at a time: what the module winrm_keychain implements around QtKeychain and
/// what a test can fake. It knows no Error of ours, so that the module needs nothing of core.
class KeychainBackend
{
public:
    enum class Verb { Read, Write, Remove, Lock };
    enum class Outcome {
        Ok,
        NotFound,    ///< also what a locked keyring answers to a read (measured, gnome-keyring 42)
        Denied,      ///< by the user or the service; also a write to a locked keyring
        Unavailable, ///< no bus, no service, no library: everything else that goes wrong
    };
    struct Job
    {
        Verb verb = Verb::Read;
        QString key;
        QByteArray value; ///< of Write: UTF-8
    };
    /// `value` of a Read that is Ok; `words` of the library for anything else.
    using Answer = std::function<void(Outcome, const QByteArray &value, const QString &words)>;

    virtual ~KeychainBackend() = default;
    /// Answers once, later, on the caller's thread; or never, as a prompt may wait for ever. The
    /// backend must outlive the answer only as far as that it gives none once destroyed.
    virtual void run(const Job &job, Answer answer) = 0;
};

/// What the module exports, under this name and with C linkage; the caller deletes what it makes.
/// The number in the name changes with anything in this header.
using MakeKeychainBackend = KeychainBackend *(*)(const QString &service);
inline constexpr char makeKeychainBackendName[] = "winrmMakeKeychainBackend2";
