#pragma once

#include "auth/securitycontext.h"
#include "http/httpexchange.h"
#include "http/httprequest.h"

#include <QPointer>
#include <QTimer>

#include <chrono>
#include <memory>

class QAbstractSocket;

/// How the sign-in of one connection ended.
struct SignInEnd
{
    enum class Kind {
        Complete,   ///< takeContext() has what signed in
        NotOffered, ///< the host does not offer the scheme or the mechanism; nothing was judged
        Refused,    ///< the host has judged and said no
        Closed,     ///< the connection is gone and nothing was judged: a new one may do
        Failed,     ///< anything else
    };
    Kind kind = Kind::Failed;
    Error error;           ///< unless Complete
    HttpHead head;         ///< of the last answer, if there was one
    QByteArray body;       ///< its first bytes
    bool keepAlive = true; ///< the connection can go on
    bool judged = false;   ///< the host has seen what proves the password, whatever it made of it
};

/// Signs one connection in: POSTs without a body that carry the tokens of a security context, the
/// first unasked, until the context is complete and the host content. Never sends Authorization
/// once both are; never more than eight legs, nor a token of the host of more than 64 KiB; no
/// longer than its time in all, calls of the security library included (one that hangs is
/// abandoned). `finished` comes once, and never from within start(). To delete it ends it at once.
///
/// Accepted: any status but 401, 407 and redirects, if a token completes the context; 2xx where it
/// is complete without. A 401 with a token goes on, or tells why not; one without is a refusal.
/// Source: RFC 4559; MS-WSMV 2.2.9.1; recorded traffic.
class SignInHandshake final : public QObject
{
    Q_OBJECT
public:
    /// `request`: target and fields of an ordinary request; its body is not sent.
    SignInHandshake(QAbstractSocket &socket, HttpRequest request, const SignIn &signIn,
                    std::chrono::milliseconds span, QObject *parent = nullptr);
    ~SignInHandshake() override;

    void start();
    std::unique_ptr<SecurityContext> takeContext(); ///< once Complete

Q_SIGNALS:
    void finished(const SignInEnd &end);

private:
    void stepped(const Result<AuthLeg> &leg);
    void sendLeg(const QByteArray &token);
    void answered();
    void stepAgain(const QByteArray &token);
    void challenged(const Result<QByteArray> &token);
    void refusedWithoutToken();
    void accepted(const Result<QByteArray> &token);
    void askWhyNot(const QByteArray &token);
    Result<QByteArray> tokenOf(const HttpHead &head) const;
    bool isOffered() const;
    bool wasJudged() const { return m_legs > 1 || m_context->isComplete(); }
    Error error(Cause cause, const QString &message = {}) const;
    void end(SignInEnd::Kind kind, const Error &error);
    void timedOut();

    QAbstractSocket &m_socket;
    HttpRequest m_request;
    const SignIn m_signIn;
    const std::chrono::milliseconds m_span;
    std::unique_ptr<SecurityContext> m_context;
    QPointer<HttpExchange> m_exchange;
    QTimer m_deadline;
    SignInEnd m_end;
    QByteArray m_lastToken; ///< of ours
    int m_legs = 0;
    bool m_complete = false; ///< as the last leg said
    bool m_accepted = false; ///< as the host said
    bool m_ended = false;
};
