#include "session/identifyoperation.h"

#include "session/sessionprivate.h"
#include "session/singlereply.h"

using namespace Qt::StringLiterals;

IdentifyOperation::IdentifyOperation(Session *session, bool anonymous)
    : Operation(session, u"Identify"_s)
    , m_anonymous(anonymous)
{ }

IdentifyOperation::~IdentifyOperation() = default;

void IdentifyOperation::run()
{
    auto &d = *session()->d;
    auto settings = d.settingsFor(*this, title());
    settings.anonymous = m_anonymous;
    const Request request = writeIdentify(session()->requestSettings());
    m_reader = new SingleReply(
        d.parser, [&d, request, settings] { return d.pool.send(request, settings); }, {}, this);
    connect(m_reader, &SingleReply::finished, this, &IdentifyOperation::read);
    m_reader->start();
}

void IdentifyOperation::read(const Result<Message> &message)
{
    m_raw = m_reader->raw();
    if (!message) {
        finish({.error = message.error()});
        return;
    }
    auto reply = readIdentifyReply(*message);
    if (!reply) {
        finish({.error = reply.error()});
        return;
    }
    m_reply = *reply;
    m_reply.server = QString::fromLatin1(m_reader->head().header("Server"));
    if (!m_anonymous)
        session()->d->setIdentity(m_reply);
    finish({});
}

void IdentifyOperation::abort()
{
    m_reader->cancel();
}
