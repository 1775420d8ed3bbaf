#pragma once

#include "inventory/hostidentity.h"
#include "session/compositeoperation.h"

/// Finds out who the host is: Identify, unless the session knows its reply, and where that does not
/// settle it (a device may call itself by the stack it is built on, or not at all) one question for
/// a class that only one kind of host has. The session remembers the answer. A fault is an answer,
/// the kind stays as it was; it ends with an error only where Identify does, or the connection is
/// lost.
class HostIdentityOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    explicit HostIdentityOperation(Session *session);
    ~HostIdentityOperation() override;
    const HostIdentity &identity() const { return m_identity; } ///< valid when finished

protected:
    void run() override;

private:
    void judge();
    void ask(std::size_t probe);
    void answered(std::size_t probe, const Outcome &outcome);
    void remember();
    HostIdentity m_identity;
    bool m_answers = false; ///< the question that runs
};
