#pragma once

#include "common/error.h"

/// The host knows no class metadata, or does not know this class or namespace; it did not say no.
bool mayBeKnownOtherwise(const Error &error);
