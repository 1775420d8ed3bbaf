#pragma once

#include "common/error.h"

#include <QString>

/// Lines that the harness reads: a mark, then `name=value` pairs. Written at once.
void mark(const QString &line);
/// Says why on standard error and ends the program with exit code 1.
void fail(const QString &why);
void fail(const Error &error);
