#pragma once

#include "common/result.h"
#include "common/secret.h"
#include "ctl/arguments.h"

/// The password that --password-stdin or --password-file give: the bytes up to the first LF, one CR
/// before it dropped, nothing else trimmed. A file must be a regular one of the user's own and 0600
/// (LocalPasswordFileMode otherwise). An empty Secret when neither was given.
Result<Secret> givenPassword(const Arguments &arguments);

Result<Secret> readPasswordFile(const QString &path);
/// The same of the standard input; what follows the line stays unread.
Result<Secret> readPasswordLine();
