#pragma once

#include "common/secret.h"
#include "demo/httplistener.h"
#include "demo/personality.h"

#include <QHash>

/// Who may ask the demo host: one user, by Basic or, for servers that offer it, by Digest (MD5,
/// qop auth; RFC 7616).
class DemoSignIn
{
public:
    DemoSignIn(const Personality &as, QString userName, Secret password);

    bool accepts(const ListenerRequest &request);
    /// The WWW-Authenticate headers of a refusal, the server's preference first.
    QList<QPair<QByteArray, QByteArray>> challenges();

private:
    bool acceptsBasic(const QByteArray &credentials) const;
    bool acceptsDigest(const QByteArray &credentials, const QByteArray &method);
    QByteArray newNonce();

    const Personality &m_as;
    QString m_userName;
    Secret m_password;
    QHash<QByteArray, quint32> m_nonces; ///< each with the highest count that was used
};
