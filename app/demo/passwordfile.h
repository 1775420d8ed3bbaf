#pragma once

#include "common/result.h"
#include "common/secret.h"

#include <QString>

#include <memory>

class QTemporaryDir;

/// The password of one run of the demo host and the file it stands in (mode 0600, one line).
struct PasswordFile
{
    QString path;
    Secret password;
    std::shared_ptr<QTemporaryDir> folder; ///< of a private file: removed with the last copy
};

/// Reads `path` when it exists: it must be a plain file of this user with mode 0600 and hold a
/// password up to the first line feed (a CR before it is dropped). Otherwise writes it with a new
/// random password. An empty `path`: a new file in a private temporary folder. Kind::Local with
/// LocalFile, LocalFilePermission, LocalPasswordFileMode or LocalNoPassword.
Result<PasswordFile> openPasswordFile(const QString &path);
