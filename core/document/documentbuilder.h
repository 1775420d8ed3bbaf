#pragma once

#include "document/document.h"

/// Makes a Document from values or from the events of a parser. Calls nest as XML does; `finish()`
/// closes what is open.
class DocumentBuilder
{
public:
    DocumentBuilder();
    ~DocumentBuilder();
    DocumentBuilder(DocumentBuilder &&) noexcept;
    DocumentBuilder &operator=(DocumentBuilder &&) noexcept;

    void startElement(std::string_view ns, std::string_view local, std::string_view prefix = {});
    void declareNamespace(std::string_view prefix,
                          std::string_view uri); ///< on the element just started
    void attribute(std::string_view ns, std::string_view local, std::string_view value,
                   std::string_view prefix = {});
    void text(std::string_view utf8); ///< may come in pieces
    void endElement();
    void leaf(std::string_view ns, std::string_view local,
              std::string_view text); ///< start, text, end
    void copy(Node subtree);          ///< of another document, with the namespaces it needs

    int depth() const;
    /// The document; null when nothing was started. The builder is empty afterwards.
    DocumentPtr finish();

private:
    struct Private;
    std::unique_ptr<Private> d;
};
