#pragma once

#include "common/result.h"
#include "connection/profile.h"

#include <QJsonObject>

/// One profile as its keychain entry "profile/ID" (or, without the secret, its file) holds it:
/// `{"format": "winrm-console profile", "version": 1, "id", "name", "options": {...}, "storage",
/// "credential", "userName", "password"}`. A password that is no UTF-8 is
/// "passwordBase64". At most 64 KiB. A "readOnly" beside the options counts as the one in them.
struct StoredProfile
{
    Profile profile; ///< summary: id and the name it had, no more
    Credential credential;
};

/// A shared credential as its entry "credential/ID" holds it.
struct StoredCredential
{
    SavedCredential credential;
    Secret password;
};

QString profileKey(const QString &id);
QString credentialKey(const QString &id);

/// Largest entry. LocalUsage when one would be larger.
inline constexpr qsizetype maxEntryBytes = 64 * 1024;
Result<QByteArray> profileToEntry(const StoredProfile &stored);
/// KeychainCorrupt when it is none, LocalProfileCorrupt when it belongs to another id.
Result<StoredProfile> profileFromEntry(const QByteArray &entry, const QString &id);
Result<QByteArray> credentialToEntry(const StoredCredential &stored);
Result<StoredCredential> credentialFromEntry(const QByteArray &entry, const QString &id);

/// Options and what the list shows, for another machine.
QJsonObject profileToExport(const Profile &profile);
Result<Profile> profileFromExport(const QJsonObject &json);

/// Overwrites bytes that held a secret, as far as nobody shares them.
void wipe(QByteArray &bytes);
