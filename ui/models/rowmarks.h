#pragma once

#include "inventory/readyview.h"
#include "models/rowfilter.h"

#include <QJsonArray>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

class RowDress;
class RowMatcher;
class RowSet;
struct CimClass;

/// A mark that the user set on a column of a table: its cells are signed in the rows that a filter
/// lets through.
struct RowMark
{
    QString column;
    QString where; ///< as RowFilter reads it
    ViewMark::Sign sign = ViewMark::Sign::Warning;
    QString word; ///< said behind the value; may be empty where that says it
    bool operator==(const RowMark &) const = default;
};

/// As layouts keep them: at most 40, what is none is left out.
QJsonArray toJson(const std::vector<RowMark> &marks);
std::vector<RowMark> rowMarksFrom(const QJsonArray &saved);
/// The same for a ready view's file; nothing where its tests cannot say it.
std::optional<ViewMark> viewMark(const RowMark &mark);

/// Tells which cells are marked. Asked for painted cells only; remembers how to ask, and must be
/// told when the rows, their schema or their columns are others.
class RowMarks
{
public:
    RowMarks();
    ~RowMarks();
    void set(const std::vector<RowMark> &marks);
    const std::vector<RowMark> &marks() const { return m_marks; }
    bool isEmpty() const { return m_marks.empty(); }
    void forget(); ///< rows, schema or columns are others

    /// The first mark of that column that holds for the row; null: none.
    const RowMark *find(const RowSet &rows, const CimClass *schema, const RowDress *dress,
                        std::uint32_t row, const QString &column) const;

private:
    std::vector<RowMark> m_marks;
    mutable std::vector<std::unique_ptr<RowMatcher>> m_matchers; ///< by mark; made when first asked
    mutable std::uint32_t m_columns = 0;                         ///< of the rows they were made for
};
