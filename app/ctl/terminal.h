#pragma once

#include "common/error.h"
#include "common/result.h"

#include <QByteArrayView>
#include <QString>

/// Standard output and error of winrmctl: data to the one, words to the other, both UTF-8 whatever
/// the locale says; control characters are escaped where a terminal reads them.
namespace terminal {

bool isOutputTerminal();
bool isErrorTerminal();
int outputWidth(); ///< columns; 0 when it is no terminal
/// False when the reader has gone away (a closed pipe) or the device failed.
bool writeOutput(QByteArrayView bytes);
bool outputClosed(); ///< a write found the pipe closed

void say(const QString &line);         ///< one line to standard error
void sayProgress(const QString &text); ///< replaces the progress line; empty removes it

/// Reads a password without echo. LocalNoPassword when there is no terminal,
/// Cancelled after Ctrl+C.
Result<QByteArray> askPassword(const QString &prompt);

} // namespace terminal
