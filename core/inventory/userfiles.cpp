#include "inventory/userfiles.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxFiles = 64;
constexpr int maxName = 256;

} // namespace

Error wrongFile(const QString &reason, const QString &path)
{
    return path.isEmpty()
        ? Error::of(Error::Kind::Local, Cause::LocalFile, reason)
        : Error::of(Error::Kind::Local, Cause::LocalFile, reason, FileDetails{.path = path});
}

Result<QByteArray> readBounded(const QString &path, qsizetype limit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return wrongFile(file.errorString(), path);
    return file.read(limit + 1);
}

std::vector<Error> readUserFiles(const QString &folder, qsizetype limit,
                                 const std::function<Done(const QByteArray &)> &take)
{
    std::vector<Error> problems;
    const QDir dir(folder);
    QStringList names = dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    if (names.size() > maxFiles) {
        problems.push_back(wrongFile(u"only the first %1 files are read"_s.arg(maxFiles), folder));
        names = names.first(maxFiles);
    }
    for (const QString &name : names) {
        const QString path = dir.filePath(name);
        const auto bytes = readBounded(path, limit);
        if (!bytes) {
            problems.push_back(bytes.error());
        } else if (const Done taken = take(*bytes); !taken) {
            problems.push_back(wrongFile(taken.error().message, path));
        }
    }
    return problems;
}

QString userDataFolder(const QString &name)
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + u"/winrm-console/"_s + name;
}

bool isClassName(const QString &text)
{
    static const QRegularExpression name(u"\\A[A-Za-z_][A-Za-z0-9_]{0,255}\\z"_s);
    return name.match(text).hasMatch();
}

bool isCimNamespace(const QString &text)
{
    static const QRegularExpression path(u"\\A[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*\\z"_s);
    return text.size() <= maxName && path.match(text).hasMatch();
}

bool isOneLine(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.isPrint(); });
}
