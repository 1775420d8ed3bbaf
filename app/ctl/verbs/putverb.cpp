#include "ctl/verbs/putverb.h"

#include "ctl/verbs/configtypes.h"
#include "ctl/verbs/schemalookup.h"
#include "session/changeoperation.h"
#include "session/identifyoperation.h"
#include "session/putoperation.h"

using namespace Qt::StringLiterals;

void PutVerb::send()
{
    if (body().whole || !resource().fragmentPath.isEmpty())
        putGiven();
    else if (isConfiguration(resource()))
        change();
    else
        identify();
}

/// How an instance is changed depends on who the host is; one that does not say so is sent all.
void PutVerb::identify()
{
    auto *operation = new IdentifyOperation(&session());
    connect(operation, &Operation::finished, this, [this](const Outcome &outcome) {
        const bool reached = !outcome.error || outcome.error.kind == Error::Kind::Fault
            || outcome.error.kind == Error::Kind::Protocol;
        if (reached)
            change();
        else
            endWith(outcome.error);
    });
    operation->start();
}

void PutVerb::change()
{
    const ChangeParameters parameters{.resource = resource(), .patches = body().patches};
    auto *operation = new ChangeOperation(&session(), parameters);
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        // Said once something was, or may have been, written.
        if ((!outcome.error || outcome.error.maybeExecuted)
            && replacesWholeInstance(operation->way()))
            warn(u"this host takes whole instances: what you did not name was written back as it "
                 "was read"_s);
        if (outcome.error)
            endWith(outcome.error);
        else
            changed(operation);
    });
    operation->start();
}

void PutVerb::changed(ChangeOperation *operation)
{
    if (operation->readBackError())
        warn(u"the change was made, but the host did not show the resource again"_s);
    if (!operation->unapplied().isEmpty())
        warn(u"the host shows other values than those that were sent for %1"_s.arg(
            operation->unapplied().join(u", "_s)));
    const Node after = operation->after().content;
    const Node content = after ? after : operation->reply().node;
    answer(content, resource().className(), operation->rawReply(), types(content));
}

Result<Representation> PutVerb::fragment() const
{
    if (body().whole) {
        if (!body().patches.empty() || body().whole->name == "XmlFragment"_L1)
            return applyPatches(*body().whole, body().patches);
        return fragmentOf({.name = body().whole->name,
                           .ns = body().whole->ns,
                           .values = {body().whole->content}});
    }
    if (body().patches.size() != 1) {
        return Error::of(Error::Kind::Local, Cause::LocalUsage,
                         u"--fragment writes one property: name it once"_s);
    }
    const Patch &patch = body().patches.front();
    if (resource().fragmentPath.endsWith("text()"_L1) && patch.values.size() == 1
        && patch.values.front().kind == Value::Kind::Text)
        return fragmentOfText(patch.values.front().text);
    return fragmentOf(
        {.name = patch.path, .ns = resource().uri, .shape = patch.shape, .values = patch.values});
}

void PutVerb::putGiven()
{
    const auto representation = resource().fragmentPath.isEmpty() ? bodyOver({}, {}) : fragment();
    if (!representation) {
        endWith(representation.error());
        return;
    }
    auto *operation = new PutOperation(&session(),
                                       {.resource = resource(), .representation = *representation});
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        if (outcome.error) {
            endWith(outcome.error);
            return;
        }
        const Node content = operation->reply().node;
        answer(content, resource().className(), operation->rawReply(), types(content));
    });
    operation->start();
}

LeafTypes PutVerb::types(Node content) const
{
    if (!content)
        return {};
    if (isConfiguration(resource()))
        return configurationTypes(resource(), content);
    return schema() ? schemaTypes(schema()->properties) : LeafTypes();
}
