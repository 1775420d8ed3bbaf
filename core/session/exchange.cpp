#include "session/exchange.h"

#include "http/httpbody.h"
#include "session/connectionpool.h"
#include "session/trace.h"

namespace {

constexpr qsizetype startSize = 1024;

QByteArray headText(const HttpHead &head)
{
    if (head.status == 0)
        return {};
    QByteArray text = "HTTP/1." + QByteArray::number(head.minorVersion) + ' '
        + QByteArray::number(head.status) + ' ' + head.reason + "\r\n";
    for (const auto &[name, value] : head.headers)
        text += name + ": " + value + "\r\n";
    return text;
}

void appendUpTo(QByteArray &target, const QByteArray &bytes, qsizetype limit)
{
    if (target.size() < limit)
        target += bytes.first(std::min(bytes.size(), limit - target.size()));
}

} // namespace

Exchange::Exchange(ConnectionPool *pool, const Request &request, const Settings &settings,
                   Trace *trace)
    : QObject(pool)
    , m_pool(pool)
    , m_request(request)
    , m_settings(settings)
    , m_trace(trace)
    , m_traceId(trace ? trace->nextId() : 0)
{ }

Exchange::~Exchange() = default;

void Exchange::begin(AccessManager &manager, int connection)
{
    m_connection = connection;
    m_startedAt = QDateTime::currentDateTimeUtc();
    const bool utf16 = m_request.envelope.startsWith("\xff\xfe");
    m_reply = manager.postEnvelope(m_request.envelope, utf16, m_settings.anonymous);
    connect(m_reply, &QIODevice::readyRead, this, &Exchange::read);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::complete);
}

void Exchange::read()
{
    const QByteArray bytes = m_reply->readAll();
    if (bytes.isEmpty())
        return;
    m_received += bytes.size();
    appendUpTo(m_start, bytes, startSize);
    if (m_trace)
        appendUpTo(m_traceBody, bytes, m_trace->bodyLimit());
    if (m_settings.keepBody)
        m_body += bytes;
    Q_EMIT dataReceived(bytes);
}

void Exchange::complete()
{
    if (!m_reply)
        return;
    const QPointer<Exchange> self = this;
    read();
    if (!self || !m_reply)
        return;
    m_head = m_reply->head();
    m_requestSent = m_reply->requestSent();
    Error error = m_reply->wsmanError();
    if (error)
        error = placed(error);
    record(*m_reply, error);
    m_reply->deleteLater();
    m_reply = nullptr;
    m_pool->released(this);
    Q_EMIT finished(error);
    deleteLater();
}

void Exchange::record(const WsmanReply &reply, const Error &error)
{
    if (!m_trace)
        return;
    TraceEntry entry;
    entry.id = m_traceId;
    entry.operation = m_settings.operation;
    entry.host = m_pool->host();
    entry.title = m_settings.title;
    entry.action = m_request.action;
    entry.started = m_startedAt;
    entry.times = reply.times();
    entry.connection = m_connection + 1;
    entry.status = m_head.status;
    entry.sealing = reply.sealing();
    entry.bytesSent = reply.bytesSent();
    entry.bytesReceived = m_received;
    entry.requestHead = reply.requestHead();
    entry.requestBody = m_request.shown.isNull() ? m_request.envelope : m_request.shown;
    entry.replyHead = headText(m_head);
    entry.replyBody = m_traceBody;
    entry.replyCut = m_traceBody.size() < m_received;
    entry.error = error;
    m_trace->add(std::move(entry));
}

void Exchange::cancel()
{
    blockSignals(true);
    if (m_reply) {
        disconnect(m_reply, nullptr, this, nullptr);
        m_head = m_reply->head();
        record(*m_reply, Error::cancelled());
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }
    m_pool->released(this);
    deleteLater();
}

Error Exchange::bodyError() const
{
    const auto error = httpBodyError(m_head, m_start);
    return error ? placed(*error) : Error();
}

Error Exchange::placed(Error error) const
{
    error.exchange = m_traceId;
    if (error.host.isEmpty())
        error.host = m_pool->host();
    return error;
}
