#include "document/documentwalk.h"

#include <algorithm>

namespace {

using Declarations = std::vector<std::pair<std::string_view, std::string_view>>;

/// The declarations of the ancestors, nearest first; shadowed ones left out.
Declarations declarationsAbove(Node subtree)
{
    Declarations result;
    const auto &arena = Document::Arena::of(subtree.document());
    for (Node node = subtree; node; node = node.parent()) {
        const auto [first, last] = arena.declarationsOf(node.index());
        for (auto it = first; it != last; ++it) {
            const std::pair entry{arena.string(it->prefix), arena.string(it->uri)};
            if (std::ranges::find(result, entry.first, &Declarations::value_type::first)
                == result.end())
                result.push_back(entry);
        }
        if (node == subtree) // what it declares itself only shadows
            for (auto &[prefix, uri] : result)
                uri = {};
    }
    std::erase_if(result, [](const auto &entry) { return entry.second.empty(); });
    return result;
}

/// The prefix a value begins with if it looks like a QName.
std::string_view valuePrefix(std::string_view value)
{
    value = trimmedXml(value.substr(0, 128));
    const auto colon = value.find(':');
    if (colon == std::string_view::npos || colon + 1 >= value.size() || value[colon + 1] == '/')
        return {};
    return value.substr(0, colon);
}

} // namespace

std::vector<std::pair<std::string_view, std::string_view>> inheritedDeclarations(Node subtree)
{
    const Declarations above = declarationsAbove(subtree);
    if (above.empty())
        return {};
    std::vector<bool> used(above.size());
    const auto use = [&](std::string_view prefix) {
        const auto it = std::ranges::find(above, prefix, &Declarations::value_type::first);
        if (it != above.end())
            used[std::size_t(it - above.begin())] = true;
    };
    const auto useOfValue = [&](std::string_view value) {
        if (const auto prefix = valuePrefix(value); !prefix.empty())
            use(prefix);
    };
    const auto start = [&](Node node) {
        use(node.name().prefix);
        for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
            const AttributeView view = node.attribute(i);
            if (!view.name.prefix.empty())
                use(view.name.prefix);
            useOfValue(view.value);
        }
    };
    walkSubtree(subtree, start, useOfValue, [](Node) {});
    Declarations result;
    for (std::size_t i = 0; i < above.size(); ++i) {
        if (used[i])
            result.push_back(above[i]);
    }
    return result;
}
