#pragma once

#include "common/result.h"
#include "connection/profile.h"

#include <vector>

/// A row of the index as it stands in the file.
struct ProfileRow
{
    enum class Change { None, New, Edit, Remove }; ///< what was going on while it is pending
    enum class Place { Keychain, File };           ///< where its options are
    ProfileSummary summary;
    Change change = Change::None;
    Place place = Place::Keychain;
    QString credentialId; ///< for profilesUsing(); the entry decides
    QString endpoint;     ///< never written; whoever does write one is held against the entry
};

struct CredentialRow
{
    SavedCredential credential; ///< shown in lists; the entry decides
    bool pending = false;
};

/// What index.json holds: `{"format": "winrm-console profiles", "version": 1, "canary": ID,
/// "profiles": [...], "credentials": [...]}`.
struct ProfileIndex
{
    QString canary; ///< id of the canary entry that this index has seen
    std::vector<ProfileRow> profiles;
    std::vector<CredentialRow> credentials;

    ProfileRow *find(const QString &id);
    CredentialRow *findCredential(const QString &id);
    void put(const ProfileRow &row); ///< replaces or adds
    void erase(const QString &id);
    void eraseCredential(const QString &id);
};

QByteArray indexToJson(const ProfileIndex &index);
/// LocalProfileCorrupt when it is no index, or of a version this program does not know
/// (RuleDetails::rule "index.newer").
Result<ProfileIndex> indexFromJson(const QByteArray &json);
bool isNewerIndex(const Error &error);

/// The summary as it is kept: name trimmed, folder without empty parts, tags trimmed and single,
/// color in lower case. LocalUsage when the name is empty or too long, when something holds control
/// characters, or the color is none.
Result<ProfileSummary> normalizedSummary(ProfileSummary summary);
QString newId();
bool isId(const QString &text); ///< a UUID without braces
