#pragma once

#include "session/operation.h"

/// Exit codes of winrmctl: stable, scripts depend on them.
enum class ExitCode {
    Done = 0,
    Usage = 1,
    Connection = 2, ///< DNS, refused, connect timeout, no common TLS
    Certificate = 3,
    Authentication = 4,
    Fault = 5,
    Deadline = 6, ///< our own, after connecting
    NotOurs = 7,  ///< the reply (or opened file) is not ours
    Partial = 8,  ///< stopped after at least one row
    Local = 9,    ///< file or keychain
    Interrupted = 130,
};

ExitCode exitCodeFor(const Error &error);
ExitCode exitCodeFor(const Outcome &outcome); ///< a cap that was reached is Done
