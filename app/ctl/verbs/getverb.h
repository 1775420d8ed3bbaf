#pragma once

#include "ctl/hostverb.h"
#include "protocol/cimclass.h"
#include "protocol/message.h"

class GetVerb final : public HostVerb
{
    Q_OBJECT
public:
    using HostVerb::HostVerb;

protected:
    Done prepare() override;
    void ask() override;

private:
    void get(const std::optional<CimClass> &schema);
    void writeFragment(const Message &reply, const QByteArray &raw,
                       const std::optional<CimClass> &schema);
    ResourceLocator m_resource;
};
