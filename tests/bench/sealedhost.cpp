#include "bench/sealedhost.h"

#include "auth/sealedmessage.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <gssapi/gssapi_ext.h>
#include <pthread.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype ntlmHeader = 16;

QByteArray bytesOf(const gss_buffer_desc &buffer)
{
    return {static_cast<const char *>(buffer.value), qsizetype(buffer.length)};
}

gss_buffer_desc bufferOf(const QByteArray &bytes)
{
    return {std::size_t(bytes.size()), const_cast<char *>(bytes.constData())};
}

/// The value of a field; empty without one.
QByteArray fieldOf(const QByteArray &head, const QByteArray &name)
{
    const qsizetype at = head.indexOf("\r\n" + name + ": ");
    return at < 0 ? QByteArray() : head.mid(at + name.size() + 4).split('\r').first();
}

QByteArray envelopeFor(const QByteArray &question, qsizetype size)
{
    const qsizetype from = question.indexOf("MessageID>") + 10;
    const QByteArray id = question.mid(from, question.indexOf('<', from) - from);
    QByteArray text = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
                      "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"><s:Header>"
                      "<a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/GetResponse"
                      "</a:Action><a:RelatesTo>"
        + id + "</a:RelatesTo></s:Header><s:Body><p:Items xmlns:p=\"http://example.com/items\">";
    text.reserve(size + 256);
    for (int i = 0; text.size() < size; ++i)
        text += "<p:Item><p:Name>Service " + QByteArray::number(i)
            + "</p:Name><p:State>Running</p:State><p:StartMode>Auto</p:StartMode></p:Item>";
    return text + "</p:Items></s:Body></s:Envelope>";
}

/// The host's end of one connection.
class Acceptor
{
public:
    explicit Acceptor(qsizetype size)
        : m_size(size)
    { }
    ~Acceptor()
    {
        OM_uint32 minor = 0;
        gss_delete_sec_context(&minor, &m_context, GSS_C_NO_BUFFER);
    }

    void read(QTcpSocket &socket)
    {
        m_bytes += socket.readAll();
        const qsizetype end = m_bytes.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QByteArray head = m_bytes.left(end + 2);
        const qsizetype length = fieldOf(head, "Content-Length").toLongLong();
        if (m_bytes.size() < end + 4 + length)
            return;
        const QByteArray body = m_bytes.mid(end + 4, length);
        m_bytes.clear();
        socket.write(answer(head, body));
    }

private:
    static QByteArray reply(int status, const QByteArray &fields, const QByteArray &body = {})
    {
        return "HTTP/1.1 " + QByteArray::number(status) + " R\r\n" + fields
            + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }

    QByteArray answer(const QByteArray &head, const QByteArray &body)
    {
        const QByteArray authorization = fieldOf(head, "Authorization");
        if (!authorization.isEmpty())
            return accept(authorization);
        const QByteArray type = fieldOf(head, "Content-Type");
        if (!isSealedContentType(type))
            return reply(200, "Content-Type: application/soap+xml;charset=UTF-8\r\n",
                         envelopeFor(body, m_size));
        const auto message = readSealedBody(type, body);
        if (!message)
            return reply(400, {});
        const QByteArray plain = open(message->parts);
        const SealedParts sealed = seal(envelopeFor(plain, m_size));
        return reply(200, "Content-Type: " + sealedContentType(m_scheme) + "\r\n",
                     writeSealedBody(m_scheme, "UTF-8", sealed));
    }

    QByteArray accept(const QByteArray &authorization)
    {
        const QByteArray name = authorization.split(' ').first();
        m_scheme = name == "Kerberos" ? HttpScheme::Kerberos : HttpScheme::Negotiate;
        const QByteArray token = QByteArray::fromBase64(authorization.mid(name.size() + 1));
        gss_buffer_desc in = bufferOf(token), out = GSS_C_EMPTY_BUFFER;
        OM_uint32 minor = 0;
        const OM_uint32 major = gss_accept_sec_context(
            &minor, &m_context, GSS_C_NO_CREDENTIAL, &in, GSS_C_NO_CHANNEL_BINDINGS, nullptr,
            &m_mechanism, &out, nullptr, nullptr, nullptr);
        const QByteArray back = bytesOf(out).toBase64();
        gss_release_buffer(&minor, &out);
        const QByteArray field = "WWW-Authenticate: " + name + (back.isEmpty() ? "" : " ") + back
            + "\r\n";
        return reply(major == GSS_S_COMPLETE ? 200 : 401, field);
    }

    QByteArray open(const SealedParts &parts)
    {
        const QByteArray whole = parts.header + parts.data;
        gss_buffer_desc in = bufferOf(whole), out = GSS_C_EMPTY_BUFFER;
        OM_uint32 minor = 0;
        gss_unwrap(&minor, m_context, &in, &out, nullptr, nullptr);
        const QByteArray plain = bytesOf(out);
        gss_release_buffer(&minor, &out);
        return plain;
    }

    SealedParts seal(QByteArray plain)
    {
        OM_uint32 minor = 0;
        const qsizetype size = plain.size();
        gss_iov_buffer_desc iov[] = {
            {GSS_IOV_BUFFER_TYPE_HEADER | GSS_IOV_BUFFER_FLAG_ALLOCATE, GSS_C_EMPTY_BUFFER},
            {GSS_IOV_BUFFER_TYPE_DATA, {std::size_t(size), plain.data()}},
            {GSS_IOV_BUFFER_TYPE_PADDING | GSS_IOV_BUFFER_FLAG_ALLOCATE, GSS_C_EMPTY_BUFFER}};
        if (gss_wrap_iov(&minor, m_context, 1, GSS_C_QOP_DEFAULT, nullptr, iov, 3)
            == GSS_S_COMPLETE) {
            const SealedParts parts{bytesOf(iov[0].buffer), plain + bytesOf(iov[2].buffer), size};
            gss_release_iov_buffer(&minor, iov, 3);
            return parts;
        }
        gss_buffer_desc in = bufferOf(plain), out = GSS_C_EMPTY_BUFFER; // NTLM has no iov
        gss_wrap(&minor, m_context, 1, GSS_C_QOP_DEFAULT, &in, nullptr, &out);
        const QByteArray whole = bytesOf(out);
        gss_release_buffer(&minor, &out);
        return {whole.left(ntlmHeader), whole.mid(ntlmHeader), size};
    }

    const qsizetype m_size;
    QByteArray m_bytes;
    HttpScheme m_scheme = HttpScheme::Negotiate;
    gss_ctx_id_t m_context = GSS_C_NO_CONTEXT;
    gss_OID m_mechanism = GSS_C_NO_OID;
};

} // namespace

SealedHost::SealedHost(qsizetype size)
    : m_size(size)
{
    start();
}

SealedHost::~SealedHost()
{
    quit();
    wait();
}

quint16 SealedHost::waitForPort()
{
    m_port.wait(-1);
    return quint16(m_port);
}

qint64 SealedHost::cpuTime() const
{
    timespec now{};
    ::clock_gettime(m_clock, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

void SealedHost::run()
{
    QTcpServer server;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        while (QTcpSocket *socket = server.nextPendingConnection()) {
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            const auto acceptor = std::make_shared<Acceptor>(m_size);
            QObject::connect(socket, &QTcpSocket::readyRead, socket,
                             [socket, acceptor] { acceptor->read(*socket); });
        }
    });
    server.listen(QHostAddress::LocalHost);
    ::pthread_getcpuclockid(::pthread_self(), &m_clock);
    m_port = server.serverPort();
    m_port.notify_all();
    exec();
}
