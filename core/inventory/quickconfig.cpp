#include "inventory/quickconfig.h"

#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView inputEnd("_INPUT");

ResourceLocator service()
{
    return {.uri = toText(uri::config) + u"/service"_s};
}

QString text(const InvokeReply &reply, QStringView name)
{
    const Property *const property = findProperty(reply.parameters, name);
    const Value *const value = property ? property->value() : nullptr;
    return value && value->kind == Value::Kind::Text ? value->text.trimmed() : QString();
}

std::optional<InvokeParameters> remedyIn(const InvokeReply &reply)
{
    for (const Property &property : reply.parameters) {
        const Value *const value = property.value();
        if (!property.name.endsWith(inputEnd) || !property.name.startsWith("Enable"_L1) || !value)
            continue;
        return InvokeParameters{
            .resource = service(),
            .method = property.name.chopped(inputEnd.size()),
            .input = {.name = property.name, .ns = property.ns, .content = *value}};
    }
    return std::nullopt;
}

} // namespace

InvokeParameters analyzeService()
{
    return {.resource = service(),
            .method = u"AnalyzeService"_s,
            .input = emptyInput(service(), u"AnalyzeService"_s)};
}

InvokeParameters analyzeRemoting(bool https, bool force)
{
    Representation input = emptyInput(service(), u"Analyze"_s);
    auto &parameters = input.content.properties;
    const auto add = [&](const QString &name, const Value &value) {
        parameters.push_back({.name = name, .ns = input.ns, .values = {value}});
    };
    add(u"Transport"_s, Value::ofText(https ? u"https"_s : u"http"_s));
    if (force)
        add(u"Force"_s, Value::ofText({}));
    return {.resource = service(), .method = u"Analyze"_s, .input = input};
}

Result<QuickConfigAnalysis> readAnalysis(const InvokeReply &reply)
{
    const Property *const enabled = findProperty(reply.parameters, u"RemotingEnabled");
    const Value *const value = enabled ? enabled->value() : nullptr;
    if (!value || value->kind != Value::Kind::Text)
        return Error::of(Error::Kind::Protocol, Cause::SoapUnexpected,
                         toText(reply.node.localName()));
    QuickConfigAnalysis analysis;
    analysis.enabled = value->text.trimmed().compare("true"_L1, Qt::CaseInsensitive) == 0;
    for (const Attribute &attribute : value->attributes)
        analysis.byPolicy |= attribute.name.name == u"Source" && attribute.value == u"GPO";
    analysis.results = text(reply, u"Results");
    analysis.remedy = remedyIn(reply);
    return analysis;
}

QuickConfigOutcome readRemedy(const InvokeReply &reply)
{
    return {.succeeded = text(reply, u"Status").compare("succeeded"_L1, Qt::CaseInsensitive) == 0,
            .results = text(reply, u"Results")};
}
