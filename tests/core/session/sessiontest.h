#pragma once

#include "protocol/resourcelocator.h"
#include "session/operation.h"

#include <QTest>

inline ResourceLocator config()
{
    return parseResource(QStringLiteral("winrm/config")).value();
}

/// Starts an operation and waits for its end.
inline Outcome outcomeOf(Operation *operation)
{
    Outcome result;
    bool done = false;
    QObject::connect(operation, &Operation::finished, operation, [&](const Outcome &outcome) {
        result = outcome;
        done = true;
    });
    operation->start();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(done, 30000); }();
    return result;
}
