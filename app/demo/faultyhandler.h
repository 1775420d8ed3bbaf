#pragma once

#include "demo/faultrules.h"
#include "demo/httplistener.h"

class WsmanService;

/// Stands between the listener and the demo host and spoils answers by the rules of `--fault`.
class FaultyHandler final : public HttpHandler
{
public:
    /// The host must outlive it.
    FaultyHandler(WsmanService &host, FaultRules rules)
        : m_host(host)
        , m_rules(std::move(rules))
    { }
    HttpAnswer handle(const ListenerRequest &request) override;
    void idle() override;

private:
    HttpAnswer spoiled(const ListenerRequest &request, const FaultEffect &effect);
    HttpAnswer withStatus(const ListenerRequest &request, int status);

    WsmanService &m_host;
    FaultRules m_rules;
};
