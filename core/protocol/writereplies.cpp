#include "protocol/writereplies.h"

#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

Result<PutReply> readPutReply(const Message &reply)
{
    return PutReply{.document = reply.document, .node = reply.content};
}

Result<InvokeReply> readInvokeReply(const Message &reply)
{
    InvokeReply invoke{.document = reply.document, .node = reply.content};
    invoke.parameters = readProperties(reply.content);
    const auto result = std::ranges::find(invoke.parameters, u"ReturnValue"_s, &Property::name);
    if (result == invoke.parameters.end())
        return invoke;
    const Value *const value = result->value();
    if (value && value->kind == Value::Kind::Text) {
        invoke.returnText = value->text.trimmed();
        bool number = false;
        const qlonglong code = invoke.returnText.toLongLong(&number);
        if (number)
            invoke.returnValue = code;
    }
    invoke.parameters.erase(result);
    return invoke;
}

Result<FragmentReply> readFragmentReply(const Message &reply)
{
    if (!reply.content.name().is(ns::wsman, "XmlFragment"))
        return Error::of(Error::Kind::Protocol, Cause::SoapUnexpected,
                         toText(reply.content.localName()));
    return FragmentReply{.document = reply.document,
                         .node = reply.content,
                         .text = toText(reply.content.text()),
                         .properties = readProperties(reply.content)};
}
