#pragma once

#include "transport/accessmanager.h"
#include "transport/credentialkeeper.h"
#include "transport/trustkeeper.h"

/// What the connections of one session share, inside.
struct SharedState
{
    ConnectionOptions options;
    std::shared_ptr<CredentialKeeper> credentials;
    std::shared_ptr<TrustKeeper> trust;

    /// Basic is the one mechanism that signs in; Automatic takes it once there is a user.
    bool signsIn() const;
};

struct TransportShared
{
    static SharedState &of(TransportContext &context);
};
