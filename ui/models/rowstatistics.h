#pragma once

#include "document/rowset.h"

#include <QCoreApplication>
#include <QString>

#include <atomic>
#include <memory>
#include <vector>

/// What the values of one column come to, over some rows. Null, absent and empty ones are not
/// values.
struct RowStatistics
{
    Q_DECLARE_TR_FUNCTIONS(RowStatistics)
public:
    enum class Kind {
        Text,   ///< count and distinct only
        Number, ///< every value is a number
        Time,   ///< every value is a date: smallest and largest are the earliest and latest, as the
                ///< host wrote them
    };
    Kind kind = Kind::Text;
    std::uint32_t rows = 0;
    std::uint32_t values = 0;
    std::uint32_t distinct = 0; ///< different values, as written
    bool whole = false;         ///< all numbers are integers and the sum is exact
    qint64 wholeSum = 0;
    double sum = 0;
    QString smallest, largest; ///< as the host wrote them
    bool operator==(const RowStatistics &) const = default;

    /// "ProcessId: 12 values, sum 1,044, smallest 4, largest 900, average 87". `units` as the
    /// schema has them; may be empty. Empty for less than two rows.
    QString text(const QString &column, const QString &units) const;
};

/// Of `rows` of the set, in one column. Array items count each. Looks at `wanted` now and then:
/// when it is no longer `generation`, what comes back is of a part.
RowStatistics statisticsOf(const RowSet &set, const std::vector<std::uint32_t> &rows,
                           std::uint32_t column, const std::atomic<quint64> &wanted,
                           quint64 generation);
