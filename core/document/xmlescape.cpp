#include "document/xmlescape.h"

#include <cstdint>

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD"; ///< U+FFFD

/// Length of the character at the front if XML 1.0 can hold it (its production Char), else 0.
std::size_t characterLength(std::string_view text)
{
    const auto at = [&](std::size_t i) { return std::uint8_t(text[i]); };
    const auto follows = [&](std::size_t count) {
        for (std::size_t i = 1; i <= count; ++i) {
            if (i >= text.size() || (at(i) & 0xC0) != 0x80)
                return false;
        }
        return true;
    };
    const auto lead = at(0);
    if (lead < 0x80)
        return lead >= 0x20 || lead == '\t' || lead == '\n' || lead == '\r' ? 1 : 0;
    if (lead >= 0xC2 && lead <= 0xDF)
        return follows(1) ? 2 : 0;
    if ((lead & 0xF0) == 0xE0 && follows(2)) {
        const bool overlong = lead == 0xE0 && at(1) < 0xA0;
        const bool surrogate = lead == 0xED && at(1) > 0x9F;
        const bool noCharacter = lead == 0xEF && at(1) == 0xBF && at(2) >= 0xBE;
        return overlong || surrogate || noCharacter ? 0 : 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4 && follows(3)) {
        const bool outside = (lead == 0xF0 && at(1) < 0x90) || (lead == 0xF4 && at(1) > 0x8F);
        return outside ? 0 : 4;
    }
    return 0;
}

const char *reference(char c, bool attribute)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '\r':
        return "&#13;";
    case '"':
        return attribute ? "&quot;" : nullptr;
    case '\t':
        return attribute ? "&#9;" : nullptr;
    case '\n':
        return attribute ? "&#10;" : nullptr;
    default:
        return nullptr;
    }
}

void appendEscaped(QByteArray &out, std::string_view text, bool attribute)
{
    std::size_t begin = 0; // of what is taken over as it is
    const auto flush = [&](std::size_t end) {
        out.append(text.data() + begin, qsizetype(end - begin));
    };
    for (std::size_t i = 0; i < text.size();) {
        const auto length = characterLength(text.substr(i, 4));
        const char *instead = length == 0 ? replacement.data() : reference(text[i], attribute);
        const auto next = i + (length == 0 ? 1 : length);
        if (instead) {
            flush(i);
            out += instead;
            begin = next;
        }
        i = next;
    }
    flush(text.size());
}

} // namespace

void appendEscapedText(QByteArray &out, std::string_view utf8)
{
    appendEscaped(out, utf8, false);
}

void appendEscapedAttribute(QByteArray &out, std::string_view utf8)
{
    appendEscaped(out, utf8, true);
}

bool fitsXml(std::string_view utf8)
{
    while (!utf8.empty()) {
        const std::size_t length = characterLength(utf8);
        if (length == 0)
            return false;
        utf8.remove_prefix(length);
    }
    return true;
}
