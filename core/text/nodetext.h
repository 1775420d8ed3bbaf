#pragma once

#include "document/document.h"

#include <QString>

/// True for an element whose children are those of an endpoint reference (Address or
/// ReferenceParameters of WS-Addressing), whatever its own name.
bool looksLikeReference(Node element);
/// `Class.Key="value",Key2="value"` of such an element: the last part of its resource URI and its
/// selectors, without __cimnamespace. The address where it names no resource.
QString referenceNodeText(Node element);
/// An element's value for one line: its text, a reference, or `{Name=value, ...}` of an embedded
/// object, cut after 16 properties and 4 levels. Empty for nil.
QString nodeText(Node element);
