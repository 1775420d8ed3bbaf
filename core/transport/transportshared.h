#pragma once

#include "transport/accessmanager.h"
#include "transport/credentialkeeper.h"
#include "transport/signinway.h"
#include "transport/trustkeeper.h"

#include <QObject>

/// The end of a session: what was sealed turned out not to be what the host sent. Nothing more is
/// asked on any of its connections.
class SessionStop final : public QObject
{
    Q_OBJECT
public:
    const Error &error() const { return m_error; }
    void stop(const Error &error); ///< the first one counts

Q_SIGNALS:
    void stopped();

private:
    Error m_error;
};

/// What the connections of one session share, inside.
struct SharedState
{
    ConnectionOptions options; ///< with the scheme that was found, where it is automatic
    std::shared_ptr<CredentialKeeper> credentials;
    std::shared_ptr<TrustKeeper> trust;
    std::shared_ptr<SessionStop> stop;
    HostLesson lesson;
    bool httpsSeen = false; ///< and remembered, if it was to be

    /// HTTPS did not come about: whether http may be tried. Success has changed `options`; an Error
    /// is what to end with.
    Done fallToHttp(const Error &failure);
    void returnToHttps(); ///< http did not come about either
    void rememberHttps();
};

struct TransportShared
{
    static SharedState &of(TransportContext &context);
};

/// As Host says it: always with the port, an IPv6 address in brackets and without its zone.
QByteArray hostField(const ConnectionOptions &options);
