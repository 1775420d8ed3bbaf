#include "session/singlereply.h"

#include "session/parsethread.h"

namespace {

/// Up to this size a reply is read where it arrives: quicker than waking a thread, and too short to
/// be felt.
constexpr qsizetype readAtOnce = 64 << 10;

bool connectionLost(const Error &error)
{
    return error.cause == Cause::NetClosed || error.cause == Cause::NetReset;
}

} // namespace

SingleReply::SingleReply(ParseThread &parser, Send send, const QString &messageId, QObject *parent,
                         Repeat repeat)
    : QObject(parent)
    , m_parser(parser)
    , m_send(std::move(send))
    , m_messageId(messageId)
    , m_mayRepeat(repeat == Repeat::Once)
{ }

SingleReply::~SingleReply()
{
    cancel();
}

bool SingleReply::requestLeft() const
{
    return m_requestLeft || (m_exchange && m_exchange->requestSent());
}

void SingleReply::start()
{
    m_exchange = m_send();
    connect(m_exchange, &Exchange::finished, this, &SingleReply::replied);
}

void SingleReply::cancel()
{
    if (m_exchange)
        m_exchange->cancel();
    m_exchange = nullptr;
}

void SingleReply::replied(const Error &error)
{
    m_raw = m_exchange->body();
    m_head = m_exchange->head();
    const bool sent = m_exchange->requestSent();
    const Error notSoap = m_exchange->bodyError();
    const Error place = m_exchange->placed({});
    m_exchange = nullptr;
    m_requestLeft = m_requestLeft || sent;
    if (error && connectionLost(error) && sent && m_mayRepeat) {
        m_mayRepeat = false;
        start();
        return;
    }
    if (error)
        Q_EMIT finished(error);
    else
        read(notSoap, place);
}

void SingleReply::read(const Error &notSoap, const Error &place)
{
    if (m_raw.size() <= readAtOnce) {
        deliver(readMessage(m_raw), notSoap, place);
        return;
    }
    m_parser.run([raw = m_raw, notSoap, place, &parser = m_parser, self = QPointer(this)] {
        auto message = std::make_shared<Result<Message>>(readMessage(raw));
        parser.answer([message, notSoap, place, self] {
            if (self)
                self->deliver(*message, notSoap, place);
        });
    });
}

void SingleReply::deliver(const Result<Message> &reply, const Error &notSoap, const Error &place)
{
    const Result<Message> answer = requireReply(reply, m_messageId);
    if (answer) {
        Q_EMIT finished(answer);
        return;
    }
    Error error = answer.error().kind == Error::Kind::Protocol && notSoap ? notSoap
                                                                          : answer.error();
    error.exchange = place.exchange;
    error.host = place.host;
    Q_EMIT finished(error);
}
