#pragma once

#include "ctl/arguments.h"
#include "protocol/resourcelocator.h"

/// The resource of a call: the word after the verb with --namespace, --selector and --option on
/// top. LocalUsage when there is none or more than one word.
Result<ResourceLocator> resourceArgument(const Arguments &arguments);

/// A resource as a user writes it: a URI, an alias, or a class by its name alone.
Result<ResourceLocator> namedResource(const QString &word, const QString &cimNamespace);
