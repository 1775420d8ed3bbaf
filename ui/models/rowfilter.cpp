#include "models/rowfilter.h"

using namespace Qt::StringLiterals;

namespace {

bool isNameCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.' || c == u'@';
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
        while (m_at < m_text.size() && isNameCharacter(m_text.at(m_at)))
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
        using Op = RowFilter::Operator;
        static const std::pair<QStringView, Op> operators[] = {
            {u"!=", Op::NotEqual}, {u"<=", Op::LessOrEqual}, {u">=", Op::GreaterOrEqual},
            {u"=", Op::Equal},     {u"~", Op::Contains},     {u"<", Op::Less},
            {u">", Op::Greater},
        };
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
            if (c == u'"')
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
