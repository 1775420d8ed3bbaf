#pragma once

#include "protocol/message.h"
#include "session/operation.h"

/// WS-Transfer Get of one resource. Sent again once after a lost connection.
class GetOperation final : public Operation
{
    Q_OBJECT
public:
    GetOperation(Session *session, const ResourceLocator &resource);
    ~GetOperation() override;
    const Message &reply() const
    {
        return m_reply;
    } ///< valid when finished without error; `content` is the resource
    const QByteArray &rawReply() const { return m_raw; } ///< bytes as received, also of a fault

protected:
    void run() override;
    void abort() override;

private:
    class SingleReply *m_reader = nullptr;
    ResourceLocator m_resource;
    Message m_reply;
    QByteArray m_raw;
};
