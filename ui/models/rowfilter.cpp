#include "models/rowfilter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using Op = RowFilter::Operator;

/// Longer ones first, where one begins like another.
constexpr std::pair<QStringView, Op> operators[] = {
    {u"!=", Op::NotEqual}, {u"<=", Op::LessOrEqual}, {u">=", Op::GreaterOrEqual}, {u"=", Op::Equal},
    {u"~", Op::Contains},  {u"<", Op::Less},         {u">", Op::Greater},
};

/// Characters that need no quotation marks in a value.
bool isPlain(QChar c)
{
    return RowFilter::isNameCharacter(c) || c == u':' || c == u'/' || c == u'\\';
}

/// Reads the words of a filter one after the other.
class Scanner
{
public:
    explicit Scanner(const QString &text)
        : m_text(text)
    { }

    bool atEnd()
    {
        while (m_at < m_text.size() && m_text.at(m_at).isSpace())
            ++m_at;
        return m_at >= m_text.size();
    }
    bool isClosed() const { return m_closed; }

    RowFilter::Term term()
    {
        RowFilter::Term term;
        const qsizetype start = m_at;
        while (m_at < m_text.size() && RowFilter::isNameCharacter(m_text.at(m_at)))
            ++m_at;
        const QString name = m_text.mid(start, m_at - start);
        if (!name.isEmpty() && !name.at(0).isDigit() && readOperator(term.op)) {
            term.column = name;
            term.value = value();
            return term;
        }
        m_at = start;
        term.op = RowFilter::Operator::Contains;
        term.value = value();
        return term;
    }

private:
    bool readOperator(RowFilter::Operator &op)
    {
        for (const auto &[text, value] : operators) {
            if (QStringView(m_text).mid(m_at).startsWith(text)) {
                m_at += text.size();
                op = value;
                return true;
            }
        }
        return false;
    }

    QString value()
    {
        QString value;
        bool quoted = false;
        for (; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text.at(m_at);
            if (c == u'"' && quoted && m_at + 1 < m_text.size() && m_text.at(m_at + 1) == u'"')
                value += m_text.at(m_at++);
            else if (c == u'"')
                quoted = !quoted;
            else if (c.isSpace() && !quoted)
                break;
            else
                value += c;
        }
        m_closed = m_closed && !quoted;
        return value;
    }

    const QString &m_text;
    qsizetype m_at = 0;
    bool m_closed = true;
};

} // namespace

bool RowFilter::isNameCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.' || c == u'@';
}

QString RowFilter::termText(const Term &term)
{
    const bool named = !term.column.isEmpty() && !term.column.at(0).isDigit()
        && std::all_of(term.column.begin(), term.column.end(), isNameCharacter);
    if (!named)
        return {};
    const auto sign = std::find_if(std::begin(operators), std::end(operators),
                                   [&](const auto &known) { return known.second == term.op; });
    QString value = term.value;
    if (value.isEmpty() || !std::all_of(value.begin(), value.end(), isPlain))
        value = u'"' + value.replace(u'"', u"\"\""_s) + u'"';
    return term.column + sign->first.toString() + value;
}

RowFilter RowFilter::parse(const QString &text)
{
    RowFilter filter;
    Scanner scanner(text);
    while (!scanner.atEnd()) {
        Term term = scanner.term();
        if (!term.column.isEmpty() || !term.value.isEmpty())
            filter.m_terms.push_back(std::move(term));
    }
    filter.m_closed = scanner.isClosed();
    return filter;
}

QString RowFilter::unknownColumn(const QStringList &columns) const
{
    for (const Term &term : m_terms) {
        if (!term.column.isEmpty() && !columns.contains(term.column, Qt::CaseInsensitive))
            return term.column;
    }
    return {};
}
