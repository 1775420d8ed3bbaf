#include "models/rowmatcher.h"

#include "models/celltext.h"
#include "models/rowarranger.h"
#include "protocol/cimclass.h"

using namespace Qt::StringLiterals;
using Operator = RowFilter::Operator;

RowMatcher::Memo::Memo()
    : m_slots(64)
{ }

RowMatcher::Memo::Answer &RowMatcher::Memo::at(std::string_view text)
{
    if (m_used * 2 >= m_slots.size())
        grow();
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = (reinterpret_cast<std::uintptr_t>(text.data()) * 0x9E3779B97F4A7C15ull) >> 20;
    for (;; ++at) {
        Slot &slot = m_slots[at & mask];
        if (slot.data == text.data() && slot.size == text.size())
            return slot.answer;
        if (!slot.data) {
            slot.data = text.data();
            slot.size = std::uint32_t(text.size());
            ++m_used;
            return slot.answer;
        }
    }
}

void RowMatcher::Memo::grow()
{
    std::vector<Slot> old(m_slots.size() * 4);
    old.swap(m_slots);
    m_used = 0;
    for (const Slot &slot : old) {
        if (slot.data)
            at({slot.data, slot.size}) = slot.answer;
    }
}

RowMatcher::RowMatcher(const RowSet &rows, const CimClass *schema, const RowFilter &filter)
    : m_rows(rows)
    , m_properties(rows.columnCount(), nullptr)
{
    for (std::uint32_t i = 0; schema && i < rows.columnCount(); ++i) {
        const CimProperty *property = schema->property(fromUtf8(rows.column(i).name));
        if (property && (property->qualifier(u"Values") || property->qualifier(u"ValueMap")))
            m_properties[i] = property;
    }
    for (const RowFilter::Term &term : filter.terms()) {
        const QByteArray value = term.value.toUtf8();
        const std::string_view view(value.constData(), std::size_t(value.size()));
        Term ready{term.op, foldedText(view), term.value, numberKey(view), timeKey(view), {}};
        if (const auto column = rows.columnNamed(term.column.toStdString()))
            ready.columns.push_back(int(*column));
        else if (term.column.compare(u"Class", Qt::CaseInsensitive) == 0)
            ready.columns.push_back(ArrangeRequest::classColumn);
        ready.everywhere = term.column.isEmpty();
        m_terms.push_back(std::move(ready));
    }
}

bool RowMatcher::matches(std::uint32_t row)
{
    for (Term &term : m_terms) {
        if (!matches(term, row))
            return false;
    }
    return true;
}

bool RowMatcher::matches(Term &term, std::uint32_t row)
{
    const std::size_t index = std::size_t(&term - m_terms.data());
    if (!term.everywhere) {
        if (term.columns.empty())
            return false;
        const int column = term.columns.front();
        if (column == ArrangeRequest::classColumn)
            return matchesText(term, m_rows.className(row), column);
        return matchesCell(term, m_rows.cell(row, std::uint32_t(column)), column, index);
    }
    for (std::uint32_t column = 0; column < m_rows.columnCount(); ++column) {
        if (matchesCell(term, m_rows.cell(row, column), int(column), index))
            return true;
    }
    return m_rows.mixedClasses() && matchesPlain(term, m_rows.className(row));
}

RowMatcher::Memo &RowMatcher::memoFor(std::size_t term, int column)
{
    return m_own[(std::uint64_t(term) << 32) | std::uint32_t(column)];
}

bool RowMatcher::matchesCell(Term &term, const Cell &cell, int column, std::size_t index)
{
    switch (cell.kind()) {
    case CellKind::Absent:
        return term.op == Operator::NotEqual;
    case CellKind::Nil:
        if (term.everywhere)
            return false;
        return (term.op == Operator::Equal && term.folded == "null")
            || (term.op == Operator::NotEqual && term.folded != "null");
    case CellKind::Scalar: {
        if (column < 0 || !m_properties[std::size_t(column)])
            return matchesPlain(term, cell.text());
        Memo::Answer &answer = memoFor(index, column).at(cell.text());
        if (answer == Memo::Unknown)
            answer = matchesText(term, cell.text(), column) ? Memo::Yes : Memo::No;
        return answer == Memo::Yes;
    }
    case CellKind::Array: {
        const bool negative = term.op == Operator::NotEqual;
        for (std::uint32_t i = 0; i < cell.count(); ++i) {
            if (matchesCell(term, cell.at(i), column, index) != negative)
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

bool RowMatcher::matchesText(const Term &term, std::string_view text, int column) const
{
    const CimProperty *property = column >= 0 ? m_properties[std::size_t(column)] : nullptr;
    if (!property)
        return matchesPlain(term, text);
    const std::string meaning = property->valueText(fromUtf8(text)).toStdString();
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
