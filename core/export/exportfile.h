#pragma once

#include "common/result.h"

#include <QFile>
#include <QString>

/// A file that is written beside its name and takes the name at the end: bytes go to `NAME.partial`
/// (0600), `finish()` renames it. What is cut short leaves the target untouched and `NAME.partial`
/// for whoever wants what had arrived. A link is followed to what it names. What is no regular file
/// (a device, a pipe) is written to directly, whatever `overwrite` says.
///
/// Errors, Kind::Local with FileDetails: LocalFileExists (target is there and `overwrite` is off),
/// LocalFilePermission, LocalDiskFull, LocalFile.
class ExportFile
{
public:
    ExportFile() = default;
    ~ExportFile(); ///< keeps NAME.partial unless finished or discarded

    /// Whether something is there that is neither a file nor a folder.
    static bool isDevice(const QString &path);

    Done open(const QString &path, bool overwrite);
    Done write(QByteArrayView bytes);
    Done finish();
    void discard(); ///< removes NAME.partial
    const QString &path() const { return m_path; }
    QString partialPath() const { return m_file.fileName(); }
    qint64 bytesWritten() const { return m_written; }

private:
    Error failure(const QString &path) const;
    Done openDirectly();
    QString m_path;
    QFile m_file;
    qint64 m_written = 0;
    bool m_overwrite = false;
    bool m_direct = false; ///< no file: nothing to rename
};
