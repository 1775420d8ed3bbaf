#include "session/writeoperation.h"

#include "session/identifyoperation.h"
#include "session/sessionprivate.h"
#include "session/singlereply.h"
#include "session/writerules.h"

WriteOperation::~WriteOperation() = default;

Error WriteOperation::clearTextRefusal() const
{
    Error error = Error::of(Error::Kind::Local, Cause::OptionsSecretClearText);
    error.host = session()->options().displayHost();
    return error;
}

void WriteOperation::run()
{
    const Error readOnly = readOnlyRefusal(*session());
    if (readOnly && !onlyReads()) {
        finish({.error = readOnly});
        return;
    }
    m_request = request(session()->requestSettings());
    if (m_request.shown.isNull() || protectionOf(*session()) == Protection::Encrypted)
        send();
    else if (protectionOf(*session()) == Protection::Clear)
        finish({.error = clearTextRefusal()});
    else
        protectThenSend();
}

/// Signs in with a question that carries nothing, and looks at what came of it.
void WriteOperation::protectThenSend()
{
    m_identify = new IdentifyOperation(session());
    m_identify->setPartOf(*this);
    connect(m_identify, &Operation::finished, this, [this](const Outcome &outcome) {
        const bool reached = !outcome.error || outcome.error.kind == Error::Kind::Fault;
        if (!reached)
            finish(outcome);
        else if (protectionOf(*session()) != Protection::Encrypted)
            finish({.error = clearTextRefusal()});
        else
            send();
    });
    m_identify->start();
}

void WriteOperation::send()
{
    auto &d = *session()->d;
    const auto settings = d.settingsFor(*this, title());
    m_reader = new SingleReply(
        d.parser, [this, &d, settings] { return d.pool.send(m_request, settings); },
        m_request.messageId, this, SingleReply::Repeat::Never);
    connect(m_reader, &SingleReply::finished, this, &WriteOperation::replied);
    m_reader->start();
}

void WriteOperation::replied(const Result<Message> &reply)
{
    m_raw = m_reader->raw();
    Error error = reply ? read(*reply) : reply.error();
    if (error && m_reader->requestLeft() && leavesDoubt(error))
        error.maybeExecuted = true;
    finish({.error = error});
}

bool WriteOperation::mayHaveExecuted() const
{
    return m_reader && m_reader->requestLeft();
}

void WriteOperation::abort()
{
    if (m_identify) {
        m_identify->disconnect(this);
        m_identify->cancel();
    }
    if (m_reader)
        m_reader->cancel();
}
