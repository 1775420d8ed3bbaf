#pragma once

#include "document/document.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The flat storage of a Document. Indexes and offsets are 32 bits wide: a document holds less than
/// 4 GiB of text.
struct Document::Arena
{
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    struct Slice
    {
        std::uint32_t begin = 0;
        std::uint32_t length = 0;
    };
    struct Name
    {
        std::uint32_t ns = 0;
        std::uint32_t local = 0;
        std::uint32_t prefix = 0; ///< all three: index into `strings`
    };
    struct Attribute
    {
        std::uint32_t name = 0; ///< index into `names`
        Slice value;
    };
    struct Element
    {
        std::uint32_t name = 0;      ///< index into `names`
        std::uint32_t parent = none; ///< of the root: none
        std::uint32_t nextSibling =
            none; ///< the first child is the next element, if it has this parent
        Slice text;
        std::uint32_t attributes = 0; ///< index of the first one
        std::uint16_t attributeCount = 0;
        bool mixed = false;
        bool declares = false; ///< has entries in `declarations`
    };
    struct Declaration
    {
        std::uint32_t element = 0;
        std::uint32_t prefix = 0;
        std::uint32_t uri = 0;
    };
    /// Of mixed content: a run of text and the child it stands before (none: behind the last one).
    struct Piece
    {
        std::uint32_t element = 0;
        std::uint32_t before = none;
        Slice text;
    };

    std::vector<Element> elements; ///< document order
    std::vector<Attribute> attributes;
    std::vector<Declaration> declarations; ///< by element
    std::vector<Piece> pieces;             ///< by element, then in order
    std::vector<Name> names;
    std::vector<Slice> strings; ///< of `stringText`; 0 is empty
    std::string stringText;
    std::string text;

    std::string_view string(std::uint32_t index) const
    {
        return std::string_view(stringText).substr(strings[index].begin, strings[index].length);
    }
    std::string_view slice(Slice s) const
    {
        return std::string_view(text).substr(s.begin, s.length);
    }
    NameView name(std::uint32_t index) const
    {
        const Name &n = names[index];
        return {string(n.ns), string(n.local), string(n.prefix)};
    }
    std::uint32_t firstChild(std::uint32_t index) const
    {
        const std::uint32_t next = index + 1;
        return next < elements.size() && elements[next].parent == index ? next : none;
    }
    /// One behind the last element of the subtree.
    std::uint32_t subtreeEnd(std::uint32_t index) const;
    /// The declarations and pieces of one element: [first, second).
    std::pair<const Declaration *, const Declaration *> declarationsOf(std::uint32_t index) const;
    std::pair<const Piece *, const Piece *> piecesOf(std::uint32_t index) const;

    static const Arena &of(const Document *document) { return *document->m_arena; }
};

/// XML white space at both ends cut off.
std::string_view trimmedXml(std::string_view text);
bool isXmlBlank(std::string_view text);
