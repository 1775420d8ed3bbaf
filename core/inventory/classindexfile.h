#pragma once

#include "inventory/classindex.h"

/// What is kept of a host's classes between two runs, so that a search knows them before anything
/// was read: one file a host in a folder of the cache, 0600, JSON, with the time of reading. Never
/// a value of an instance. Like every file it is read as if somebody else had written it.
namespace ClassIndexFile {

inline constexpr qint64 MaxSize = 64 << 20;
inline constexpr int MaxFiles = 50; ///< in a folder: the longest unused ones go first

/// $XDG_CACHE_HOME/winrm-console/classes (~/.cache without that variable).
QString standardFolder();

/// `host` is its URL. It stands in the file, which is read only for that host; an empty one reads
/// the file of whatever host it is (nobody knows the URL of a connection before it is opened).
QByteArray write(const ClassIndex &index, const QString &host);
/// Kind::Local, Cause::LocalFile with the reason in `message` (English) when it is not such a file.
Result<ClassIndex> read(const QByteArray &json, const QString &host);

/// `id` names the file: of the saved connection.
QString pathFor(const QString &folder, const QString &id);
/// An empty index where there is no file.
Result<ClassIndex> load(const QString &folder, const QString &id, const QString &host);
Done save(const QString &folder, const QString &id, const QString &host, const ClassIndex &index);
Done forget(const QString &folder, const QString &id);

} // namespace ClassIndexFile
