#include "document/plaintags.h"

#include <algorithm>

namespace {

constexpr std::string_view xmlNamespace = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view xmlnsNamespace = "http://www.w3.org/2000/xmlns/";
constexpr std::size_t maxTags = 1024;
constexpr std::size_t maxTagLength = 8 * 1024;
constexpr std::size_t maxScopes = 64;
constexpr std::size_t maxScopesAtOnce = 256; ///< within one element of the outer scope
constexpr std::size_t maxScope = 64;         ///< declarations in force

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

bool beginsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool continuesName(char c)
{
    return beginsName(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// Takes an ASCII name without colon off the front; empty when there is none.
std::string_view takeName(std::string_view &rest)
{
    if (rest.empty() || !beginsName(rest.front()))
        return {};
    std::size_t length = 1;
    while (length < rest.size() && continuesName(rest[length]))
        ++length;
    const auto name = rest.substr(0, length);
    rest.remove_prefix(length);
    return name;
}

/// Takes `prefix:local` or `local`.
bool takeQualified(std::string_view &rest, NameView &name)
{
    name.local = takeName(rest);
    if (name.local.empty() || rest.empty() || rest.front() != ':')
        return !name.local.empty();
    rest.remove_prefix(1);
    name.prefix = name.local;
    name.local = takeName(rest);
    return !name.local.empty();
}

bool skipSpace(std::string_view &rest)
{
    const auto before = rest.size();
    while (!rest.empty() && isSpace(rest.front()))
        rest.remove_prefix(1);
    return rest.size() != before;
}

/// True when the value stands for itself: no references, nothing to normalise or to refuse.
bool isPlainValue(std::string_view value)
{
    return std::ranges::all_of(value, [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && c != '<' && c != '&' && c != '\xEF';
    });
}

/// The length of the tag, its > included; npos when it does not end.
std::size_t tagLength(std::string_view text)
{
    char quote = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    return std::string_view::npos;
}

} // namespace

void PlainTags::forget()
{
    m_byText.clear();
    m_tags.clear();
    m_scopes.assign(1, m_outer);
    m_first = none;
}

void PlainTags::trim()
{
    if (m_tags.size() > maxTags || m_scopes.size() > maxScopes)
        forget();
}

void PlainTags::setScope(const Scope &scope)
{
    const auto same = [](const auto &a, const auto &b) {
        return a.prefix == b.prefix && a.uri == b.uri;
    };
    if (std::ranges::equal(scope, m_outer, same))
        return;
    m_scopeTexts.clear();
    m_outer.clear();
    for (const auto &[prefix, uri] : scope)
        m_outer.push_back({m_scopeTexts.emplace_back(prefix), m_scopeTexts.emplace_back(uri)});
    forget();
}

PlainTags::Found PlainTags::findOther(std::string_view text, std::uint32_t scope,
                                      std::uint32_t last)
{
    const auto length = tagLength(text.substr(0, maxTagLength));
    if (length == std::string_view::npos)
        return {text.size() >= maxTagLength ? Match::Other : Match::Incomplete, none};
    const auto raw = text.substr(0, length);
    auto found = none;
    const auto [begin, end] = m_byText.equal_range(raw);
    for (auto it = begin; it != end; ++it) {
        if (m_tags[it->second]->outside == scope)
            found = it->second;
    }
    if (found == none) {
        Tag &tag = *m_tags.emplace_back(std::make_unique<Tag>());
        tag.raw = raw;
        tag.outside = tag.inside = scope;
        if (!parse(tag)) {
            m_tags.pop_back();
            return {};
        }
        found = std::uint32_t(m_tags.size() - 1);
        m_byText.emplace(tag.raw, found);
    }
    (last == none ? m_first : m_tags[last]->next) = found;
    return {Match::Known, found};
}

/// Takes `tag.raw` apart. False when it is not plain or not right.
bool PlainTags::parse(Tag &tag)
{
    std::string_view rest = tag.raw;
    rest.remove_prefix(1);
    rest.remove_suffix(1);
    if (rest.ends_with('/')) {
        tag.empty = true;
        rest.remove_suffix(1);
    }
    const auto all = rest.size();
    if (!takeQualified(rest, tag.name))
        return false;
    tag.nameLength = all - rest.size();
    while (skipSpace(rest) && !rest.empty()) {
        if (tag.attributes.size() + tag.declarations.size() == PlainTags::maxAttributes
            || !parseAttribute(tag, rest))
            return false;
    }
    if (!rest.empty())
        return false;
    if (!tag.declarations.empty()) {
        Scope scope = m_scopes[tag.outside];
        if (scope.size() > maxScope || m_scopes.size() == maxScopesAtOnce)
            return false;
        scope.insert(scope.end(), tag.declarations.begin(), tag.declarations.end());
        tag.inside = std::uint32_t(m_scopes.size());
        m_scopes.push_back(std::move(scope));
    }
    if (tag.name.prefix == "xml" || !resolve(tag, tag.name, false))
        return false;
    for (std::size_t i = 0; i < tag.attributes.size(); ++i) {
        NameView &name = tag.attributes[i].name;
        if (!resolve(tag, name, true))
            return false;
        for (std::size_t k = 0; k < i; ++k) {
            if (tag.attributes[k].name.is(name.namespaceUri, name.local))
                return false;
        }
    }
    return true;
}

bool PlainTags::parseAttribute(Tag &tag, std::string_view &rest)
{
    NameView name;
    if (!takeQualified(rest, name))
        return false;
    skipSpace(rest);
    if (!rest.starts_with('='))
        return false;
    rest.remove_prefix(1);
    skipSpace(rest);
    if (rest.empty() || (rest.front() != '"' && rest.front() != '\''))
        return false;
    const auto end = rest.find(rest.front(), 1);
    if (end == std::string_view::npos)
        return false;
    const auto value = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    if (!isPlainValue(value))
        return false;
    const bool isDefault = name.prefix.empty() && name.local == "xmlns";
    if (!isDefault && name.prefix != "xmlns") {
        tag.attributes.push_back({name, value});
        return true;
    }
    const auto prefix = isDefault ? std::string_view() : name.local;
    const bool known = std::ranges::any_of(
        tag.declarations, [&](const auto &declaration) { return declaration.prefix == prefix; });
    if (known || value.empty() || prefix == "xml" || prefix == "xmlns" || value == xmlNamespace
        || value == xmlnsNamespace)
        return false;
    tag.declarations.push_back({prefix, value});
    return true;
}

/// Finds the namespace of a name by its prefix.
bool PlainTags::resolve(const Tag &tag, NameView &name, bool isAttribute) const
{
    if (name.prefix.empty() && isAttribute)
        return true;
    if (name.prefix == "xml") {
        name.namespaceUri = xmlNamespace;
        return true;
    }
    const Scope &scope = m_scopes[tag.inside];
    for (auto it = scope.rbegin(); it != scope.rend(); ++it) {
        if (it->prefix == name.prefix) {
            name.namespaceUri = it->uri;
            return name.prefix.empty() || !it->uri.empty();
        }
    }
    return name.prefix.empty();
}
