#include "ctl/verbs/invokeverb.h"

#include "ctl/verbs/schemalookup.h"
#include "protocol/writerequests.h"
#include "session/invokeoperation.h"
#include "session/writerules.h"

using namespace Qt::StringLiterals;

Done InvokeVerb::prepare()
{
    if (arguments().words.size() < 2) {
        return Error::of(Error::Kind::Local, Cause::LocalUsage,
                         u"invoke takes METHOD RESOURCE, for instance StopService "
                         "wmicimv2/Win32_Service?Name=Spooler"_s);
    }
    if (!isMethodName(method())) {
        return Error::of(Error::Kind::Local, Cause::LocalUsage,
                         u"\"%1\" is no name of a method"_s.arg(method()));
    }
    return WriteVerb::prepare();
}

bool InvokeVerb::onlyReads() const
{
    return isReadMethod(resource(), method());
}

bool InvokeVerb::wantsSchema() const
{
    return WriteVerb::wantsSchema() || !body().patches.empty();
}

const CimMethod *InvokeVerb::described() const
{
    const QString name = method().section(u'/', -1);
    const auto is = [&name](const CimMethod &known) {
        return known.name.compare(name, Qt::CaseInsensitive) == 0;
    };
    if (!schema())
        return nullptr;
    const auto found = std::ranges::find_if(schema()->methods, is);
    return found == schema()->methods.end() ? nullptr : &*found;
}

LeafTypes InvokeVerb::types() const
{
    const CimMethod *known = described();
    if (!known)
        return {};
    std::vector<CimProperty> parameters = known->parameters;
    CimProperty result;
    result.name = u"ReturnValue"_s;
    result.type = known->returnType;
    parameters.push_back(result);
    return schemaTypes(parameters);
}

void InvokeVerb::send()
{
    const CimMethod *known = described();
    Result<Representation> input = Representation();
    if (!body().isEmpty())
        input = bodyOver(emptyInput(resource(), method()),
                         known ? known->parameters : std::vector<CimProperty>());
    if (!input) {
        endWith(input.error());
        return;
    }
    auto *operation = new InvokeOperation(
        &session(), {.resource = resource(), .method = method(), .input = *input});
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        if (outcome.error)
            endWith(outcome.error);
        else
            ran(operation);
    });
    operation->start();
}

void InvokeVerb::ran(InvokeOperation *operation)
{
    const InvokeReply &reply = operation->reply();
    if (reply.returnValue.value_or(0) != 0)
        warn(u"the method ran and returned %1"_s.arg(reply.returnText));
    answer(reply.node, method().section(u'/', -1) + u"_OUTPUT"_s, operation->rawReply(), types());
}
