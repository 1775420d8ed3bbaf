#pragma once

#include "common/costly.h"

#include <QString>

/// What is asked, or noted, before a costly enumeration: one or two sentences, translated.
QString costText(Costly cost);
