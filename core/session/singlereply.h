#pragma once

#include "protocol/message.h"
#include "session/exchange.h"

#include <functional>

/// One request and one reply that is read whole, on the parse thread when it is large. An Identify
/// or a Get may be sent again once when the connection was lost; what may change something is not.
class SingleReply final : public QObject
{
    Q_OBJECT
public:
    using Send = std::function<Exchange *()>;
    enum class Repeat { Once, Never };
    /// `send` makes a fresh exchange each time it is called.
    SingleReply(class ParseThread &parser, Send send, const QString &messageId, QObject *parent,
                Repeat repeat = Repeat::Once);
    ~SingleReply() override;
    void start();
    void cancel();
    const QByteArray &raw() const { return m_raw; }
    const HttpHead &head() const { return m_head; } ///< of the last reply
    bool requestLeft() const; ///< bytes of the request have left

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
    HttpHead m_head;
    bool m_mayRepeat;
    bool m_requestLeft = false;
};
