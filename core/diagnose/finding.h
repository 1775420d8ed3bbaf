#pragma once

#include "common/error.h"

#include <utility>

/// One thing a probe wants to know. `value` is meant when it is found; where it failed, it holds
/// what became known all the same (a ticket that has expired still has an owner).
template<typename T>
struct Finding
{
    enum class State {
        Unknown, ///< not asked: it does not matter for this question, or what it hangs on failed
        Looking,
        Found,
        Failed,
    };
    State state = State::Unknown;
    T value{};
    Error error; ///< why it failed

    bool isFound() const { return state == State::Found; }
    bool isLooking() const { return state == State::Looking; }
    bool isFailed() const { return state == State::Failed; }

    void look()
    {
        state = State::Looking;
        value = T{};
        error = {};
    }
    void found(T now)
    {
        state = State::Found;
        value = std::move(now);
        error = {};
    }
    void fail(Error why)
    {
        state = State::Failed;
        error = std::move(why);
    }
};
