#pragma once

#include "common/cause.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

/// A host's certificate as people judge it. Times are UTC.
struct CertificateFacts
{
    QByteArray der;          ///< the leaf
    QByteArray sha256;       ///< 32 bytes
    QByteArray sha1;         ///< the thumbprint Windows shows, 20 bytes
    QString subject, issuer; ///< distinguished names, one line
    QStringList names;       ///< subject alternative names: DNS and IP
    QDateTime notBefore, notAfter;
    QString keyText; ///< "RSA 2048"
    bool selfSigned = false;
};

/// A certificate that was not accepted, and why.
struct TrustQuestion
{
    QString host;
    CertificateFacts certificate;
    std::vector<Cause> reasons; ///< TlsUntrusted, TlsSelfSigned, TlsExpired, TlsNotYetValid,
                                ///< TlsNameMismatch; or TlsPinMismatch alone, when a pin says
                                ///< otherwise: never a question, always a stop
    QStringList problems;       ///< the TLS library's words
    QByteArray expectedSha256;  ///< the pin, if one was set
};

enum class TrustAnswer { No, Once, Pin };

/// Asked on the session's thread, at most once a session for one certificate; the answer may come
/// later on the same thread. Pin means: the owner has put the leaf's digest into its
/// ConnectionOptions; the session trusts it from now on.
using TrustReply = std::function<void(TrustAnswer)>;
using TrustDecider = std::function<void(const TrustQuestion &, TrustReply)>;
TrustDecider refuseUntrusted(); ///< answers No at once
/// True for refuseUntrusted() and for no decider at all: then an untrusted certificate ends with
/// its own reason, and with TlsTrustRefused only where somebody said no.
bool nobodyDecides(const TrustDecider &decider);

CertificateFacts certificateFacts(
    const QByteArray &der);                 ///< empty sha256 when the bytes are no certificate
QString colonHex(const QByteArray &digest); ///< "AB:CD:..."
