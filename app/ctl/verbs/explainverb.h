#pragma once

#include "ctl/verb.h"

/// `explain CODE`: what a WS-Man, WMI, Win32, SSPI or CIM code or symbol means.
class ExplainVerb final : public Verb
{
    Q_OBJECT
public:
    using Verb::Verb;
    void start() override;
};
