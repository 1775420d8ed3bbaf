#pragma once

#include "connection/connectionoptions.h"
#include "look/look.h"

#include <QString>

#include <chrono>
#include <vector>

struct PreflightFacts;

/// One line of what is known before a connection is tried.
struct PreflightLine
{
    QString name; ///< stable: "realm", "ticket", "user", "service", "kdc", "names"
    Meaning meaning = Meaning::Muted;
    QString sign;     ///< icon; empty while it is being looked for
    QString sentence; ///< plain text
    QString tip;      ///< plain text; may be empty
    QString command;  ///< what to type into a terminal to mend it; may be empty
    bool operator==(const PreflightLine &) const = default;
};

/// What a pre-flight has found so far, in sentences. Where Kerberos is only one of the ways that
/// the options allow, its failures are warnings. `usesTicket`: no password will be used.
std::vector<PreflightLine> preflightLines(const PreflightFacts &facts,
                                          const ConnectionOptions &options, bool usesTicket);

/// "7 h 12 min", "3 d 4 h", "45 s": two units at most, rounded down.
QString spanText(std::chrono::seconds span);
