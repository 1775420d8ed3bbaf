#pragma once

#include "ctl/verbs/writeverb.h"

/// Get, edit, Put, and Get again; with --input or --fragment one Put of what is given.
class PutVerb final : public WriteVerb
{
    Q_OBJECT
public:
    using WriteVerb::WriteVerb;

protected:
    bool needsBody() const override { return true; }
    void send() override;

private:
    void identify();
    void change();
    void changed(class ChangeOperation *operation);
    void putGiven();
    Result<Representation> fragment() const;
    LeafTypes types(Node content) const;
};
