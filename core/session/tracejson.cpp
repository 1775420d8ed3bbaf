#include "session/trace.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxTraceBytes = 256 << 20;
constexpr auto format = "winrm-console-trace"_L1;

QJsonObject toJson(const ExchangeTimes &times)
{
    QJsonObject object;
    const std::pair<QLatin1StringView, qint64> all[] = {{"connected"_L1, times.connected},
                                                        {"encrypted"_L1, times.encrypted},
                                                        {"sent"_L1, times.sent},
                                                        {"firstByte"_L1, times.firstByte},
                                                        {"finished"_L1, times.finished}};
    for (const auto &[name, value] : all) {
        if (value >= 0)
            object.insert(name, value);
    }
    return object;
}

ExchangeTimes timesFrom(const QJsonObject &object)
{
    const auto value = [&](QLatin1StringView name) { return object.value(name).toInteger(-1); };
    return {.connected = value("connected"_L1),
            .encrypted = value("encrypted"_L1),
            .sent = value("sent"_L1),
            .firstByte = value("firstByte"_L1),
            .finished = value("finished"_L1)};
}

TraceEntry entryFrom(const QJsonObject &object)
{
    const auto bytes = [&](QLatin1StringView name) {
        return object.value(name).toString().toUtf8();
    };
    TraceEntry entry;
    entry.id = std::uint64_t(object.value("id"_L1).toInteger());
    entry.operation = std::uint64_t(object.value("operation"_L1).toInteger());
    entry.host = object.value("host"_L1).toString();
    entry.title = object.value("title"_L1).toString();
    entry.action = object.value("action"_L1).toString();
    entry.started = QDateTime::fromString(object.value("started"_L1).toString(), Qt::ISODateWithMs);
    entry.times = timesFrom(object.value("microseconds"_L1).toObject());
    entry.connection = object.value("connection"_L1).toInt();
    entry.status = object.value("status"_L1).toInt();
    entry.sealing = object.value("sealing"_L1).toString();
    entry.bytesSent = object.value("bytesSent"_L1).toInteger();
    entry.bytesReceived = object.value("bytesReceived"_L1).toInteger();
    entry.requestHead = bytes("requestHead"_L1);
    entry.requestBody = bytes("requestBody"_L1);
    entry.replyHead = bytes("replyHead"_L1);
    entry.replyBody = bytes("replyBody"_L1);
    entry.replyCut = object.value("replyCut"_L1).toBool();
    if (const auto cause = causeFromId(object.value("cause"_L1).toString())) {
        const int kind = object.value("kind"_L1).toInt();
        if (kind > int(Error::Kind::None) && kind <= int(Error::Kind::Local))
            entry.error = Error::of(Error::Kind(kind), *cause,
                                    object.value("message"_L1).toString());
    }
    return entry;
}

} // namespace

bool isTrace(const QByteArray &bytes)
{
    return bytes.startsWith('{')
        && bytes.left(4096).contains('"' + QByteArray(format.data(), format.size()) + '"');
}

QByteArray toJsonLine(const TraceEntry &entry)
{
    QJsonObject object{
        {"format"_L1, format},
        {"id"_L1, qint64(entry.id)},
        {"operation"_L1, qint64(entry.operation)},
        {"host"_L1, entry.host},
        {"title"_L1, entry.title},
        {"action"_L1, entry.action},
        {"started"_L1, entry.started.toString(Qt::ISODateWithMs)},
        {"microseconds"_L1, toJson(entry.times)},
        {"connection"_L1, entry.connection},
        {"status"_L1, entry.status},
        {"bytesSent"_L1, entry.bytesSent},
        {"bytesReceived"_L1, entry.bytesReceived},
        {"requestHead"_L1, QString::fromUtf8(entry.requestHead)},
        {"requestBody"_L1, QString::fromUtf8(entry.requestBody)},
        {"replyHead"_L1, QString::fromUtf8(entry.replyHead)},
        {"replyBody"_L1, QString::fromUtf8(entry.replyBody)},
    };
    if (!entry.sealing.isEmpty())
        object.insert("sealing"_L1, entry.sealing);
    if (entry.replyCut)
        object.insert("replyCut"_L1, true);
    if (entry.error) {
        object.insert("kind"_L1, int(entry.error.kind));
        object.insert("cause"_L1, causeId(entry.error.cause));
        object.insert("message"_L1, entry.error.message);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Result<std::vector<TraceEntry>> readTrace(const QByteArray &jsonLines)
{
    if (jsonLines.size() > maxTraceBytes)
        return Error::of(Error::Kind::Protocol, Cause::HttpTooLarge);
    std::vector<TraceEntry> entries;
    int number = 0;
    for (qsizetype from = 0; from < jsonLines.size();) {
        qsizetype end = jsonLines.indexOf('\n', from);
        if (end < 0)
            end = jsonLines.size();
        const QByteArray line = jsonLines.mid(from, end - from).trimmed();
        from = end + 1;
        ++number;
        if (line.isEmpty())
            continue;
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (object.value("format"_L1).toString() != format) {
            return Error::of(Error::Kind::Protocol, Cause::OpenUnknownFormat,
                             u"line %1 is not an exchange of a trace"_s.arg(number));
        }
        entries.push_back(entryFrom(object));
    }
    if (entries.empty())
        return Error::of(Error::Kind::Protocol, Cause::OpenUnknownFormat, u"the trace is empty"_s);
    return entries;
}
