#pragma once

#include "common/secret.h"

#include <QString>

#include <functional>
#include <optional>

/// The secrets that ConnectionOptions need. Write-only as in the scripting API: nothing here prints
/// or compares.
struct Credential
{
    QString userName; ///< whom they belong to; empty: ConnectionOptions::userName
    Secret password;
    bool isEmpty() const { return password.isEmpty(); }
};

/// Where a session gets its credential: asked at most once for each sign-in decision, on the
/// session's thread; the answer may come later (a dialog) and on the same thread. An empty optional
/// means the user gave up (Kind::Cancelled). `context` says why it is asked.
struct CredentialRequest
{
    QString host;
    QString userName;
    bool previousRefused = false;
    /// The person has a usable Kerberos ticket of this user: an empty password takes it.
    bool ticketUsable = false;
};
using CredentialAnswer = std::function<void(std::optional<Credential>)>;
using CredentialSource = std::function<void(const CredentialRequest &, CredentialAnswer)>;
/// A source that always answers with `credential`, once; the second time it gives up.
CredentialSource fixedCredential(Credential credential);
