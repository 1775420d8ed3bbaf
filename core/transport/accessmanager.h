#pragma once

#include "common/error.h"
#include "connection/connectionoptions.h"
#include "connection/credential.h"
#include "connection/securitystate.h"
#include "connection/trust.h"
#include "http/httpreply.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <memory>

/// What all connections of one session share: options, who answers for credentials and trust, and
/// what has been decided so far (the accepted leaf, the credential, the first refusal). Lives on
/// the session's thread.
class TransportContext;

/// Where the time of one exchange went, in microseconds since its start; -1 for what did not
/// happen.
struct ExchangeTimes
{
    qint64 connected = -1, encrypted = -1, sent = -1, firstByte = -1, finished = -1;
};

/// One reply of AccessManager. Ordinary QNetworkReply behaviour (readyRead, finished, abort,
/// attributes) plus what QNetworkReply::NetworkError cannot say. `finished` comes exactly once,
/// never inside a call of the user.
class WsmanReply : public QNetworkReply
{
    Q_OBJECT
public:
    /// None on a complete HTTP reply, whatever its status: the body decides. Set from `finished`
    /// on.
    virtual const Error &wsmanError() const = 0;
    virtual const HttpHead &head() const = 0;
    virtual ExchangeTimes times() const = 0;
    virtual int connectionNumber()
        const = 0; ///< counts this manager's TCP connections from 1; 0 before the first
    virtual bool requestSent() const = 0;       ///< bytes of the request had left
    virtual QByteArray requestHead() const = 0; ///< request line and fields, without Authorization
    virtual qint64 bytesSent() const = 0;
    /// What sealed request and reply on the wire: "Kerberos AES256", "NTLM"; empty: nothing did.
    virtual QString sealing() const = 0;

protected:
    using QNetworkReply::QNetworkReply;
};

/// One authenticated connection to one host, behind the ordinary QNetworkAccessManager interface:
/// `post()` and `sendCustomRequest()` run on the one socket this manager owns, one exchange at a
/// time (a second one waits for its turn). Plain SOAP goes in and comes out; connecting,
/// certificate judgement, sign-in, sealing and limits live below createRequest(). Requests carry
/// Content-Length, never Expect or chunks; head and body leave in one write.
///
/// With Negotiate, Kerberos and NTLM each TCP connection is signed in on its own, before its first
/// request; over http every body is then sealed both ways, and a reply that is not, or cannot be
/// opened, ends all connections of the context (SealMissing, SealMalformed, SealBroken, SealOrder)
/// and nothing of it is handed on.
///
/// Never sends a body twice on its own: a connection found dead before a request byte was written
/// is opened anew, one that dies later ends the exchange (NetClosed, NetReset, HttpTruncated) with
/// `maybeExecuted` left to the caller who knows the operation. The one exception is a 401 to a
/// request of a signed-in connection: the host has forgotten the sign-in and has not executed it.
/// Redirects are not followed (HttpRedirect). No cookies, cache, compression, HTTP/2 or proxies of
/// the system.
///
/// Deadline for the whole exchange: operationTimeout + networkDelay of the options; for silence the
/// same span.
class AccessManager final : public QNetworkAccessManager
{
    Q_OBJECT
public:
    explicit AccessManager(std::shared_ptr<TransportContext> context, QObject *parent = nullptr);
    ~AccessManager() override;

    bool isBusy() const;
    bool isConnected() const;
    SecurityState security() const; ///< of the present or last connection
    int connectionCount() const;
    void disconnectFromHost();

    /// Posts one SOAP envelope to the endpoint; anonymous sends no Authorization and
    /// `WSMANIDENTIFY: unauthenticated`.
    WsmanReply *postEnvelope(const QByteArray &envelope, bool utf16, bool anonymous = false);

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *outgoingData) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

class TransportContext
{
public:
    TransportContext(ConnectionOptions options, CredentialSource credentials, TrustDecider trust);
    ~TransportContext();
    /// With an automatic scheme they change once it is known that the host offers no HTTPS.
    const ConnectionOptions &options() const;

private:
    friend class AccessManager;
    friend struct TransportShared;
    struct Private;
    std::unique_ptr<Private> d;
};
