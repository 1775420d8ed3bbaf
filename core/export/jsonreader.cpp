#include "export/jsonreader.h"

namespace {

void appendUtf8(std::string &out, char32_t c)
{
    if (c < 0x80) {
        out += char(c);
        return;
    }
    if (c < 0x800) {
        out += char(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        out += char(0xE0 | (c >> 12));
        out += char(0x80 | ((c >> 6) & 0x3F));
    } else {
        out += char(0xF0 | (c >> 18));
        out += char(0x80 | ((c >> 12) & 0x3F));
        out += char(0x80 | ((c >> 6) & 0x3F));
    }
    out += char(0x80 | (c & 0x3F));
}

} // namespace

const JsonValue *JsonValue::member(std::string_view name) const
{
    for (const auto &[known, value] : members) {
        if (known == name)
            return &value;
    }
    return nullptr;
}

void JsonReader::skipSpace()
{
    while (m_at < m_text.size()
           && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
        ++m_at;
}

bool JsonReader::take(char c)
{
    skipSpace();
    if (peek() != c || m_at == m_text.size())
        return false;
    ++m_at;
    return true;
}

bool JsonReader::atEnd()
{
    skipSpace();
    return m_at == m_text.size();
}

std::optional<JsonValue> JsonReader::read(int depth)
{
    skipSpace();
    if (depth > maxDepth)
        return std::nullopt;
    switch (peek()) {
    case '{':
        return readObject(depth);
    case '[':
        return readArray(depth);
    case 't':
        return readWord("true", JsonValue::Kind::Boolean);
    case 'f':
        return readWord("false", JsonValue::Kind::Boolean);
    case 'n':
        return readWord("null", JsonValue::Kind::Null);
    case '"': {
        std::optional<std::string> text = readString();
        if (!text)
            return std::nullopt;
        return JsonValue{JsonValue::Kind::String, std::move(*text)};
    }
    default:
        return readNumber();
    }
}

std::optional<JsonValue> JsonReader::readWord(std::string_view word, JsonValue::Kind kind)
{
    if (m_text.substr(m_at, word.size()) != word)
        return std::nullopt;
    m_at += word.size();
    return JsonValue{kind, kind == JsonValue::Kind::Null ? std::string() : std::string(word)};
}

std::optional<JsonValue> JsonReader::readArray(int depth)
{
    JsonValue array{JsonValue::Kind::Array};
    take('[');
    if (take(']'))
        return array;
    do {
        std::optional<JsonValue> item = read(depth + 1);
        if (!item)
            return std::nullopt;
        array.items.push_back(std::move(*item));
    } while (take(','));
    return take(']') ? std::optional(std::move(array)) : std::nullopt;
}

std::optional<JsonValue> JsonReader::readObject(int depth)
{
    JsonValue object{JsonValue::Kind::Object};
    take('{');
    if (take('}'))
        return object;
    do {
        skipSpace();
        std::optional<std::string> name = peek() == '"' ? readString() : std::nullopt;
        if (!name || !take(':'))
            return std::nullopt;
        std::optional<JsonValue> value = read(depth + 1);
        if (!value)
            return std::nullopt;
        object.members.emplace_back(std::move(*name), std::move(*value));
    } while (take(','));
    return take('}') ? std::optional(std::move(object)) : std::nullopt;
}

bool JsonReader::skipDigits()
{
    const std::size_t first = m_at;
    while (peek() >= '0' && peek() <= '9')
        ++m_at;
    return m_at != first;
}

std::optional<JsonValue> JsonReader::readNumber()
{
    const std::size_t first = m_at;
    if (peek() == '-')
        ++m_at;
    const bool zero = peek() == '0';
    const std::size_t digits = m_at;
    if (!skipDigits() || (zero && m_at - digits > 1))
        return std::nullopt;
    if (peek() == '.') {
        ++m_at;
        if (!skipDigits())
            return std::nullopt;
    }
    if (peek() == 'e' || peek() == 'E') {
        ++m_at;
        if (peek() == '+' || peek() == '-')
            ++m_at;
        if (!skipDigits())
            return std::nullopt;
    }
    return JsonValue{JsonValue::Kind::Number, std::string(m_text.substr(first, m_at - first))};
}

std::optional<std::string> JsonReader::readString()
{
    std::string out;
    ++m_at; // the quote
    while (m_at < m_text.size()) {
        const std::size_t end = m_text.find_first_of("\"\\", m_at);
        if (end == std::string_view::npos)
            return std::nullopt;
        const std::string_view run = m_text.substr(m_at, end - m_at);
        for (const char c : run) {
            if (static_cast<unsigned char>(c) < 0x20)
                return std::nullopt;
        }
        out += run;
        m_at = end + 1;
        if (m_text[end] == '"')
            return out;
        if (!readEscape(out))
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<unsigned> JsonReader::readHex()
{
    if (m_text.size() - m_at < 4)
        return std::nullopt;
    unsigned value = 0;
    for (int i = 0; i < 4; ++i) {
        const char c = m_text[m_at++];
        const auto digit = std::string_view("0123456789abcdef")
                               .find(c >= 'A' && c <= 'F' ? char(c + 32) : c);
        if (digit == std::string_view::npos)
            return std::nullopt;
        value = value * 16 + unsigned(digit);
    }
    return value;
}

/// What stands behind a backslash. A half of a surrogate pair alone becomes U+FFFD.
bool JsonReader::readEscape(std::string &out)
{
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char letter = peek();
    ++m_at;
    if (const auto known = letters.find(letter);
        known != std::string_view::npos && letter != '\0') {
        out += meanings[known];
        return true;
    }
    const std::optional<unsigned> first = letter == 'u' ? readHex() : std::nullopt;
    if (!first)
        return false;
    char32_t c = *first;
    const bool high = c >= 0xD800 && c <= 0xDBFF;
    if (high && m_text.substr(m_at, 2) == "\\u") {
        const std::size_t before = m_at;
        m_at += 2;
        const std::optional<unsigned> second = readHex();
        if (!second)
            return false;
        if (*second >= 0xDC00 && *second <= 0xDFFF)
            c = 0x10000 + ((c - 0xD800) << 10) + (*second - 0xDC00);
        else
            m_at = before;
    }
    appendUtf8(out, c >= 0xD800 && c <= 0xDFFF ? char32_t(0xFFFD) : c);
    return true;
}
