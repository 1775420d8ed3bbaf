#include "ctl/verbs/deleteverb.h"

#include "session/deleteoperation.h"

using namespace Qt::StringLiterals;

void DeleteVerb::send()
{
    auto *operation = new DeleteOperation(&session(), resource());
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        if (outcome.error)
            endWith(outcome.error);
        else if (arguments().isRaw())
            answer({}, u"Deleted"_s, operation->rawReply());
        else
            end(ExitCode::Done);
    });
    operation->start();
}
