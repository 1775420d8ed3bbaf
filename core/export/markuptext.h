#pragma once

#include "export/exportbuffer.h"

/// Text inside an HTML element or a double-quoted attribute. Line breaks become `<br>`; control
/// characters become their symbols, C1 and bidirectional controls U+FFFD.
void appendHtmlText(ExportBuffer &out, std::string_view utf8);
/// Text inside a Markdown table: also `\ | * [ ]` and backticks escaped.
void appendMarkdownText(ExportBuffer &out, std::string_view utf8);
