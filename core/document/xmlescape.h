#pragma once

#include <QByteArray>

#include <string_view>

/// Append UTF-8 as XML 1.0 can hold it: markup and white space that would not come back as it is
/// are written as references, what is no UTF-8 or no character of XML becomes U+FFFD. For what
/// stands between tags, and within the quotation marks of an attribute.
void appendEscapedText(QByteArray &out, std::string_view utf8);
void appendEscapedAttribute(QByteArray &out, std::string_view utf8);

/// Whether all of it is UTF-8 and characters that XML 1.0 can hold: then nothing is replaced.
bool fitsXml(std::string_view utf8);
