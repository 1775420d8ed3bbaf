#pragma once

#include "protocol/writereplies.h"
#include "protocol/writerequests.h"
#include "session/writeoperation.h"

/// WS-Transfer Put of one resource or, with a fragmentPath, of a part of it.
class PutOperation final : public WriteOperation
{
    Q_OBJECT
public:
    PutOperation(Session *session, const PutParameters &parameters);
    ~PutOperation() override;
    const PutReply &reply() const { return m_reply; } ///< valid when finished without error

protected:
    Request request(const RequestSettings &settings) const override;
    Error read(const Message &reply) override;

private:
    PutParameters m_parameters;
    PutReply m_reply;
};
