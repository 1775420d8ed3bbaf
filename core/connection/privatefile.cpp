#include "connection/privatefile.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace {

constexpr auto ownerFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr auto ownerFolder = ownerFile | QFileDevice::ExeOwner;
constexpr auto othersAny = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
    | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;

Error fileError(const QString &path, const QString &words, int code)
{
    const Cause cause = code == EACCES || code == EPERM ? Cause::LocalFilePermission
        : code == ENOSPC || code == EDQUOT              ? Cause::LocalDiskFull
                                                        : Cause::LocalFile;
    return Error::of(Error::Kind::Local, cause, words, FileDetails{path, code});
}

} // namespace

Result<std::optional<QByteArray>> readPrivateFile(const QString &path, qint64 limit)
{
    QFile file(path);
    errno = 0;
    if (!file.open(QIODevice::ReadOnly)) {
        const int code = errno;
        const QFileInfo info(path), folder(info.path());
        if (!info.exists() && (!folder.exists() || folder.isExecutable()))
            return std::optional<QByteArray>();
        return fileError(path, file.errorString(), info.isReadable() ? code : EACCES);
    }
    const QByteArray bytes = file.read(limit + 1);
    if (file.error() != QFileDevice::NoError)
        return fileError(path, file.errorString(), EIO);
    if (bytes.size() > limit)
        return fileError(path, u"the file is larger than it can be"_s, EFBIG);
    return std::optional(bytes);
}

Done writePrivateFile(const QString &path, const QByteArray &bytes)
{
    if (const Done folder = makePrivateFolder(QFileInfo(path).path()); !folder)
        return folder;
    QSaveFile file(path);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerFile))
        return fileError(path, file.errorString(), errno);
    if (file.write(bytes) != bytes.size() || !file.commit())
        return fileError(path, file.errorString(), errno);
    return {};
}

Done makePrivateFolder(const QString &path)
{
    errno = 0;
    if (QDir().exists(path)) {
        if ((QFile::permissions(path) & othersAny) != 0)
            QFile::setPermissions(path, ownerFolder);
        return {};
    }
    const QString parent = QFileInfo(path).path();
    if (!QDir().mkpath(parent) || !QDir().mkdir(QDir::cleanPath(path), ownerFolder))
        return fileError(path, u"the folder could not be made"_s, errno);
    return {};
}

Done removePrivateFile(const QString &path)
{
    QFile file(path);
    errno = 0;
    if (!file.remove() && file.exists())
        return fileError(path, file.errorString(), errno);
    return {};
}
