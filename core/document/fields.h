#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

/// A list of texts in one string, each behind its length: interned like any other text.
class FieldWriter
{
public:
    void clear() { m_bytes.clear(); }
    void add(std::string_view text)
    {
        addNumber(std::uint32_t(text.size()));
        m_bytes += text;
    }
    void addNumber(std::uint32_t number)
    {
        char bytes[4];
        std::memcpy(bytes, &number, 4);
        m_bytes.append(bytes, 4);
    }
    void append(std::string_view fields) { m_bytes += fields; } ///< of another writer
    std::string_view bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

/// Reads what a FieldWriter wrote. Behind the end there is nothing but empty texts and zeros.
class FieldReader
{
public:
    explicit FieldReader(std::string_view bytes)
        : m_rest(bytes)
    { }
    std::string_view next()
    {
        const auto length = number();
        const auto text = m_rest.substr(0, length);
        m_rest.remove_prefix(text.size());
        return text;
    }
    std::uint32_t number()
    {
        std::uint32_t result = 0;
        if (m_rest.size() < 4)
            return 0;
        std::memcpy(&result, m_rest.data(), 4);
        m_rest.remove_prefix(4);
        return result;
    }

private:
    std::string_view m_rest;
};
