#pragma once

#include "connection/profilestore.h"
#include "fakekeychain.h"
#include "profileimport/profilefile.h"

/// ProfileStore's calls with their answers, waited for. No answer at all is Cause::Cancelled.
struct StoreCalls
{
    ProfileStore &store;

    template<typename Value>
    using Call = std::function<void(std::function<void(Value)>)>;

    static Error silence() { return Error::cancelled(); }

    Result<QString> save(const Profile &profile, const Credential &credential = {},
                         bool forget = false)
    {
        return waitFor<Result<QString>>(
                   [&](auto answer) { store.save(profile, credential, forget, answer); })
            .value_or(silence());
    }
    Result<ProfileStore::Loaded> load(const QString &id)
    {
        return waitFor<Result<ProfileStore::Loaded>>([&](auto answer) { store.load(id, answer); })
            .value_or(silence());
    }
    Done remove(const QString &id)
    {
        return waitFor<Done>([&](auto answer) { store.remove(id, answer); }).value_or(silence());
    }
    Result<QString> duplicate(const QString &id, const QString &name)
    {
        return waitFor<Result<QString>>([&](auto answer) { store.duplicate(id, name, answer); })
            .value_or(silence());
    }
    ProfileStore::KeychainState probe()
    {
        return waitFor<ProfileStore::KeychainState>(
                   [&](auto answer) { store.probeKeychain(answer); })
            .value_or(ProfileStore::KeychainState::Unknown);
    }
    Result<QString> saveCredential(const SavedCredential &credential, const Secret &password)
    {
        return waitFor<Result<QString>>(
                   [&](auto answer) { store.saveCredential(credential, password, answer); })
            .value_or(silence());
    }
    Done removeCredential(const QString &id)
    {
        return waitFor<Done>([&](auto answer) { store.removeCredential(id, answer); })
            .value_or(silence());
    }
    Done forgetCredential(const QString &id)
    {
        return waitFor<Done>([&](auto answer) { store.forgetCredential(id, answer); })
            .value_or(silence());
    }
    Done lockKeychain()
    {
        return waitFor<Done>([&](auto answer) { store.lockKeychain(answer); }).value_or(silence());
    }
    Done approve(const QString &id, const QString &host)
    {
        return waitFor<Done>([&](auto answer) { store.approveHost(id, host, answer); })
            .value_or(silence());
    }
    Result<QByteArray> exported(const QStringList &ids)
    {
        return waitFor<Result<QByteArray>>([&](auto answer) { store.exportProfiles(ids, answer); })
            .value_or(silence());
    }
    Result<ProfileStore::Import> import(const QByteArray &json)
    {
        const auto file = readProfileFile(json);
        if (!file)
            return file.error();
        std::vector<Profile> profiles;
        for (const ReadProfile &read : file->profiles)
            profiles.push_back(read.profile);
        return waitFor<Result<ProfileStore::Import>>(
                   [&](auto answer) { store.importProfiles(profiles, answer); })
            .value_or(silence());
    }
};

inline Cause causeOf(const Done &done)
{
    return done ? Cause::Unknown : done.error().cause;
}

template<typename Value>
Cause causeOf(const Result<Value> &result)
{
    return result ? Cause::Unknown : result.error().cause;
}
