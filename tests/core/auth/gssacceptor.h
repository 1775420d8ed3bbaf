#pragma once

#include "auth/securitycontext.h"

#include <QByteArray>
#include <QString>

#include <memory>

/// The host's side of a sign-in, by GSSAPI's acceptor: Kerberos with the keytab of KRB5_KTNAME,
/// NTLM with the users of NTLM_USER_FILE, whatever the token says.
class GssAcceptor
{
public:
    /// `channelBinding`: what the host expects; empty: it does not look.
    explicit GssAcceptor(const QByteArray &channelBinding = {});
    ~GssAcceptor();

    struct Leg
    {
        QByteArray token;
        bool complete = false;
        bool failed = false;
        QString words; ///< of the failure
    };
    Leg step(const QByteArray &token);

    QString peer() const;   ///< who signed in
    bool delegated() const; ///< with a ticket to go on with

    /// How the host splits a sealed message: as Windows, or as OMI (gss_wrap, cut behind `cut`).
    SealedParts seal(const QByteArray &plain, int cut = 0);
    /// Signed only, in the form of a sealed message.
    SealedParts signOnly(const QByteArray &plain);
    /// Null when it cannot be opened.
    QByteArray unseal(const SealedParts &sealed);

private:
    struct Private;
    std::unique_ptr<Private> d;
};
