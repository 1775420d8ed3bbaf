#pragma once

#include "ctl/verbs/writeverb.h"

/// Creates a resource and writes where it is, as the host says.
class CreateVerb final : public WriteVerb
{
    Q_OBJECT
public:
    using WriteVerb::WriteVerb;

protected:
    void send() override;
    bool wantsSchema() const override { return !body().patches.empty(); }
};
