#pragma once

#include "protocol/message.h"
#include "protocol/request.h"
#include "session/operation.h"

#include <QPointer>

/// An operation that may change something: one request, sent once and never again. What comes
/// instead of a reply (connection lost, timeout, an unreadable reply, a fault that says the
/// operation took too long or its answer was too large) has Error::maybeExecuted when bytes had
/// left. Before a byte leaves it is refused
/// - by a read-only session, but for methods that only read: Cause::OptionsReadOnly,
/// - with a secret in it over a connection that is not encrypted, whatever the options allow:
///   Cause::OptionsSecretClearText. Where it is not known yet how the connection will be protected,
///   an Identify finds out.
class WriteOperation : public Operation
{
    Q_OBJECT
public:
    ~WriteOperation() override;
    const QByteArray &rawReply() const { return m_raw; } ///< bytes as received, also of a fault
    bool mayHaveExecuted() const override;

protected:
    using Operation::Operation;
    virtual Request request(const RequestSettings &settings) const = 0;
    virtual Error read(const Message &reply) = 0; ///< None when it is what was asked for
    virtual bool onlyReads() const { return false; }

    void run() final;
    void abort() final;

private:
    void protectThenSend();
    void send();
    void replied(const Result<Message> &reply);
    Error clearTextRefusal() const;

    QPointer<Operation> m_identify;
    class SingleReply *m_reader = nullptr;
    Request m_request;
    QByteArray m_raw;
};
