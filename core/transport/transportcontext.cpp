#include "transport/transportshared.h"

#include "common/log.h"
#include "connection/httpshosts.h"
#include "connection/profilestore.h"

using namespace Qt::StringLiterals;

namespace {

/// The port was not answered at all; a failed TLS is something else, and never a reason.
bool nothingAnswers(const Error &failure)
{
    return failure.cause == Cause::NetRefused || failure.cause == Cause::NetUnreachable
        || failure.cause == Cause::NetTimeout;
}

HttpsHosts httpsHosts()
{
    return HttpsHosts(ProfileStore::defaultDirectory());
}

} // namespace

struct TransportContext::Private : SharedState
{ };

TransportContext::TransportContext(ConnectionOptions options, CredentialSource credentials,
                                   TrustDecider trust)
    : d(std::make_unique<Private>())
{
    d->options = std::move(options);
    d->credentials = std::make_shared<CredentialKeeper>(d->options, std::move(credentials));
    d->trust = std::make_shared<TrustKeeper>(d->options, std::move(trust));
    d->stop = std::make_shared<SessionStop>();
}

TransportContext::~TransportContext() = default;

const ConnectionOptions &TransportContext::options() const
{
    return d->options;
}

void SessionStop::stop(const Error &error)
{
    if (m_error)
        return;
    m_error = error;
    Q_EMIT stopped();
}

Done SharedState::fallToHttp(const Error &failure)
{
    // A port that was named is asked for TLS only: nothing else would answer there either.
    if (!options.tls || !options.automaticScheme || options.port != 0 || httpsSeen
        || !nothingAnswers(failure))
        return failure;
    if (httpsHosts().contains(options.certificateName()))
        return Error::of(Error::Kind::Connection, Cause::NetHttpsExpected, failure.message);
    options.tls = false;
    lesson.noHttps = true;
    return {};
}

void SharedState::returnToHttps()
{
    options.tls = true;
    lesson.noHttps = false;
}

void SharedState::rememberHttps()
{
    if (std::exchange(httpsSeen, true)
        || options.effectivePort() != ConnectionOptions().effectivePort())
        return;
    if (const Done added = httpsHosts().add(options.certificateName()); !added)
        qCWarning(logTransport) << "HTTPS of the host is not remembered:" << added.error().message;
}

SharedState &TransportShared::of(TransportContext &context)
{
    return *context.d;
}
