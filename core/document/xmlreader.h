#pragma once

#include "common/result.h"
#include "document/document.h"

#include <QByteArray>

#include <span>

/// What a document may be at most. Sizes in bytes of the input.
struct XmlLimits
{
    std::size_t maxBytes = 64u << 20;
    int maxDepth = 256;
    std::size_t maxAttributes = 1024; ///< of one element, namespace declarations included
    std::size_t maxNodes = 20'000'000;
    bool libxmlOnly = false; ///< without the quicker way for plain elements: for tests that compare
};

/// Receives what the parser reads, in document order, on the thread that calls XmlReader::feed.
/// Views are valid during the call only (the namespace URI of a name: until its element ends). Text
/// may come in pieces. Returning false stops the parser (XmlReader::stopped).
class XmlSink
{
public:
    struct Declaration
    {
        std::string_view prefix;
        std::string_view uri;
    };
    virtual ~XmlSink() = default;
    virtual bool startElement(const NameView &name, std::span<const AttributeView> attributes,
                              std::span<const Declaration> declarations) = 0;
    virtual bool text(std::string_view utf8) = 0;
    virtual bool endElement() = 0;
};

/// The one strict parser: libxml2's push SAX2 interface, with a quicker way for elements that are
/// plain (document/plainscanner.h) below the envelope. Namespaces on; document types refused (so
/// the five predefined entities and character references are all there is); no network, no files;
/// bounded by XmlLimits. UTF-8 and UTF-16 (by byte order mark or XML declaration); any other
/// encoding is refused. White space before an XML declaration is tolerated once at the start (some
/// hosts send a line break there).
///
/// Errors, all Kind::Protocol: Cause::SoapMalformed (with line and column in the message), SoapDtd,
/// SoapTooDeep, SoapEncoding, HttpTooLarge.
class XmlReader
{
public:
    explicit XmlReader(XmlSink &sink, const XmlLimits &limits = {});
    ~XmlReader();
    /// Parses what has arrived. False once an error happened (`error()`), or the sink stopped it.
    bool feed(std::span<const char> bytes);
    bool feed(const QByteArray &bytes)
    {
        return feed(std::span(bytes.constData(), std::size_t(bytes.size())));
    }
    /// Says that no more comes; an open element is an error.
    bool finish();
    bool stopped() const; ///< by the sink
    const Error &error() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Reads a whole document. Cause::SoapMalformed for an empty input.
Result<DocumentPtr> readXml(const QByteArray &bytes, const XmlLimits &limits = {});
