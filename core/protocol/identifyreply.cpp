#include "protocol/message.h"
#include "protocol/xmltext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

QString childText(Node parent, std::string_view name)
{
    return toText(parent.child(name).trimmedText());
}

} // namespace

Result<IdentifyReply> readIdentifyReply(const Message &reply)
{
    // The namespace is compared by nobody: MS-WSMV prints "identify" in it, hosts send "identity".
    if (reply.content.localName() != "IdentifyResponse")
        return Error::of(Error::Kind::Protocol, Cause::SoapUnexpected,
                         toText(reply.content.localName()));
    IdentifyReply identify{.document = reply.document, .node = reply.content};
    identify.protocolVersion = childText(reply.content, "ProtocolVersion");
    identify.vendor = childText(reply.content, "ProductVendor");
    identify.version = childText(reply.content, "ProductVersion");
    // The profiles stand in SecurityProfiles, or without it (DSP0226 12.2 has no wrapper).
    const Node wrapper = reply.content.child("SecurityProfiles");
    for (const Node profile : (wrapper ? wrapper : reply.content).children()) {
        if (profile.localName() == "SecurityProfileName")
            identify.securityProfiles.append(toText(profile.trimmedText()));
    }
    return identify;
}

double IdentifyReply::windowsStack() const
{
    static const QRegularExpression stack(u"\\bStack:\\s*(\\d{1,3}(?:\\.\\d{1,3})?)"_s);
    const QRegularExpressionMatch match = stack.match(version);
    return match.hasMatch() ? match.captured(1).toDouble() : 0;
}

bool IdentifyReply::isWindows() const
{
    return vendor.startsWith(u"Microsoft"_s, Qt::CaseInsensitive);
}
