#include "ctl/exitcode.h"

ExitCode exitCodeFor(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::None:
        return ExitCode::Done;
    case Error::Kind::Cancelled:
        return ExitCode::Interrupted;
    case Error::Kind::Connection:
        return ExitCode::Connection;
    case Error::Kind::Timeout:
        return error.cause == Cause::NetTimeout ? ExitCode::Connection : ExitCode::Deadline;
    case Error::Kind::Certificate:
        return ExitCode::Certificate;
    case Error::Kind::Authentication:
        return ExitCode::Authentication;
    case Error::Kind::Fault:
        return ExitCode::Fault;
    case Error::Kind::Protocol:
        return ExitCode::NotOurs;
    case Error::Kind::Local:
        break;
    }
    switch (error.cause) {
    case Cause::LocalUsage:
    case Cause::LocalNoPassword:
    case Cause::OptionsRefused:
    case Cause::OptionsClearText:
    case Cause::OptionsSecretClearText:
    case Cause::OptionsReadOnly:
    case Cause::AuthBasicOverHttp:
    case Cause::AuthUnverifiedHost:
    case Cause::ExportFormat:
        return ExitCode::Usage;
    default:
        return ExitCode::Local;
    }
}

ExitCode exitCodeFor(const Outcome &outcome)
{
    if (outcome.error && outcome.rows > 0)
        return ExitCode::Partial;
    return exitCodeFor(outcome.error);
}
