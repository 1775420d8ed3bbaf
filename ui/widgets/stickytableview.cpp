#include "widgets/stickytableview.h"

#include "look/look.h"
#include "widgets/stickyheader.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <utility>

StickyTableView::StickyTableView(QWidget *parent)
    : QTableView(parent)
    , m_header(new StickyHeader(this))
{
    setHorizontalHeader(m_header);
    m_header->setSectionsClickable(true);
    m_header->setHighlightSections(false);
}

/// The strip at the start, of that width.
QRect StickyTableView::stuckArea(int width) const
{
    const QRect all = viewport()->rect();
    return isRightToLeft() ? QRect(all.width() - width, 0, width, all.height())
                           : QRect(0, 0, width, all.height());
}

QModelIndex StickyTableView::indexAt(const QPoint &pos) const
{
    for (const auto &one : m_header->stuck()) {
        if (pos.x() < one.left || pos.x() >= one.left + one.width)
            continue;
        const int row = rowAt(pos.y());
        return row < 0 ? QModelIndex() : model()->index(row, one.column, rootIndex());
    }
    return QTableView::indexAt(pos);
}

QRect StickyTableView::visualRect(const QModelIndex &index) const
{
    const QRect area = QTableView::visualRect(index);
    if (!area.isValid())
        return area;
    for (const auto &one : m_header->stuck()) {
        if (one.column == index.column())
            return QRect(one.left, area.top(), one.width, area.height());
    }
    return area;
}

void StickyTableView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    QScrollBar *bar = horizontalScrollBar();
    const int before = bar->value();
    const auto columns = m_header->stuck();
    const bool stays = index.isValid() && std::ranges::any_of(columns, [&index](const auto &one) {
                           return one.column == index.column();
                       });
    QTableView::scrollTo(index, hint);
    if (stays) {
        bar->setValue(before); // it is in view wherever the others are
        return;
    }
    if (!index.isValid() || m_header->isSectionHidden(index.column()))
        return;
    const int position = m_header->sectionPosition(index.column());
    const int covered = m_header->coveredBefore(index.column());
    if (position - m_header->offset() < covered)
        bar->setValue(std::max(0, position - covered));
}

/// A header asks of each section that it paints whether all its cells are selected, cell by cell:
/// tens of milliseconds with a hundred thousand rows. It gets a selection of its own, since no
/// section is drawn otherwise for being selected.
void StickyTableView::setSelectionModel(QItemSelectionModel *selectionModel)
{
    QTableView::setSelectionModel(selectionModel);
    delete std::exchange(m_headerSelection, new QItemSelectionModel(model(), m_header));
    m_header->setSelectionModel(m_headerSelection);
}

void StickyTableView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (dx == 0)
        return;
    m_header->updateStuck();
    const int width = m_header->stuckWidth();
    const int stale = std::max(width, m_stuckWidth);
    m_stuckWidth = width;
    if (stale > 0) // what was drawn there has been moved along
        viewport()->update(stuckArea(std::min(stale + std::abs(dx), viewport()->width())));
}

QRegion StickyTableView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region = QTableView::visualRegionForSelection(selection);
    const int width = m_header->stuckWidth();
    if (width == 0)
        return region;
    const int first = rowAt(0);
    int last = rowAt(viewport()->height() - 1);
    if (last < 0)
        last = model()->rowCount(rootIndex()) - 1;
    for (const QItemSelectionRange &range : selection) {
        const int top = std::max(first, range.top()), bottom = std::min(last, range.bottom());
        if (first < 0 || top > bottom)
            continue;
        QRect area = stuckArea(width);
        area.setTop(rowViewportPosition(top));
        area.setBottom(rowViewportPosition(bottom) + rowHeight(bottom));
        region += area;
    }
    return region;
}

void StickyTableView::paintCell(QPainter *painter, const QModelIndex &index,
                                const QRect &area) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = area;
    if (selectionModel()->isSelected(index))
        option.state |= QStyle::State_Selected;
    if (area.contains(viewport()->mapFromGlobal(QCursor::pos())) && viewport()->underMouse())
        option.state |= QStyle::State_MouseOver;
    if (index == currentIndex() && hasFocus())
        option.state |= QStyle::State_HasFocus;
    style()->drawPrimitive(QStyle::PE_PanelItemViewRow, &option, painter, this);
    itemDelegateForIndex(index)->paint(painter, option, index);
}

void StickyTableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    const auto columns = m_header->stuck();
    if (columns.empty())
        return;
    const QRect strip = stuckArea(m_header->stuckWidth());
    // The line at its edge may lie outside of what is to be drawn; so may all of it.
    if (!event->rect().intersects(strip.adjusted(-1, 0, 1, 0)))
        return;
    QPainter painter(viewport());
    painter.setClipRegion(event->region());
    painter.fillRect(strip, palette().brush(QPalette::Base));
    const int first = rowAt(std::max(0, event->rect().top()));
    const int rows = model()->rowCount(rootIndex());
    for (int row = first; row >= 0 && row < rows; ++row) {
        const int top = rowViewportPosition(row);
        if (top > event->rect().bottom())
            break;
        for (const auto &one : columns)
            paintCell(&painter, model()->index(row, one.column, rootIndex()),
                      QRect(one.left, top, one.width, rowHeight(row)));
    }
    painter.setPen(Look::outline(palette()));
    const int edge = isRightToLeft() ? strip.left() : strip.right();
    painter.drawLine(edge, strip.top(), edge, strip.bottom());
}
