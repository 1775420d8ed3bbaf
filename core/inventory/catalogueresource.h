#pragma once

#include "protocol/resourcelocator.h"

inline constexpr QLatin1StringView namespaceMark("{namespace}");

/// `uri`, where the mark stands for the namespace, and the class behind it; without the mark the
/// namespace is a selector, if there is one.
ResourceLocator catalogueResource(const QString &uri, const QString &className,
                                  const QString &cimNamespace);
