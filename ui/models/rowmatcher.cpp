#include "models/rowmatcher.h"

#include "models/celltext.h"
#include "models/rowarranger.h"
#include "models/rowdress.h"
#include "protocol/cimclass.h"

using namespace Qt::StringLiterals;
using Operator = RowFilter::Operator;

RowMatcher::RowMatcher(const RowSet &rows, const CimClass *schema, const RowDress *dress,
                       const RowFilter &filter)
    : m_rows(rows)
    , m_dress(dress)
    , m_words(rows.columnCount())
{
    for (std::uint32_t i = 0; i < rows.columnCount(); ++i) {
        const QString name = fromUtf8(rows.column(i).name);
        const CimProperty *property = schema ? schema->property(name) : nullptr;
        if (property && (property->qualifier(u"Values") || property->qualifier(u"ValueMap")))
            m_words[i].property = property;
        if (dress && dress->hasWords(name))
            m_words[i].dressed = name;
    }
    for (const RowFilter::Term &term : filter.terms()) {
        const QByteArray value = term.value.toUtf8();
        const std::string_view view(value.constData(), std::size_t(value.size()));
        Term ready{term.op, foldedText(view), term.value, numberKey(view), timeKey(view), {}, false,
                   {}};
        if (const auto column = rows.columnNamed(term.column.toStdString()))
            ready.columns.push_back(int(*column));
        else if (term.column.compare(u"Class", Qt::CaseInsensitive) == 0)
            ready.columns.push_back(ArrangeRequest::classColumn);
        ready.everywhere = term.column.isEmpty();
        m_terms.push_back(std::move(ready));
    }
}

void RowMatcher::collect(std::uint32_t from, std::uint32_t to, std::vector<std::uint32_t> &found)
{
    std::vector<std::uint8_t> all(to - from, 1);
    for (Term &term : m_terms) {
        m_marks.assign(to - from, 0);
        mark(term, from);
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] &= m_marks[i];
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i])
            found.push_back(from + std::uint32_t(i));
    }
}

void RowMatcher::mark(Term &term, std::uint32_t from)
{
    for (const int column : term.columns) {
        if (column == ArrangeRequest::classColumn)
            markClass(term, from);
        else
            scanFor(term, column).mark(m_rows, std::uint32_t(column), from, m_marks);
    }
    if (!term.everywhere)
        return;
    for (std::uint32_t column = 0; column < m_rows.columnCount(); ++column)
        scanFor(term, int(column)).mark(m_rows, column, from, m_marks);
    if (m_rows.mixedClasses())
        markClass(term, from);
}

void RowMatcher::markClass(const Term &term, std::uint32_t from)
{
    for (std::size_t i = 0; i < m_marks.size(); ++i) {
        if (!m_marks[i])
            m_marks[i] = matchesPlain(term, m_rows.className(from + std::uint32_t(i)));
    }
}

ValueScan &RowMatcher::scanFor(Term &term, int column)
{
    const int key = m_words[std::size_t(column)] ? column : plain;
    const auto found = term.scans.find(key);
    if (found != term.scans.end())
        return found->second;
    const auto test = [this, &term, key](const Cell &cell) { return matchesCell(term, cell, key); };
    return term.scans.try_emplace(key, test).first->second;
}

bool RowMatcher::matchesCell(const Term &term, const Cell &cell, int column) const
{
    switch (cell.kind()) {
    case CellKind::Absent:
        return term.op == Operator::NotEqual;
    case CellKind::Nil:
        if (term.everywhere)
            return false;
        return (term.op == Operator::Equal && term.folded == "null")
            || (term.op == Operator::NotEqual && term.folded != "null");
    case CellKind::Scalar:
        return matchesText(term, cell.text(), column);
    case CellKind::Array: {
        const bool negative = term.op == Operator::NotEqual;
        for (std::uint32_t i = 0; i < cell.count(); ++i) {
            if (matchesCell(term, cell.at(i), column) != negative)
                return !negative;
        }
        return negative;
    }
    case CellKind::Reference:
    case CellKind::Object: {
        const std::string text = shownText(cell).toStdString();
        return matchesText(term, text, column);
    }
    }
    return false;
}

QString RowMatcher::meaningOf(const Words &words, std::string_view text) const
{
    QString meaning;
    if (!words.dressed.isEmpty())
        meaning = m_dress->word(words.dressed, fromUtf8(text));
    return meaning.isEmpty() && words.property ? words.property->valueText(fromUtf8(text))
                                               : meaning;
}

bool RowMatcher::matchesText(const Term &term, std::string_view text, int column) const
{
    if (column == plain || !m_words[std::size_t(column)])
        return matchesPlain(term, text);
    const std::string meaning = meaningOf(m_words[std::size_t(column)], text).toStdString();
    if (meaning.empty())
        return matchesPlain(term, text);
    switch (term.op) {
    case Operator::NotEqual:
        return matchesPlain(term, text) && matchesPlain(term, meaning);
    case Operator::Equal:
    case Operator::Contains:
        return matchesPlain(term, text) || matchesPlain(term, meaning);
    default:
        return matchesPlain(term, text);
    }
}

namespace {

/// -1, 0 or 1.
template<typename T>
int compared(const T &a, const T &b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

} // namespace

bool RowMatcher::matchesPlain(const Term &term, std::string_view text) const
{
    switch (term.op) {
    case Operator::Contains:
        return containsFolded(text, term.folded);
    case Operator::Equal:
    case Operator::NotEqual: {
        bool equal = equalsFolded(text, term.folded);
        if (!equal && term.number) {
            const auto number = numberKey(text);
            equal = number && *number == *term.number;
        }
        return equal == (term.op == Operator::Equal);
    }
    default:
        break;
    }
    if (text.empty())
        return false;
    int order = 0;
    if (term.time) {
        const auto time = timeKey(text);
        if (!time)
            return false;
        order = compared(*time, *term.time);
    } else if (term.number) {
        const auto number = numberKey(text);
        if (!number)
            return false;
        order = compared(*number, *term.number);
    } else {
        order = compared(foldedText(text), term.folded);
    }
    switch (term.op) {
    case Operator::Less:
        return order < 0;
    case Operator::LessOrEqual:
        return order <= 0;
    case Operator::Greater:
        return order > 0;
    default:
        return order >= 0;
    }
}
