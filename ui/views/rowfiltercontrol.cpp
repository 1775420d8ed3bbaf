#include "views/rowfiltercontrol.h"

#include "look/icons.h"
#include "look/look.h"
#include "models/celltext.h"
#include "models/rowtablemodel.h"
#include "text/valuetext.h"
#include "widgets/filterfield.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLabel>
#include <QMenu>
#include <QStringListModel>

using namespace Qt::StringLiterals;
using Operator = RowFilter::Operator;

namespace {

constexpr qsizetype mostFilters = 20;
constexpr qsizetype longestValue = 200;   ///< of a cell, for a term
constexpr qsizetype longestFilter = 4000; ///< kept
constexpr std::uint32_t mostItems = 8;    ///< of an array, a term each
constexpr int namesWidth = 260;

/// The terms that hold for a cell like this one; empty when there are none.
QStringList termsFor(const QString &column, const Cell &cell)
{
    const auto term = [&column](Operator op, const QString &value) {
        return RowFilter::termText({column, op, value});
    };
    const auto scalar = [&term](const Cell &value) -> QString {
        QString text = value.kind() == CellKind::Scalar ? plainText(value) : shownText(value);
        const bool whole = text.size() <= longestValue && !text.contains(u'\n')
            && !text.contains(u'\r');
        if (whole)
            return term(Operator::Equal, text);
        text = text.section(u'\n', 0, 0).section(u'\r', 0, 0).left(longestValue);
        return text.isEmpty() ? QString() : term(Operator::Contains, text);
    };
    QStringList terms;
    switch (cell.kind()) {
    case CellKind::Absent:
        break;
    case CellKind::Nil:
        terms << term(Operator::Equal, u"null"_s);
        break;
    case CellKind::Array:
        for (std::uint32_t i = 0; i < std::min(cell.count(), mostItems); ++i)
            terms << scalar(cell.at(i));
        break;
    default:
        terms << scalar(cell);
    }
    terms.removeAll(QString());
    return terms;
}

/// What no such cell has; empty when one term cannot say it.
QString oppositeOf(const QString &column, const Cell &cell, const QStringList &terms)
{
    if (cell.isAbsent())
        return RowFilter::termText({column, Operator::Contains, {}});
    if (terms.size() != 1)
        return {};
    RowFilter::Term term = RowFilter::parse(terms.first()).terms().front();
    if (term.op != Operator::Equal)
        return {};
    term.op = Operator::NotEqual;
    return RowFilter::termText(term);
}

} // namespace

RowFilterControl::RowFilterControl(RowTableModel *model, FilterField *field, QLabel *problem)
    : QObject(field)
    , m_model(model)
    , m_field(field)
    , m_problem(problem)
    , m_historyMenu(new QMenu(field))
    , m_completer(new QCompleter(this))
    , m_names(new QStringListModel(this))
{
    field->setPlaceholderText(tr("Filter rows: word, State=Running, Name~win, ProcessId>1000"));
    field->setToolTip(tr("Words separated by spaces must all be found, in any column.\n"
                         "Column=value, Column!=value: the same, not the same (null is a value)\n"
                         "Column~text: contains\n"
                         "Column<value, <=, >, >=: numbers by value, dates by time\n"
                         "\"two words\": quotes keep spaces and signs together\n"
                         "Upper and lower case are the same."));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    Look::setMeaning(m_problem, Meaning::Error);
    m_historyMenu->setObjectName(u"filterHistory"_s);
    field->setMenu(m_historyMenu, tr("Recent filters (Alt+Down)"));
    m_completer->setModel(m_names);
    m_completer->setWidget(field);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setMaxVisibleItems(10);
    connect(m_historyMenu, &QMenu::aboutToShow, this, &RowFilterControl::fillHistoryMenu);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            &RowFilterControl::takeName);
    connect(field, &FilterField::filterChanged, this, &RowFilterControl::apply);
    connect(field, &QLineEdit::editingFinished, this, &RowFilterControl::note);
    connect(field, &QLineEdit::textEdited, this, &RowFilterControl::offerNames);
    connect(model, &RowTableModel::columnsArranged, this, &RowFilterControl::check);
}

// --- the text ---------------------------------------------------------------------------------

void RowFilterControl::apply(const QString &text)
{
    check();
    if (m_field->problem().isEmpty())
        m_model->setFilter(RowFilter::parse(text));
}

void RowFilterControl::check()
{
    const RowFilter filter = RowFilter::parse(m_field->text());
    QStringList columns = m_model->columnNames();
    if (columns.isEmpty())
        return;
    columns << u"Class"_s;
    const QString unknown = filter.unknownColumn(columns);
    if (!filter.isClosed())
        m_field->setProblem(tr("A quotation mark is missing."));
    else if (!unknown.isEmpty())
        m_field->setProblem(tr("There is no column named %1. To find the text as it is, put it in "
                               "quotation marks.")
                                .arg(unknown));
    else
        m_field->setProblem({});
    m_problem->setText(m_field->problem());
    m_problem->setVisible(!m_field->problem().isEmpty());
}

void RowFilterControl::set(const QString &text)
{
    m_field->setText(text);
    m_field->apply();
    note();
}

void RowFilterControl::append(const QString &term)
{
    const QString before = m_field->text().trimmed();
    set(before.isEmpty() ? term : before + u' ' + term);
}

void RowFilterControl::filterByColumn(const QString &name)
{
    const QString term = RowFilter::termText({name, Operator::Contains, {}});
    if (term.isEmpty())
        return;
    const QString before = m_field->text().trimmed();
    const QString begun = term.chopped(2); // without the empty quotation marks
    m_field->setText(before.isEmpty() ? begun : before + u' ' + begun);
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->setCursorPosition(int(m_field->text().size()));
}

