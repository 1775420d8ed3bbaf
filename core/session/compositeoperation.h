#pragma once

#include "session/operation.h"

#include <QPointer>

#include <vector>

/// An operation of several round trips: its steps are operations of the same session, cancelled
/// with it. After `cancel()` nothing comes from them any more.
class CompositeOperation : public Operation
{
    Q_OBJECT
public:
    bool mayHaveExecuted() const override; ///< a part that runs may have

protected:
    using Operation::Operation;
    void startPart(Operation *part);
    void abort() final;

private:
    std::vector<QPointer<Operation>> m_parts;
};
