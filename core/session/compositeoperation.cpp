#include "session/compositeoperation.h"

#include <algorithm>
#include <utility>

void CompositeOperation::startPart(Operation *part)
{
    part->setPartOf(*this);
    m_parts.emplace_back(part);
    part->start();
}

bool CompositeOperation::mayHaveExecuted() const
{
    return std::ranges::any_of(m_parts, [](const QPointer<Operation> &part) {
        return part && part->isRunning() && part->mayHaveExecuted();
    });
}

void CompositeOperation::abort()
{
    for (const QPointer<Operation> &part : std::exchange(m_parts, {})) {
        if (part) {
            part->disconnect();
            part->cancel();
        }
    }
}
