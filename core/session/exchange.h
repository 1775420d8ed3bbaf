#pragma once

#include "common/error.h"
#include "protocol/request.h"
#include "session/operation.h"
#include "transport/accessmanager.h"

#include <QObject>
#include <QPointer>

class ConnectionPool;
class Trace;

/// One request and its reply on a connection of the pool: what an operation asks for, without
/// knowing which socket carries it. Made by ConnectionPool::send; deletes itself after `finished`.
class Exchange final : public QObject
{
    Q_OBJECT
public:
    struct Settings
    {
        QString title; ///< for the trace
        std::uint64_t operation = 0;
        Operation::Priority priority = Operation::Priority::Interactive;
        int connection = -1; ///< index of the pool's connection it must use, or -1: any
        bool anonymous = false;
        bool keepBody = true; ///< collect the reply for body(); else only `received` tells
    };

    ~Exchange() override;
    const QByteArray &body() const { return m_body; }   ///< the whole reply, with keepBody
    const QByteArray &start() const { return m_start; } ///< its first KiB
    qint64 received() const { return m_received; }
    const HttpHead &head() const { return m_head; } ///< once finished
    int connection() const { return m_connection; } ///< index in the pool; -1 while waiting
    bool requestSent() const                        ///< bytes of it have left
    {
        return m_reply ? m_reply->requestSent() : m_requestSent;
    }
    std::uint64_t traceId() const { return m_traceId; }
    /// Ends it at once without a signal; the connection it used is closed.
    void cancel();
    /// What the reply was if it was no SOAP (HTML, 404, empty ...), by its head and first bytes;
    /// None if it may be SOAP.
    Error bodyError() const;
    /// `error` with what is known here: host and exchange id.
    Error placed(Error error) const;

Q_SIGNALS:
    void dataReceived(const QByteArray &bytes);
    void finished(const Error &error); ///< None: a complete HTTP reply, whatever its status

private:
    friend class ConnectionPool;
    Exchange(ConnectionPool *pool, const Request &request, const Settings &settings, Trace *trace);
    void begin(AccessManager &manager, int connection);
    void read();
    void complete();
    void record(const WsmanReply &reply, const Error &error);

    ConnectionPool *m_pool;
    Request m_request;
    Settings m_settings;
    Trace *m_trace;
    QPointer<WsmanReply> m_reply;
    QDateTime m_startedAt;
    int m_connection = -1;
    HttpHead m_head;
    QByteArray m_body;
    QByteArray m_start;
    QByteArray m_traceBody;
    qint64 m_received = 0;
    bool m_requestSent = false;
    std::uint64_t m_traceId = 0;
};
