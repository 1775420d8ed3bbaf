#pragma once

#include "protocol/message.h"
#include "protocol/request.h"

#include <optional>

/// What a Get or an Enumerate asked for, from its envelope: resource, selectors, options and, of an
/// Enumerate, a filter in text or of selectors. Nothing for other messages, for filters that are
/// XML of another kind, and where no resource is named.
std::optional<EnumerateParameters> readQuestion(const Message &request);
