#include "demo/httplistener.h"

#include "demo/httpconnection.h"

#include <QSslKey>
#include <QSslSocket>

using namespace Qt::StringLiterals;

QByteArray ListenerRequest::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

HttpListener::HttpListener(HttpHandler &handler, QObject *parent)
    : QTcpServer(parent)
    , m_handler(handler)
{ }

Done HttpListener::listenOn(quint16 port)
{
    if (listen(QHostAddress(QHostAddress::LocalHost), port))
        return {};
    return Error::of(Error::Kind::Local, Cause::LocalUsage,
                     u"port %1: %2"_s.arg(port).arg(errorString()));
}

void HttpListener::incomingConnection(qintptr descriptor)
{
    QTcpSocket *socket = m_tls ? new QSslSocket(this) : new QTcpSocket(this);
    if (!socket->setSocketDescriptor(descriptor) || m_open >= m_limits.maxConnections) {
        delete socket;
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (m_tls) {
        auto *ssl = static_cast<QSslSocket *>(socket);
        ssl->setSslConfiguration(*m_tls);
        ssl->startServerEncryption();
    }
    ++m_open;
    auto *connection = new HttpConnection(*this, socket, m_tls.has_value());
    connection->setParent(this);
    connect(connection, &QObject::destroyed, this, [this] { --m_open; });
}
