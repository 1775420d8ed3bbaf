#include "session/enumerateoperation.h"

#include "session/enumerateprivate.h"

using namespace Qt::StringLiterals;

EnumerateOperation::EnumerateOperation(Session *session, const EnumerateParameters &parameters,
                                       const EnumerateOptions &options)
    : Operation(session, u"Enumerate "_s + shortResource(parameters.resource))
    , d(std::make_unique<Private>(this, parameters, options))
{ }

EnumerateOperation::~EnumerateOperation()
{
    d->dropExchange();
}

const EnumerateParameters &EnumerateOperation::parameters() const
{
    return d->parameters;
}

void EnumerateOperation::run()
{
    d->begin();
}

void EnumerateOperation::hold()
{
    d->held = true;
}

void EnumerateOperation::resume()
{
    if (isRunning())
        d->resume();
}

void EnumerateOperation::abort()
{
    d->dropExchange();
    d->releaseContext();
}

std::uint64_t EnumerateOperation::deliveredRows() const
{
    return d->rows;
}
