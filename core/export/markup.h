#pragma once

#include "export/exportbuffer.h"

#include <QStringList>

/// A page or a table for people, in HTML or Markdown: heading, header row, rows. Used for rows and
/// for trees alike. The HTML page stands alone, follows the reader's light or dark scheme, and
/// holds no script and nothing to load.
class Markup
{
public:
    Markup(bool markdown, ExportBuffer &out);
    void beginPage(const ExportOptions &options);
    void beginTable(const QStringList &header);
    void beginRow();
    void cell(std::string_view utf8);
    void nullCell();
    void endRow();
    void endTable();
    void endPage();

private:
    bool m_markdown;
    ExportBuffer &m_out;
};
