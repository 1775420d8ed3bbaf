#include "connection/profilechanges.h"

bool ProfileChanges::isEmpty() const
{
    return isSummaryOnly() && !folder && tags.isEmpty() && !color;
}

bool ProfileChanges::isSummaryOnly() const
{
    return !readOnly && !authentication && !credential;
}

ProfileSummary ProfileChanges::applied(ProfileSummary summary) const
{
    if (folder)
        summary.folder = *folder;
    if (color)
        summary.color = *color;
    for (auto it = tags.begin(); it != tags.end(); ++it) {
        if (!it.value())
            summary.tags.removeAll(it.key());
        else if (!summary.tags.contains(it.key()))
            summary.tags.append(it.key());
    }
    return summary;
}

Profile ProfileChanges::applied(Profile profile) const
{
    profile.summary = applied(profile.summary);
    ConnectionOptions &options = profile.options;
    if (readOnly)
        options.readOnly = *readOnly;
    if (authentication)
        options.authentication = *authentication;
    if (credential && !credential->id.isEmpty()) {
        profile.credentialId = credential->id;
        options.userName = credential->userName;
    } else if (credential && !profile.credentialId.isEmpty()) {
        profile.credentialId.clear();
        profile.storage = SecretStorage::Ask;
    }
    return profile;
}
