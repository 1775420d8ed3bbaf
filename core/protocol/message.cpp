#include "protocol/message.h"

#include "document/xmlreader.h"
#include "protocol/messagereading.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

using namespace Qt::StringLiterals;

namespace {

void readHeader(Message &message)
{
    for (const Node child : message.header.children()) {
        const std::string_view name = child.localName();
        QString *const field = name == "Action" ? &message.action
            : name == "MessageID"               ? &message.messageId
            : name == "RelatesTo"               ? &message.relatesTo
            : name == "To"                      ? &message.to
            : name == "ResourceURI"             ? &message.resourceUri
                                                : nullptr;
        if (field && field->isNull())
            *field = toText(child.trimmedText());
    }
}

} // namespace

Message toMessage(DocumentPtr document)
{
    Message message{.document = std::move(document)};
    const Node root = message.document ? message.document->root() : Node();
    if (root.localName() != "Envelope") {
        message.content = root;
        return message;
    }
    message.envelope = root;
    message.header = root.child(root.namespaceUri(), "Header");
    message.body = root.child(root.namespaceUri(), "Body");
    message.content = message.body.firstChild();
    readHeader(message);
    return message;
}

bool Message::isFault() const
{
    return body && content.localName() == "Fault" && content.namespaceUri() == body.namespaceUri();
}

Result<Message> readMessage(const QByteArray &bytes)
{
    Result<DocumentPtr> document = readXml(bytes);
    if (!document)
        return document.error();
    return toMessage(std::move(document.value()));
}

Result<Message> requireReply(Result<Message> message, const QString &messageId)
{
    if (!message)
        return message;
    const Message &reply = message.value();
    if (!reply.envelope || reply.envelope.namespaceUri() != ns::soap)
        return Error::of(Error::Kind::Protocol, Cause::SoapNotEnvelope,
                         toText(reply.document->root().localName()));
    if (!messageId.isEmpty() && !reply.relatesTo.isEmpty() && reply.relatesTo != messageId)
        return Error::of(Error::Kind::Protocol, Cause::SoapWrongReply, reply.relatesTo);
    if (reply.isFault())
        return readFault(reply);
    return message;
}

Result<EndpointReference> readCreateReply(const Message &reply)
{
    if (reply.content.localName() != "ResourceCreated")
        return Error::of(Error::Kind::Protocol, Cause::SoapUnexpected,
                         toText(reply.content.localName()));
    const Node wrapped = reply.content.child("EndpointReference");
    const Node reference = wrapped ? wrapped : reply.content;
    if (!isEndpointReference(reference))
        return Error::of(Error::Kind::Protocol, Cause::SoapUnexpected, u"no endpoint reference"_s);
    return readEndpointReference(reference);
}
