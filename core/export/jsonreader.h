#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A JSON value with its numbers as they were written (integers of any size stay exact) and its
/// members in their order.
struct JsonValue
{
    enum class Kind { Null, Boolean, Number, String, Array, Object };
    Kind kind = Kind::Null;
    std::string text; ///< of a Boolean ("true"), Number or String, UTF-8
    std::vector<JsonValue> items;
    std::vector<std::pair<std::string, JsonValue>> members;

    const JsonValue *member(std::string_view name) const; ///< the first of that name, or null
};

/// Reads values one after the other, so that a long list need not be held at once. Strict (RFC
/// 8259); values nest 256 deep at most. The text must be valid UTF-8 (the caller checks).
class JsonReader
{
public:
    explicit JsonReader(std::string_view text)
        : m_text(text)
    { }
    /// The next value, white space before it skipped; nullopt when there is none or it is not JSON.
    std::optional<JsonValue> value() { return read(0); }
    bool take(char c);                            ///< skips white space, then `c` if it comes next
    bool atEnd();                                 ///< nothing but white space is left
    std::size_t position() const { return m_at; } ///< bytes read

private:
    static constexpr int maxDepth = 256;
    std::optional<JsonValue> read(int depth);
    std::optional<JsonValue> readArray(int depth);
    std::optional<JsonValue> readObject(int depth);
    std::optional<JsonValue> readNumber();
    std::optional<JsonValue> readWord(std::string_view word, JsonValue::Kind kind);
    std::optional<std::string> readString();
    bool readEscape(std::string &out);
    std::optional<unsigned> readHex();
    void skipSpace();
    bool skipDigits();
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    std::string_view m_text;
    std::size_t m_at = 0;
};