// --- terms of a cell --------------------------------------------------------------------------

QString RowFilterControl::termsOf(const QModelIndex &cell) const
{
    return cell.isValid() && !m_model->isClassColumn(cell.column())
        ? termsFor(m_model->columnName(cell.column()), m_model->cell(cell)).join(u' ')
        : QString();
}

void RowFilterControl::fillCellMenu(QMenu *menu, const QModelIndex &cell)
{
    if (!cell.isValid())
        return;
    const QString column = m_model->isClassColumn(cell.column())
        ? u"Class"_s
        : m_model->columnName(cell.column());
    const Cell value = m_model->cell(cell);
    QStringList terms = termsFor(column, value);
    if (m_model->isClassColumn(cell.column()))
        terms = {RowFilter::termText({column, Operator::Equal, cell.data().toString()})};
    const QString by = terms.join(u' ');
    const QString out = m_model->isClassColumn(cell.column())
        ? RowFilter::termText({column, Operator::NotEqual, cell.data().toString()})
        : oppositeOf(column, value, terms);
    const bool part = !by.isEmpty()
        && RowFilter::parse(by).terms().front().op == Operator::Contains;
    const auto add = [menu, this](const QString &name, const QString &text, const QString &term,
                                  auto slot) {
        if (term.isEmpty())
            return;
        QAction *action = menu->addAction(text, this, [this, term, slot] { (this->*slot)(term); });
        action->setObjectName(name);
        action->setToolTip(plainTip(oneLine(term)));
    };
    const auto whole = &RowFilterControl::set;
    add(u"filterByValue"_s,
        part ? tr("Filter by the start of this value") : tr("Filter by this value"), by, whole);
    add(u"filterOutValue"_s,
        value.isAbsent() && !out.isEmpty() && by.isEmpty() ? tr("Filter out rows without a value")
                                                           : tr("Filter out this value"),
        out, whole);
    if (m_model->filter().isEmpty())
        return;
    add(u"andByValue"_s,
        part ? tr("And by the start of this value") : tr("And filter by this value"), by,
        &RowFilterControl::append);
    add(u"andOutValue"_s,
        value.isAbsent() && by.isEmpty() ? tr("And filter out rows without a value")
                                         : tr("And filter out this value"),
        out, &RowFilterControl::append);
}

// --- history ----------------------------------------------------------------------------------

void RowFilterControl::setHistory(const QStringList &filters)
{
    m_history.clear();
    for (const QString &filter : filters) {
        if (m_history.size() < mostFilters && !filter.isEmpty() && filter.size() <= longestFilter
            && !m_history.contains(filter))
            m_history << filter;
    }
}

/// A filter that was meant: finished with Enter, left, or taken from a cell.
void RowFilterControl::note()
{
    const QString filter = m_field->text().trimmed();
    if (filter.isEmpty() || !m_field->problem().isEmpty() || filter.size() > longestFilter
        || m_history.value(0) == filter)
        return;
    m_history.removeAll(filter);
    m_history.prepend(filter);
    if (m_history.size() > mostFilters)
        m_history.removeLast();
    Q_EMIT historyChanged();
}

void RowFilterControl::fillHistoryMenu()
{
    m_historyMenu->clear();
    m_historyMenu->addSection(tr("Recent filters"));
    if (m_history.isEmpty())
        m_historyMenu->addAction(tr("Filters that you use are kept here"))->setEnabled(false);
    for (const QString &filter : m_history)
        m_historyMenu->addAction(oneLine(filter, 80).replace(u'&', u"&&"_s), this,
                                 [this, filter] { set(filter); });
    if (m_history.isEmpty())
        return;
    m_historyMenu->addSeparator();
    m_historyMenu->addAction(Icons::get(u"delete"), tr("Forget them"), this, [this] {
        m_history.clear();
        Q_EMIT historyChanged();
    });
}

// --- names of columns -------------------------------------------------------------------------

/// Where the word before the cursor begins, when it may become a column's name; -1 when it may not.
qsizetype RowFilterControl::nameStart() const
{
    const QString text = m_field->text();
    const int cursor = m_field->cursorPosition();
    if (text.left(cursor).count(u'"') % 2 != 0
        || (cursor < text.size() && !text.at(cursor).isSpace()))
        return -1;
    qsizetype start = cursor;
    while (start > 0 && RowFilter::isNameCharacter(text.at(start - 1)))
        --start;
    return start < cursor && (start == 0 || text.at(start - 1).isSpace()) ? start : -1;
}

void RowFilterControl::offerNames()
{
    const qsizetype start = nameStart();
    const QString word = start < 0 ? QString()
                                   : m_field->text().mid(start, m_field->cursorPosition() - start);
    if (word.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    if (QStringList names = m_model->columnNames(); names != m_names->stringList())
        m_names->setStringList(names);
    m_completer->setCompletionPrefix(word);
    if (m_completer->completionCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    const int before = m_field->fontMetrics().horizontalAdvance(m_field->text().left(start));
    const int left = std::clamp(before + Look::Around, 0,
                                std::max(0, m_field->width() - namesWidth));
    m_completer->complete(QRect(left, 0, namesWidth, m_field->height()));
}

void RowFilterControl::takeName(const QString &name)
{
    const qsizetype start = nameStart();
    if (start < 0)
        return;
    QString text = m_field->text();
    // "Contains" with nothing behind it lets every row with a value through: nothing jumps.
    const QString term = RowFilter::termText({name, Operator::Contains, {}}).chopped(2);
    text.replace(start, m_field->cursorPosition() - start, term);
    m_field->setText(text);
    m_field->setCursorPosition(int(start + term.size()));
}
