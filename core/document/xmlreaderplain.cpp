// The part of XmlReader that hands elements to the PlainScanner and all else to libxml2.
#include "document/xmlreaderprivate.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

/// As long as it is not there, libxml2 gets the text tag by tag; a document that does not come to
/// it soon has another shape.
constexpr std::size_t plainWithin = 16 * 1024;
constexpr std::size_t maxHeld = 128 * 1024; ///< of an element that has not ended
constexpr int maxMisses = 32;               ///< elements that are not plain, before it is given up

} // namespace

bool XmlReader::Private::utf8(std::string_view text)
{
    if (!plain) {
        parse(text);
    } else if (held.empty()) {
        held = parsePlain(text);
    } else {
        std::string whole = std::exchange(held, {});
        whole += text;
        whole.erase(0, whole.size() - parsePlain(whole).size());
        held = std::move(whole);
    }
    return !ended;
}

/// True between the children of an element at plainDepth, with nothing left to read.
bool XmlReader::Private::parserWaits() const
{
    return depth == plainDepth && parser->input->cur == parser->input->end
        && parser->instate == XML_PARSER_CONTENT;
}

/// Returns what has to wait for more: the beginning of an element that is plain so far.
std::string_view XmlReader::Private::parsePlain(std::string_view text)
{
    while (!text.empty() && !ended) {
        if (!met && beforeMet > plainWithin)
            plain = false;
        if (!plain) {
            parse(text);
            return {};
        }
        if (parserWaits()) {
            met = true;
            const Step step = readPlain(text);
            if (step == Step::Done)
                continue;
            if (step == Step::Wait)
                return text;
        }
        // Tag by tag, so that the parser stands between two when it gets to the depth.
        const auto length = std::min(text.find('>'), text.size() - 1) + 1;
        parse(text.substr(0, length));
        text.remove_prefix(length);
        beforeMet += length;
    }
    return {};
}

/// Reads an element or the blanks before it from the front of `text` without libxml2.
XmlReader::Private::Step XmlReader::Private::readPlain(std::string_view &text)
{
    if (text.front() != '<') {
        const auto blanks = text.substr(0, text.find('<'));
        if (blanks.find_first_not_of(" \t\n") != std::string_view::npos)
            return Step::Other;
        if (!sink.text(blanks))
            stopped = ended = true;
        skipPosition(blanks);
        text.remove_prefix(blanks.size());
        return Step::Done;
    }
    if (text.size() > 1 && (text[1] == '/' || text[1] == '!' || text[1] == '?'))
        return Step::Other;
    updateScope();
    const auto found = scanner.scan(text, std::size_t(std::max(limits.maxDepth - plainDepth, 0)));
    if (found == PlainScanner::Found::Plain) {
        const auto length = scanner.length();
        emitPlain(text.substr(0, length));
        text.remove_prefix(length);
        return Step::Done;
    }
    if (found == PlainScanner::Found::Incomplete && text.size() < maxHeld)
        return Step::Wait;
    scanner.reset();
    if (++misses > maxMisses)
        plain = false;
    return Step::Other;
}

void XmlReader::Private::emitPlain(std::string_view element)
{
    nodes += scanner.elementCount();
    if (nodes > limits.maxNodes)
        return fail(Cause::HttpTooLarge, u"too many elements"_s);
    if (!scanner.emitTo(sink, element))
        stopped = ended = true;
    scanner.reset();
    skipPosition(element);
    misses = 0;
}

/// Where the parser is in the text, for its messages.
void XmlReader::Private::skipPosition(std::string_view element)
{
    auto *input = parser->input;
    if (element.find('\n') == std::string_view::npos) {
        input->col += int(element.size());
        return;
    }
    input->line += int(std::ranges::count(element, '\n'));
    input->col = int(element.size() - element.rfind('\n'));
}

void XmlReader::Private::updateScope()
{
    if (!std::exchange(scopeChanged, false))
        return;
    PlainTags::Scope current;
    for (const ScopeEntry &entry : scope)
        current.push_back({entry.prefix, entry.uri});
    scanner.setScope(current);
}

/// Gives libxml2 what was held back, at the end of the input.
void XmlReader::Private::release()
{
    const std::string rest = std::exchange(held, {});
    plain = false;
    parse(rest);
}
