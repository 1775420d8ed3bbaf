#pragma once

#include "common/error.h"

#include <utility>
#include <variant>

/// A value or the Error that stood in its way. Reading the wrong one is a programming error
/// (asserts).
template<typename T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    { }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    { }

    explicit operator bool() const { return m_state.index() == 0; }
    bool ok() const { return m_state.index() == 0; }

    T &value() &
    {
        Q_ASSERT(ok());
        return std::get<0>(m_state);
    }
    const T &value() const &
    {
        Q_ASSERT(ok());
        return std::get<0>(m_state);
    }
    T &&value() &&
    {
        Q_ASSERT(ok());
        return std::get<0>(std::move(m_state));
    }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    const Error &error() const
    {
        Q_ASSERT(!ok());
        return std::get<1>(m_state);
    }

private:
    std::variant<T, Error> m_state;
};

/// Success, or the Error: for what has no value of its own.
class [[nodiscard]] Done
{
public:
    Done() = default;
    Done(Error error)
        : m_error(std::move(error))
    { }
    explicit operator bool() const { return !m_error; }
    const Error &error() const { return m_error; }

private:
    Error m_error;
};
