#include "models/rowmarks.h"

#include "models/rowdress.h"
#include "models/rowmatcher.h"

#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostMarks = 40;
constexpr qsizetype longestText = 4000;
constexpr qsizetype longestWord = 100;

using Sign = ViewMark::Sign;
constexpr std::array<std::pair<QLatin1StringView, Sign>, 5> signs{
    {{QLatin1StringView("ok"), Sign::Ok},
     {QLatin1StringView("running"), Sign::Running},
     {QLatin1StringView("warning"), Sign::Warning},
     {QLatin1StringView("error"), Sign::Error},
     {QLatin1StringView("muted"), Sign::Muted}}};

} // namespace

QJsonArray toJson(const std::vector<RowMark> &marks)
{
    QJsonArray made;
    for (const RowMark &mark : marks) {
        const auto sign = std::ranges::find(signs, mark.sign,
                                            [](const auto &one) { return one.second; });
        made.append(QJsonObject{{u"on"_s, mark.column},
                                {u"where"_s, mark.where},
                                {u"sign"_s, QString(sign->first)},
                                {u"word"_s, mark.word}});
    }
    return made;
}

std::vector<RowMark> rowMarksFrom(const QJsonArray &saved)
{
    std::vector<RowMark> marks;
    for (const QJsonValue &value : saved) {
        const RowMark mark{.column = value[u"on"_s].toString(),
                           .where = value[u"where"_s].toString(),
                           .word = value[u"word"_s].toString().simplified().left(longestWord)};
        const QString name = value[u"sign"_s].toString();
        const auto sign = std::ranges::find_if(
            signs, [&name](const auto &one) { return name == one.first; });
        const RowFilter filter = RowFilter::parse(mark.where.left(longestText));
        if (marks.size() >= mostMarks || sign == signs.end() || mark.column.isEmpty()
            || filter.isEmpty() || !filter.isClosed())
            continue;
        marks.push_back(mark);
        marks.back().sign = sign->second;
    }
    return marks;
}

std::optional<ViewMark> viewMark(const RowMark &mark)
{
    using Operator = RowFilter::Operator;
    ViewMark made{.sign = mark.sign, .property = mark.column, .word = mark.word};
    const RowFilter filter = RowFilter::parse(mark.where);
    for (const RowFilter::Term &term : filter.terms()) {
        ViewTest test{.property = term.column, .value = term.value};
        bool number = false;
        term.value.toDouble(&number);
        switch (term.op) {
        case Operator::Equal:
            break;
        case Operator::NotEqual:
            test.kind = ViewTest::Kind::IsNot;
            break;
        case Operator::Contains:
            test.kind = ViewTest::Kind::Contains;
            break;
        case Operator::Less:
            test.kind = ViewTest::Kind::Below;
            break;
        case Operator::Greater:
            test.kind = ViewTest::Kind::Above;
            break;
        default:
            return std::nullopt;
        }
        const bool twice = std::ranges::any_of(
            made.when, [&term](const ViewTest &other) { return other.property == term.column; });
        const bool needsNumber = term.op == Operator::Less || term.op == Operator::Greater;
        if (term.column.isEmpty() || twice || (needsNumber && !number))
            return std::nullopt;
        made.when.push_back(test);
    }
    return made.when.empty() ? std::nullopt : std::optional(made);
}

RowMarks::RowMarks() = default;
RowMarks::~RowMarks() = default;

void RowMarks::set(const std::vector<RowMark> &marks)
{
    m_marks = marks;
    if (m_marks.size() > mostMarks)
        m_marks.resize(mostMarks);
    forget();
}

void RowMarks::forget()
{
    m_matchers.clear();
    m_matchers.resize(m_marks.size());
}

const RowMark *RowMarks::find(const RowSet &rows, const CimClass *schema, const RowDress *dress,
                              std::uint32_t row, const QString &column) const
{
    if (rows.columnCount() != m_columns) {
        m_columns = rows.columnCount();
        for (auto &matcher : m_matchers)
            matcher.reset();
    }
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < m_marks.size(); ++i) {
        if (m_marks[i].column != column)
            continue;
        if (!m_matchers[i])
            m_matchers[i] = std::make_unique<RowMatcher>(rows, schema, dress,
                                                         RowFilter::parse(m_marks[i].where));
        m_matchers[i]->collect(row, row + 1, found);
        if (!found.empty())
            return &m_marks[i];
    }
    return nullptr;
}
