#pragma once

#include "document/rowset.h"

#include <QString>

struct CimProperty;

/// What tables and trees of values give beside the shown text.
enum CellRole {
    RawTextRole = Qt::UserRole, ///< QString as the host wrote it (`plainText`)
    CellKindRole,               ///< int of CellKind: null and absent are painted muted
    CimTypeRole,                ///< int of CimType
    EmptyRole,                  ///< bool: a text without characters
    ChangeRole,                 ///< int of CellChange
};

/// What a refresh made of a cell.
enum class CellChange {
    None,
    Changed, ///< another value stood here
    New,     ///< the whole row was not there
};

/// What is known of the column a cell stands in.
struct CellContext
{
    CimType type = CimType::Unknown;
    const CimProperty *property = nullptr; ///< value texts, units; null while no schema is known
};

/// One line for a table: dates local, numbers in the locale's grouping, the ValueMap text beside
/// the number ("2 (Stopped)"), arrays "a, b, c", embedded objects "{Class: Name=Value, ...}",
/// references as `referenceText`. Nil is "null", absent an en dash, an empty text nothing.
QString shownText(const Cell &cell, const CellContext &context = {});

/// The value as the host wrote it, in full: what is copied. Empty for Nil and Absent; array items
/// a line each.
QString plainText(const Cell &cell);

/// What the line does not say: host time of a date, that a value is null, empty or was not sent,
/// the items of an array, the whole of a long text (bounded).
QString tipText(const Cell &cell, const CellContext &context = {});

/// Text of the host for a tool tip: never taken for HTML.
QString plainTip(const QString &text);

/// `Class` of an embedded object: its xsi:type without prefix and `_Type`, else the element's name.
QString objectClass(Node node);

/// "uint32", "string[]", "datetime"; empty when unknown.
QString typeText(CimType type, bool array);

inline QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}
