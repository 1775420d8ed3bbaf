#pragma once

#include "document/documentbuilder.h"
#include "document/fields.h"
#include "document/rowbatch.h"
#include "document/xmlreader.h"

#include <span>
#include <string>
#include <vector>

inline constexpr std::string_view xsiNamespace = "http://www.w3.org/2001/XMLSchema-instance";
inline constexpr std::string_view wsmanNamespace = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
inline constexpr std::string_view cimCommonNamespace =
    "http://schemas.dmtf.org/wbem/wscim/1/common";

/// Start tags as fields, so that equal ones are stored once. The name of the element is followed by
/// attributes and declarations.
namespace RowHead {

/// The name of a row's element and what kind of row it makes.
struct Name
{
    RowKind kind = RowKind::Instance;
    std::string_view local;
    std::string_view ns;
    std::string_view prefix;
};
void writeName(FieldWriter &out, RowKind kind, const NameView &name);
Name readName(FieldReader &in);

void writeDeclarations(FieldWriter &out, std::span<const XmlSink::Declaration> declarations);
void writeAttributes(FieldWriter &out, std::span<const AttributeView> attributes);
/// Reads declarations, then attributes, and gives them to the element just started.
void replay(FieldReader &in, DocumentBuilder &builder);

} // namespace RowHead
