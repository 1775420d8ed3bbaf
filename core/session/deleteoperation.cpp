#include "session/deleteoperation.h"

using namespace Qt::StringLiterals;

DeleteOperation::DeleteOperation(Session *session, const ResourceLocator &resource)
    : WriteOperation(session, u"Delete "_s + shortResource(resource))
    , m_resource(resource)
{ }

DeleteOperation::~DeleteOperation() = default;

Request DeleteOperation::request(const RequestSettings &settings) const
{
    return writeDelete(settings, m_resource);
}

Error DeleteOperation::read(const Message &reply)
{
    Q_UNUSED(reply) // every reply that is no fault says the same
    return {};
}
