#pragma once

#include "connection/profile.h"

#include <QMap>

#include <optional>

/// What is to become of several profiles at once. What is not set, and every tag that is not named,
/// stays in each profile as it is there.
struct ProfileChanges
{
    std::optional<QString> folder;
    QMap<QString, bool> tags; ///< true: all have it; false: none has it
    std::optional<QString> color;
    std::optional<bool> readOnly;
    std::optional<Authentication> authentication;
    std::optional<SavedCredential> credential; ///< signs in with it; an empty id: with its own

    bool isEmpty() const;
    /// Only of what the index holds: no keychain is needed.
    bool isSummaryOnly() const;
    ProfileSummary applied(ProfileSummary summary) const;
    /// An own credential keeps the user's name, and asks for the password each time. A profile that
    /// uses no saved credential stays as it is then.
    Profile applied(Profile profile) const;
};
