#include "models/filecontent.h"

#include "export/importer.h"
#include "protocol/enumerationreader.h"
#include "protocol/message.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 256ll << 20;

FileContent failed(Error::Kind kind, Cause cause, const QString &message, const QString &path)
{
    FileContent content;
    content.error = Error::of(kind, cause, message, FileDetails{path, 0});
    return content;
}

/// The body of a raw HTTP reply, or all of it.
QByteArray withoutHead(const QByteArray &bytes)
{
    if (!bytes.startsWith("HTTP/1."))
        return bytes;
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    return end < 0 ? QByteArray() : bytes.mid(end + 4);
}

/// A tag first, or the byte order mark of UTF-16.
bool looksLikeXml(QByteArrayView bytes)
{
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes = bytes.sliced(3);
    for (const char c : bytes) {
        if (c == '<' || uchar(c) >= 0xfe)
            return true;
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return false;
    }
    return false;
}

FileContent fromExport(const QByteArray &bytes)
{
    FileContent content;
    auto imported = readExport(bytes);
    if (!imported) {
        content.error = imported.error();
        return content;
    }
    content.document = imported->document;
    if (content.document)
        content.root = content.document->root();
    content.rows = imported->rows;
    return content;
}

FileContent fromTrace(const QByteArray &bytes)
{
    FileContent content{.kind = FileContent::Kind::Trace};
    auto exchanges = readTrace(bytes);
    if (!exchanges) {
        content.error = exchanges.error();
        return content;
    }
    content.exchanges = std::move(*exchanges);
    for (const TraceEntry &entry : content.exchanges) {
        if (!entry.host.isEmpty() && !content.hosts.contains(entry.host))
            content.hosts.append(entry.host);
        const QDateTime started = entry.started.toLocalTime();
        if (!content.from.isValid() || started < content.from)
            content.from = started;
        if (!content.until.isValid() || started > content.until)
            content.until = started;
    }
    return content;
}

FileContent fromMessage(const QByteArray &bytes)
{
    FileContent content;
    auto message = readMessage(bytes);
    if (!message) {
        content.error = message.error();
        return content;
    }
    if (!message->envelope) {
        FileContent exported = fromExport(bytes);
        if (!exported.error)
            return exported;
    }
    content.document = message->document;
    content.action = message->action;
    // A reply is addressed to "anonymous", which is a URL as well.
    const QString host = QUrl(message->to).host();
    if (!host.isEmpty() && !message->to.endsWith(u"/anonymous"_s))
        content.hosts.append(host);
    content.kind = message->isFault() ? FileContent::Kind::Fault
        : message->envelope           ? FileContent::Kind::Message
                                      : FileContent::Kind::Fragment;
    content.root = message->content ? message->content : message->document->root();
    const std::string_view name = message->content.localName();
    if (name == "EnumerateResponse" || name == "PullResponse") {
        if (auto rows = readRows(*message); rows && rows->rows.rowCount() > 0)
            content.rows = rows->rows;
    }
    return content;
}

} // namespace

FileContent readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        const bool denied = file.error() == QFileDevice::PermissionsError;
        return failed(Error::Kind::Local, denied ? Cause::LocalFilePermission : Cause::LocalFile,
                      file.errorString(), path);
    }
    if (file.size() > largestFile)
        return failed(Error::Kind::Local, Cause::HttpTooLarge, {}, path);
    const QByteArray all = file.readAll();
    const QByteArray bytes = withoutHead(all);
    FileContent content = isTrace(bytes) ? fromTrace(bytes)
        : looksLikeXml(bytes)            ? fromMessage(bytes)
                                         : fromExport(bytes);
    if (content.error.cause == Cause::OpenUnknownFormat)
        content.error.details = FileDetails{path, 0}; // the sentence names it
    content.bytes = all.size();
    content.modified = QFileInfo(file).lastModified();
    return content;
}
