#include "session/session.h"

#include "session/sessionprivate.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 warnBefore = 10 * 60 * 1000;            ///< ms
constexpr qint64 longestTimer = 20LL * 24 * 3600 * 1000; ///< ms; no ticket lives so long

} // namespace

Session::Private::Private(Session *owner, const ConnectionOptions &sessionOptions,
                          CredentialSource credentials, TrustDecider trust, Trace *trace)
    : q(owner)
    , sessionId(u"uuid:"_s + QUuid::createUuid().toString(QUuid::WithoutBraces).toUpper())
    , pool(sessionOptions, std::move(credentials), std::move(trust), trace, nullptr)
    , options(pool.options())
    , janitor(pool)
{ }

void Session::Private::watchSignIn()
{
    const QDateTime expires = pool.security().signInExpires;
    if (!expires.isValid() || expires == signInExpires)
        return;
    signInExpires = expires;
    const qint64 left = QDateTime::currentDateTimeUtc().msecsTo(expires) - warnBefore;
    signInTimer.start(std::chrono::milliseconds(std::clamp<qint64>(left, 0, longestTimer)));
}

void Session::Private::add(Operation *operation)
{
    operations.append(operation);
    Q_EMIT q->operationStarted(operation);
}

void Session::Private::remove(Operation *operation, const Outcome &outcome)
{
    operations.removeOne(operation);
    Q_EMIT q->operationFinished(operation, outcome);
}

void Session::Private::setIdentity(const IdentifyReply &reply)
{
    identity = reply;
    Q_EMIT q->identityChanged();
}

Exchange::Settings Session::Private::settingsFor(const Operation &operation,
                                                 const QString &title) const
{
    return {.title = title, .operation = operation.id()};
}

Session::Session(const ConnectionOptions &options, CredentialSource credentials, TrustDecider trust,
                 Trace *trace, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, options, std::move(credentials), std::move(trust), trace))
{
    d->signInTimer.setSingleShot(true);
    connect(&d->signInTimer, &QTimer::timeout, this,
            [this] { Q_EMIT signInExpiring(d->signInExpires); });
    connect(&d->pool, &ConnectionPool::securityChanged, this, [this] {
        d->watchSignIn();
        Q_EMIT securityChanged();
    });
    connect(&d->janitor, &ReleaseJanitor::idle, this, &Session::releasesFinished);
}

Session::~Session()
{
    // Whoever listens may be half gone itself: an exchange that is given up here is no news.
    blockSignals(true);
    // Operations hold exchanges and answers of this session: they go first, and silently.
    const auto operations = findChildren<Operation *>(Qt::FindDirectChildrenOnly);
    for (Operation *operation : operations) {
        operation->blockSignals(true);
        delete operation;
    }
}

const ConnectionOptions &Session::options() const
{
    return d->options;
}

RequestSettings Session::requestSettings() const
{
    RequestSettings settings;
    settings.to = d->options.url().toString(QUrl::FullyEncoded);
    settings.maxEnvelopeSize = d->options.maxEnvelopeKib * 1024;
    settings.operationTimeout = d->options.operationTimeout;
    if (!d->options.locale.isEmpty())
        settings.locale = d->options.locale;
    if (isWindows())
        settings.sessionId = d->sessionId;
    settings.utf16 = d->options.utf16;
    return settings;
}

SecurityState Session::security() const
{
    return d->pool.security();
}

const std::optional<IdentifyReply> &Session::identity() const
{
    return d->identity;
}

bool Session::isWindows() const
{
    return !d->identity || d->identity->isWindows();
}

QList<Operation *> Session::operations() const
{
    return d->operations;
}

bool Session::isReleasing() const
{
    return !d->janitor.isIdle();
}

void Session::close()
{
    const auto running = d->operations;
    for (Operation *operation : running)
        operation->cancel();
    d->pool.closeConnections();
}

int Session::maxConnections() const
{
    return d->pool.maxConnections();
}

void Session::setMaxConnections(int count)
{
    d->pool.setMaxConnections(count);
}
