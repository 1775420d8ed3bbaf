#include "session/putoperation.h"

using namespace Qt::StringLiterals;

PutOperation::PutOperation(Session *session, const PutParameters &parameters)
    : WriteOperation(session, u"Put "_s + shortResource(parameters.resource))
    , m_parameters(parameters)
{ }

PutOperation::~PutOperation() = default;

Request PutOperation::request(const RequestSettings &settings) const
{
    return writePut(settings, m_parameters);
}

Error PutOperation::read(const Message &reply)
{
    const Result<PutReply> put = readPutReply(reply);
    if (!put)
        return put.error();
    m_reply = put.value();
    return {};
}
