#pragma once

#include "ctl/hostverb.h"

class IdentifyVerb final : public HostVerb
{
    Q_OBJECT
public:
    using HostVerb::HostVerb;

protected:
    Done prepare() override;
    void ask() override;
    bool identifyOnly() const override;
};
