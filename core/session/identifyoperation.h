#pragma once

#include "protocol/message.h"
#include "session/operation.h"

/// Identify: with the session's sign-in, or anonymously (Windows then hides the version). Sent
/// again once after a lost connection. On success the session knows its identity.
class IdentifyOperation final : public Operation
{
    Q_OBJECT
public:
    IdentifyOperation(Session *session, bool anonymous = false);
    ~IdentifyOperation() override;
    const IdentifyReply &reply() const { return m_reply; } ///< valid when finished without error
    const QByteArray &rawReply() const { return m_raw; }

protected:
    void run() override;
    void abort() override;

private:
    void read(const Result<Message> &message);

    class SingleReply *m_reader = nullptr;
    bool m_anonymous;
    IdentifyReply m_reply;
    QByteArray m_raw;
};
