#include "document/xmldecoder.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <utility>

namespace {

constexpr std::size_t maxDeclaration = 1024;
constexpr std::size_t utf16Piece = 16 * 1024; ///< bytes converted at a time

std::uint8_t byteAt(std::string_view bytes, std::size_t index)
{
    return std::uint8_t(bytes[index]);
}

bool isContinuation(std::uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/// Length that a first byte announces; 0 when none begins with it.
std::size_t sequenceLength(std::uint8_t lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/// True when the bytes that are there (1 to length) may begin a character: no overlong forms, no
/// surrogates, nothing above U+10FFFF (Unicode, table 3-7).
bool mayBegin(std::string_view bytes, std::size_t length)
{
    const auto lead = byteAt(bytes, 0);
    for (std::size_t i = 1; i < std::min(bytes.size(), length); ++i) {
        if (!isContinuation(byteAt(bytes, i)))
            return false;
    }
    if (bytes.size() < 2)
        return true;
    const auto second = byteAt(bytes, 1);
    return !(lead == 0xE0 && second < 0xA0) && !(lead == 0xED && second > 0x9F)
        && !(lead == 0xF0 && second < 0x90) && !(lead == 0xF4 && second > 0x8F);
}

/// How many bytes at the front are ASCII without NUL, counted in words of eight.
std::size_t plainLength(std::string_view bytes)
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t highs = 0x8080808080808080;
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes.data() + at, 8);
        // The high bit of a byte is set, or the subtraction borrows into it from a zero.
        if (((word | (word - ones)) & highs) != 0)
            break;
    }
    return at;
}

struct Validation
{
    enum State { Valid, Incomplete, Invalid, Nul };
    State state = Valid;
    std::size_t length = 0; ///< of the valid part
};

Validation validate(std::string_view bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        at += plainLength(bytes.substr(at));
        const std::size_t end = std::min(at + 8, bytes.size());
        while (at < end) {
            if (bytes[at] == 0)
                return {Validation::Nul, at};
            const std::size_t length = sequenceLength(byteAt(bytes, at));
            if (length == 0 || !mayBegin(bytes.substr(at, length), length))
                return {Validation::Invalid, at};
            if (at + length > bytes.size())
                return {Validation::Incomplete, at};
            at += length;
        }
    }
    return {Validation::Valid, bytes.size()};
}

void appendUtf8(std::string &out, char32_t c)
{
    if (c < 0x80) {
        out += char(c);
    } else if (c < 0x800) {
        out += char(0xC0 | c >> 6);
        out += char(0x80 | (c & 63));
    } else if (c < 0x10000) {
        out += char(0xE0 | c >> 12);
        out += char(0x80 | (c >> 6 & 63));
        out += char(0x80 | (c & 63));
    } else {
        out += char(0xF0 | c >> 18);
        out += char(0x80 | (c >> 12 & 63));
        out += char(0x80 | (c >> 6 & 63));
        out += char(0x80 | (c & 63));
    }
}

/// The value of encoding="..." in lower case; empty when it is not there.
std::string declaredEncoding(std::string_view declaration)
{
    auto at = declaration.find("encoding");
    if (at == std::string_view::npos)
        return {};
    at = declaration.find_first_of("\"'", at);
    if (at == std::string_view::npos)
        return {};
    const auto end = declaration.find(declaration[at], at + 1);
    std::string name(declaration.substr(at + 1, end - at - 1));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return char(tolower(c)); });
    return name;
}

