#pragma once

#include "document/documentarena.h"

#include <utility>
#include <vector>

/// Declarations made above `subtree` that its names use, or that its values may use: a value such
/// as `w:QuotaLimit` needs the prefix it begins with. Prefix and URI, each prefix once.
std::vector<std::pair<std::string_view, std::string_view>> inheritedDeclarations(Node subtree);

/// Goes through a subtree as a parser would: `start(Node)`, `text(std::string_view)`, `end(Node)`.
/// Without recursion, so depth does not matter.
template<typename Start, typename Text, typename End>
void walkSubtree(Node subtree, Start &&start, Text &&text, End &&end)
{
    using Piece = Document::Arena::Piece;
    struct Open
    {
        Node node;
        const Piece *piece = nullptr;
        const Piece *pieceEnd = nullptr;
    };
    const auto &arena = Document::Arena::of(subtree.document());
    std::vector<Open> open;
    const auto textBefore = [&](std::uint32_t child) {
        for (auto &top = open.back(); top.piece != top.pieceEnd && top.piece->before == child;
             ++top.piece)
            text(arena.slice(top.piece->text));
    };
    const auto close = [&] {
        textBefore(Document::Arena::none);
        end(open.back().node);
        open.pop_back();
    };
    const auto last = arena.subtreeEnd(subtree.index());
    for (auto i = subtree.index(); i < last; ++i) {
        while (!open.empty() && open.back().node.index() != arena.elements[i].parent)
            close();
        if (!open.empty())
            textBefore(i);
        const Node node = subtree.document()->node(i);
        start(node);
        const auto [piece, pieceEnd] = arena.piecesOf(i);
        open.push_back({node, piece, pieceEnd});
        if (node.isLeaf() && !node.text().empty())
            text(node.text());
    }
    while (!open.empty())
        close();
}
