#pragma once

#include "ctl/verb.h"
#include "demo/demohost.h"

/// `demo`: runs the demo host until it is interrupted; the first line of output says how to reach
/// it.
class DemoVerb final : public Verb
{
    Q_OBJECT
public:
    using Verb::Verb;
    void start() override;
    void interrupt() override;

private:
    std::unique_ptr<DemoHost> m_host;
};