bool isXmlBlankCharacter(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

bool XmlDecoder::fail(Cause cause, const char *words)
{
    m_problem = {cause, words};
    return false;
}

bool XmlDecoder::feed(std::string_view bytes)
{
    if (m_encoding != Encoding::Unknown)
        return decode(bytes);
    m_start += bytes;
    return detect(false);
}

bool XmlDecoder::finish()
{
    if (m_encoding == Encoding::Unknown && !detect(true))
        return false;
    if (!m_tail.empty() || m_high != 0)
        return fail(Cause::SoapEncoding, "The text ends in the middle of a character");
    return !m_inHeader || readHeader(true);
}

/// Needs four bytes, to tell UTF-16 from UTF-32; fewer only at the end.
bool XmlDecoder::detect(bool final)
{
    if (m_start.size() < 4 && !final)
        return true;
    const std::string bytes = std::exchange(m_start, {});
    const auto begins = [&](std::string_view mark) { return bytes.starts_with(mark); };
    using namespace std::string_view_literals;
    if (begins("\xFF\xFE\0\0"sv) || begins("\0\0"sv)
        || (bytes.size() >= 4 && bytes[1] == 0 && bytes[2] == 0))
        return fail(Cause::SoapEncoding, "UTF-32 is not read");
    std::size_t mark = 0;
    if (begins("\xEF\xBB\xBF"sv)) {
        m_encoding = Encoding::Utf8;
        mark = 3;
    } else if (begins("\xFF\xFE"sv) || begins("\xFE\xFF"sv)) {
        m_encoding = begins("\xFF\xFE"sv) ? Encoding::Utf16LittleEndian : Encoding::Utf16BigEndian;
        mark = 2;
    } else if (bytes.size() >= 2 && bytes[0] == 0 && bytes[1] != 0) {
        m_encoding = Encoding::Utf16BigEndian;
    } else if (bytes.size() >= 2 && bytes[1] == 0 && bytes[0] != 0) {
        m_encoding = Encoding::Utf16LittleEndian;
    } else {
        m_encoding = Encoding::Utf8;
    }
    return decode(std::string_view(bytes).substr(mark));
}

bool XmlDecoder::decode(std::string_view bytes)
{
    if (m_encoding == Encoding::Utf8)
        return decodeUtf8(bytes);
    while (!bytes.empty()) {
        const auto piece = bytes.substr(0, utf16Piece);
        bytes.remove_prefix(piece.size());
        if (!decodeUtf16(piece))
            return false;
    }
    return true;
}

bool XmlDecoder::decodeUtf8(std::string_view bytes)
{
    if (!m_tail.empty() && !completeCharacter(bytes))
        return false;
    const auto [state, length] = validate(bytes);
    if (state == Validation::Incomplete)
        m_tail = bytes.substr(length);
    if (length > 0 && !deliver(bytes.substr(0, length)))
        return false;
    if (state == Validation::Nul)
        return fail(Cause::SoapMalformed, "A NUL byte in the text");
    if (state == Validation::Invalid)
        return fail(Cause::SoapEncoding, "Bytes that are not UTF-8");
    return true;
}

bool XmlDecoder::completeCharacter(std::string_view &bytes)
{
    const std::size_t length = sequenceLength(byteAt(m_tail, 0));
    while (m_tail.size() < length && !bytes.empty()) {
        m_tail += bytes.front();
        bytes.remove_prefix(1);
        if (!mayBegin(m_tail, length))
            return fail(Cause::SoapEncoding, "Bytes that are not UTF-8");
    }
    if (m_tail.size() < length)
        return true;
    const std::string character = std::exchange(m_tail, {});
    return deliver(character);
}

bool XmlDecoder::decodeUtf16(std::string_view bytes)
{
    m_converted.clear();
    const int first = m_encoding == Encoding::Utf16LittleEndian ? 0 : 8;
    for (char c : bytes) {
        if (m_tail.empty()) {
            m_tail += c;
            continue;
        }
        const auto unit = char16_t(byteAt(m_tail, 0) << first | std::uint8_t(c) << (8 - first));
        m_tail.clear();
        if (!appendUnit(unit))
            return false;
    }
    return m_converted.empty() || deliver(m_converted);
}

bool XmlDecoder::appendUnit(char16_t unit)
{
    const bool low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (low != (m_high != 0))
        return fail(Cause::SoapEncoding, "Half a surrogate pair");
    if (unit == 0)
        return fail(Cause::SoapMalformed, "A NUL character in the text");
    if (low) {
        appendUtf8(m_converted,
                   0x10000 + ((char32_t(m_high) & 0x3FF) << 10) + (char32_t(unit) & 0x3FF));
        m_high = 0;
    } else if (unit >= 0xD800 && unit <= 0xDBFF) {
        m_high = unit;
    } else {
        appendUtf8(m_converted, unit);
    }
    return true;
}

bool XmlDecoder::deliver(std::string_view text)
{
    if (!m_inHeader)
        return m_output.utf8(text);
    m_start += text;
    return readHeader(false);
}

/// Looks at what stands before the root element until it is known whether it is an XML declaration.
bool XmlDecoder::readHeader(bool final)
{
    std::string_view text = m_start;
    while (!text.empty() && isXmlBlankCharacter(text.front()))
        text.remove_prefix(1);
    constexpr std::string_view opening = "<?xml";
    if (text.size() <= opening.size() && !final && opening.starts_with(text)) {
        m_start.assign(text);
        return true;
    }
    if (text.size() > opening.size() && text.starts_with(opening)
        && isXmlBlankCharacter(text[opening.size()])) {
        const auto end = text.substr(0, maxDeclaration).find("?>");
        if (end == std::string_view::npos) {
            if (final || text.size() >= maxDeclaration)
                return fail(Cause::SoapMalformed, "The XML declaration does not end");
            m_start.assign(text);
            return true;
        }
        if (!checkDeclaration(text.substr(0, end)))
            return false;
    } else if (!text.empty() && text.front() != '<') {
        return fail(Cause::SoapMalformed, "The text does not begin as XML does");
    }
    m_inHeader = false;
    const std::string start(text);
    m_start = {};
    return start.empty() || m_output.utf8(start);
}

bool XmlDecoder::checkDeclaration(std::string_view declaration)
{
    const std::string name = declaredEncoding(declaration);
    if (name.empty())
        return true;
    const bool utf8 = name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii";
    const bool little = name == "utf-16le";
    const bool big = name == "utf-16be";
    const bool utf16 = name == "utf-16" || name == "utf16" || little || big;
    if (!utf8 && !utf16)
        return fail(Cause::SoapEncoding, "An encoding other than UTF-8 and UTF-16");
    const bool right = m_encoding == Encoding::Utf8 ? utf8
        : m_encoding == Encoding::Utf16LittleEndian ? utf16 && !big
                                                    : utf16 && !little;
    return right || fail(Cause::SoapEncoding, "The declared encoding is not the one that is used");
}
