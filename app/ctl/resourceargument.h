#pragma once

#include "ctl/arguments.h"
#include "protocol/resourcelocator.h"

/// The resource of a call: the word after the verb with --namespace, --selector and --option on
/// top. LocalUsage when there is none or more than one word.
Result<ResourceLocator> resourceArgument(const Arguments &arguments);
