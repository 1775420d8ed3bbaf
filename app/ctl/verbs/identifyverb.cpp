#include "ctl/verbs/identifyverb.h"

#include "session/identifyoperation.h"

using namespace Qt::StringLiterals;

Done IdentifyVerb::prepare()
{
    if (!arguments().words.isEmpty())
        return Error::of(Error::Kind::Local, Cause::LocalUsage,
                         u"unexpected word: %1"_s.arg(arguments().words.first()));
    return {};
}

bool IdentifyVerb::identifyOnly() const
{
    return arguments().authentication == Authentication::None
        || (!arguments().hasUser && arguments().profile.isEmpty());
}

void IdentifyVerb::ask()
{
    // A ticket is not shown to whom nobody asked to sign in.
    const bool anonymous = effectiveAuthentication(session().options()) == Authentication::None;
    auto *operation = new IdentifyOperation(&session(), anonymous);
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        if (outcome.error)
            endWith(outcome.error);
        else
            writeDocument(operation->reply().node, operation->rawReply());
    });
    operation->start();
}
