#include "models/rowstatistics.h"

#include "models/celltext.h"
#include "models/valueorder.h"
#include "text/valuetext.h"

#include <QLocale>

#include <unordered_set>

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t lookEvery = 512; ///< rows between two looks at the generation

/// Adds up one value after the other.
class Collector
{
public:
    void add(const Cell &cell)
    {
        switch (cell.kind()) {
        case CellKind::Scalar:
            if (!cell.text().empty())
                addText(cell.text());
            break;
        case CellKind::Array:
            for (std::uint32_t i = 0; i < cell.count(); ++i)
                add(cell.at(i));
            break;
        case CellKind::Reference:
        case CellKind::Object:
            m_made.push_back(std::make_unique<std::string>(shownText(cell).toStdString()));
            addText(*m_made.back());
            break;
        default:
            break;
        }
    }

    RowStatistics result() const
    {
        RowStatistics made;
        made.values = m_count;
        made.distinct = std::uint32_t(m_seen.size());
        if (m_count == 0)
            return made;
        if (m_numbers) {
            made.kind = RowStatistics::Kind::Number;
            made.whole = m_whole;
            made.wholeSum = m_whole ? m_wholeSum : 0;
            made.sum = m_sum;
            made.smallest = fromUtf8(m_smallest);
            made.largest = fromUtf8(m_largest);
        } else if (m_times) {
            made.kind = RowStatistics::Kind::Time;
            made.smallest = fromUtf8(m_earliest);
            made.largest = fromUtf8(m_latest);
        }
        return made;
    }

private:
    void addText(std::string_view text)
    {
        ++m_count;
        m_seen.insert(text);
        if (m_numbers)
            addNumber(text);
        if (m_times && !m_numbers)
            addTime(text);
    }

    void addNumber(std::string_view text)
    {
        const auto number = numberKey(text);
        if (!number) {
            m_numbers = false;
            // What came before is a date then, or nothing is.
            for (const std::string_view seen : m_seen)
                addTime(seen);
            return;
        }
        if (m_smallest.empty() || *number < m_least) {
            m_least = *number;
            m_smallest = text;
        }
        if (m_largest.empty() || m_most < *number) {
            m_most = *number;
            m_largest = text;
        }
        m_sum += number->real;
        qint64 whole = 0;
        m_whole = m_whole && number->integer && wholeOf(*number, whole)
            && !__builtin_add_overflow(m_wholeSum, whole, &m_wholeSum);
    }

    void addTime(std::string_view text)
    {
        const auto time = timeKey(text);
        m_times = m_times && time;
        if (!m_times)
            return;
        if (m_earliest.empty() || *time < m_first) {
            m_first = *time;
            m_earliest = text;
        }
        if (m_latest.empty() || *time > m_last) {
            m_last = *time;
            m_latest = text;
        }
    }

    /// Of an integer: `bits` is the number itself, two's complement where it is negative.
    static bool wholeOf(const NumberKey &key, qint64 &value)
    {
        value = static_cast<qint64>(key.bits);
        return key.negative || value >= 0;
    }

    std::uint32_t m_count = 0;
    std::unordered_set<std::string_view> m_seen;
    std::vector<std::unique_ptr<std::string>> m_made; ///< texts that had to be written first
    bool m_numbers = true, m_times = true, m_whole = true;
    qint64 m_wholeSum = 0;
    double m_sum = 0;
    NumberKey m_least, m_most;
    std::int64_t m_first = 0, m_last = 0;
    std::string_view m_smallest, m_largest, m_earliest, m_latest;
};

QString timeText(const QString &written)
{
    const QDateTime time = parseCimDateTime(written.toStdString());
    return time.isValid() ? localDateText(time) : written;
}

QString numberText(const QString &written)
{
    bool whole = false;
    const qlonglong number = written.trimmed().toLongLong(&whole);
    return whole ? QLocale().toString(number) : written.trimmed();
}

} // namespace

RowStatistics statisticsOf(const RowSet &set, const std::vector<std::uint32_t> &rows,
                           std::uint32_t column, const std::atomic<quint64> &wanted,
                           quint64 generation)
{
    Collector collector;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % lookEvery == 0 && wanted.load(std::memory_order_relaxed) != generation)
            break;
        if (rows[i] < set.rowCount())
            collector.add(set.cell(rows[i], column));
    }
    RowStatistics result = collector.result();
    result.rows = std::uint32_t(rows.size());
    return result;
}

QString RowStatistics::text(const QString &column, const QString &units) const
{
    if (rows < 2)
        return {};
    if (values == 0)
        return tr("%1: no values").arg(column);
    const QString count = tr("%1: %Ln values", nullptr, int(values)).arg(column);
    switch (kind) {
    case Kind::Text:
        return tr("%1, %L2 distinct").arg(count).arg(distinct);
    case Kind::Time:
        return tr("%1, %2 to %3").arg(count, timeText(smallest), timeText(largest));
    case Kind::Number:
        break;
    }
    const QString total = whole ? QLocale().toString(wholeSum) : QLocale().toString(sum, 'g', 10);
    const QString text = tr("%1, sum %2, smallest %3, largest %4, average %5")
                             .arg(count, total, numberText(smallest), numberText(largest),
                                  QLocale().toString(sum / values, 'g', 6));
    return units.isEmpty() ? text : tr("%1 (%2)", "statistics, unit").arg(text, units);
}
