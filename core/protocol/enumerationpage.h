#pragma once

#include "protocol/enumerationreader.h"

/// Where what stands in an EnumerateResponse or a PullResponse. A private part of core/protocol.
bool isEnumerationResponse(const NameView &name);
bool isItems(const NameView &name);
/// Null when there is none; a host may put it into either namespace.
Node endOfSequence(Node response);
/// All but `items`.
EnumerationPage readPage(const Message &message);
