#pragma once

#include "demo/demohost.h"
#include "document/xmlreader.h"

#include <QByteArray>
#include <QFile>
#include <QSslSocket>
#include <QString>
#include <QUuid>

#include <memory>

/// What came back from the demo host: raw HTTP over one socket.
struct RawReply
{
    int status = 0;
    QByteArray head;
    QByteArray body;
    DocumentPtr document; ///< null when the body is no XML
    Node bodyElement;     ///< first element of s:Body

    /// WSManFault/@Code of the outer fault, error_Code of an MSFT_WmiError, else 0.
    quint32 faultCode() const
    {
        if (!document)
            return 0;
        const Node fault = document->root().descendant("WSManFault");
        const std::string_view code = fault ? fault.attribute("Code").value_or("")
                                            : document->root().descendant("error_Code").text();
        return QByteArray(code.data(), qsizetype(code.size())).toUInt();
    }
    QByteArray text(const char *local) const
    {
        if (!document)
            return {};
        const std::string_view view = document->root().descendant(local).trimmedText();
        return {view.data(), qsizetype(view.size())};
    }
    QByteArray header(const QByteArray &name) const
    {
        for (const QByteArray &line : head.split('\n')) {
            const qsizetype colon = line.indexOf(':');
            if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
                return line.mid(colon + 1).trimmed();
        }
        return {};
    }
};

/// One keep-alive connection to a host on 127.0.0.1. It blocks: the host has a thread of its own.
class RawConnection
{
public:
    RawConnection(quint16 port, bool tls)
    {
        m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        if (tls)
            m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
        else
            m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        m_open = tls ? m_socket.waitForEncrypted(5000) : m_socket.waitForConnected(5000);
    }
    bool isOpen() const { return m_open; }
    QSslSocket &socket() { return m_socket; }
    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    RawReply read()
    {
        RawReply reply = readRaw();
        if (const auto document = readXml(reply.body)) {
            reply.document = *document;
            reply.bodyElement = reply.document->root().child("Body").firstChild();
        }
        return reply;
    }
    QByteArray readBody() { return readRaw().body; } ///< without parsing it
    /// True once the host has closed the connection.
    bool isClosedByHost()
    {
        return m_socket.state() == QAbstractSocket::UnconnectedState
            || m_socket.waitForDisconnected(5000);
    }

private:
    RawReply readRaw()
    {
        RawReply reply;
        while (!m_buffer.contains("\r\n\r\n")) {
            if (!more())
                return reply;
        }
        const qsizetype end = m_buffer.indexOf("\r\n\r\n");
        reply.head = m_buffer.left(end);
        m_buffer.remove(0, end + 4);
        reply.status = reply.head.mid(9, 3).toInt();
        if (reply.header("Transfer-Encoding") == "chunked") {
            readChunks(reply);
            return reply;
        }
        const qsizetype length = reply.header("Content-Length").toLongLong();
        while (m_buffer.size() < length) {
            if (!more())
                return reply;
        }
        reply.body = m_buffer.left(length);
        m_buffer.remove(0, length);
        return reply;
    }
    void readChunks(RawReply &reply)
    {
        for (;;) {
            qsizetype line = 0;
            while ((line = m_buffer.indexOf("\r\n")) < 0) {
                if (!more())
                    return;
            }
            const qsizetype size = m_buffer.left(line).toLongLong(nullptr, 16);
            while (m_buffer.size() < line + 2 + size + 2) {
                if (!more())
                    return;
            }
            reply.body += m_buffer.mid(line + 2, size);
            m_buffer.remove(0, line + 2 + size + 2);
            if (size == 0)
                return;
        }
    }
    bool more()
    {
        if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(10000))
            return false;
        m_buffer += m_socket.readAll();
        return true;
    }
    QSslSocket m_socket;
    QByteArray m_buffer;
    bool m_open = false;
};

/// A request, piece by piece, so that a test can leave one out or spoil it.
struct TestEnvelope
{
    QByteArray action = {};
    QByteArray resource = {};
    QByteArray body = {};
    QByteArray selectors = {}; ///< w:Selector elements
    QByteArray more = {};      ///< further headers
    QByteArray replyTo = "<a:ReplyTo><a:Address s:mustUnderstand=\"true\">"
                         "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"
                         "</a:Address></a:ReplyTo>";
    QByteArray messageId = "uuid:" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    QByteArray size = "512000";

