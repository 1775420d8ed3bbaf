#pragma once

#include <QString>
#include <QStringList>

#include <vector>

/// What a table's filter field says, understood. Words are separated by spaces and all must hold:
///
///     word            some column contains it
///     Column=value    equal; `Column=null` is true for null, `Column=` for an empty text
///     Column!=value   not equal
///     Column~text     contains
///     Column<value    less; also <=, >, >= (numbers by value, dates by time, else by letters)
///     "two words"     quotes keep spaces and operators: also Column="two words"; a quotation
///                     mark within them is written twice
///
/// Case never counts. A value also matches by its ValueMap text.
class RowFilter
{
public:
    enum class Operator { Contains, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };
    struct Term
    {
        QString column; ///< empty: all columns
        Operator op = Operator::Contains;
        QString value;
        bool operator==(const Term &) const = default;
    };

    static RowFilter parse(const QString &text);
    /// A term as it is typed, quoted where it must be; empty for a column whose name the language
    /// cannot say.
    static QString termText(const Term &term);
    static bool isNameCharacter(QChar c); ///< of a column's name

    const std::vector<Term> &terms() const { return m_terms; }
    bool isEmpty() const { return m_terms.empty(); }
    bool isClosed() const { return m_closed; } ///< false: a quotation mark is missing
    /// The first column named that is not among `columns`; empty when all are.
    QString unknownColumn(const QStringList &columns) const;
    bool operator==(const RowFilter &) const = default;

private:
    std::vector<Term> m_terms;
    bool m_closed = true;
};
