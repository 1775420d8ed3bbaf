#pragma once

#include "auth/securitycontext.h"
#include "http/httpexchange.h"
#include "transport/hostconnection.h"
#include "transport/signinhandshake.h"
#include "transport/socketreply.h"

#include <QPointer>

#include <deque>
#include <memory>

/// Runs replies one after the other on one connection: opens it, has the certificate judged, gets
/// the credential, signs in, seals, sends once, reads, opens. Everything that AccessManager
/// promises happens here. hostchannel.cpp: turns and the connection; hostchannelsignin.cpp: what
/// comes before the exchange; hostchannelexchange.cpp: the exchange.
class HostChannel final : public QObject
{
    Q_OBJECT
public:
    explicit HostChannel(std::shared_ptr<TransportContext> context, QObject *parent = nullptr);
    ~HostChannel() override;

    void enqueue(SocketReply *reply);
    bool isBusy() const { return m_current || !m_queue.empty(); }
    bool isConnected() const { return m_connection && m_connection->isReady(); }
    SecurityState security() const { return m_security; }
    int connectionCount() const { return m_count; }
    void disconnectFromHost(); ///< what runs ends as cancelled

private:
    /// What one exchange has tried, so that nothing is tried for ever.
    struct Tries
    {
        int opened = 0;         ///< connections
        bool restarted = false; ///< a handshake, after the connection was lost in its midst
        bool renewed = false;   ///< a sign-in that the host had forgotten
        int schemes = 0;        ///< changes to another scheme
    };

    void leave(QObject *reply); ///< it was aborted or destroyed
    void nextLater();
    void next();
    void proceed();
    void openConnection();
    void connectionReady();
    void connectionFailed(const Error &error);
    void dropConnection();
    void dropExchange();
    void sessionStopped();
    void publishHeld();
    void finish(Error error);
    void endTurn();

    ConnectionOptions connectionOptions() const; ///< with the scheme of the connection there is
    bool isSealing() const { return m_signIn && m_connection && !m_connection->isTls(); }
    bool mustSignIn(SignInWay way) const;
    bool isSignInOver() const;
    void signIn(SignInWay way);
    void getCredential();
    void startHandshake();
    void handshakeFinished(const SignInEnd &end);
    void signedIn();
    void notOffered(const SignInEnd &end);
    void signInFailed(const Error &error, bool judged = false);
    void noMechanismLeft(const Error &error);
    void credentialRefused(const Error &error);
    void startOver();

    void send();
    void sealAndSend();
    void start(const HttpRequest &http);
    void readHead();
    void readBody();
    void exchangeFinished();
    void openSealed(const HttpHead &head, bool keep);
    void sealFailed(const Error &error);
    void unauthorized();
    void basicRefused();

    std::shared_ptr<TransportContext> m_context;
    SharedState &m_shared;
    std::deque<SocketReply *> m_queue;
    SocketReply *m_current = nullptr;
    std::unique_ptr<QObject> m_turn; ///< stands for the current exchange where it has to wait
    HostSocket *m_connection = nullptr;
    SignInHandshake *m_handshake = nullptr;
    HttpScheme m_scheme = HttpScheme::Negotiate;
    std::unique_ptr<SecurityContext> m_signIn; ///< of this connection, complete
    HttpExchange *m_exchange = nullptr;
    std::optional<OfferedCredential> m_offer; ///< what the current exchange signs in with
    HttpHead m_heldHead;                      ///< of a 401 that another credential may make good
    QByteArray m_heldBody;
    QByteArray m_sealedBody; ///< of the reply, as it comes
    SecurityState m_security;
    Tries m_tries;
    int m_count = 0;
    bool m_waiting = false;     ///< for a credential
    bool m_hasNtlmLeft = false; ///< the handshake may become NTLM, and has begun with Kerberos
    bool m_sealed = false;      ///< the current exchange is
    bool m_working = false;     ///< the security context seals or opens
    bool m_nextDue = false;
};
