#pragma once

#include "demo/wsmanservice.h"

/// What answering a request made, apart from its HTTP.
struct WsmanService::Reply
{
    std::string envelope;
    std::chrono::milliseconds delay{0};
    std::shared_ptr<Enumeration> inFlight;
    std::size_t octetFactor = 1;         ///< 2 when the reply goes out as UTF-16
    std::optional<std::size_t> estimate; ///< of the items, for w:TotalItemsCountEstimate
};
