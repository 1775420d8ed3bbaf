#pragma once

#include "document/xmlreader.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// The start tags a PlainScanner has met. Rows repeat their tags to the byte, so that a tag is
/// taken apart once and then known by its text; which tag follows which is remembered too.
class PlainTags
{
public:
    using Scope = std::vector<XmlSink::Declaration>; ///< later ones hide earlier ones
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    static constexpr std::size_t maxAttributes = 16; ///< of a plain tag, with declarations

    struct Tag
    {
        std::string raw; ///< from < to >
        std::size_t nameLength = 0;
        NameView name; ///< views here and below: into `raw` and those of enclosing tags
        std::vector<AttributeView> attributes;
        std::vector<XmlSink::Declaration> declarations;
        std::uint32_t outside = 0; ///< number of the scope it stands in
        std::uint32_t inside = 0;  ///< and of that of its children
        bool empty = false;        ///< <name/>
        std::uint32_t next = none; ///< the tag that came behind it
        std::string_view qualifiedName() const
        {
            return std::string_view(raw).substr(1, nameLength);
        }
    };

    PlainTags() { forget(); }
    /// The scope of elements without parent. What is known is kept if it is the same.
    void setScope(const Scope &scope);
    const Tag &tag(std::uint32_t index) const { return *m_tags[index]; }

    enum class Match { Known, Other, Incomplete };
    struct Found
    {
        Match match = Match::Other;
        std::uint32_t tag = none;
    };
    /// The tag that `text` begins with, in the scope with number `scope`, behind the tag `last`.
    Found find(std::string_view text, std::uint32_t scope, std::uint32_t last)
    {
        const auto next = last == none ? m_first : m_tags[last]->next;
        if (next != none && m_tags[next]->outside == scope && text.starts_with(m_tags[next]->raw))
            return {Match::Known, next};
        return findOther(text, scope, last);
    }
    /// Keeps the number of tags within bounds; none may be in use.
    void trim();

private:
    Found findOther(std::string_view text, std::uint32_t scope, std::uint32_t last);
    bool parse(Tag &tag);
    bool parseAttribute(Tag &tag, std::string_view &rest);
    bool resolve(const Tag &tag, NameView &name, bool isAttribute) const;
    void forget();

    std::vector<std::unique_ptr<Tag>> m_tags;
    std::unordered_multimap<std::string_view, std::uint32_t> m_byText;
    std::vector<Scope> m_scopes;
    std::uint32_t m_first = none; ///< the tag that began the element before
    std::deque<std::string> m_scopeTexts;
    Scope m_outer; ///< as given, into m_scopeTexts
};
