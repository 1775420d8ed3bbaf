#pragma once

#include "session/operation.h"

#include <QPointer>

#include <vector>

/// The steps that an operation of several round trips has under way: started as its parts,
/// cancelled with it.
class ChildOperations
{
public:
    void start(Operation &whole, Operation *part)
    {
        part->setPartOf(whole);
        m_parts.emplace_back(part);
        part->start();
    }
    void cancel()
    {
        for (const QPointer<Operation> &part : m_parts) {
            if (part) {
                part->disconnect();
                part->cancel();
            }
        }
        m_parts.clear();
    }

private:
    std::vector<QPointer<Operation>> m_parts;
};
