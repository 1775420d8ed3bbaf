#include "connection/indexfile.h"

#include "common/log.h"
#include "connection/privatefile.h"

#include <QFile>
#include <QLockFile>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxIndexBytes = 16 * 1024 * 1024;

Error indexError(const QString &path, const QString &words)
{
    return Error::of(Error::Kind::Local, Cause::LocalFile, words, FileDetails{path});
}

} // namespace

IndexFile::IndexFile(const QString &directory)
    : m_directory(directory)
    , m_path(directory + u"/index.json"_s)
{ }

Done IndexFile::load()
{
    m_index = {};
    m_written.clear();
    m_unusable = {};
    const auto bytes = readPrivateFile(m_path, maxIndexBytes);
    if (!bytes) {
        m_unusable = bytes.error();
        return m_unusable;
    }
    if (!*bytes)
        return {};
    const auto index = indexFromJson(**bytes);
    if (index) {
        m_index = *index;
        m_written = **bytes;
        return {};
    }
    if (!isNewerIndex(index.error()))
        return setAside(index.error());
    m_unusable = indexError(m_path, index.error().message);
    return m_unusable;
}

Done IndexFile::setAside(const Error &reason)
{
    for (int i = 1; i < 1000; ++i) {
        const QString aside = m_directory + u"/index.corrupt-%1"_s.arg(i);
        if (QFile::exists(aside))
            continue;
        if (!QFile::rename(m_path, aside))
            break;
        qCWarning(logConnection) << "The list of profiles was damaged and is kept as" << aside;
        return indexError(m_path, u"%1; it is kept as %2"_s.arg(reason.message, aside));
    }
    m_unusable = indexError(m_path, reason.message);
    return m_unusable;
}

/// Takes over what another program wrote meanwhile. A file that is gone is written anew.
Done IndexFile::reread()
{
    const auto bytes = readPrivateFile(m_path, maxIndexBytes);
    if (!bytes)
        return bytes.error();
    if (!*bytes || **bytes == m_written)
        return {};
    const auto index = indexFromJson(**bytes);
    if (!index)
        return indexError(m_path, index.error().message);
    m_index = *index;
    m_written = **bytes;
    return {};
}

Done IndexFile::change(const std::function<void(ProfileIndex &)> &change)
{
    if (m_unusable)
        return m_unusable;
    if (const Done folder = makePrivateFolder(m_directory); !folder)
        return folder;
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(2000))
        return indexError(m_path, u"another program holds the list of profiles"_s);
    if (const Done reread = this->reread(); !reread)
        return reread;
    ProfileIndex changed = m_index;
    change(changed);
    const QByteArray bytes = indexToJson(changed);
    if (bytes.size() > maxIndexBytes)
        return indexError(m_path, u"the list of profiles would grow too large"_s);
    if (const Done written = writePrivateFile(m_path, bytes); !written)
        return written;
    m_index = std::move(changed);
    m_written = bytes;
    return {};
}
