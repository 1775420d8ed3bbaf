#include "session/compositeoperation.h"

#include <utility>

void CompositeOperation::startPart(Operation *part)
{
    part->setPartOf(*this);
    m_parts.emplace_back(part);
    part->start();
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
