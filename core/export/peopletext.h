#pragma once

#include "export/columnplan.h"

/// Texts of the formats that are for people: text, tree, html, md. Values stay as the host wrote
/// them (dates included); "null" for nil, nothing for absent.
QString peopleText(const Cell &cell);
QString peopleText(const PlannedColumn &column, const RowSet &rows, std::uint32_t row);
/// `Class.Key="value",Key2="value"`
QString referenceText(const RowReference &reference);
