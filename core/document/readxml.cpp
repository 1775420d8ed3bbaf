#include "document/documentbuilder.h"
#include "document/xmlreader.h"

namespace {

class BuilderSink final : public XmlSink
{
public:
    bool startElement(const NameView &name, std::span<const AttributeView> attributes,
                      std::span<const Declaration> declarations) override
    {
        m_builder.startElement(name.namespaceUri, name.local, name.prefix);
        for (const Declaration &declaration : declarations)
            m_builder.declareNamespace(declaration.prefix, declaration.uri);
        for (const AttributeView &a : attributes)
            m_builder.attribute(a.name.namespaceUri, a.name.local, a.value, a.name.prefix);
        return true;
    }
    bool text(std::string_view utf8) override
    {
        m_builder.text(utf8);
        return true;
    }
    bool endElement() override
    {
        m_builder.endElement();
        return true;
    }
    DocumentPtr finish() { return m_builder.finish(); }

private:
    DocumentBuilder m_builder;
};

} // namespace

Result<DocumentPtr> readXml(const QByteArray &bytes, const XmlLimits &limits)
{
    BuilderSink sink;
    XmlReader reader(sink, limits);
    if (!reader.feed(bytes) || !reader.finish())
        return reader.error();
    return sink.finish();
}
