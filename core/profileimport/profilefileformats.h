#pragma once

#include "profileimport/profilefile.h"

#include <QJsonObject>

inline constexpr std::size_t maxImportedProfiles = 10000;

/// LocalProfileCorrupt: the file as a whole cannot be used.
Error unreadableProfiles(const QString &what);

Result<ProfileFile> readMRemoteNg(const QByteArray &bytes);
Result<ProfileFile> readAnsibleInventory(const QByteArray &bytes); ///< INI form
Result<ProfileFile> readAnsibleJson(const QJsonObject &json);
Result<ProfileFile> readConnectionTable(const QByteArray &bytes);

bool looksLikeAnsibleInventory(const QByteArray &bytes);
bool looksLikeConnectionTable(const QByteArray &bytes);

/// Adds an entry, or why it is left out: `options.host` decides.
void addProfile(ProfileFile &file, ReadProfile read);

/// `DOMAIN\user`, unless the user's name has its domain already or there is none.
QString userName(const QString &domain, const QString &user);

/// Sets a port of 1 to 65535, or notes that it is none. 5985 is http, 5986 https, and another one
/// leaves the scheme as it is.
void setPort(ReadProfile &read, const QString &port);
