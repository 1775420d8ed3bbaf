#pragma once

#include "common/result.h"
#include "document/document.h"
#include "document/rowset.h"
#include "protocol/endpointreference.h"

#include <QString>
#include <QStringList>

/// A SOAP envelope or, for saved messages, a body fragment, read from bytes. Everything else is a
/// view into `document`.
struct Message
{
    DocumentPtr document;
    Node envelope; ///< null for a fragment
    Node header;   ///< null when there is none
    Node body;     ///< null for a fragment
    Node content;  ///< first element of the body; the root of a fragment
    QString action, messageId, relatesTo, to, resourceUri; ///< trimmed; empty when absent
    bool isFault() const;
};

/// Reads one message. UTF-8 or UTF-16. Kind::Protocol when the bytes are not XML (XmlReader's
/// causes). A root element that is no Envelope gives a fragment, not an error. An Envelope of any
/// namespace is read (saved documentation has them damaged); requireReply takes SOAP 1.2 only.
Result<Message> readMessage(const QByteArray &bytes);

/// The operations' reading of a reply: Cause::SoapNotEnvelope for all but a SOAP 1.2 envelope; the
/// fault as
/// Kind::Fault when it is one; Cause::SoapWrongReply when RelatesTo is there and is not `messageId`
/// (byte for byte; an empty `messageId` asks for nothing).
Result<Message> requireReply(Result<Message> message, const QString &messageId);

/// The Error of a fault message: Kind::Fault, a Cause by subcode and code, details FaultDetails.
/// Every shape: WSManFault, ProviderFault (nested), MSFT_WmiError, OMI_Error, CIM_Error, reason
/// only, nothing. Source: MS-WSMV 2.2.4.43, DSP0226 14, protocol notes on recorded servers.
Error readFault(const Message &message);

struct IdentifyReply
{
    QString protocolVersion, vendor, version;
    QStringList securityProfiles; ///< URIs
    QString server; ///< the HTTP header of the reply, set by who received it; empty without one
    DocumentPtr document;
    Node node; ///< IdentifyResponse: devices add elements of their own
    /// Stack number of a Windows version text ("OS: 10.0.20348 SP: 0.0 Stack: 3.0"), 0 when it has
    /// none.
    double windowsStack() const;
    bool isWindows() const; ///< by vendor
};
Result<IdentifyReply> readIdentifyReply(const Message &reply);

/// x:ResourceCreated: the reference stands in it directly, or wrapped in a:EndpointReference.
Result<EndpointReference> readCreateReply(const Message &reply);
