#include "ctl/password.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxPassword = 64 << 10;

Error fileError(Cause cause, const QString &path)
{
    return Error::of(Error::Kind::Local, cause, QString::fromLocal8Bit(::strerror(errno)),
                     FileDetails{.path = path, .systemError = errno});
}

Secret firstLine(QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    QByteArray line = end < 0 ? bytes : bytes.left(end);
    if (end >= 0 && line.endsWith('\r'))
        line.chop(1);
    bytes.fill('\0');
    return Secret::take(line);
}

} // namespace

Result<Secret> readPasswordFile(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(),
                                  O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return fileError(errno == EACCES ? Cause::LocalFilePermission : Cause::LocalFile, path);
    struct stat facts
    { };
    const bool known = ::fstat(descriptor, &facts) == 0;
    if (!known || !S_ISREG(facts.st_mode) || facts.st_uid != ::geteuid()
        || (facts.st_mode & 077) != 0) {
        ::close(descriptor);
        errno = EPERM;
        return fileError(Cause::LocalPasswordFileMode, path);
    }
    QFile file;
    if (!file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return fileError(Cause::LocalFile, path);
    QByteArray bytes = file.read(maxPassword);
    return firstLine(bytes);
}

Result<Secret> givenPassword(const Arguments &arguments)
{
    if (!arguments.passwordFile.isEmpty())
        return readPasswordFile(arguments.passwordFile);
    return arguments.passwordFromStdin ? readPasswordLine() : Result<Secret>(Secret());
}

Result<Secret> readPasswordLine()
{
    QByteArray bytes;
    // Byte by byte: what follows the line belongs to whoever reads standard input next.
    for (char byte = 0; bytes.size() < maxPassword && byte != '\n';) {
        const ssize_t got = ::read(STDIN_FILENO, &byte, 1);
        if (got < 0 && errno == EINTR)
            return Error::cancelled();
        if (got < 0)
            return fileError(Cause::LocalFile, u"standard input"_s);
        if (got == 0)
            break;
        bytes += byte;
    }
    return firstLine(bytes);
}
