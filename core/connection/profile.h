#pragma once

#include "connection/connectionoptions.h"
#include "connection/credential.h"

#include <QString>
#include <QStringList>

/// Where a profile's secret stays.
enum class SecretStorage { Ask, UntilQuit, Keychain };

/// A row of the plain index: what the list shows without unlocking anything. Nothing here is used
/// to sign in.
struct ProfileSummary
{
    enum class State { Ready, Pending, Damaged };
    QString id; ///< UUID without braces
    State state = State::Ready;
    QString name;
    QString folder; ///< "prod/web", '/'-separated; empty: top
    QStringList tags;
    QString color; ///< "#rrggbb" or empty
    int order = 0;
    bool operator==(const ProfileSummary &) const = default;
};

/// A saved connection, whole: options (and the id of a shared credential, if it uses one).
struct Profile
{
    ProfileSummary summary;
    ConnectionOptions options;
    SecretStorage storage = SecretStorage::Ask;
    QString credentialId; ///< of a saved credential that several profiles share; empty: its own
};

/// A credential saved once for many profiles.
struct SavedCredential
{
    QString id;
    QString label;
    QString userName;
    QStringList approvedHosts; ///< hosts it may be used on without asking
};
