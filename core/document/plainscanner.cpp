#include "document/plainscanner.h"

#include <array>

namespace {

/// What a byte of text means.
enum class Meaning : std::uint8_t { Text, Tag, Entity, Greater, Lead, Other };

constexpr std::array<Meaning, 256> meanings = [] {
    std::array<Meaning, 256> result{};
    for (std::size_t c = 0; c < 0x20; ++c)
        result[c] = Meaning::Other;
    result['\t'] = result['\n'] = Meaning::Text;
    result['<'] = Meaning::Tag;
    result['&'] = Meaning::Entity;
    result['>'] = Meaning::Greater; // must not end "]]>"
    result[0xEF] = Meaning::Lead;   // U+FFFE and U+FFFF begin with it
    return result;
}();

Meaning meaningOf(char c)
{
    return meanings[static_cast<unsigned char>(c)];
}

struct Entity
{
    std::string_view name;
    char character;
};
constexpr std::array<Entity, 5> entities{
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}}};

} // namespace

void PlainScanner::reset()
{
    m_events.clear();
    m_open.clear();
    m_at = m_elements = 0;
    m_lastTag = PlainTags::none;
    m_inText = false;
    m_tags.trim();
}

PlainScanner::Found PlainScanner::scan(std::string_view text, std::size_t maxDepth)
{
    while (m_at < text.size()) {
        Found found = Found::Plain;
        if (m_inText || text[m_at] != '<')
            found = scanText(text);
        else if (m_at + 1 == text.size())
            return Found::Incomplete;
        else if (text[m_at + 1] == '/')
            found = scanEnd(text);
        else
            found = scanStart(text, maxDepth);
        if (found != Found::Plain || m_open.empty())
            return found;
    }
    return Found::Incomplete;
}

PlainScanner::Found PlainScanner::scanStart(std::string_view text, std::size_t maxDepth)
{
    const auto scope = m_open.empty() ? 0 : m_tags.tag(m_open.back()).inside;
    const auto [match, index] = m_tags.find(text.substr(m_at), scope, m_lastTag);
    if (match != PlainTags::Match::Known)
        return match == PlainTags::Match::Other ? Found::Other : Found::Incomplete;
    if (m_open.size() == maxDepth)
        return Found::Other;
    const auto &tag = m_tags.tag(index);
    m_lastTag = index;
    ++m_elements;
    m_at += tag.raw.size();
    m_events.push_back({Event::Start, index, 0});
    if (tag.empty)
        m_events.push_back({Event::End, 0, 0});
    else
        m_open.push_back(index);
    return Found::Plain;
}

PlainScanner::Found PlainScanner::scanEnd(std::string_view text)
{
    if (m_open.empty())
        return Found::Other;
    const auto name = m_tags.tag(m_open.back()).qualifiedName();
    auto rest = text.substr(m_at + 2);
    if (rest.size() <= name.size())
        return Found::Incomplete;
    if (!rest.starts_with(name) || rest[name.size()] != '>')
        return Found::Other;
    m_at += name.size() + 3;
    m_events.push_back({Event::End, 0, 0});
    m_open.pop_back();
    return Found::Plain;
}

/// The run of text ends where the scanner stands.
void PlainScanner::endText()
{
    m_inText = false;
    if (m_at > m_textBegin)
        m_events.push_back(
            {Event::Text, std::uint32_t(m_textBegin), std::uint32_t(m_at - m_textBegin)});
}

/// Reads text up to the next tag; goes on in the middle when more has come.
PlainScanner::Found PlainScanner::scanText(std::string_view text)
{
    if (!m_inText) {
        m_inText = true;
        m_textBegin = m_at;
    }
    // Most of what is read is text: the loop is kept tight.
    const char *const begin = text.data();
    const char *const end = begin + text.size();
    for (const char *p = begin + m_at; p != end;) {
        const Meaning meaning = meaningOf(*p);
        if (meaning == Meaning::Text) {
            ++p;
            continue;
        }
        switch (meaning) {
        case Meaning::Text:
            break;
        case Meaning::Greater:
            if (p - begin >= 2 && p[-1] == ']' && p[-2] == ']')
                return Found::Other;
            ++p;
            continue;
        case Meaning::Lead:
            if (p + 1 == end || p[1] == '\xBF')
                return Found::Other;
            ++p;
            continue;
        case Meaning::Other:
            return Found::Other;
        case Meaning::Tag:
            m_at = std::size_t(p - begin);
            endText();
            return Found::Plain;
        case Meaning::Entity:
            m_at = std::size_t(p - begin);
            return scanEntity(text);
        }
    }
    m_at = text.size();
    return Found::Incomplete;
}

PlainScanner::Found PlainScanner::scanEntity(std::string_view text)
{
    const auto rest = text.substr(m_at, 6); // the longest is &quot;
    for (std::size_t i = 0; i < entities.size(); ++i) {
        if (rest.starts_with(entities[i].name)) {
            endText();
            m_events.push_back({Event::Entity, std::uint32_t(i), 0});
            m_at += entities[i].name.size();
            return Found::Plain;
        }
    }
    return rest.size() < 6 ? Found::Incomplete : Found::Other;
}

bool PlainScanner::emitTo(XmlSink &sink, std::string_view text) const
{
    for (const Event &event : m_events) {
        bool goOn = true;
        switch (event.sort) {
        case Event::Start: {
            const auto &tag = m_tags.tag(event.begin);
            goOn = sink.startElement(tag.name, tag.attributes, tag.declarations);
            break;
        }
        case Event::Text:
            goOn = sink.text(text.substr(event.begin, event.length));
            break;
        case Event::Entity:
            goOn = sink.text({&entities[event.begin].character, 1});
            break;
        case Event::End:
            goOn = sink.endElement();
            break;
        }
        if (!goOn)
            return false;
    }
    return true;
}
