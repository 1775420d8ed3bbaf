#pragma once

#include "export/exporter.h"

#include <vector>

class QMimeData;
class RowTableModel;

enum class CopyFormat { Text, Csv, Json };

/// Rows (of the model, in this order) for the clipboard, with the columns given (of the model, in
/// this order). Text puts text/plain with tabs, text/csv and text/html there together, for editors
/// and spreadsheets; the others their own format as text/plain too. The caller owns the result.
QMimeData *copyRows(const RowTableModel &model, const std::vector<int> &rows,
                    const std::vector<int> &columns, CopyFormat format);

/// So many rows are copied at most; more are for a file.
inline constexpr int mostCopiedRows = 20'000;
