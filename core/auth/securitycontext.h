#pragma once

#include "common/result.h"
#include "common/secret.h"

#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

/// The scheme of WWW-Authenticate and Authorization. What runs inside Negotiate is SPNEGO's choice.
enum class HttpScheme { Negotiate, Kerberos };
enum class Mechanism { Kerberos, Ntlm };

/// What a security context is made of: the wishes, before anything was asked of anybody.
struct SignIn
{
    HttpScheme scheme = HttpScheme::Negotiate;
    bool allowKerberos = true;
    bool allowNtlm = false;   ///< only with user and password; never tried after a refused password
    QString host;             ///< as typed: Kerberos asks for a ticket under this name
    std::uint16_t port = 0;   ///< part of the SPN when `servicePort`
    QString userName;         ///< verbatim; empty: the ticket of the person running the program
    Secret password;          ///< empty with a user name: that user's ticket
    QString servicePrincipal; ///< "HTTP/host", or a class alone ("WSMAN"); empty: HTTP, WSMAN, host
    bool servicePort = false;
    bool delegate = false;
    QByteArray channelBinding; ///< tlsServerEndPoint() of the connection; empty: none
};

/// What a complete context knows of itself.
struct ContextFacts
{
    Mechanism mechanism = Mechanism::Kerberos;
    QString identity;   ///< "alice@EXAMPLE.COM", "DOMAIN\\user"
    QString service;    ///< the SPN that was used, "HTTP/web01.example.com"; empty with NTLM
    QString encryption; ///< "AES256", "AES128", "RC4", "AES256-SHA384"; empty where unknown or NTLM
    QDateTime expires;  ///< when the ticket ends; invalid: never
    bool otherService = false; ///< an earlier service name was unknown to the KDC
    bool becameNtlm = false;   ///< Kerberos was allowed too, but was not possible
    bool delegated = false;
};

/// One leg: what goes into Authorization behind the scheme. Complete: nothing more is expected of
/// the host but its answer 2xx; a token may still have to be sent.
struct AuthLeg
{
    QByteArray token;
    bool complete = false;
};

/// A sealed message as its two parts go over the wire (MS-WSMV 2.2.9.1): the header is what L
/// counts. `plainLength` is what "Length=" says.
struct SealedParts
{
    QByteArray header, data;
    qint64 plainLength = 0;
};

/// One security context of GSSAPI: one connection's sign-in, then the seal of its messages. Every
/// call runs on a worker thread, since a silent KDC blocks for half a minute; calls are answered in
/// order, on the thread of the caller, never inside the call, and not at all once this is
/// destroyed (a call that hangs finishes by itself later). One call at a time need not be waited
/// for: they queue.
///
/// Errors are Kind::Authentication with AuthDetails (major, minor) and a Cause of its own for
/// whatever can be told apart (Krb..., AuthUserForm, AuthUnavailable, AuthHostUnproven,
/// AuthMalformed for a token of the host that is none, else AuthFailed); after one the context is
/// over. unseal() ends with Kind::Protocol: SealBroken (changed, not confidential), SealOrder
/// (replayed, gap, out of order), SealMalformed (lengths). Confidentiality and integrity are
/// required, with Kerberos mutual authentication too (NTLM has none): a context that would be
/// complete without them is AuthHostUnproven, and so is one whose host sends no more token where
/// one is due.
///
/// With user and password no ticket file is read or written. A password that the KDC refused is
/// not offered to anybody else (no fall to NTLM).
class SecurityContext final : public QObject
{
    Q_OBJECT
public:
    explicit SecurityContext(const SignIn &signIn, QObject *parent = nullptr);
    ~SecurityContext() override;

    /// First with an empty token; later with what the host sent. A token that the host sends along
    /// with its refusal (401 after a complete leg) goes here too: it may tell why. AuthRejected
    /// where it does not.
    void step(const QByteArray &token, std::function<void(const Result<AuthLeg> &)> done);
    /// An empty message cannot be sealed by NTLM (gss-ntlmssp refuses: AuthUnavailable), and has
    /// nothing to hide.
    void seal(const QByteArray &plain, std::function<void(const Result<SealedParts> &)> done);
    void unseal(const SealedParts &sealed, std::function<void(const Result<QByteArray> &)> done);

    bool isComplete() const;
    const ContextFacts &facts() const; ///< once complete

private:
    struct Private;
    std::unique_ptr<Private> d;
};

QString mechanismName(Mechanism mechanism); ///< "Kerberos", "NTLM"
QByteArray schemeName(HttpScheme scheme);   ///< "Negotiate", "Kerberos"
