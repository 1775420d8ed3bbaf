#include "demo/passwordfile.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <cerrno>
#include <cstring>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxPassword = 4096;

/// 28 characters that need no escaping in a shell, some 160 bits.
QByteArray randomPassword()
{
    static constexpr char letters[] = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    QByteArray password;
    for (int i = 0; i < 28; ++i)
        password += letters[QRandomGenerator::system()->bounded(int(sizeof letters - 1))];
    return password;
}

Error fileError(Cause cause, const QString &path, int number)
{
    return Error::of(Error::Kind::Local, cause, QString::fromLocal8Bit(std::strerror(number)),
                     FileDetails{path, number});
}

Error open(QFile &file, bool create)
{
    errno = 0;
    const auto mode = create ? QIODevice::WriteOnly | QIODevice::NewOnly : QIODevice::ReadOnly;
    if (file.open(mode, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return {};
    const int number = errno ? errno : EIO;
    return fileError(number == EACCES ? Cause::LocalFilePermission : Cause::LocalFile,
                     file.fileName(), number);
}

Error checkOwner([[maybe_unused]] QFile &file)
{
#ifdef Q_OS_UNIX
    struct stat facts = {};
    if (fstat(file.handle(), &facts) != 0)
        return fileError(Cause::LocalFile, file.fileName(), errno);
    if (!S_ISREG(facts.st_mode) || facts.st_uid != geteuid() || (facts.st_mode & 07777) != 0600)
        return Error::of(Error::Kind::Local, Cause::LocalPasswordFileMode,
                         u"the password file must be a plain file of yours with mode 0600"_s,
                         FileDetails{file.fileName(), 0});
#endif
    return {};
}

Result<PasswordFile> readPassword(const QString &path)
{
    QFile file(path);
    if (const Error error = open(file, false))
        return error;
    if (const Error error = checkOwner(file))
        return error;
    QByteArray bytes = file.read(maxPassword);
    if (const qsizetype end = bytes.indexOf('\n'); end >= 0)
        bytes.truncate(end);
    if (bytes.endsWith('\r'))
        bytes.chop(1);
    if (bytes.isEmpty())
        return Error::of(Error::Kind::Local, Cause::LocalNoPassword,
                         u"the password file is empty"_s, FileDetails{path, 0});
    return PasswordFile{path, Secret::take(bytes), {}};
}

Result<PasswordFile> writePassword(const QString &path)
{
    QFile file(path);
    if (const Error error = open(file, true))
        return error;
    QByteArray password = randomPassword();
    if (file.write(password + '\n') != password.size() + 1 || !file.flush())
        return fileError(Cause::LocalFile, path, errno);
    return PasswordFile{path, Secret::take(password), {}};
}

} // namespace

Result<PasswordFile> openPasswordFile(const QString &path)
{
    if (!path.isEmpty())
        return QFile::exists(path) ? readPassword(path) : writePassword(path);
    auto folder = std::make_shared<QTemporaryDir>(); // made with mode 0700
    if (!folder->isValid())
        return fileError(Cause::LocalFile, folder->path(), EIO);
    Result<PasswordFile> made = writePassword(folder->filePath(u"password"_s));
    if (made)
        made->folder = std::move(folder);
    return made;
}
