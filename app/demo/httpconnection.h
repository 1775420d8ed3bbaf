#pragma once

#include "demo/httplistener.h"

#include <QPointer>

class QTcpSocket;

/// One connection of an HttpListener: reads a request, has it answered, reads the next. It deletes
/// itself when the socket closes.
class HttpConnection final : public QObject
{
    Q_OBJECT
public:
    /// Takes the socket. `waitForTls`: nothing is read before the handshake is over.
    HttpConnection(HttpListener &listener, QTcpSocket *socket, bool tls);
    ~HttpConnection() override;

private:
    void read();
    bool readHead();
    bool checkFraming();
    void answer();
    void ask();
    void refuse(int status);
    void send(HttpAnswer answer);
    void write(HttpAnswer answer);
    QByteArray head(const HttpAnswer &answer) const;
    void next(); ///< reads on, after what may be prepared was
    void noteWritten();
    void finishAnswer();

    HttpListener &m_listener;
    QTcpSocket *m_socket;
    bool m_tls;
    QByteArray m_buffer;
    ListenerRequest m_request;
    qsizetype m_bodyLength = -1; ///< -1: the head is not complete
    bool m_busy = false;         ///< a request is being answered
    bool m_closing = false;
    std::function<void()> m_sent;
};
