#include "session/getoperation.h"

#include "session/sessionprivate.h"
#include "session/singlereply.h"

using namespace Qt::StringLiterals;

GetOperation::GetOperation(Session *session, const ResourceLocator &resource)
    : Operation(session, u"Get "_s + shortResource(resource))
    , m_resource(resource)
{ }

GetOperation::~GetOperation() = default;

void GetOperation::run()
{
    auto &d = *session()->d;
    const Request request = writeGet(session()->requestSettings(), m_resource);
    const auto settings = d.settingsFor(*this, title());
    m_reader = new SingleReply(
        d.parser, [&d, request, settings] { return d.pool.send(request, settings); },
        request.messageId, this);
    connect(m_reader, &SingleReply::finished, this, [this](const Result<Message> &reply) {
        m_raw = m_reader->raw();
        if (reply)
            m_reply = *reply;
        finish({.error = reply ? Error() : reply.error()});
    });
    m_reader->start();
}

void GetOperation::abort()
{
    m_reader->cancel();
}
