#include "document/documentbuilder.h"

#include "document/documentarena.h"
#include "document/documentwalk.h"

#include <QtGlobal>

#include <algorithm>
#include <map>
#include <unordered_map>

struct DocumentBuilder::Private
{
    using Arena = Document::Arena;

    struct Frame
    {
        std::uint32_t element = 0;
        std::uint32_t lastChild = Arena::none;
        std::uint32_t textBegin = 0;      ///< of the run being read, in Arena::text
        bool started = false;             ///< attributes are over: text or a child came
        std::string mixed;                ///< the runs before children
        std::vector<Arena::Piece> pieces; ///< slices of `mixed`
    };

    struct NameKey
    {
        std::uint32_t ns, local, prefix;
        auto operator<=>(const NameKey &) const = default;
    };

    std::unique_ptr<Document> document{new Document};
    Arena *arena = document->m_arena.get();
    std::unordered_map<std::string, std::uint32_t> stringIds;
    std::map<NameKey, std::uint32_t> nameIds;
    std::vector<Frame> frames; ///< reused: only the first `depth` are open
    std::size_t depth = 0;

    Private() { string({}); }
    Frame &top() { return frames[depth - 1]; }
    std::uint32_t string(std::string_view text);
    std::uint32_t name(std::string_view ns, std::string_view local, std::string_view prefix);
    Arena::Slice addText(std::string_view text);
    Arena::Slice runOf(const Frame &frame) const;
    void keepRun(Frame &frame, std::uint32_t before);
    void closeMixed(Frame &frame);
    void shrink();
};

std::uint32_t DocumentBuilder::Private::string(std::string_view text)
{
    const auto [it, added] = stringIds.try_emplace(std::string(text), arena->strings.size());
    if (added) {
        arena->strings.push_back(
            {std::uint32_t(arena->stringText.size()), std::uint32_t(text.size())});
        arena->stringText += text;
    }
    return it->second;
}

std::uint32_t DocumentBuilder::Private::name(std::string_view ns, std::string_view local,
                                             std::string_view prefix)
{
    const NameKey key{string(ns), string(local), string(prefix)};
    const auto [it, added] = nameIds.try_emplace(key, arena->names.size());
    if (added)
        arena->names.push_back({key.ns, key.local, key.prefix});
    return it->second;
}

Document::Arena::Slice DocumentBuilder::Private::addText(std::string_view text)
{
    const Arena::Slice slice{std::uint32_t(arena->text.size()), std::uint32_t(text.size())};
    arena->text += text;
    return slice;
}

Document::Arena::Slice DocumentBuilder::Private::runOf(const Frame &frame) const
{
    return {frame.textBegin, std::uint32_t(arena->text.size()) - frame.textBegin};
}

/// Moves the run that has just been read out of the arena: whether the element is mixed is known at
/// its end only, and white space between children is not worth keeping.
void DocumentBuilder::Private::keepRun(Frame &frame, std::uint32_t before)
{
    const auto run = runOf(frame);
    if (run.length == 0)
        return;
    frame.pieces.push_back(
        {frame.element, before, {std::uint32_t(frame.mixed.size()), run.length}});
    frame.mixed += arena->slice(run);
    arena->text.resize(frame.textBegin);
}

void DocumentBuilder::Private::closeMixed(Frame &frame)
{
    keepRun(frame, Arena::none);
    if (isXmlBlank(frame.mixed))
        return;
    auto &element = arena->elements[frame.element];
    element.mixed = true;
    element.text = addText(frame.mixed);
    for (Arena::Piece piece : frame.pieces) {
        piece.text.begin += element.text.begin;
        arena->pieces.push_back(piece);
    }
}

void DocumentBuilder::Private::shrink()
{
    arena->elements.shrink_to_fit();
    arena->attributes.shrink_to_fit();
    arena->declarations.shrink_to_fit();
    arena->pieces.shrink_to_fit();
    arena->names.shrink_to_fit();
    arena->strings.shrink_to_fit();
    arena->stringText.shrink_to_fit();
    arena->text.shrink_to_fit();
}

DocumentBuilder::DocumentBuilder()
    : d(std::make_unique<Private>())
{ }

DocumentBuilder::~DocumentBuilder() = default;
DocumentBuilder::DocumentBuilder(DocumentBuilder &&) noexcept = default;
DocumentBuilder &DocumentBuilder::operator=(DocumentBuilder &&) noexcept = default;

