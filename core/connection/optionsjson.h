#pragma once

#include "connection/connectionoptions.h"

#include <QJsonObject>

/// ConnectionOptions as JSON, versioned by its container: every member under its C++ name,
/// durations in ms, the pin as "sha256:HEX"; a member at its default is left out. Unknown members
/// are ignored (a newer program wrote them).
QJsonObject toJson(const ConnectionOptions &options);
/// LocalProfileCorrupt when a member has the wrong type or an impossible value.
Result<ConnectionOptions> connectionOptionsFromJson(const QJsonObject &object);
