#include "common/error.h"

Error Error::of(Kind kind, Cause cause, const QString &message, ErrorDetails details)
{
    Error error;
    error.kind = kind;
    error.cause = cause;
    error.message = message;
    error.details = std::move(details);
    return error;
}

Error Error::cancelled()
{
    return of(Kind::Cancelled, Cause::Cancelled);
}
