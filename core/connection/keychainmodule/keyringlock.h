#pragma once

#include "connection/keychainbackend.h"

class QObject;

/// Locks the default collection of the Secret Service on the session's bus; a service that does not
/// run is not started for it. Answers once, later, unless `context` goes first. Denied where the
/// service wants to ask somebody first, Unavailable where there is none, or no D-Bus at all.
/// Source: Secret Service API 0.2, ReadAlias and Lock.
void lockKeyring(QObject *context, KeychainBackend::Answer answer);
