#include "ctl/verbs/openverb.h"

#include "document/documentbuilder.h"
#include "document/rowsetbuilder.h"
#include "export/importer.h"
#include "http/httpreply.h"
#include "protocol/enumerationreader.h"
#include "protocol/summary.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxFile = 256 << 20;

bool isHttp(const QByteArray &bytes)
{
    return bytes.startsWith("HTTP/1.");
}

/// JSON by hand where order counts: the members as they are named, in their order.
QByteArray orderedJson(const std::vector<std::pair<QString, QJsonValue>> &members)
{
    QByteArray json = "{";
    for (const auto &[name, value] : members) {
        if (json.size() > 1)
            json += ',';
        const QByteArray text = QJsonDocument(QJsonObject{{name, value}})
                                    .toJson(QJsonDocument::Compact);
        json += text.sliced(1, text.size() - 2);
    }
    return json + "}\n";
}

QByteArray summaryJson(const Summary &summary)
{
    std::vector<std::pair<QString, QJsonValue>> members;
    for (const auto &[name, value] : summary)
        members.emplace_back(name, value.isNull() ? QJsonValue() : QJsonValue(value));
    return orderedJson(members);
}

bool isFault(const TraceEntry &entry)
{
    if (!entry.replyBody.contains("Fault"))
        return false;
    const auto message = readMessage(entry.replyBody);
    return message && message->isFault();
}

/// What a trace is: how many exchanges of which hosts (in the order they appear), from when to
/// when, how many replies were faults and how many exchanges ended in an error of the connection.
QByteArray summaryJson(const std::vector<TraceEntry> &entries)
{
    QStringList hosts;
    QDateTime first, last;
    int faults = 0;
    int failed = 0;
    for (const TraceEntry &entry : entries) {
        if (!entry.host.isEmpty() && !hosts.contains(entry.host))
            hosts.append(entry.host);
        if (entry.started.isValid() && (!first.isValid() || entry.started < first))
            first = entry.started;
        if (entry.started.isValid() && (!last.isValid() || entry.started > last))
            last = entry.started;
        faults += isFault(entry);
        failed += bool(entry.error);
    }
    const auto time = [](const QDateTime &at) {
        return at.isValid() ? QJsonValue(at.toString(Qt::ISODateWithMs)) : QJsonValue();
    };
    return orderedJson({{u"kind"_s, u"trace"_s},
                        {u"exchanges"_s, qint64(entries.size())},
                        {u"hosts"_s, QJsonArray::fromStringList(hosts)},
                        {u"first"_s, time(first)},
                        {u"last"_s, time(last)},
                        {u"faults"_s, faults},
                        {u"failed"_s, failed}});
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
    if (isTrace(bytes))
        return openTrace(bytes);
    if (arguments().summary)
        return summarise(bytes);
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

ExitCode OpenVerb::openTrace(const QByteArray &bytes)
{
    const auto entries = readTrace(bytes);
    if (!entries)
        return fail(entries.error());
    if (arguments().summary)
        return write(summaryJson(*entries));
    return arguments().isRaw() ? writeReplies(*entries) : printTrace(*entries);
}

/// Numbered as the exchanges are; one that came to no reply leaves its number out.
ExitCode OpenVerb::writeReplies(const std::vector<TraceEntry> &entries)
{
    if (arguments().output.isEmpty() || arguments().output == "-"_L1) {
        return fail(Error::of(Error::Kind::Local, Cause::LocalUsage,
                              u"-f raw writes a file for each reply of a trace: name a folder "
                              "with -o"_s));
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const QByteArray &reply = entries[i].replyBody;
        const Done written = reply.isEmpty()
            ? Done()
            : writeReplyFile(arguments().output, int(i), reply, arguments().force);
        if (!written)
            return fail(written.error());
    }
    return ExitCode::Done;
}

ExitCode OpenVerb::printTrace(const std::vector<TraceEntry> &entries)
{
    RowSetBuilder builder;
    for (const TraceEntry &entry : entries)
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
