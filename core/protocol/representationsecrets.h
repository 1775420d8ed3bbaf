#pragma once

#include "protocol/representation.h"

/// Where a value holds a secret beside its text. A private part of core/protocol.

/// `<Param Name="Password" ...>`: what it is called stands in an attribute.
bool namesSecret(const Value &value);
/// A non-empty attribute of `value` that nobody is to see: called so, or the Value beside such a
/// Name.
bool isSecretAttribute(const Value &value, const Attribute &attribute);
