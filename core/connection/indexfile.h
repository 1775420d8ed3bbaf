#pragma once

#include "connection/profileindex.h"

#include <QByteArray>

#include <functional>

/// index.json in a folder, shared with other running programs of ours: every change is made to what
/// stands in the file at that moment, under a lock file, and written as a whole.
class IndexFile
{
public:
    explicit IndexFile(const QString &directory);

    /// Reads the file; none is an empty index. A file that is no index is renamed to
    /// index.corrupt-N and that is an error, after which the (empty) index can be used. One of a
    /// newer version, or one that cannot be read, is an error and stays; changes are then refused.
    Done load();
    Done usable() const { return m_unusable; } ///< or the reason why changes are refused
    const ProfileIndex &index() const { return m_index; }
    /// Applies `change` and writes the file; on an error nothing has changed.
    Done change(const std::function<void(ProfileIndex &)> &change);

private:
    Done setAside(const Error &reason);
    Done reread();

    QString m_directory;
    QString m_path;
    ProfileIndex m_index;
    QByteArray m_written; ///< the bytes that m_index stands for
    Error m_unusable;     ///< why changes are refused
};
