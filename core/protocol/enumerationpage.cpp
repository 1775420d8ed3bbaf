#include "protocol/enumerationpage.h"

#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

bool isEnumerationResponse(const NameView &name)
{
    return name.is(ns::enumeration, "EnumerateResponse")
        || name.is(ns::enumeration, "PullResponse");
}

bool isItems(const NameView &name)
{
    return name.is(ns::enumeration, "Items") || name.is(ns::wsman, "Items");
}

Node endOfSequence(Node response)
{
    const Node end = response.child(ns::enumeration, "EndOfSequence");
    return end ? end : response.child(ns::wsman, "EndOfSequence");
}

EnumerationPage readPage(const Message &message)
{
    EnumerationPage page;
    page.context = toText(
        message.content.child(ns::enumeration, "EnumerationContext").trimmedText());
    page.endOfSequence = bool(endOfSequence(message.content));
    const Node estimate = message.header.child(ns::wsman, "TotalItemsCountEstimate");
    bool number = false;
    const quint64 total = toText(estimate.trimmedText()).toULongLong(&number);
    if (number)
        page.totalEstimate = total;
    return page;
}
