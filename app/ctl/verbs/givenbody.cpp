#include "ctl/verbs/givenbody.h"

#include "protocol/inputs.h"

#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxInput = 32 << 20;

Error fileError(const QString &message, const QString &path)
{
    return Error::of(Error::Kind::Local, Cause::LocalFile, message, FileDetails{.path = path});
}

Result<QByteArray> readAll(QFile &file, const QString &path)
{
    QByteArray bytes = file.read(maxInput + 1);
    if (file.error() != QFileDevice::NoError)
        return fileError(file.errorString(), path);
    if (bytes.size() > maxInput)
        return fileError(u"the file has more than 32 MiB"_s, path);
    return bytes;
}

Result<QByteArray> readStandardInput()
{
    QFile file;
    if (!file.open(stdin, QIODevice::ReadOnly))
        return fileError(file.errorString(), u"standard input"_s);
    return readAll(file, u"standard input"_s);
}

/// Reads files as inputs name them; the standard input once.
InputFile inputFiles()
{
    return [taken = false](const QString &path) mutable -> Result<QByteArray> {
        if (path == "-"_L1) {
            if (std::exchange(taken, true)) {
                return Error::of(Error::Kind::Local, Cause::LocalUsage,
                                 u"standard input can be read once only"_s);
            }
            return readStandardInput();
        }
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return fileError(file.errorString(), path);
        return readAll(file, path);
    };
}

} // namespace

Result<GivenBody> givenBody(const Arguments &arguments, const QStringList &words)
{
    GivenBody body;
    const InputFile file = inputFiles();
    if (!arguments.input.isEmpty()) {
        const auto bytes = file(arguments.input);
        if (!bytes)
            return bytes.error();
        const auto whole = representationFromXml(*bytes);
        if (!whole)
            return whole.error();
        body.whole = *whole;
    }
    const auto patches = parseInputs(words, file);
    if (!patches)
        return patches.error();
    body.patches = *patches;
    return body;
}
