#include "transport/accessmanager.h"

#include "transport/hostchannel.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

/// Fields that are the transport's own business.
bool isOwnField(QByteArrayView name)
{
    static constexpr std::array own{
        QByteArrayView("host"),       QByteArrayView("content-length"),
        QByteArrayView("connection"), QByteArrayView("authorization"),
        QByteArrayView("expect"),     QByteArrayView("transfer-encoding"),
        QByteArrayView("user-agent"), QByteArrayView("accept-encoding"),
        QByteArrayView("cookie"),     QByteArrayView("te"),
        QByteArrayView("trailer"),    QByteArrayView("upgrade"),
    };
    return std::ranges::any_of(own, [name](QByteArrayView field) {
        return field.size() == name.size() && field.compare(name, Qt::CaseInsensitive) == 0;
    });
}

HttpRequest httpRequest(const ConnectionOptions &options, const QNetworkRequest &request,
                        const QByteArray &body)
{
    HttpRequest http{.host = hostField(options), .body = body};
    http.target = request.url().toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority
                                          | QUrl::RemoveFragment);
    if (http.target.isEmpty())
        http.target = "/";
    bool typed = false;
    for (const QByteArray &name : request.rawHeaderList()) {
        if (isOwnField(name))
            continue;
        typed = typed || name.compare("Content-Type", Qt::CaseInsensitive) == 0;
        http.fields.emplace_back(name, request.rawHeader(name));
    }
    if (!typed)
        http.fields.emplace_back("Content-Type", "application/soap+xml;charset=UTF-8");
    http.fields.emplace_back("User-Agent", "WinRM Console");
    http.fields.emplace_back("Accept-Encoding", "identity");
    http.fields.emplace_back("Connection", "Keep-Alive");
    return http;
}

bool isPost(QNetworkAccessManager::Operation operation, const QNetworkRequest &request)
{
    return operation == QNetworkAccessManager::PostOperation
        || (operation == QNetworkAccessManager::CustomOperation
            && request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray() == "POST");
}

/// A manager talks to its one host only, and its credentials go nowhere else.
bool isOurHost(const ConnectionOptions &options, const QUrl &url)
{
    const QUrl own = options.url();
    return url.scheme() == own.scheme() && url.host() == own.host()
        && url.port(own.port()) == options.effectivePort() && url.userInfo().isEmpty();
}

} // namespace

QByteArray hostField(const ConnectionOptions &options)
{
    const QString bare = options.host.section(u'%', 0, 0);
    const QByteArray host = bare.contains(u':') ? '[' + bare.toLatin1() + ']' : QUrl::toAce(bare);
    return host + ':' + QByteArray::number(options.effectivePort());
}

struct AccessManager::Private
{
    explicit Private(std::shared_ptr<TransportContext> shared)
        : context(shared)
        , channel(std::move(shared))
    { }

    std::shared_ptr<TransportContext> context;
    HostChannel channel;
};

AccessManager::AccessManager(std::shared_ptr<TransportContext> context, QObject *parent)
    : QNetworkAccessManager(parent)
    , d(std::make_unique<Private>(std::move(context)))
{ }

AccessManager::~AccessManager() = default;

bool AccessManager::isBusy() const
{
    return d->channel.isBusy();
}

bool AccessManager::isConnected() const
{
    return d->channel.isConnected();
}

SecurityState AccessManager::security() const
{
    return d->channel.security();
}

int AccessManager::connectionCount() const
{
    return d->channel.connectionCount();
}

void AccessManager::disconnectFromHost()
{
    d->channel.disconnectFromHost();
}

WsmanReply *AccessManager::postEnvelope(const QByteArray &envelope, bool utf16, bool anonymous)
{
    QNetworkRequest request(d->context->options().url());
    request.setRawHeader("Content-Type",
                         utf16 ? "application/soap+xml;charset=UTF-16"
                               : "application/soap+xml;charset=UTF-8");
    if (anonymous)
        request.setRawHeader("WSMANIDENTIFY", "unauthenticated");
    return qobject_cast<WsmanReply *>(post(request, envelope));
}

QNetworkReply *AccessManager::createRequest(Operation operation, const QNetworkRequest &request,
                                            QIODevice *outgoingData)
{
    const ConnectionOptions &options = d->context->options();
    const QByteArray body = outgoingData ? outgoingData->readAll() : QByteArray();
    auto *reply = new SocketReply(operation, request, httpRequest(options, request, body), this);
    if (!isPost(operation, request) || !isOurHost(options, request.url()))
        reply->finishLater(Error::of(Error::Kind::Local, Cause::LocalUsage,
                                     u"this connection only posts to its own host"_s));
    else
        d->channel.enqueue(reply);
    return reply;
}
