#pragma once

#include "session/connectionpool.h"
#include "session/parsethread.h"
#include "session/releasejanitor.h"
#include "session/session.h"

#include <QTimer>

struct Session::Private
{
    Private(Session *owner, const ConnectionOptions &options, CredentialSource credentials,
            TrustDecider trust, Trace *trace);

    void add(Operation *operation);
    void remove(Operation *operation, const Outcome &outcome);
    void watchSignIn(); ///< the ticket of the newest connection
    void setIdentity(const IdentifyReply &reply);
    Exchange::Settings settingsFor(const Operation &operation, const QString &title) const;

    Session *q;
    QString sessionId;
    std::optional<IdentifyReply> identity;
    QList<Operation *> operations;
    ParseThread parser;
    ConnectionPool pool;
    const ConnectionOptions &options; ///< the pool's: the scheme may turn out to be another
    ReleaseJanitor janitor;
    QTimer signInTimer;
    QDateTime signInExpires; ///< of the ticket that the timer waits for, or has announced
};
