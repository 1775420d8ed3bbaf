#pragma once

#include "document/plaintags.h"

/// Reads elements that are plain, several times faster than libxml2, and leaves all others to it.
///
/// Plain is what replies consist of: tags with ASCII names, quoted attributes without references,
/// text with the five predefined entities at most. One whole element is looked at first; only when
/// all of it is well-formed and plain are events made of it. Whatever is doubtful (a reference by
/// number, a carriage return, a comment, CDATA, an undeclared prefix, a mismatched tag ...) is not
/// plain, and libxml2 reads or refuses it. The input must be valid UTF-8 without NUL.
/// tst_plainscanner holds the two against each other.
class PlainScanner
{
public:
    enum class Found {
        Plain,      ///< `length()` bytes; `emitTo` makes the events
        Other,      ///< not plain
        Incomplete, ///< plain so far: `scan` again with more behind the same bytes
    };
    /// Looks at the element that `text` begins with (at its `<`), nested `maxDepth` deep at most.
    Found scan(std::string_view text, std::size_t maxDepth);
    std::size_t length() const { return m_at; }
    std::size_t elementCount() const { return m_elements; }
    /// `text` as given to `scan`. False when the sink stopped.
    bool emitTo(XmlSink &sink, std::string_view text) const;
    /// Begins with the next element.
    void reset();

    /// The declarations in force where the elements stand.
    void setScope(const PlainTags::Scope &scope) { m_tags.setScope(scope); }

private:
    struct Event
    {
        enum Sort : std::uint8_t { Start, Text, Entity, End };
        Sort sort = End;
        std::uint32_t begin = 0; ///< of a Start its tag, of an Entity its index, of text an offset
        std::uint32_t length = 0;
    };
    Found scanStart(std::string_view text, std::size_t maxDepth);
    Found scanEnd(std::string_view text);
    Found scanText(std::string_view text);
    Found scanEntity(std::string_view text);
    void endText();

    PlainTags m_tags;
    std::vector<Event> m_events;
    std::vector<std::uint32_t> m_open; ///< tags of the open elements
    std::size_t m_at = 0;
    std::size_t m_elements = 0;
    std::uint32_t m_lastTag = PlainTags::none;
    bool m_inText = false;
    std::size_t m_textBegin = 0; ///< of the run being read
};
