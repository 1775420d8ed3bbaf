#pragma once

#include "export/exportbuffer.h"

/// JSON as design "Command line" has it. Numbers and booleans stand bare only where the type is
/// known and the text really is such a value; everything else is a string, so that a host can put
/// nothing into the syntax.

/// A string with its quotes.
void appendJsonString(ExportBuffer &out, std::string_view utf8);
/// One scalar of a known or unknown type. Booleans: true, false, 1, 0 in any case; integers within
/// the type's range; reals in JSON's own notation (INF and NaN stay strings).
void appendJsonScalar(ExportBuffer &out, std::string_view utf8, CimType type);
/// `[...]` for arrays (also for one value of an array column), `null` for nil.
void appendJsonCell(ExportBuffer &out, const Cell &cell, CimType type, bool array);
/// `{"__epr":{"Address":...,"ResourceURI":...,"SelectorSet":{...}}}`
void appendJsonReference(ExportBuffer &out, const RowReference &reference);
/// The value of an element: a scalar, null, a reference, or an object with `__class` (from
/// xsi:type), attributes (`@Name`), children, and `#text` where there is text beside one of them.
/// `indent` < 0: all on one line; else the level the value stands at.
void appendJsonNode(ExportBuffer &out, Node node, const LeafTypes &types, int indent = -1);
/// The children of a row's element that have this name, if any of them has attributes that its cell
/// does not show (Source="GPO"); else writes nothing and returns false.
bool appendJsonProperty(ExportBuffer &out, Node row, std::string_view name, CimType type,
                        bool array);
/// The same as appendJsonNode as one object that begins with `__class`, the element's name; an
/// element that is a reference (the answer to Create) as `__epr`.
void appendJsonDocument(ExportBuffer &out, Node root, const LeafTypes &types, int indent = -1);
