#include "export/exportfile.h"

#include <QFileInfo>

#include <cerrno>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

Cause causeOf(QFileDevice::FileError error, int systemError)
{
    if (systemError == ENOSPC || error == QFileDevice::ResourceError)
        return Cause::LocalDiskFull;
    if (systemError == EACCES || systemError == EPERM || error == QFileDevice::PermissionsError)
        return Cause::LocalFilePermission;
    return Cause::LocalFile;
}

} // namespace

ExportFile::~ExportFile() = default;

Error ExportFile::failure(const QString &path) const
{
    const int systemError = errno;
    return Error::of(Error::Kind::Local, causeOf(m_file.error(), systemError), m_file.errorString(),
                     FileDetails{.path = path, .systemError = systemError});
}

bool ExportFile::isDevice(const QString &path)
{
    const QFileInfo named(path);
    return named.exists() && !named.isFile() && !named.isDir();
}

Done ExportFile::open(const QString &path, bool overwrite)
{
    const QFileInfo named(path);
    m_path = named.isSymLink() ? named.symLinkTarget() : path;
    m_overwrite = overwrite;
    m_written = 0;
    errno = 0;
    m_direct = isDevice(path);
    if (m_direct)
        return openDirectly();
    if (!overwrite && named.exists())
        return Error::of(Error::Kind::Local, Cause::LocalFileExists, {}, FileDetails{.path = path});
    m_file.setFileName(m_path + u".partial"_s);
    // A leftover may have other permissions or be a link: never written through.
    QFile::remove(m_file.fileName());
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered,
                     QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return failure(m_file.fileName());
    return {};
}

Done ExportFile::openDirectly()
{
    m_file.setFileName(m_path);
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return failure(m_path);
    return {};
}

Done ExportFile::write(QByteArrayView bytes)
{
    errno = 0;
    while (!bytes.isEmpty()) {
        const qint64 written = m_file.write(bytes.data(), bytes.size());
        if (written <= 0)
            return failure(m_file.fileName());
        m_written += written;
        bytes = bytes.sliced(written);
    }
    return {};
}

Done ExportFile::finish()
{
    errno = 0;
    const QString partial = m_file.fileName();
    m_file.close();
    if (m_file.error() != QFileDevice::NoError)
        return failure(partial);
    if (m_direct)
        return {};
    if (!m_overwrite && QFile::exists(m_path))
        return Error::of(Error::Kind::Local, Cause::LocalFileExists, {},
                         FileDetails{.path = m_path});
    // rename() replaces in one step, which QFile::rename does not.
    if (std::rename(QFile::encodeName(partial).constData(), QFile::encodeName(m_path).constData())
        != 0)
        return failure(m_path);
    return {};
}

void ExportFile::discard()
{
    m_file.close();
    if (!m_direct)
        m_file.remove();
}
