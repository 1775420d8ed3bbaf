#pragma once

#include "connection/profilestore.h"

#include <QObject>

/// The passwords that single connections keep for themselves, read from a ProfileStore that
/// outlives this: entry by entry, since the plain index does not know. Holds no password.
class KeptPasswords final : public QObject
{
    Q_OBJECT
public:
    struct Kept
    {
        QString profileId;
        QString userName;
        SecretStorage storage = SecretStorage::Keychain; ///< or UntilQuit
    };
    explicit KeptPasswords(ProfileStore &store, QObject *parent = nullptr);

    void read(); ///< from the start; an earlier reading ends
    const std::vector<Kept> &kept() const { return m_kept; } ///< in the list's order
    bool isReading() const { return m_reading; }
    bool isComplete() const { return m_complete; } ///< the keychain let itself be read

Q_SIGNALS:
    void changed(); ///< more was found, or reading ended

private:
    void next(int reading);
    void note(const QString &profileId, const ProfileStore::Loaded &loaded);
    void end(bool complete);

    ProfileStore &m_store;
    QStringList m_left;
    std::vector<Kept> m_kept;
    int m_number = 0; ///< of the reading; what an older one answers is dropped
    bool m_reading = false;
    bool m_complete = false;
};
