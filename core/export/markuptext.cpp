#include "export/markuptext.h"

namespace {

struct Replacement
{
    std::size_t length = 0; ///< bytes it stands for
    std::string_view text;
};

/// Bidirectional and C1 controls and line separators, as UTF-8.
Replacement unsafeCharacter(std::string_view rest)
{
    constexpr std::string_view symbol = "\xEF\xBF\xBD"; // U+FFFD
    const auto byte = [rest](std::size_t i) {
        return i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0u;
    };
    if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F)
        return {2, symbol};
    if (byte(0) == 0xD8 && byte(1) == 0x9C)
        return {2, symbol};
    if (byte(0) != 0xE2)
        return {};
    if (byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9))
        return {3, "<br>"};
    const bool marks = byte(1) == 0x80
        && (byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xAA && byte(2) <= 0xAE));
    const bool isolates = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
    return marks || isolates ? Replacement{3, symbol} : Replacement{};
}

std::string_view htmlEntity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\n':
        return "<br>";
    default:
        return {};
    }
}

bool isMarkdownSyntax(char c)
{
    return std::string_view("\\|*[]`").find(c) != std::string_view::npos;
}

/// U+2400 to U+2421: the picture of a control character.
void appendPicture(ExportBuffer &out, unsigned char c)
{
    const char last = c == 0x7F ? char(0xA1) : char(0x80 + c);
    const char picture[]{char(0xE2), char(0x90), last};
    out.append(std::string_view(picture, sizeof picture));
}

void appendMarkup(ExportBuffer &out, std::string_view utf8, bool markdown)
{
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const char c = utf8[i];
        const auto code = static_cast<unsigned char>(c);
        if (const std::string_view entity = htmlEntity(c); !entity.empty()) {
            out.append(entity);
        } else if (c == '\r') {
            if (i + 1 == utf8.size() || utf8[i + 1] != '\n')
                out.append(std::string_view("<br>"));
        } else if (code < 0x20 || code == 0x7F) {
            appendPicture(out, code);
        } else if (const Replacement other = unsafeCharacter(utf8.substr(i)); other.length != 0) {
            out.append(other.text);
            i += other.length - 1;
        } else {
            if (markdown && isMarkdownSyntax(c))
                out.append('\\');
            out.append(c);
        }
    }
}

} // namespace

void appendHtmlText(ExportBuffer &out, std::string_view utf8)
{
    appendMarkup(out, utf8, false);
}

void appendMarkdownText(ExportBuffer &out, std::string_view utf8)
{
    appendMarkup(out, utf8, true);
}
