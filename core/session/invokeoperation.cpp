#include "session/invokeoperation.h"

#include "session/writerules.h"

using namespace Qt::StringLiterals;

InvokeOperation::InvokeOperation(Session *session, const InvokeParameters &parameters)
    : WriteOperation(session,
                     u"Invoke %1 of %2"_s.arg(parameters.method.section(u'/', -1),
                                              shortResource(parameters.resource)))
    , m_parameters(parameters)
{ }

InvokeOperation::~InvokeOperation() = default;

Request InvokeOperation::request(const RequestSettings &settings) const
{
    return writeInvoke(settings, m_parameters);
}

Error InvokeOperation::read(const Message &reply)
{
    const Result<InvokeReply> invoked = readInvokeReply(reply);
    if (!invoked)
        return invoked.error();
    m_reply = invoked.value();
    return {};
}

bool InvokeOperation::onlyReads() const
{
    return isReadMethod(m_parameters.resource, m_parameters.method);
}
