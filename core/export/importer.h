#pragma once

#include "common/result.h"
#include "document/document.h"
#include "document/rowset.h"

#include <QByteArray>

#include <optional>

/// What an export held: rows (`<Results>`, a JSON array, several JSON Lines) or one document.
struct Imported
{
    DocumentPtr document; ///< null when there are rows
    std::optional<RowSet> rows;
};

/// Reads our own xml, json, jsonl and csv exports back. XML comes back as it was. JSON knows no
/// namespaces (names are in none): numbers and booleans give columns their type and leaves of a
/// document an xsi:type, lists make a column an array; an empty list is lost. One object alone is a
/// document, also a single JSON line. CSV knows no class either, and what looks like a number or a
/// boolean in the whole of a column is one. No bytes at all are what jsonl, and csv without known
/// columns, leave of no rows; a header alone is csv of none.
///
/// Kind::Local, Cause::OpenUnknownFormat for anything else, and for what nests deeper than 256.
Result<Imported> readExport(const QByteArray &bytes);
