#pragma once

#include "ctl/verbs/writeverb.h"

/// `invoke METHOD RESOURCE [name=value ...]`: runs a method and writes what it gives back.
class InvokeVerb final : public WriteVerb
{
    Q_OBJECT
public:
    using WriteVerb::WriteVerb;

protected:
    Done prepare() override;
    QStringList targetWords() const override { return arguments().words.mid(1); }
    bool onlyReads() const override;
    bool wantsSchema() const override;
    void send() override;

private:
    void ran(class InvokeOperation *operation);
    QString method() const { return arguments().words.value(0); }
    const CimMethod *described() const;
    LeafTypes types() const;
};
