#include "transport/transportshared.h"

struct TransportContext::Private : SharedState
{ };

TransportContext::TransportContext(ConnectionOptions options, CredentialSource credentials,
                                   TrustDecider trust)
    : d(std::make_unique<Private>())
{
    d->options = std::move(options);
    d->credentials = std::make_shared<CredentialKeeper>(d->options, std::move(credentials));
    d->trust = std::make_shared<TrustKeeper>(d->options, std::move(trust));
}

TransportContext::~TransportContext() = default;

const ConnectionOptions &TransportContext::options() const
{
    return d->options;
}

bool SharedState::signsIn() const
{
    return options.authentication == Authentication::Basic
        || (options.authentication == Authentication::Automatic && !options.userName.isEmpty());
}

SharedState &TransportShared::of(TransportContext &context)
{
    return *context.d;
}