    QByteArray bytes() const
    {
        QByteArray out = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                         " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
                         " xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\""
                         " xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\""
                         " xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\">"
                         "<s:Header><a:To>http://127.0.0.1/wsman</a:To>";
        if (!resource.isEmpty())
            out += "<w:ResourceURI s:mustUnderstand=\"true\">" + resource + "</w:ResourceURI>";
        out += replyTo;
        if (!action.isEmpty())
            out += "<a:Action s:mustUnderstand=\"true\">" + action + "</a:Action>";
        if (!size.isEmpty())
            out += "<w:MaxEnvelopeSize s:mustUnderstand=\"true\">" + size + "</w:MaxEnvelopeSize>";
        if (!messageId.isEmpty())
            out += "<a:MessageID>" + messageId + "</a:MessageID>";
        if (!selectors.isEmpty())
            out += "<w:SelectorSet>" + selectors + "</w:SelectorSet>";
        return out + more + "</s:Header><s:Body>" + body + "</s:Body></s:Envelope>";
    }
};

namespace request {
inline const QByteArray cimv2 = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/";
inline const QByteArray config = "http://schemas.microsoft.com/wbem/wsman/1/config";
inline const QByteArray dmtf = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
inline const QByteArray metadata = "http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*";
inline const QByteArray get = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get";
inline const QByteArray enumeration = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/";
inline const QByteArray identify =
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
    "xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
    "<s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>";

inline QByteArray selector(const QByteArray &name, const QByteArray &value)
{
    return "<w:Selector Name=\"" + name + "\">" + value + "</w:Selector>";
}

inline QByteArray enumerateBody(int maxElements, const QByteArray &more = {})
{
    return "<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>" + QByteArray::number(maxElements)
        + "</w:MaxElements>" + more + "</n:Enumerate>";
}

inline QByteArray pullBody(const QByteArray &context, int maxElements)
{
    return "<n:Pull><n:EnumerationContext>" + context + "</n:EnumerationContext><n:MaxElements>"
        + QByteArray::number(maxElements) + "</n:MaxElements></n:Pull>";
}

inline QByteArray wql(const QByteArray &query)
{
    return "<w:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">"
        + QByteArray(query).replace('<', "&lt;") + "</w:Filter>";
}

inline QByteArray post(const QByteArray &body, const QByteArray &headers,
                       const QByteArray &type = "application/soap+xml;charset=UTF-8")
{
    return "POST /wsman HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type + "\r\n" + headers
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

inline QByteArray basic(const QByteArray &user, const QByteArray &password)
{
    return "Authorization: Basic " + (user + ':' + password).toBase64() + "\r\n";
}
inline TestEnvelope enumerateOf(const QByteArray &resource, int maxElements,
                                const QByteArray &more = {})
{
    return {.action = enumeration + "Enumerate",
            .resource = resource,
            .body = enumerateBody(maxElements, more)};
}

inline TestEnvelope getOf(const QByteArray &resource, const QByteArray &selectors = {})
{
    return {.action = get, .resource = resource, .selectors = selectors};
}

inline QByteArray attribute(Node node, const char *name)
{
    const std::string_view value = node.attribute(name).value_or("");
    return {value.data(), qsizetype(value.size())};
}

inline QByteArray text(Node node)
{
    return {node.text().data(), qsizetype(node.text().size())};
}
} // namespace request

/// A demo host with a signed-in connection to it.
struct TestHost
{
    explicit TestHost(const DemoOptions &options)
        : host(options)
    {
        if (const Done done = host.start(); !done)
            qFatal("the demo host does not start: %s", qPrintable(done.error().message));
        QFile file(host.passwordFile());
        if (file.open(QIODevice::ReadOnly))
            password = file.readAll().trimmed();
        connection = std::make_unique<RawConnection>(host.port(), options.tls);
    }
    RawReply exchange(const QByteArray &body)
    {
        connection->send(request::post(body, request::basic("demo", password)));
        return connection->read();
    }
    RawReply exchange(const TestEnvelope &envelope) { return exchange(envelope.bytes()); }
    /// All items of an enumeration, by Pulls with the parameters of its Enumerate. The items point
    /// into `replies`.
    QList<Node> all(const TestEnvelope &first, int maxElements, QList<RawReply> &replies)
    {
        QList<Node> items;
        RawReply reply = exchange(first);
        while (reply.status == 200) {
            replies.append(reply);
            for (Node item : reply.bodyElement.child("Items").children())
                items.append(item);
            if (reply.bodyElement.child("EndOfSequence"))
                return items;
            TestEnvelope pull = first;
            pull.action = request::enumeration + "Pull";
            pull.body = request::pullBody(reply.text("EnumerationContext"), maxElements);
            reply = exchange(pull);
        }
        replies.append(reply);
        return items;
    }

    DemoHost host;
    QByteArray password;
    std::unique_ptr<RawConnection> connection;
};
