#include "dialogs/keptpasswords.h"

#include <QPointer>

KeptPasswords::KeptPasswords(ProfileStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{ }

void KeptPasswords::read()
{
    m_kept.clear();
    m_left.clear();
    m_reading = true;
    m_complete = false;
    for (const ProfileSummary &summary : m_store.profiles())
        m_left.append(summary.id);
    m_store.probeKeychain(
        [guard = QPointer(this), number = ++m_number](ProfileStore::KeychainState state) {
            if (!guard || guard->m_number != number)
                return;
            if (state == ProfileStore::KeychainState::Locked)
                guard->end(false); // reading on would make the desktop ask for each
            else
                guard->next(number);
        });
}

void KeptPasswords::next(int reading)
{
    if (m_left.isEmpty())
        return end(true);
    const QString id = m_left.takeFirst();
    m_store.load(id,
                 [guard = QPointer(this), reading, id](const Result<ProfileStore::Loaded> &loaded) {
                     if (!guard || guard->m_number != reading)
                         return;
                     if (loaded)
                         guard->note(id, *loaded);
                     else if (loaded.error().cause == Cause::KeychainLocked)
                         return guard->end(false);
                     guard->next(reading);
                 });
}

void KeptPasswords::note(const QString &profileId, const ProfileStore::Loaded &loaded)
{
    if (!loaded.profile.credentialId.isEmpty() || loaded.credential.isEmpty())
        return;
    const QString &named = loaded.credential.userName;
    m_kept.push_back({.profileId = profileId,
                      .userName = named.isEmpty() ? loaded.profile.options.userName : named,
                      .storage = m_store.remembered().contains(profileId)
                          ? SecretStorage::UntilQuit
                          : SecretStorage::Keychain});
}

void KeptPasswords::end(bool complete)
{
    m_reading = false;
    m_complete = complete;
    Q_EMIT changed();
}
