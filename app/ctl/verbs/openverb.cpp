#include "ctl/verbs/openverb.h"

#include "document/documentbuilder.h"
#include "document/rowsetbuilder.h"
#include "export/importer.h"
#include "http/httpreply.h"
#include "protocol/enumerationreader.h"
#include "protocol/summary.h"
#include "session/trace.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxFile = 256 << 20;

bool isHttp(const QByteArray &bytes)
{
    return bytes.startsWith("HTTP/1.");
}

/// JSON by hand where order counts: the columns as they are named, in their order.
QByteArray summaryJson(const Summary &summary)
{
    QByteArray json = "{";
    for (const auto &[name, value] : summary) {
        if (json.size() > 1)
            json += ',';
        const QJsonObject pair{{name, value.isNull() ? QJsonValue() : QJsonValue(value)}};
        const QByteArray text = QJsonDocument(pair).toJson(QJsonDocument::Compact);
        json += text.sliced(1, text.size() - 2);
    }
    return json + "}\n";
}

/// A message of a host is XML too, but what it carries is wanted.
bool isEnvelope(const Imported &file)
{
    return file.document && file.document->root().localName() == "Envelope";
}

bool isEnumeration(const Message &message)
{
    const auto name = message.content.localName();
    return name == "EnumerateResponse" || name == "PullResponse";
}

bool anyReference(const RowSet &rows)
{
    for (std::uint32_t row = 0; row < rows.rowCount(); ++row) {
        if (rows.hasReference(row))
            return true;
    }
    return false;
}

DocumentPtr traceRow(const TraceEntry &entry)
{
    DocumentBuilder row;
    const auto leaf = [&row](std::string_view name, const QString &value) {
        row.leaf({}, name, value.toStdString());
    };
    row.startElement({}, "Exchange");
    leaf("Id", QString::number(entry.id));
    leaf("Started", entry.started.toString(Qt::ISODateWithMs));
    leaf("Host", entry.host);
    leaf("Title", entry.title);
    leaf("Status", QString::number(entry.status));
    leaf("Milliseconds",
         entry.times.finished < 0 ? QString()
                                  : QString::number(double(entry.times.finished) / 1000));
    leaf("BytesSent", QString::number(entry.bytesSent));
    leaf("BytesReceived", QString::number(entry.bytesReceived));
    leaf("Connection", QString::number(entry.connection));
    leaf("Error", entry.error ? QString(causeId(entry.error.cause)) : QString());
    leaf("Request", QString::fromUtf8(entry.requestBody));
    leaf("Reply", QString::fromUtf8(entry.replyBody));
    row.endElement();
    return row.finish();
}

} // namespace

OpenVerb::OpenVerb(const Arguments &arguments)
    : Verb(arguments)
    , m_output(Verb::arguments())
{ }

void OpenVerb::start()
{
    if (arguments().words.size() != 1) {
        Q_EMIT finished(
            fail(Error::of(Error::Kind::Local, Cause::LocalUsage, u"open takes one file"_s)));
        return;
    }
    const auto bytes = readFile();
    Q_EMIT finished(bytes ? open(*bytes) : fail(bytes.error()));
}

Result<QByteArray> OpenVerb::readFile() const
{
    const QString &path = arguments().words.first();
    QFile file(path);
    const bool opened = path == "-"_L1 ? file.open(0, QIODevice::ReadOnly)
                                       : file.open(QIODevice::ReadOnly);
    const FileDetails details{.path = path};
    if (!opened)
        return Error::of(Error::Kind::Local, Cause::LocalFile, file.errorString(), details);
    const QByteArray bytes = file.read(maxFile + 1);
    if (file.error() != QFileDevice::NoError)
        return Error::of(Error::Kind::Local, Cause::LocalFile, file.errorString(), details);
    if (bytes.size() > maxFile)
        return Error::of(Error::Kind::Protocol, Cause::HttpTooLarge, {}, details);
    return bytes;
}

ExitCode OpenVerb::open(const QByteArray &bytes)
{
    if (arguments().summary)
        return summarise(bytes);
    if (isTrace(bytes))
        return printTrace(bytes);
    if (isHttp(bytes)) {
        const auto reply = readHttpReply(bytes);
        return reply ? printMessage(reply->body, bytes) : fail(reply.error());
    }
    if (const auto ours = readExport(bytes); ours && !isEnvelope(*ours)) {
        if (arguments().isRaw())
            return write(bytes);
        return ours->document ? printTree(ours->document->root())
                              : printRows(*ours->rows, anyReference(*ours->rows));
    }
    return printMessage(bytes, bytes);
}

ExitCode OpenVerb::summarise(const QByteArray &bytes)
{
    if (isHttp(bytes)) {
        const auto reply = readHttpReply(bytes);
        if (!reply)
            return fail(reply.error());
        return write(summaryJson(summarize(reply->body, QString::number(reply->head.status))));
    }
    const Summary summary = summarize(bytes);
    const ExitCode written = write(summaryJson(summary));
    const bool wellFormed = !summary.empty() && summary.front().second == "yes"_L1;
    return written == ExitCode::Done && !wellFormed ? ExitCode::NotOurs : written;
}

ExitCode OpenVerb::printMessage(const QByteArray &body, const QByteArray &raw)
{
    const auto message = readMessage(body);
    if (!message) {
        Error error = message.error();
        if (!body.trimmed().startsWith('<') && !body.startsWith("\xff\xfe")
            && !body.startsWith("\xfe\xff"))
            error.cause = Cause::OpenUnknownFormat;
        error.host = arguments().words.first();
        error.details = FileDetails{.path = arguments().words.first()};
        return fail(error);
    }
    if (arguments().isRaw())
        return write(raw);
    if (isEnumeration(*message)) {
        const auto rows = readRows(*message);
        if (rows && rows->rows.rowCount() > 0)
            return printRows(rows->rows, anyReference(rows->rows));
    }
    return printTree(message->content ? message->content : message->document->root());
}

ExitCode OpenVerb::printTrace(const QByteArray &bytes)
{
    const auto entries = readTrace(bytes);
    if (!entries)
        return fail(entries.error());
    RowSetBuilder builder;
    for (const TraceEntry &entry : *entries)
        builder.addRow(traceRow(entry)->root());
    RowSet rows;
    rows.append(builder.takeBatch());
    return printRows(rows, false);
}

ExitCode OpenVerb::printRows(const RowSet &rows, bool references)
{
    if (const Done opened = m_output.open(); !opened)
        return fail(opened.error());
    ExportOptions options = m_output.exportOptions(arguments().words.first());
    options.references = references;
    const auto exporter = RowExporter::create(arguments().exportFormat(), options, m_output.sink());
    Done written = exporter->begin();
    if (written)
        written = exporter->append(rows, 0, rows.rowCount());
    if (written)
        written = exporter->end();
    if (m_output.readerGone())
        return ExitCode::Done;
    if (!written)
        return fail(m_output.error() ? m_output.error() : written.error());
    const Done finished = m_output.finish();
    return finished ? ExitCode::Done : fail(finished.error());
}

ExitCode OpenVerb::printTree(Node root)
{
    return write(exportTree(root, arguments().exportFormat(),
                            m_output.exportOptions(arguments().words.first())));
}

ExitCode OpenVerb::write(const QByteArray &bytes)
{
    if (const Done opened = m_output.open(); !opened)
        return fail(opened.error());
    if (!m_output.write(bytes))
        return m_output.readerGone() ? ExitCode::Done : fail(m_output.error());
    const Done finished = m_output.finish();
    return finished ? ExitCode::Done : fail(finished.error());
}
