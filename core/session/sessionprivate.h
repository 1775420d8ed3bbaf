#pragma once

#include "session/connectionpool.h"
#include "session/parsethread.h"
#include "session/releasejanitor.h"
#include "session/session.h"

struct Session::Private
{
    Private(Session *owner, const ConnectionOptions &options, CredentialSource credentials,
            TrustDecider trust, Trace *trace);

    void add(Operation *operation);
    void remove(Operation *operation, const Outcome &outcome);
    void setIdentity(const IdentifyReply &reply);
    Exchange::Settings settingsFor(const Operation &operation, const QString &title) const;

    Session *q;
    ConnectionOptions options;
    QString sessionId;
    std::optional<IdentifyReply> identity;
    QList<Operation *> operations;
    ParseThread parser;
    ConnectionPool pool;
    ReleaseJanitor janitor;
};
