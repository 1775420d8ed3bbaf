#pragma once

#include "connection/connectionoptions.h"
#include "peer/cpp/scriptedserver.h"
#include "protocol/message.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

/// A host that cannot be asked for its classes. It knows Identify and one class, if any; everything
/// else it answers with a fault.
class Device
{
public:
    explicit Device(const QByteArray &itsVendor, const QString &itsClass = {})
        : vendor(itsVendor)
        , className(itsClass)
    {
        m_server.setAnswer([this](const ScriptedRequest &request, const ScriptedPeer &peer) {
            const Message message = readMessage(request.body).value();
            const QByteArray body = answer(message);
            peer.reply(envelope(message, body.isEmpty() ? fault() : body),
                       body.isEmpty() ? 500 : 200);
        });
    }
    ConnectionOptions options() const
    {
        return {.host = QStringLiteral("127.0.0.1"),
                .tls = false,
                .port = m_server.port(),
                .authentication = Authentication::None,
                .allowClearText = true};
    }
    const QStringList &asked() const { return m_asked; }

    QByteArray vendor;
    QString className;
    QByteArray subcode = "a:DestinationUnreachable";

private:
    static QByteArray envelope(const Message &request, const QByteArray &body)
    {
        return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
               "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
               "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" "
               "xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\"><s:Header>"
               "<a:RelatesTo>"
            + request.messageId.toUtf8() + "</a:RelatesTo></s:Header><s:Body>" + body
            + "</s:Body></s:Envelope>";
    }
    QByteArray fault() const
    {
        return "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>" + subcode
            + "</s:Value></s:Subcode></s:Code><s:Reason><s:Text>no</s:Text></s:Reason></s:Fault>";
    }
    QByteArray answer(const Message &message)
    {
        if (message.content.localName() == "Identify") {
            m_asked.append(QStringLiteral("Identify"));
            return "<i:IdentifyResponse xmlns:i=\"" + toBytes(ns::identity) + "\"><i:ProductVendor>"
                + vendor + "</i:ProductVendor></i:IdentifyResponse>";
        }
        const QString name = message.resourceUri.section(u'/', -1);
        m_asked.append(name);
        if (message.action != toText(action::enumerate) || className.isEmpty() || name != className)
            return {};
        const QByteArray element = name.toUtf8();
        return "<n:EnumerateResponse><n:EnumerationContext/><w:Items><p:" + element + " xmlns:p=\""
            + message.resourceUri.toUtf8() + "\"><p:Name>one</p:Name></p:" + element
            + "></w:Items><w:EndOfSequence/></n:EnumerateResponse>";
    }

    ScriptedServer m_server;
    QStringList m_asked;
};
