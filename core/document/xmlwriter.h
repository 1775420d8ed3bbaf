#pragma once

#include "document/document.h"

#include <QByteArray>

struct XmlWriteOptions
{
    bool declaration = true; ///< <?xml version="1.0" encoding="UTF-8"?>
    bool indent = false;     ///< two spaces a level; leaves and mixed content stay on their line
};

/// The subtree as UTF-8 XML that reads back to the same content: prefixes as they were read, the
/// declarations it needs on its root.
QByteArray writeXml(Node node, const XmlWriteOptions &options = {});

/// Text for element content (`<`, `>`, `&`, CR) or for a double-quoted attribute (also `"`, TAB,
/// LF). Characters that XML 1.0 cannot hold become U+FFFD.
QByteArray escapedText(std::string_view utf8);
QByteArray escapedAttribute(std::string_view utf8);
