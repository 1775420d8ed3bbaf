#pragma once

#include "demo/personality.h"

#include <cstdint>
#include <string>
#include <string_view>

/// Gives the envelopes this host writes, in Windows' form, the form of another server: its prefixes
/// and where they are declared, its headers in its order, its message ids. Elements, attributes and
/// text of the body stay what they are. One for a host: it counts the messages.
class SoapDress
{
public:
    explicit SoapDress(const Personality &as)
        : m_as(as)
    { }
    /// `envelope` as openEnvelope() and what follows it write it; returned as it is for Windows.
    /// `resourceUri` of the request, for servers that repeat it.
    std::string operator()(std::string envelope, std::string_view resourceUri);

private:
    std::string messageId();
    const Personality &m_as;
    std::uint32_t m_count = 0;
};
