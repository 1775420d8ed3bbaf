#pragma once

#include "ctl/arguments.h"
#include "protocol/patch.h"
#include "protocol/representation.h"

#include <optional>

/// What a verb sends: the body of --input, or `name=value` words, or words laid over the body.
struct GivenBody
{
    std::optional<Representation> whole; ///< of --input
    std::vector<Patch> patches;
    bool isEmpty() const { return !whole && patches.empty(); }
};

/// Reads --input and the words. Standard input ("-") can be read once. Cause::LocalUsage for what
/// parseInputs and representationFromXml refuse; LocalFile for a file that cannot be read or has
/// more than 32 MiB.
Result<GivenBody> givenBody(const Arguments &arguments, const QStringList &words);
