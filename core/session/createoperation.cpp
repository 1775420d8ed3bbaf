#include "session/createoperation.h"

using namespace Qt::StringLiterals;

CreateOperation::CreateOperation(Session *session, const ResourceLocator &resource,
                                 const Representation &representation)
    : WriteOperation(session, u"Create "_s + shortResource(resource))
    , m_resource(resource)
    , m_representation(representation)
{ }

CreateOperation::~CreateOperation() = default;

Request CreateOperation::request(const RequestSettings &settings) const
{
    return writeCreate(settings, m_resource, m_representation);
}

Error CreateOperation::read(const Message &reply)
{
    const Result<EndpointReference> created = readCreateReply(reply);
    if (!created)
        return created.error();
    m_created = created.value();
    m_reply = reply;
    return {};
}
