#pragma once

#include "export/exportbuffer.h"

/// One cell as RFC 4180 has it: quoted where it holds a quote, a comma or a line break, and where
/// it is empty (`""`; nothing at all is null). With `guard`, `'` before what a spreadsheet would
/// calculate: a text that begins with = + - @ TAB or CR and is not a number.
void appendCsvText(ExportBuffer &out, std::string_view utf8, bool guard);

/// A text that was read, without the apostrophe that a guard put before it.
std::string_view withoutGuard(std::string_view utf8);
