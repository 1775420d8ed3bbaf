#pragma once

#include "common/result.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

/// The OS keychain as this program needs it: entries of a few KB under one service name, by key.
/// Answers come later on the caller's thread, in the order of the calls. Errors: KeychainAbsent,
/// KeychainLocked, KeychainDenied, KeychainEntryMissing. A locked keyring answers EntryNotFound to
/// a read (measured): callers must hold a missing entry against a canary (ProfileStore does); it
/// refuses a write (KeychainDenied) and says yes to a removal without removing. A keychain that
/// does not answer for 60 s, as behind a prompt that nobody sees, is KeychainLocked.
class Keychain
{
public:
    using ReadAnswer = std::function<void(Result<QByteArray>)>;
    using WriteAnswer = std::function<void(Done)>;
    virtual ~Keychain() = default;
    virtual void read(const QString &key, ReadAnswer answer) = 0;
    virtual void write(const QString &key, const QByteArray &value, WriteAnswer answer) = 0;
    virtual void remove(const QString &key, WriteAnswer answer) = 0;
    /// Locks the keychain as a whole, for every program that uses it. KeychainAbsent where there is
    /// none that a program can lock (only the Secret Service can be), KeychainDenied where it
    /// refuses.
    virtual void lock(WriteAnswer answer) = 0;
};

/// The system's keychain through QtKeychain (Secret Service, KWallet, macOS Keychain, Windows
/// Credential Manager), never its insecure fallback. The library and D-Bus come with the module
/// winrm_keychain, which is loaded on first use, so that what needs no keychain starts without; no
/// module is KeychainAbsent. An entry's label in a keyring manager is the service name, its `user`
/// is the key.
std::unique_ptr<Keychain> systemKeychain(
    const QString &service = QStringLiteral("org.winrmconsole.WinRMConsole"));

/// For tests and for machines without a keychain: kept in memory, gone at quit.
std::unique_ptr<Keychain> memoryKeychain();
