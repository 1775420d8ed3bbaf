#pragma once

#include "connection/connectionoptions.h"
#include "protocol/message.h"
#include "protocol/request.h"
#include "session/operation.h"
#include "session/trace.h"
#include "transport/accessmanager.h"

#include <QList>
#include <QObject>

/// One host, signed in (or about to be): the pool of connections, the trace, the operations that
/// run. It never asks by itself: credentials and trust come from the two functions it is given. The
/// pool opens connections as they are needed (at most `maxConnections`), interactive operations
/// first; the first refusal of a credential or certificate stops all of them.
class Session : public QObject
{
    Q_OBJECT
public:
    /// `trace` may be null; it must outlive the session.
    Session(const ConnectionOptions &options, CredentialSource credentials, TrustDecider trust,
            Trace *trace = nullptr, QObject *parent = nullptr);
    ~Session() override;

    /// An automatic scheme is the one that was found, once it is.
    const ConnectionOptions &options() const;
    RequestSettings requestSettings() const; ///< for the next request, by what Identify told
    SecurityState security() const;          ///< of the newest connection
    const std::optional<IdentifyReply> &identity() const; ///< once an IdentifyOperation succeeded
    bool isWindows() const;                               ///< by identity; true while unknown
    QList<Operation *> operations() const;                ///< that run now
    void close(); ///< cancels what runs, closes the connections
    /// Abandoned enumerations are being released (2 s at most); `releasesFinished` says when that
    /// is over. Whoever quits right after a cancel waits for it.
    bool isReleasing() const;
    int maxConnections() const;
    void setMaxConnections(int count); ///< 1 to 16, default 4

Q_SIGNALS:
    void operationStarted(Operation *operation);
    void operationFinished(Operation *operation, const Outcome &outcome);
    void securityChanged();
    /// Ten minutes before the ticket ends that the session is signed in with (at once if it ends
    /// sooner); each ticket is announced once. What runs later signs in anew, if that can be done
    /// without asking, else ends with KrbTicketExpired.
    void signInExpiring(const QDateTime &expires);
    void identityChanged();
    void releasesFinished();

private:
    friend class Operation;
    friend class Exchange;
    friend class IdentifyOperation;
    friend class GetOperation;
    friend class EnumerateOperation;
    friend class WriteOperation;
    struct Private;
    std::unique_ptr<Private> d;
};
