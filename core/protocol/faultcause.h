#pragma once

#include "common/error.h"

#include <string_view>

/// A code as hosts write it: decimal, negative decimal (the same bits signed), or 0x and hex.
/// Nothing for anything else.
std::optional<std::uint32_t> faultCode(std::string_view text);

/// A 16-bit code of early hosts (the low word: 32768 for 0x80338000) made whole; others as they
/// are.
std::uint32_t wholeCode(std::uint32_t code);

/// What kind of refusal it is, by its codes (innermost first), then by its subcode.
/// Cause::FaultGeneric when neither says it.
Cause causeOfFault(const FaultDetails &details);

/// Whether any link of the fault says so, also where the most specific one says something else (a
/// query that could not be processed, because of a class that is not there).
bool faultSays(const FaultDetails &details, Cause cause);
