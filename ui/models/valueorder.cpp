#include "models/valueorder.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace {

constexpr std::array<char, 256> foldTable = [] {
    std::array<char, 256> table{};
    for (int i = 0; i < 256; ++i)
        table[std::size_t(i)] = char(i >= 'A' && i <= 'Z' ? i + 32 : i);
    return table;
}();

char fold(char c)
{
    return foldTable[static_cast<unsigned char>(c)];
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n'))
        text.remove_suffix(1);
    return text;
}

/// `count` digits at `at` as a number, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size())
        return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (!isDigit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/// Days since 1970-01-01 in the Gregorian calendar (proleptic), for any year from 0 on.
std::int64_t daysFrom(int year, int month, int day)
{
    const int shifted = month <= 2 ? year - 1 : year;
    const int era = shifted / 400;
    const int yearOfEra = shifted - era * 400;
    const int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return std::int64_t(era) * 146097 + dayOfEra - 719468;
}

struct Clock
{
    int year, month, day, hour, minute, second;
    std::int64_t microseconds = 0;
    int offsetMinutes = 0;

    std::optional<std::int64_t> key() const
    {
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 24
            || minute < 0 || minute > 59 || second < 0 || second > 60)
            return {};
        const std::int64_t minutes = (daysFrom(year, month, day) * 24 + hour) * 60 + minute
            - offsetMinutes;
        return (minutes * 60 + second) * 1'000'000 + microseconds;
    }
};

/// `.ffffff` at `at`, any number of digits; moves `at` behind it.
std::int64_t fraction(std::string_view text, std::size_t &at)
{
    if (at >= text.size() || text[at] != '.')
        return 0;
    std::int64_t value = 0;
    std::int64_t unit = 100'000;
    for (++at; at < text.size() && isDigit(text[at]); ++at, unit /= 10)
        value += (text[at] - '0') * unit;
    return value;
}

/// 2014-04-03T14:45:50.46875+08:00
std::optional<std::int64_t> isoKey(std::string_view text)
{
    if (text.size() < 19 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':')
        return {};
    Clock clock{digits(text, 0, 4),  digits(text, 5, 2),  digits(text, 8, 2),
                digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)};
    std::size_t at = 19;
    clock.microseconds = fraction(text, at);
    if (at < text.size() && text[at] != 'Z') {
        const int hours = digits(text, at + 1, 2);
        const int minutes = digits(text, at + 4, 2);
        if ((text[at] != '+' && text[at] != '-') || hours < 0 || minutes < 0)
            return {};
        clock.offsetMinutes = (hours * 60 + minutes) * (text[at] == '-' ? -1 : 1);
    }
    return clock.key();
}

/// 20140403144550.468750+480
std::optional<std::int64_t> dmtfKey(std::string_view text)
{
    if (text.size() != 25 || text[14] != '.' || (text[21] != '+' && text[21] != '-'))
        return {};
    Clock clock{digits(text, 0, 4), digits(text, 4, 2),  digits(text, 6, 2),
                digits(text, 8, 2), digits(text, 10, 2), digits(text, 12, 2)};
    std::size_t at = 14;
    clock.microseconds = fraction(text, at);
    clock.offsetMinutes = std::max(0, digits(text, 22, 3)) * (text[21] == '-' ? -1 : 1);
    return clock.key();
}

} // namespace

bool NumberKey::operator<(const NumberKey &other) const
{
    if (integer && other.integer)
        return negative != other.negative ? negative : bits < other.bits;
    return real < other.real;
}

bool NumberKey::operator==(const NumberKey &other) const
{
    if (integer && other.integer)
        return negative == other.negative && bits == other.bits;
    return real == other.real;
}

std::optional<NumberKey> numberKey(std::string_view text)
{
    text = trimmed(text);
    if (text.size() > 1 && text.front() == '+' && isDigit(text[1]))
        text.remove_prefix(1);
    if (text.empty() || text.size() > 64 || !(isDigit(text.back()) || text.back() == '.'))
        return {};
    const char *begin = text.data();
    const char *end = begin + text.size();
    NumberKey key;
    if (text.front() == '-') {
        std::int64_t value = 0;
        if (const auto read = std::from_chars(begin, end, value);
            read.ec == std::errc() && read.ptr == end)
            return NumberKey{true, value < 0, std::uint64_t(value), double(value)};
    } else {
        std::uint64_t value = 0;
        if (const auto read = std::from_chars(begin, end, value);
            read.ec == std::errc() && read.ptr == end)
            return NumberKey{true, false, value, double(value)};
    }
    if (const auto read = std::from_chars(begin, end, key.real);
        read.ec == std::errc() && read.ptr == end)
        return key;
    return {};
}

std::optional<std::int64_t> timeKey(std::string_view text)
{
    text = trimmed(text);
    if (const auto key = isoKey(text))
        return key;
    return dmtfKey(text);
}

bool isAscii(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

namespace {

/// The code point at `at`, which moves behind it; a byte that is no UTF-8 stands for itself.
char32_t codePoint(std::string_view text, std::size_t &at)
{
    const auto lead = static_cast<unsigned char>(text[at++]);
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (more == 0 || at + std::size_t(more) > text.size())
        return lead;
    char32_t code = lead & (0x3F >> more);
    for (int i = 0; i < more; ++i)
        code = (code << 6) | (static_cast<unsigned char>(text[at++]) & 0x3F);
    return code;
}

void appendUtf8(std::string &out, char32_t code)
{
    if (code < 0x80) {
        out += char(code);
        return;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    out += char((0xF00 >> more & 0xFF) | (code >> (6 * more)));
    for (int i = more - 1; i >= 0; --i)
        out += char(0x80 | ((code >> (6 * i)) & 0x3F));
}

} // namespace

void appendFolded(std::string &out, std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && (text[end] & 0x80) == 0)
            ++end;
        const std::size_t before = out.size();
        out.resize(before + end - at);
        std::transform(text.begin() + std::ptrdiff_t(at), text.begin() + std::ptrdiff_t(end),
                       out.begin() + std::ptrdiff_t(before), fold);
        for (at = end; at < text.size() && (text[at] & 0x80) != 0;)
            appendUtf8(out, QChar::toCaseFolded(codePoint(text, at)));
    }
}

std::string foldedText(std::string_view text)
{
    std::string folded;
    folded.reserve(text.size());
    appendFolded(folded, text);
    return folded;
}

bool containsFolded(std::string_view text, std::string_view needle)
{
    if (needle.empty())
        return true;
    if (!isAscii(needle))
        return foldedText(text).find(needle) != std::string::npos;
    if (text.size() < needle.size())
        return false;
    const char first = needle.front();
    const std::size_t last = text.size() - needle.size();
    for (std::size_t at = 0; at <= last; ++at) {
        if (fold(text[at]) != first)
            continue;
        std::size_t i = 1;
        while (i < needle.size() && fold(text[at + i]) == needle[i])
            ++i;
        if (i == needle.size())
            return true;
    }
    return false;
}

bool equalsFolded(std::string_view text, std::string_view folded)
{
    if (!isAscii(folded))
        return foldedText(text) == folded;
    return text.size() == folded.size()
        && std::equal(text.begin(), text.end(), folded.begin(),
                      [](char a, char b) { return fold(a) == b; });
}
