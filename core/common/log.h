#pragma once

#include <QLoggingCategory>

/// One category a room. Bodies of messages go to `winrm.wire` only, which is off unless asked for,
/// and are redacted.
Q_DECLARE_LOGGING_CATEGORY(logDocument)
Q_DECLARE_LOGGING_CATEGORY(logConnection)
Q_DECLARE_LOGGING_CATEGORY(logHttp)
Q_DECLARE_LOGGING_CATEGORY(logTransport)
Q_DECLARE_LOGGING_CATEGORY(logSession)
Q_DECLARE_LOGGING_CATEGORY(logWire)
