#pragma once

#include "protocol/writereplies.h"
#include "protocol/writerequests.h"
#include "session/writeoperation.h"

/// Runs a method of a class or instance. Ends without error when the method answered, whatever its
/// ReturnValue says. A read-only session lets pass what isReadMethod knows (session/writerules.h).
class InvokeOperation final : public WriteOperation
{
    Q_OBJECT
public:
    InvokeOperation(Session *session, const InvokeParameters &parameters);
    ~InvokeOperation() override;
    const InvokeReply &reply() const { return m_reply; } ///< valid when finished without error

protected:
    Request request(const RequestSettings &settings) const override;
    Error read(const Message &reply) override;
    bool onlyReads() const override;

private:
    InvokeParameters m_parameters;
    InvokeReply m_reply;
};
