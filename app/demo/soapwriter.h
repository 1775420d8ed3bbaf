#pragma once

#include <string>
#include <string_view>

/// Writes replies as bytes, straight into one string: this host answers with pages of half a
/// megabyte, and building a tree for them would cost more than sending them.

/// Appends text for element content. Control characters that XML cannot hold become `?`, as in
/// replies of Windows.
void appendText(std::string &out, std::string_view utf8);
void appendAttribute(std::string &out, std::string_view utf8);
/// `<name>text</name>`; `name` with its prefix.
void appendLeaf(std::string &out, std::string_view name, std::string_view text);

/// Which namespaces the envelope declares, in the order Windows declares them.
enum class EnvelopeKind { Transfer, Enumeration, Fault };

/// Everything up to the end of the last header: more headers may follow, then openBody().
void openEnvelope(std::string &out, EnvelopeKind kind, std::string_view action,
                  std::string_view relatesTo);
void openBody(std::string &out);
void closeEnvelope(std::string &out);

std::string newUuid(); ///< upper case, without braces
