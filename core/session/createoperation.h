#pragma once

#include "protocol/writereplies.h"
#include "protocol/writerequests.h"
#include "session/writeoperation.h"

/// WS-Transfer Create of one resource.
class CreateOperation final : public WriteOperation
{
    Q_OBJECT
public:
    CreateOperation(Session *session, const ResourceLocator &resource,
                    const Representation &representation);
    ~CreateOperation() override;
    /// Where the new resource is, as the host says; valid when finished without error.
    const EndpointReference &created() const { return m_created; }
    const Message &reply() const { return m_reply; }

protected:
    Request request(const RequestSettings &settings) const override;
    Error read(const Message &reply) override;

private:
    ResourceLocator m_resource;
    Representation m_representation;
    EndpointReference m_created;
    Message m_reply;
};