void DocumentBuilder::startElement(std::string_view ns, std::string_view local,
                                   std::string_view prefix)
{
    auto &elements = d->arena->elements;
    const auto index = std::uint32_t(elements.size());
    Q_ASSERT_X(d->depth > 0 || index == 0, "DocumentBuilder", "a document has one root");
    Document::Arena::Element element;
    element.name = d->name(ns, local, prefix);
    element.attributes = std::uint32_t(d->arena->attributes.size());
    if (d->depth > 0) {
        auto &parent = d->top();
        parent.started = true;
        d->keepRun(parent, index);
        element.parent = parent.element;
        if (parent.lastChild != Document::Arena::none)
            elements[parent.lastChild].nextSibling = index;
        parent.lastChild = index;
    }
    elements.push_back(element);
    if (d->depth == d->frames.size())
        d->frames.emplace_back();
    auto &frame = d->frames[d->depth++];
    frame.element = index;
    frame.lastChild = Document::Arena::none;
    frame.textBegin = std::uint32_t(d->arena->text.size());
    frame.started = false;
    frame.mixed.clear();
    frame.pieces.clear();
}

void DocumentBuilder::declareNamespace(std::string_view prefix, std::string_view uri)
{
    Q_ASSERT(d->depth > 0 && !d->top().started);
    const auto element = d->top().element;
    d->arena->elements[element].declares = true;
    d->arena->declarations.push_back({element, d->string(prefix), d->string(uri)});
}

void DocumentBuilder::attribute(std::string_view ns, std::string_view local, std::string_view value,
                                std::string_view prefix)
{
    Q_ASSERT(d->depth > 0 && !d->top().started);
    auto &frame = d->top();
    auto &element = d->arena->elements[frame.element];
    Q_ASSERT(element.attributeCount < 0xFFFF);
    d->arena->attributes.push_back({d->name(ns, local, prefix), d->addText(value)});
    ++element.attributeCount;
    frame.textBegin = std::uint32_t(d->arena->text.size());
}

void DocumentBuilder::text(std::string_view utf8)
{
    if (d->depth == 0 || utf8.empty())
        return;
    auto &frame = d->top();
    frame.started = true;
    d->arena->text += utf8;
}

void DocumentBuilder::endElement()
{
    Q_ASSERT(d->depth > 0);
    auto &frame = d->top();
    if (frame.lastChild == Document::Arena::none)
        d->arena->elements[frame.element].text = d->runOf(frame);
    else
        d->closeMixed(frame);
    --d->depth;
    if (d->depth > 0)
        d->top().textBegin = std::uint32_t(d->arena->text.size());
}

void DocumentBuilder::leaf(std::string_view ns, std::string_view local, std::string_view content)
{
    startElement(ns, local);
    text(content);
    endElement();
}

void DocumentBuilder::copy(Node subtree)
{
    if (!subtree)
        return;
    const auto start = [&](Node node) {
        const NameView name = node.name();
        startElement(name.namespaceUri, name.local, name.prefix);
        const auto &source = Document::Arena::of(node.document());
        const auto [first, last] = source.declarationsOf(node.index());
        for (auto it = first; it != last; ++it)
            declareNamespace(source.string(it->prefix), source.string(it->uri));
        if (node == subtree) {
            for (const auto &[prefix, uri] : inheritedDeclarations(subtree))
                declareNamespace(prefix, uri);
        }
        for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
            const AttributeView view = node.attribute(i);
            attribute(view.name.namespaceUri, view.name.local, view.value, view.name.prefix);
        }
    };
    walkSubtree(
        subtree, start, [&](std::string_view utf8) { text(utf8); }, [&](Node) { endElement(); });
}

int DocumentBuilder::depth() const
{
    return int(d->depth);
}

DocumentPtr DocumentBuilder::finish()
{
    while (d->depth > 0)
        endElement();
    if (d->arena->elements.empty())
        return nullptr;
    std::stable_sort(d->arena->pieces.begin(), d->arena->pieces.end(),
                     [](const auto &a, const auto &b) { return a.element < b.element; });
    d->shrink();
    DocumentPtr result = std::move(d->document);
    d = std::make_unique<Private>();
    return result;
}
