#include "export/textexporter.h"

#include "export/peopletext.h"
#include "export/textwidth.h"
#include "text/valuetext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int terminalCell = 40;
constexpr int widestColumn = 80; ///< what is longer stands out instead of moving every line
constexpr std::uint32_t measuredRows = 1000;
constexpr int longestCell = 1'000'000;

} // namespace

TextExporter::TextExporter(const ExportOptions &options, ExportSink sink)
    : m_options(options)
    , m_out(std::move(sink))
{ }

Done TextExporter::begin()
{
    return {};
}

QString TextExporter::shown(const PlannedColumn &column, const RowSet &rows,
                            std::uint32_t row) const
{
    return oneLine(peopleText(column, rows, row), longestCell);
}

void TextExporter::writeHeader(const RowSet &rows, std::uint32_t from, std::uint32_t to)
{
    if (m_started)
        m_out.append('\n');
    m_started = true;
    m_known = rows.columnCount();
    m_columns = planColumns(rows, m_options);
    m_widths.clear();
    QStringList names;
    QStringList rules;
    const int widest = m_options.terminal ? terminalCell : widestColumn;
    for (const PlannedColumn &column : m_columns) {
        names.append(oneLine(QString::fromStdString(column.name)));
        int width = textWidth(names.last());
        for (std::uint32_t row = from; row < std::min(to, from + measuredRows); ++row)
            width = std::max(width, textWidth(shown(column, rows, row)));
        m_widths.push_back(std::min(width, std::max(widest, textWidth(names.last()))));
        rules.append(QString(m_widths.back(), u'-'));
    }
    writeLine(names, true);
    writeLine(rules, true);
}

Done TextExporter::append(const RowSet &rows, std::uint32_t from, std::uint32_t to)
{
    const bool chosen = !m_options.columns.isEmpty();
    if (!m_started)
        writeHeader(rows, from, to);
    else
        completePlan(m_columns, rows);
    const std::uint32_t late = chosen ? to : firstBeyond(rows, m_columns, m_known, from, to).row;
    QStringList cells;
    for (std::uint32_t row = from; row < to; ++row) {
        if (row == late)
            writeHeader(rows, row, to);
        cells.clear();
        for (const PlannedColumn &column : m_columns)
            cells.append(shown(column, rows, row));
        writeLine(cells, false);
        if (Done done = m_out.flushIfFull(); !done)
            return done;
    }
    return {};
}

void TextExporter::writeLine(const QStringList &cells, bool header)
{
    QString line;
    int owed = 0; // spaces, written before the next text only: no line ends with one
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const int width = m_widths[std::size_t(i)];
        const QString text = m_options.terminal ? clipped(cells[i], width) : cells[i];
        const int missing = std::max(0, width - textWidth(text));
        const bool right = !header && isNumeric(m_columns[std::size_t(i)].type)
            && !m_columns[std::size_t(i)].array;
        owed += (i == 0 ? 0 : 2) + (right ? missing : 0);
        if (!text.isEmpty()) {
            line += QString(owed, u' ') + text;
            owed = 0;
        }
        owed += right ? 0 : missing;
    }
    if (m_options.terminal && m_options.width > 0)
        line = clipped(line, m_options.width);
    m_out.append(line);
    m_out.append('\n');
}

Done TextExporter::end()
{
    if (!m_started && !(m_options.columns.isEmpty() && m_options.schemaColumns.isEmpty()))
        writeHeader(RowSet(), 0, 0);
    return m_out.flush();
}
