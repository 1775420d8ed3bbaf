#pragma once

#include "protocol/writereplies.h"
#include "protocol/writerequests.h"
#include "session/writeoperation.h"

/// WS-Transfer Delete of one resource.
class DeleteOperation final : public WriteOperation
{
    Q_OBJECT
public:
    DeleteOperation(Session *session, const ResourceLocator &resource);
    ~DeleteOperation() override;

protected:
    Request request(const RequestSettings &settings) const override;
    Error read(const Message &reply) override;

private:
    ResourceLocator m_resource;
};
