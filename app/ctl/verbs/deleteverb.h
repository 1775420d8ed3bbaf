#pragma once

#include "ctl/verbs/writeverb.h"

/// Deletes a resource. Writes nothing, but the reply with -f raw.
class DeleteVerb final : public WriteVerb
{
    Q_OBJECT
public:
    using WriteVerb::WriteVerb;

protected:
    bool takesBody() const override { return false; }
    bool wantsSchema() const override { return false; }
    void send() override;
};
