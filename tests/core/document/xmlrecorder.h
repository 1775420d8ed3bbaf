#pragma once

#include "document/xmlreader.h"

#include <QByteArray>

#include <algorithm>

/// Everything the parser says, one line an event, pieces of text joined.
class Recorder final : public XmlSink
{
public:
    bool startElement(const NameView &name, std::span<const AttributeView> attributes,
                      std::span<const Declaration> declarations) override
    {
        flush();
        log += "<{" + bytes(name.namespaceUri) + '}' + bytes(name.prefix) + ':' + bytes(name.local);
        for (const Declaration &d : declarations)
            log += " xmlns:" + bytes(d.prefix) + '=' + bytes(d.uri);
        for (const AttributeView &a : attributes)
            log += " {" + bytes(a.name.namespaceUri) + '}' + bytes(a.name.prefix) + ':'
                + bytes(a.name.local) + '=' + bytes(a.value);
        log += ">\n";
        return ++elements != stopAt;
    }
    bool text(std::string_view utf8) override
    {
        pending += bytes(utf8);
        return true;
    }
    bool endElement() override
    {
        flush();
        log += "</>\n";
        return true;
    }

    QByteArray log;
    int elements = 0;
    int stopAt = -1;

private:
    static QByteArray bytes(std::string_view text)
    {
        return QByteArray(text.data(), qsizetype(text.size()));
    }
    void flush()
    {
        if (!pending.isEmpty())
            log += "text " + pending + '\n';
        pending.clear();
    }
    QByteArray pending;
};

struct Reading
{
    QByteArray log;
    Error error;
    bool good = false;
};

/// Reads `bytes` in pieces whose lengths `next` tells.
template<typename Next>
Reading readPieces(const QByteArray &bytes, Next next, const XmlLimits &limits = {})
{
    Recorder recorder;
    XmlReader reader(recorder, limits);
    bool good = true;
    for (qsizetype at = 0; at < bytes.size() && good;) {
        const auto length = std::min<qsizetype>(next(), bytes.size() - at);
        // A buffer of its own, so that reading past its end shows.
        const QByteArray piece(bytes.constData() + at, length);
        good = reader.feed(piece);
        at += length;
    }
    good = good && reader.finish();
    return {recorder.log, reader.error(), good};
}
