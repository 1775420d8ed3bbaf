#include "document/rowhead.h"

void RowHead::writeName(FieldWriter &out, RowKind kind, const NameView &name)
{
    out.addNumber(std::uint32_t(kind));
    out.add(name.local);
    out.add(name.namespaceUri);
    out.add(name.prefix);
}

RowHead::Name RowHead::readName(FieldReader &in)
{
    Name name;
    name.kind = RowKind(in.number());
    name.local = in.next();
    name.ns = in.next();
    name.prefix = in.next();
    return name;
}

void RowHead::writeDeclarations(FieldWriter &out,
                                std::span<const XmlSink::Declaration> declarations)
{
    out.addNumber(std::uint32_t(declarations.size()));
    for (const auto &declaration : declarations) {
        out.add(declaration.prefix);
        out.add(declaration.uri);
    }
}

void RowHead::writeAttributes(FieldWriter &out, std::span<const AttributeView> attributes)
{
    out.addNumber(std::uint32_t(attributes.size()));
    for (const auto &attribute : attributes) {
        out.add(attribute.name.namespaceUri);
        out.add(attribute.name.local);
        out.add(attribute.name.prefix);
        out.add(attribute.value);
    }
}

void RowHead::replay(FieldReader &in, DocumentBuilder &builder)
{
    for (auto count = in.number(); count > 0; --count) {
        const auto prefix = in.next();
        builder.declareNamespace(prefix, in.next());
    }
    for (auto count = in.number(); count > 0; --count) {
        const auto ns = in.next();
        const auto local = in.next();
        const auto prefix = in.next();
        builder.attribute(ns, local, in.next(), prefix);
    }
}
