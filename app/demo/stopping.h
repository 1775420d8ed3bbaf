#pragma once

#include "demo/soapfault.h"

#include <QThread>

/// Ends the answer at work with a fault once the host is being stopped (its thread was asked to be
/// interrupted). For loops over instances, of which there may be millions: asks at every 1024th.
inline void throwIfStopping(std::int64_t index)
{
    if ((index & 1023) == 0 && QThread::currentThread()->isInterruptionRequested())
        throw SoapFault::of(code::quotaLimit, "The host is being shut down.");
}
