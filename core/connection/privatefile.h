#pragma once

#include "common/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

/// Files of this program that nobody else may read: 0600 in folders of 0700. Errors: LocalFile,
/// LocalFilePermission, LocalDiskFull with FileDetails.

/// The whole file, nullopt when there is none; more than `limit` bytes are an error.
Result<std::optional<QByteArray>> readPrivateFile(const QString &path, qint64 limit);
/// Written aside and moved into place; the mode is set before the first byte is written. Makes the
/// folder.
Done writePrivateFile(const QString &path, const QByteArray &bytes);
Done makePrivateFolder(const QString &path);
/// No error when there is none.
Done removePrivateFile(const QString &path);
