#include "document/xmlreader.h"

#include "document/xmlproblem.h"
#include "document/xmlreaderprivate.h"

#include <libxml/xmlerror.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

std::string_view view(const xmlChar *text)
{
    return text ? std::string_view(reinterpret_cast<const char *>(text)) : std::string_view();
}

std::string_view view(const xmlChar *begin, const xmlChar *end)
{
    return {reinterpret_cast<const char *>(begin), std::size_t(end - begin)};
}

/// Attributes of the start tag that `tag` begins with, which may not be complete. 0 for anything
/// else than a start tag.
std::size_t countAttributes(std::string_view tag)
{
    if (tag.size() < 2 || tag[0] != '<' || tag[1] == '!' || tag[1] == '?' || tag[1] == '/')
        return 0;
    std::size_t count = 0;
    char quote = 0;
    for (char c : tag) {
        if (quote != 0) {
            if (c == quote)
                quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
            ++count;
        } else if (c == '>') {
            break;
        }
    }
    return count;
}

/// libxml2 gives each `&` of an attribute value (and so of a namespace) as `&#38;` when it is not
/// to replace entities.
std::string unescaped(std::string_view value)
{
    constexpr std::string_view escaped = "&#38;";
    std::string plain;
    for (std::size_t at = 0; at < value.size();) {
        plain += value[at];
        at += value.substr(at).starts_with(escaped) ? escaped.size() : 1;
    }
    return plain;
}

Cause causeOf(int code)
{
    switch (code) {
    case XML_ERR_INVALID_ENCODING:
    case XML_ERR_UNKNOWN_ENCODING:
    case XML_ERR_UNSUPPORTED_ENCODING:
        return Cause::SoapEncoding;
    default:
        return Cause::SoapMalformed;
    }
}

} // namespace

xmlSAXHandler XmlReader::Private::handler()
{
    xmlSAXHandler result{};
    result.initialized = XML_SAX2_MAGIC;
    result.startElementNs = onStart;
    result.endElementNs = onEnd;
    result.characters = onText;
    result.ignorableWhitespace = onText; // the same: libxml2 then does not look for blanks
    result.cdataBlock = onText;
    result.internalSubset = onDocumentType;
    result.serror = onError;
    return result;
}

XmlReader::Private::Private(XmlSink &s, const XmlLimits &l)
    : sink(s)
    , limits(l)
    , plain(!l.libxmlOnly && l.maxAttributes >= PlainTags::maxAttributes)
{
    static const bool initialised = (xmlInitParser(), true);
    Q_UNUSED(initialised);
    xmlSAXHandler callbacks = handler();
    parser = xmlCreatePushParserCtxt(&callbacks, this, nullptr, 0, nullptr);
    Q_CHECK_PTR(parser);
    // The decoder has judged the encoding: what the parser gets is always UTF-8. libxml2's own
    // bounds (10 MB of names, of one value, of look-ahead) stay on.
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC);
}

XmlReader::Private::~Private()
{
    if (parser->myDoc)
        xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
}

void XmlReader::Private::parse(std::string_view text)
{
    while (!text.empty() && !ended) {
        const auto piece = text.substr(0, pieceSize);
        text.remove_prefix(piece.size());
        xmlParseChunk(parser, piece.data(), int(piece.size()), 0);
        if (!ended && !parser->wellFormed)
            fail(Cause::SoapMalformed, position() + u"not well-formed"_s);
        if (!ended)
            checkWaiting();
    }
}

/// A start tag is read when it is complete, and the work for its attributes grows with their
/// square: one with too many is refused while it still arrives.
bool XmlReader::Private::checkWaiting()
{
    const auto *input = parser->input;
    const auto waiting = std::size_t(input->end - input->cur);
    if (waiting < attributeCheck) {
        attributeCheck = pieceSize;
        return true;
    }
    attributeCheck = 2 * waiting;
    if (countAttributes(view(input->cur, input->end)) <= limits.maxAttributes)
        return true;
    fail(Cause::SoapMalformed, position() + u"too many attributes"_s);
    return false;
}

void XmlReader::Private::fail(Cause cause, const QString &message)
{
    if (ended)
        return;
    ended = true;
    error = Error::of(Error::Kind::Protocol, cause, message);
}

/// What came before the bytes that are no text is parsed first: it may have an error of its own.
void XmlReader::Private::failAsDecoded()
{
    release();
    const auto &problem = decoder.problem();
    if (problem.cause != Cause::Unknown)
        fail(problem.cause, position() + QString::fromUtf8(problem.words));
}

QString XmlReader::Private::position() const
{
    const auto *input = parser->input;
    return input ? u"line %1, column %2: "_s.arg(input->line).arg(input->col) : QString();
}

std::string_view XmlReader::Private::unescapedUri(const xmlChar *uri)
{
    if (view(uri).find('&') == std::string_view::npos)
        return view(uri);
    const auto [it, added] = uris.try_emplace(uri);
    if (added)
        it->second = unescaped(view(uri));
    return it->second;
}

std::string_view XmlReader::Private::unescapedValue(std::string_view value)
{
    if (value.find('&') == std::string_view::npos)
        return value;
    return unescapedValues.emplace_back(unescaped(value));
}

