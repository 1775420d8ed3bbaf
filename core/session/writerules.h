#pragma once

#include "common/error.h"
#include "protocol/resourcelocator.h"

class Session;

/// True for a method that is known to change nothing: read-only sessions let it pass. A short list
/// by class and method (ignoring case); whatever is not on it may change something.
bool isReadMethod(const ResourceLocator &resource, const QString &method);

/// How the session's messages travel, as far as it is known now.
enum class Protection { Unknown, Encrypted, Clear };
Protection protectionOf(const Session &session);

/// True when the host may have done what it was asked for although `error` came instead of a reply:
/// everything but a refusal.
bool leavesDoubt(const Error &error);

/// The access that MS-WSMV 3.1.4.1.28 asks for Get, Enumerate, Pull and Release is read; a
/// read-only session sends those, Identify, and read methods.
Error readOnlyRefusal(const Session &session); ///< None when the session may write
