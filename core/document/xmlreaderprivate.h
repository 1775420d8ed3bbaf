#pragma once

#include "document/plainscanner.h"
#include "document/xmldecoder.h"
#include "document/xmlreader.h"

#include <libxml/parser.h>

#include <array>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

/// libxml2 moves what it has not read yet after every few KiB, so small pieces are cheaper.
inline constexpr std::size_t pieceSize = 16 * 1024;

/// Plain elements are looked for where the items of a reply stand: Envelope, Body, reply, Items.
inline constexpr int plainDepth = 4;

struct XmlReader::Private final : XmlDecoder::Output
{
    /// libxml2 keeps each name once, so a name is known by its pointers while the parser lives.
    struct KnownName
    {
        const xmlChar *local = nullptr;
        const xmlChar *prefix = nullptr;
        const xmlChar *uri = nullptr;
        NameView name;
    };

    XmlSink &sink;
    const XmlLimits limits;
    XmlDecoder decoder{*this};
    xmlParserCtxtPtr parser = nullptr;
    Error error;
    bool stopped = false;
    bool ended = false; ///< by an error or by the sink: what the parser says is not heard any more
    int depth = 0;
    std::size_t bytes = 0;
    std::size_t nodes = 0;
    std::size_t attributeCheck = pieceSize; ///< size of an unread token that is looked into next
    std::array<KnownName, 256> known;
    std::unordered_map<const xmlChar *, std::string> uris; ///< those that libxml2 gives escaped
    std::deque<std::string> unescapedValues;               ///< of the start tag being read
    std::vector<AttributeView> attributes;
    std::vector<XmlSink::Declaration> declarations;

    bool plain;                ///< plain elements are looked for
    std::size_t beforeMet = 0; ///< bytes read until the depth for it was reached
    bool met = false;
    int misses = 0;
    PlainScanner scanner;
    std::string held; ///< the beginning of an element that has not ended
    struct ScopeEntry
    {
        int depth = 0;
        std::string prefix, uri;
    };
    std::vector<ScopeEntry> scope; ///< declarations of the open elements, plainDepth deep at most
    bool scopeChanged = true;

    Private(XmlSink &s, const XmlLimits &l);
    ~Private() override;
    Q_DISABLE_COPY_MOVE(Private)

    bool utf8(std::string_view text) override;
    void parse(std::string_view text);
    std::string_view parsePlain(std::string_view text);
    bool parserWaits() const;
    enum class Step {
        Done,  ///< something was read
        Other, ///< libxml2 has to go on
        Wait,  ///< for more
    };
    Step readPlain(std::string_view &text);
    void emitPlain(std::string_view element);
    void skipPosition(std::string_view element);
    void updateScope();
    void release();
    bool checkWaiting();
    void fail(Cause cause, const QString &message);
    void failAsDecoded();
    QString position() const;
    std::string_view unescapedUri(const xmlChar *uri);
    std::string_view unescapedValue(std::string_view value);
    const NameView &name(const xmlChar *local, const xmlChar *prefix, const xmlChar *uri);
    void start(const NameView &element, int namespaceCount, const xmlChar **namespaces,
               int attributeCount, const xmlChar **values);

    static Private &of(void *self) { return *static_cast<Private *>(self); }
    static void onStart(void *self, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                        int namespaceCount, const xmlChar **namespaces, int attributeCount,
                        int defaulted, const xmlChar **values);
    static void onEnd(void *self, const xmlChar *, const xmlChar *, const xmlChar *);
    static void onText(void *self, const xmlChar *text, int length);
    static void onDocumentType(void *self, const xmlChar *, const xmlChar *, const xmlChar *);
    static void onError(void *self, xmlErrorPtr what);
    static xmlSAXHandler handler();
};
