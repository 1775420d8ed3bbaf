#pragma once

#include "http/httprequest.h"
#include "transport/accessmanager.h"

#include <QElapsedTimer>

#include <deque>

/// The reply that HostChannel fills. It holds at most unreadLimit() bytes that nobody has read;
/// then the socket is not read on.
class SocketReply final : public WsmanReply
{
    Q_OBJECT
public:
    static constexpr qint64 maxUnread = 8 << 20;

    SocketReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request,
                HttpRequest http, QObject *parent);

    const Error &wsmanError() const override { return m_error; }
    const HttpHead &head() const override { return m_head; }
    ExchangeTimes times() const override { return m_times; }
    int connectionNumber() const override { return m_connection; }
    bool requestSent() const override { return m_requestSent; }
    QByteArray requestHead() const override;
    qint64 bytesSent() const override { return m_bytesSent; }
    QString sealing() const override { return m_sealing; }

    void abort() override;
    void close() override;
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override;
    void setReadBufferSize(qint64 size) override;

    /// What is to be sent, without Authorization.
    const HttpRequest &http() const { return m_http; }
    /// An Identify without sign-in.
    bool isAnonymous() const;
    bool isDone() const { return m_done; }
    bool isFull() const { return m_unread >= unreadLimit(); }

    void startClock();
    void mark(qint64 ExchangeTimes::*moment);
    void setConnection(int number) { m_connection = number; }
    void setRequestSent() { m_requestSent = true; }
    void setSealing(const QString &sealing) { m_sealing = sealing; }
    void addBytesSent(qint64 bytes) { m_bytesSent += bytes; }
    void setHead(const HttpHead &head);    ///< emits metaDataChanged
    void addBody(const QByteArray &bytes); ///< emits readyRead
    void finishLater(const Error &error);  ///< `finished` follows from the event loop

Q_SIGNALS:
    void cancelled(); ///< abort() or close() before the end
    void drained();   ///< no longer full

protected:
    qint64 readData(char *data, qint64 maxSize) override;

private:
    qint64 unreadLimit() const;
    void deliverEnd(const Error &error);
    void dropBody();

    HttpRequest m_http;
    HttpHead m_head;
    Error m_error;
    ExchangeTimes m_times;
    QElapsedTimer m_clock;
    std::deque<QByteArray> m_pieces;
    qsizetype m_pieceRead = 0; ///< bytes of the first piece that are gone
    qint64 m_unread = 0;
    qint64 m_bytesSent = 0;
    QString m_sealing;
    int m_connection = 0;
    bool m_requestSent = false;
    bool m_done = false; ///< nothing more comes but `finished`
};
