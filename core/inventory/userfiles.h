#pragma once

#include "common/result.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <vector>

/// JSON files that a program brings along, and those of the same form that users keep in a folder.
/// Errors are Kind::Local, Cause::LocalFile with FileDetails and the reason in `message`.

/// Of a file that is no such one: `reason` is English and names what is wrong.
Error wrongFile(const QString &reason, const QString &path = {});
/// The bytes of a file; one byte more than `limit` where it is longer than that.
Result<QByteArray> readBounded(const QString &path, qsizetype limit);
/// Hands each *.json of `folder` to `take`, in the order of their names, at most 64 of them. What
/// could not be read, or was refused by `take`, is returned with the file's path.
std::vector<Error> readUserFiles(const QString &folder, qsizetype limit,
                                 const std::function<Done(const QByteArray &)> &take);
/// $XDG_DATA_HOME/winrm-console/NAME (~/.local/share without that variable).
QString userDataFolder(const QString &name);

/// Texts of such a file.
bool isClassName(const QString &text);    ///< "Win32_Service": letters, digits, _; at most 256
bool isCimNamespace(const QString &text); ///< "root/cimv2", "root/Microsoft/Windows/DNS"
bool isOneLine(const QString &text);      ///< printable, no line breaks
