#pragma once

#include "protocol/message.h"
#include "session/exchange.h"

#include <functional>

/// An Identify or a Get: one request that may be sent again once when the connection was lost, and
/// one reply that is read whole, on the parse thread when it is large.
class SingleReply final : public QObject
{
    Q_OBJECT
public:
    using Send = std::function<Exchange *()>;
    /// `send` makes a fresh exchange each time it is called.
    SingleReply(class ParseThread &parser, Send send, const QString &messageId, QObject *parent);
    ~SingleReply() override;
    void start();
    void cancel();
    const QByteArray &raw() const { return m_raw; }

Q_SIGNALS:
    void finished(const Result<Message> &reply);

private:
    void replied(const Error &error);
    void read(const Error &notSoap, const Error &place);
    void deliver(const Result<Message> &reply, const Error &notSoap, const Error &place);

    ParseThread &m_parser;
    Send m_send;
    QString m_messageId;
    QPointer<Exchange> m_exchange;
    QByteArray m_raw;
    bool m_repeated = false;
};
