#include "session/enumerateoperation.h"

#include "session/enumerateprivate.h"

using namespace Qt::StringLiterals;

namespace {

/// With the query, which alone tells one question to all classes from another.
QString titleOf(const EnumerateParameters &parameters)
{
    constexpr qsizetype longest = 200;
    const QString title = u"Enumerate "_s + shortResource(parameters.resource);
    const QString query = parameters.filter.text.simplified();
    if (query.isEmpty())
        return title;
    if (query.startsWith(u'<')) // XML, of an association filter
        return title + u", associations"_s;
    return title + u": "_s + (query.size() > longest ? query.left(longest) + u'\u2026' : query);
}

} // namespace

EnumerateOperation::EnumerateOperation(Session *session, const EnumerateParameters &parameters,
                                       const EnumerateOptions &options)
    : Operation(session, titleOf(parameters))
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
