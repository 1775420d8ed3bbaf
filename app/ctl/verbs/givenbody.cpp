#include "ctl/verbs/givenbody.h"

#include "ctl/password.h"
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

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(file.errorString(), path);
    return readAll(file, path);
}

/// Reads files as inputs name them; the standard input once.
InputFiles inputFiles()
{
    const auto once = [taken = std::make_shared<bool>(false)]() -> Done {
        if (std::exchange(*taken, true)) {
            return Error::of(Error::Kind::Local, Cause::LocalUsage,
                             u"standard input can be read once only"_s);
        }
        return {};
    };
    const auto text = [once](const QString &path) -> Result<QByteArray> {
        if (path != "-"_L1)
            return readFile(path);
        const Done first = once();
        return first ? readStandardInput() : first.error();
    };
    const auto secret = [once](const QString &path) -> Result<Secret> {
        if (path != "-"_L1)
            return readPasswordFile(path);
        const Done first = once();
        return first ? readPasswordLine() : first.error();
    };
    return {text, secret};
}

} // namespace

Result<GivenBody> givenBody(const Arguments &arguments, const QStringList &words)
{
    GivenBody body;
    const InputFiles files = inputFiles();
    if (!arguments.input.isEmpty()) {
        const auto bytes = files.text(arguments.input);
        if (!bytes)
            return bytes.error();
        const auto whole = representationFromXml(*bytes);
        if (!whole)
            return whole.error();
        body.whole = *whole;
    }
    const auto patches = parseInputs(words, files);
    if (!patches)
        return patches.error();
    body.patches = *patches;
    return body;
}
