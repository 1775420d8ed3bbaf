#include "connection/httpshosts.h"

#include "common/log.h"
#include "connection/privatefile.h"

#include <QFileInfo>
#include <QLockFile>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxBytes = 2 << 20;
constexpr qsizetype maxHosts = 4096;

QByteArrayList readNames(const QString &path)
{
    const auto bytes = readPrivateFile(path, maxBytes);
    if (!bytes) {
        qCWarning(logConnection) << "The list of hosts with HTTPS cannot be read:"
                                 << bytes.error().message;
        return {};
    }
    QByteArrayList names;
    if (*bytes)
        names = (*bytes)->split('\n');
    names.removeAll(QByteArray());
    return names;
}

} // namespace

HttpsHosts::HttpsHosts(const QString &directory)
    : m_path(directory + u"/https-hosts"_s)
{ }

bool HttpsHosts::contains(const QString &name) const
{
    return !name.isEmpty() && readNames(m_path).contains(name.toUtf8());
}

Done HttpsHosts::add(const QString &name)
{
    if (name.isEmpty() || name.size() > 255 || name.contains(u'\n') || contains(name))
        return {};
    if (const Done folder = makePrivateFolder(QFileInfo(m_path).path()); !folder)
        return folder;
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(500))
        return Error::of(Error::Kind::Local, Cause::LocalFile,
                         u"another program holds the list of hosts with HTTPS"_s,
                         FileDetails{.path = m_path});
    QByteArrayList names = readNames(m_path);
    names.removeAll(name.toUtf8());
    names.append(name.toUtf8());
    names = names.mid(std::max<qsizetype>(names.size() - maxHosts, 0));
    return writePrivateFile(m_path, names.join('\n') + '\n');
}
