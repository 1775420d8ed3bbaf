#include "protocol/question.h"

#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

using namespace Qt::StringLiterals;

namespace {

QString textOf(Node node)
{
    return toText(node.trimmedText());
}

ResourceLocator readResource(const Message &request)
{
    ResourceLocator resource{.uri = request.resourceUri,
                             .selectors = readSelectors(request.header.child("SelectorSet"))};
    for (const Node option : request.header.child("OptionSet").children()) {
        resource.options.push_back({.name = toText(option.attribute("Name").value_or("")),
                                    .value = option.isNil() ? QString() : toText(option.text()),
                                    .type = toText(option.attribute("Type").value_or("")),
                                    .mustComply = option.attribute("MustComply") == "true"});
    }
    return resource;
}

EnumerationMode modeOf(const QString &name)
{
    if (name == "EnumerateEPR"_L1)
        return EnumerationMode::Reference;
    return name == "EnumerateObjectAndEPR"_L1 ? EnumerationMode::ObjectAndReference
                                              : EnumerationMode::Object;
}

} // namespace

std::optional<EnumerateParameters> readQuestion(const Message &request)
{
    EnumerateParameters question{.resource = readResource(request)};
    if (question.resource.uri.isEmpty())
        return std::nullopt;
    if (request.action.endsWith("/transfer/Get"_L1))
        return question;
    if (!request.action.endsWith("/enumeration/Enumerate"_L1))
        return std::nullopt;
    question.mode = modeOf(textOf(request.content.child("EnumerationMode")));
    const Node filter = request.content.child("Filter");
    if (!filter)
        return question;
    question.filter.dialect = toText(filter.attribute("Dialect").value_or(""));
    if (const Node selectors = filter.child("SelectorSet"))
        question.filter.selectors = readSelectors(selectors);
    else if (filter.isLeaf())
        question.filter.text = textOf(filter);
    else
        return std::nullopt;
    return question;
}
