#pragma once

#include "protocol/message.h"

#include <QString>

#include <utility>
#include <vector>

/// What the program reads of a message's content, written as the column `samples` writes it:
/// name and value. A name may come more than once.
using Samples = std::vector<std::pair<QString, QString>>;

Samples samplesOf(const Message &message);

/// True when `actual` is what the table says of `name`. It cuts what is long: "start…(N chars)",
/// where N counts the name and the equals sign as well.
bool sameSample(const QString &name, const QString &expected, const QString &actual);