const NameView &XmlReader::Private::name(const xmlChar *local, const xmlChar *prefix,
                                         const xmlChar *uri)
{
    const auto bits = reinterpret_cast<std::uintptr_t>(local);
    KnownName &entry = known[(bits ^ bits >> 8) % known.size()];
    if (entry.local != local || entry.prefix != prefix || entry.uri != uri)
        entry = {local, prefix, uri, {unescapedUri(uri), view(local), view(prefix)}};
    return entry.name;
}

void XmlReader::Private::onStart(void *self, const xmlChar *local, const xmlChar *prefix,
                                 const xmlChar *uri, int namespaceCount, const xmlChar **namespaces,
                                 int attributeCount, int, const xmlChar **values)
{
    auto &d = of(self);
    if (d.ended)
        return;
    if (++d.depth > d.limits.maxDepth)
        return d.fail(Cause::SoapTooDeep, d.position() + u"nested too deeply"_s);
    if (++d.nodes > d.limits.maxNodes)
        return d.fail(Cause::HttpTooLarge, u"too many elements"_s);
    const NameView &element = d.name(local, prefix, uri);
    if (namespaceCount + attributeCount > 0)
        return d.start(element, namespaceCount, namespaces, attributeCount, values);
    if (!d.sink.startElement(element, {}, {}))
        d.stopped = d.ended = true;
}

void XmlReader::Private::start(const NameView &element, int namespaceCount,
                               const xmlChar **namespaces, int attributeCount,
                               const xmlChar **values)
{
    if (std::size_t(namespaceCount + attributeCount) > limits.maxAttributes)
        return fail(Cause::SoapMalformed, position() + u"too many attributes"_s);
    unescapedValues.clear();
    declarations.clear();
    for (int i = 0; i < namespaceCount; ++i)
        declarations.push_back({view(namespaces[2 * i]), unescapedUri(namespaces[2 * i + 1])});
    if (depth <= plainDepth) {
        for (const auto &[prefix, uri] : declarations) {
            scope.push_back({depth, std::string(prefix), std::string(uri)});
            scopeChanged = true;
        }
    }
    attributes.clear();
    const NameView own = element; // the entry may be replaced by an attribute's
    for (int i = 0; i < attributeCount; ++i) {
        const xmlChar **a = values + 5 * i; // local name, prefix, URI, begin and end of the value
        attributes.push_back({name(a[0], a[1], a[2]), unescapedValue(view(a[3], a[4]))});
    }
    if (!sink.startElement(own, attributes, declarations))
        stopped = ended = true;
}

void XmlReader::Private::onEnd(void *self, const xmlChar *, const xmlChar *, const xmlChar *)
{
    auto &d = of(self);
    if (d.ended)
        return;
    if (!d.scope.empty() && d.scope.back().depth == d.depth) {
        std::erase_if(d.scope, [&](const ScopeEntry &e) { return e.depth == d.depth; });
        d.scopeChanged = true;
    }
    --d.depth;
    if (!d.sink.endElement())
        d.stopped = d.ended = true;
}

void XmlReader::Private::onText(void *self, const xmlChar *text, int length)
{
    auto &d = of(self);
    if (!d.ended && !d.sink.text(view(text, text + length)))
        d.stopped = d.ended = true;
}

void XmlReader::Private::onDocumentType(void *self, const xmlChar *, const xmlChar *,
                                        const xmlChar *)
{
    auto &d = of(self);
    d.fail(Cause::SoapDtd, d.position() + u"a document type"_s);
    xmlStopParser(d.parser); // before it reads a declaration of an entity
}

void XmlReader::Private::onError(void *self, xmlErrorPtr what)
{
    // A URI that is none is odd, but no matter of XML.
    if (what->level < XML_ERR_ERROR || what->code == XML_WAR_NS_URI)
        return;
    of(self).fail(causeOf(what->code),
                  u"line %1, column %2: %3 (%4)"_s.arg(what->line)
                      .arg(what->int2)
                      .arg(xmlProblem(what->code), QString::fromUtf8(what->message).trimmed()));
}

XmlReader::XmlReader(XmlSink &sink, const XmlLimits &limits)
    : d(std::make_unique<Private>(sink, limits))
{ }

XmlReader::~XmlReader() = default;

bool XmlReader::feed(std::span<const char> bytes)
{
    if (d->ended)
        return false;
    d->bytes += bytes.size();
    if (d->bytes > d->limits.maxBytes) {
        d->fail(Cause::HttpTooLarge, u"more than %1 bytes"_s.arg(d->limits.maxBytes));
        return false;
    }
    if (!d->decoder.feed({bytes.data(), bytes.size()}))
        d->failAsDecoded();
    return !d->ended;
}

bool XmlReader::finish()
{
    if (d->ended)
        return false;
    if (!d->decoder.finish())
        d->failAsDecoded();
    d->release();
    if (d->ended)
        return false;
    xmlParseChunk(d->parser, nullptr, 0, 1);
    if (!d->ended && (!d->parser->wellFormed || d->nodes == 0 || d->depth != 0))
        d->fail(Cause::SoapMalformed, d->position() + u"the document is not complete"_s);
    const bool good = !d->ended;
    d->ended = true;
    return good;
}

bool XmlReader::stopped() const
{
    return d->stopped;
}

const Error &XmlReader::error() const
{
    return d->error;
}
