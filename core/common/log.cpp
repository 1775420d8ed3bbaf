#include "common/log.h"

Q_LOGGING_CATEGORY(logDocument, "winrm.document", QtWarningMsg)
Q_LOGGING_CATEGORY(logConnection, "winrm.connection", QtWarningMsg)
Q_LOGGING_CATEGORY(logHttp, "winrm.http", QtWarningMsg)
Q_LOGGING_CATEGORY(logTransport, "winrm.transport", QtWarningMsg)
Q_LOGGING_CATEGORY(logSession, "winrm.session", QtWarningMsg)
Q_LOGGING_CATEGORY(logWire, "winrm.wire", QtCriticalMsg)
