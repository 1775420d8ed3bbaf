#include "export/csvtext.h"

#include <array>

namespace {

constexpr std::array<bool, 256> makeQuoted()
{
    std::array<bool, 256> table{};
    for (const unsigned char c : {'"', ',', '\r', '\n'})
        table[c] = true;
    return table;
}
constexpr std::array<bool, 256> quoted = makeQuoted();

bool needsQuotes(std::string_view text)
{
    for (const char c : text) {
        if (quoted[static_cast<unsigned char>(c)])
            return true;
    }
    return false;
}

std::size_t skipDigits(std::string_view text, std::size_t at)
{
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        ++at;
    return at;
}

/// [+-] digits [. digits] [e [+-] digits], at least one digit before the exponent.
bool isNumber(std::string_view text)
{
    std::size_t at = text.front() == '+' || text.front() == '-' ? 1 : 0;
    const std::size_t integer = at;
    at = skipDigits(text, at);
    std::size_t digits = at - integer;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = ++at;
        at = skipDigits(text, at);
        digits += at - fraction;
    }
    if (digits == 0)
        return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        const std::size_t exponent = at;
        at = skipDigits(text, at);
        if (at == exponent)
            return false;
    }
    return at == text.size();
}

bool isFormula(std::string_view text)
{
    switch (text.front()) {
    case '=':
    case '@':
    case '\t':
    case '\r':
        return true;
    case '+':
    case '-':
        return !isNumber(text);
    default:
        return false;
    }
}

} // namespace

void appendCsvText(ExportBuffer &out, std::string_view utf8, bool guard)
{
    if (utf8.empty()) {
        out.append(std::string_view("\"\""));
        return;
    }
    const bool formula = guard && isFormula(utf8);
    if (!needsQuotes(utf8)) {
        if (formula)
            out.append('\'');
        out.append(utf8);
        return;
    }
    char *const begin = out.room(utf8.size() * 2 + 3);
    char *to = begin;
    *to++ = '"';
    if (formula)
        *to++ = '\'';
    for (const char c : utf8) {
        *to = '"';
        to += c == '"';
        *to++ = c;
    }
    *to++ = '"';
    out.advance(std::size_t(to - begin));
}

std::string_view withoutGuard(std::string_view utf8)
{
    const bool guarded = utf8.size() > 1 && utf8.front() == '\'' && isFormula(utf8.substr(1));
    return guarded ? utf8.substr(1) : utf8;
}
