#pragma once

#include "connection/credential.h"
#include "connection/profile.h"
#include "connection/trust.h"

#include <functional>

class HostConnection;

/// What signing in to a host may ask of the user. The window answers with dialogs, a test by
/// itself. Every question is answered once, also when it was given up.
class HostQuestions
{
public:
    virtual ~HostQuestions() = default;
    virtual void askCredential(HostConnection *host, const CredentialRequest &request,
                               CredentialAnswer answer) = 0;
    virtual void askTrust(HostConnection *host, const TrustQuestion &question,
                          TrustReply reply) = 0;
    /// May the saved credential be used on this host, where it was not used before?
    virtual void askSharedCredential(HostConnection *host, const SavedCredential &credential,
                                     std::function<void(bool)> answer) = 0;
};
