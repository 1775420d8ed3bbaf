#pragma once

#include "auth/negotiate.h"
#include "common/error.h"

/// The platform's failure as the program's Error: Kind::Protocol for what unsealing found, else
/// Kind::Authentication; a Cause each; major and minor in AuthDetails, `mechanism` beside them.
Error securityError(const negotiate::Failure &failure, const QString &mechanism = {});
