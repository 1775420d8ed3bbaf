#include "models/rowchanges.h"

#include "models/celltext.h"
#include "protocol/cimclass.h"

#include <optional>
#include <string>

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint32_t lookEvery = 512; ///< rows between two looks at the generation
constexpr std::size_t mostCells = 100'000;
constexpr qsizetype longestText = 200;
constexpr qsizetype mostGone = 20;

void appendPart(std::string &key, std::string_view text)
{
    key += std::to_string(text.size());
    key += ':';
    key += text;
}

void appendCell(std::string &key, const Cell &cell)
{
    key += char('a' + int(cell.kind()));
    if (cell.kind() == CellKind::Scalar)
        appendPart(key, cell.text());
    else if (!cell.isAbsent() && cell.kind() != CellKind::Nil)
        appendPart(key, plainText(cell).toStdString());
}

/// Says what a row is told by, for the rows of one set.
class KeyReader
{
public:
    KeyReader(const RowSet &rows, const QStringList &keys)
        : m_rows(rows)
    {
        for (const QString &key : keys) {
            auto column = rows.columnNamed(key.toStdString());
            if (!column)
                column = rows.columnNamed((u'@' + key).toStdString());
            if (column)
                m_columns.push_back(*column);
        }
        m_keyed = !keys.isEmpty() && m_columns.size() == std::size_t(keys.size());
    }

    bool isKeyed() const { return m_keyed; }
    void useWholeRows() { m_keyed = false; }

    std::string key(std::uint32_t row) const
    {
        std::string key;
        appendPart(key, m_rows.className(row));
        if (m_keyed) {
            for (const std::uint32_t column : m_columns)
                appendCell(key, m_rows.cell(row, column));
        } else if (m_rows.hasReference(row)) {
            const RowReference reference = m_rows.reference(row);
            appendPart(key, reference.resourceUri);
            for (const RowSelector &selector : reference.selectors) {
                appendPart(key, selector.name);
                appendPart(key, selector.value);
            }
        } else {
            for (std::uint32_t column = 0; column < m_rows.columnCount(); ++column) {
                const Cell cell = m_rows.cell(row, column);
                if (cell.isAbsent())
                    continue;
                appendPart(key, m_rows.column(column).name);
                appendCell(key, cell);
            }
        }
        return key;
    }

    QString words(std::uint32_t row) const
    {
        QStringList words;
        for (std::uint32_t column = 0; column < m_rows.columnCount() && words.size() < 3;
             ++column) {
            const bool isKey = std::find(m_columns.begin(), m_columns.end(), column)
                != m_columns.end();
            const Cell cell = m_rows.cell(row, column);
            if ((isKey || m_columns.empty()) && !cell.isAbsent())
                words << shownText(cell).left(longestText);
        }
        return words.join(u", "_s);
    }

private:
    const RowSet &m_rows;
    std::vector<std::uint32_t> m_columns;
    bool m_keyed = false;
};

bool sameNode(Node a, Node b)
{
    if (a.name().local != b.name().local || a.isNil() != b.isNil())
        return false;
    if (a.isLeaf() || b.isLeaf())
        return a.isLeaf() == b.isLeaf() && a.text() == b.text();
    Node left = a.firstChild(), right = b.firstChild();
    for (; left && right; left = left.nextSibling(), right = right.nextSibling()) {
        if (!sameNode(left, right))
            return false;
    }
    return !left && !right;
}

/// Compares two sets; one use.
class Comparison
{
public:
    Comparison(const RowSet &before, const RowSet &now, const QStringList &keys,
               const CimClass *schema)
        : m_before(before)
        , m_now(now)
        , m_oldKeys(before, keys)
        , m_newKeys(now, keys)
    {
        if (m_oldKeys.isKeyed() != m_newKeys.isKeyed()) {
            m_oldKeys.useWholeRows();
            m_newKeys.useWholeRows();
        }
        for (std::uint32_t i = 0; i < now.columnCount(); ++i) {
            const Column column = now.column(i);
            m_oldColumns.push_back(before.columnNamed(column.name));
            m_contexts.push_back(
                {column.type, schema ? schema->property(fromUtf8(column.name)) : nullptr});
        }
    }

    RowChanges run(const std::atomic<quint64> &wanted, quint64 generation)
    {
        const auto unwanted = [&](std::uint32_t row) {
            return row % lookEvery == 0 && wanted.load(std::memory_order_relaxed) != generation;
        };
        RowChanges changes;
        changes.after.assign(m_before.rowCount(), RowChanges::nowhere);
        changes.before.assign(m_now.rowCount(), RowChanges::nowhere);
        // Rows of one key, should a host have several, are taken in their order.
        std::unordered_map<std::string, std::uint32_t> first;
        std::vector<std::uint32_t> next(m_before.rowCount(), RowChanges::nowhere);
        first.reserve(m_before.rowCount());
        for (std::uint32_t row = m_before.rowCount(); row-- > 0;) {
            if (unwanted(row))
                return {};
            const auto [at, made] = first.try_emplace(m_oldKeys.key(row), row);
            if (!made)
                next[row] = std::exchange(at->second, row);
        }
        for (std::uint32_t row = 0; row < m_now.rowCount(); ++row) {
            if (unwanted(row))
                return {};
            const auto found = first.find(m_newKeys.key(row));
            if (found == first.end() || found->second == RowChanges::nowhere) {
                ++changes.newRows;
                continue;
            }
            const std::uint32_t old = std::exchange(found->second, next[found->second]);
            changes.before[row] = old;
            changes.after[old] = row;
            compare(old, row, changes);
        }
        for (std::uint32_t row = 0; row < m_before.rowCount(); ++row) {
            if (changes.after[row] != RowChanges::nowhere)
                continue;
            ++changes.goneRows;
            if (changes.gone.size() < mostGone)
                changes.gone << m_oldKeys.words(row);
        }
        return changes;
    }

private:
    void compare(std::uint32_t old, std::uint32_t row, RowChanges &changes) const
    {
        bool changed = false;
        for (std::uint32_t column = 0; column < m_oldColumns.size(); ++column) {
            const auto &from = m_oldColumns[column];
            const Cell was = from ? m_before.cell(old, *from) : Cell();
            if (sameCell(was, m_now.cell(row, column)))
                continue;
            changed = true;
            if (changes.cells.size() < mostCells)
                changes.cells.emplace(RowChanges::cellKey(row, column),
                                      shownText(was, m_contexts[column]).left(longestText));
        }
        changes.changedRows += changed ? 1 : 0;
    }

    const RowSet &m_before;
    const RowSet &m_now;
    KeyReader m_oldKeys, m_newKeys;
    std::vector<std::optional<std::uint32_t>> m_oldColumns; ///< by column now
    std::vector<CellContext> m_contexts;
};

} // namespace

bool sameCell(const Cell &a, const Cell &b)
{
    if (a.kind() != b.kind())
        return false;
    switch (a.kind()) {
    case CellKind::Scalar:
        return a.text() == b.text();
    case CellKind::Array:
        if (a.count() != b.count())
            return false;
        for (std::uint32_t i = 0; i < a.count(); ++i) {
            if (!sameCell(a.at(i), b.at(i)))
                return false;
        }
        return true;
    case CellKind::Reference:
    case CellKind::Object:
        return sameNode(a.node(), b.node());
    default:
        return true;
    }
}

RowChanges compareRows(const RowSet &before, const RowSet &now, const QStringList &keys,
                       const CimClass *schema, const std::atomic<quint64> &wanted,
                       quint64 generation)
{
    return Comparison(before, now, keys, schema).run(wanted, generation);
}
