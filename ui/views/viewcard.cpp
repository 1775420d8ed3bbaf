#include "views/viewcard.h"

#include "look/icons.h"
#include "text/sentences.h"
#include "widgets/valuelabel.h"

#include <QGridLayout>
#include <QLabel>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint32_t mostRows = 8;

} // namespace

ViewCard::ViewCard(QWidget *parent)
    : QWidget(parent)
    , m_lines(new QGridLayout(this))
{
    m_lines->setContentsMargins({});
    m_lines->setHorizontalSpacing(Look::Groups);
    m_lines->setVerticalSpacing(Look::Inside);
    m_lines->setColumnStretch(1, 1);
}

void ViewCard::clear()
{
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_text.clear();
}

void ViewCard::forget()
{
    clear();
    m_shown.clear();
}

void ViewCard::setRows(const RowSet &rows, const ViewCells &cells)
{
    clear();
    m_before = std::exchange(m_shown, {});
    for (std::uint32_t row = 0; row < std::min(rows.rowCount(), mostRows); ++row) {
        if (row > 0)
            m_lines->setRowMinimumHeight(m_lines->rowCount(), Look::Between);
        for (const ViewColumn &column : cells.section().columns)
            addLine(rows, row, column, cells);
    }
}

void ViewCard::addLine(const RowSet &rows, std::uint32_t row, const ViewColumn &column,
                       const ViewCells &cells)
{
    QString text = cells.text(rows, row, column);
    const ViewMark *mark = cells.mark(rows, row, column.property);
    if (text.isEmpty() && !mark)
        return; // what the host does not say needs no line
    if (mark && !mark->word.isEmpty())
        text = text.isEmpty()
            ? catalogueText(mark->word)
            : tr("%1, %2", "value, what is said of it").arg(text, catalogueText(mark->word));
    const QString title = column.title.isEmpty() ? column.property : catalogueText(column.title);
    const int line = m_lines->rowCount();
    auto *name = new QLabel(title, this);
    name->setTextFormat(Qt::PlainText);
    Look::setMeaning(name, Meaning::Muted);
    auto *cell = new QWidget(this);
    auto *parts = new QHBoxLayout(cell);
    parts->setContentsMargins({});
    parts->setSpacing(Look::Inside);
    if (mark) {
        const Meaning meaning = ViewCells::meaning(mark->sign);
        auto *sign = new QLabel(cell);
        sign->setPixmap(Icons::get(Icons::signOf(meaning), meaning)
                            .pixmap(QSize(Look::IconSize, Look::IconSize), devicePixelRatioF()));
        parts->addWidget(sign, 0, Qt::AlignTop);
    }
    const QString key = u"%1 %2 %3"_s.arg(row).arg(column.property).arg(int(column.unit));
    m_shown.insert(key, text);
    const QString before = m_before.value(key, text);
    auto *value = new ValueLabel(before == text         ? text
                                     : before.isEmpty() ? tr("%1 (new)").arg(text)
                                                        : tr("%1 (was %2)").arg(text, before),
                                 cell);
    value->setObjectName(u"cardValue"_s);
    value->setMinimumWidth(80); // one long word does not widen the page
    value->setAccessibleName(tr("%1: %2", "name, value").arg(title, text));
    value->setToolTip(column.property);
    if (column.code)
        value->setFont(Look::monospace());
    if (before != text)
        value->setFont(Look::strongFont(value->font()));
    parts->addWidget(value, 1);
    m_lines->addWidget(name, line, 0, Qt::AlignTop);
    m_lines->addWidget(cell, line, 1);
    m_text << title + u": "_s + text;
}

QString ViewCard::plainText() const
{
    return m_text.join(u'\n');
}
