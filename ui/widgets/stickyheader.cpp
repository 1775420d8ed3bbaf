#include "widgets/stickyheader.h"

#include "look/look.h"

#include <QHelpEvent>
#include <QHoverEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace {

/// The same event where the column would stand if it were scrolled as the others are.
QMouseEvent shifted(const QMouseEvent &event, int shift)
{
    return QMouseEvent(event.type(), event.position() + QPointF(shift, 0),
                       event.scenePosition() + QPointF(shift, 0), event.globalPosition(),
                       event.button(), event.buttons(), event.modifiers(), event.pointingDevice());
}

} // namespace

StickyHeader::StickyHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    const auto update = [this] {
        if (!m_sticky.empty())
            viewport()->update();
    };
    connect(this, &QHeaderView::sectionResized, this, update);
    connect(this, &QHeaderView::sectionMoved, this, update);
}

void StickyHeader::setStickyColumns(const std::vector<int> &columns)
{
    if (m_sticky == columns)
        return;
    m_sticky = columns;
    viewport()->update();
}

bool StickyHeader::isSticky(int column) const
{
    return std::ranges::find(m_sticky, column) != m_sticky.end();
}

/// Those that are shown, as they stand.
std::vector<int> StickyHeader::inOrder() const
{
    std::vector<int> columns;
    for (const int column : m_sticky) {
        if (column < count() && !isSectionHidden(column))
            columns.push_back(column);
    }
    std::ranges::sort(columns, {}, [this](int column) { return visualIndex(column); });
    return columns;
}

std::vector<StickyHeader::Stuck> StickyHeader::stuck() const
{
    std::vector<Stuck> found;
    if (offset() <= 0 || m_sticky.empty())
        return found;
    const int all = viewport()->width();
    int at = 0;
    for (const int column : inOrder()) {
        const int width = sectionSize(column);
        if (sectionPosition(column) - offset() >= at || at + width > all / 2)
            break;
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        found.push_back({column, mirrored ? all - at - width : at, width});
        at += width;
    }
    return found;
}

int StickyHeader::stuckWidth() const
{
    int width = 0;
    for (const Stuck &one : stuck())
        width += one.width;
    return width;
}

int StickyHeader::coveredBefore(int column) const
{
    int width = 0;
    for (const int before : inOrder()) {
        if (visualIndex(before) >= visualIndex(column)
            || width + sectionSize(before) > viewport()->width() / 2)
            break;
        width += sectionSize(before);
    }
    return width;
}

int StickyHeader::columnAt(int x) const
{
    return logicalIndexAt(x + shiftAt(x));
}

/// From what is seen at `x` to where it would be.
int StickyHeader::shiftAt(int x) const
{
    for (const Stuck &one : stuck()) {
        if (x >= one.left && x < one.left + one.width)
            return sectionViewportPosition(one.column) - one.left;
    }
    return 0;
}

void StickyHeader::updateStuck()
{
    if (!m_sticky.empty())
        viewport()->update();
}

void StickyHeader::paintEvent(QPaintEvent *event)
{
    QHeaderView::paintEvent(event);
    const std::vector<Stuck> columns = stuck();
    if (columns.empty())
        return;
    QPainter painter(viewport());
    for (const Stuck &one : columns) {
        const QRect area(one.left, 0, one.width, viewport()->height());
        painter.fillRect(area, palette().brush(QPalette::Button));
        painter.save();
        painter.setClipRect(area);
        // The base does this where it calls paintSection.
        const QVariant given = model()->headerData(one.column, Qt::Horizontal, Qt::FontRole);
        painter.setFont(given.isValid() ? given.value<QFont>().resolve(font()) : font());
        paintSection(&painter, area, one.column);
        painter.restore();
    }
    const Stuck &last = columns.back();
    const int edge = layoutDirection() == Qt::RightToLeft ? last.left : last.left + last.width - 1;
    painter.setPen(Look::outline(palette()));
    painter.drawLine(edge, 0, edge, viewport()->height());
}

bool StickyHeader::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::ToolTip:
    case QEvent::WhatsThis: {
        const auto *help = static_cast<QHelpEvent *>(event);
        QHelpEvent moved(help->type(), help->pos() + QPoint(shiftAt(help->pos().x()), 0),
                         help->globalPos());
        const bool taken = QHeaderView::viewportEvent(&moved);
        event->setAccepted(moved.isAccepted());
        return taken;
    }
    case QEvent::HoverEnter:
    case QEvent::HoverMove: {
        const auto *hover = static_cast<QHoverEvent *>(event);
        const int shift = shiftAt(hover->position().toPoint().x());
        if (shift == 0)
            break;
        QHoverEvent moved(hover->type(), hover->position() + QPointF(shift, 0),
                          hover->globalPosition(), hover->oldPosF(), hover->modifiers());
        updateStuck();
        return QHeaderView::viewportEvent(&moved);
    }
    default:
        break;
    }
    return QHeaderView::viewportEvent(event);
}

int StickyHeader::handleAt(int x) const
{
    const int grip = style()->pixelMetric(QStyle::PM_HeaderGripMargin, nullptr, this);
    for (const Stuck &one : stuck()) {
        const int edge = layoutDirection() == Qt::RightToLeft ? one.left : one.left + one.width;
        if (std::abs(x - edge) <= grip && sectionResizeMode(one.column) == Interactive)
            return one.column;
    }
    return -1;
}

void StickyHeader::dragTo(int x)
{
    const int moved = layoutDirection() == Qt::RightToLeft ? m_dragFrom - x : x - m_dragFrom;
    resizeSection(m_resized,
                  std::clamp(m_widthBefore + moved, minimumSectionSize(), maximumSectionSize()));
}

void StickyHeader::mousePressEvent(QMouseEvent *event)
{
    const int x = event->position().toPoint().x();
    m_resized = event->button() == Qt::LeftButton ? handleAt(x) : -1;
    if (m_resized >= 0) {
        m_dragFrom = x;
        m_widthBefore = sectionSize(m_resized);
        return;
    }
    m_shift = shiftAt(x);
    QMouseEvent moved = shifted(*event, m_shift);
    QHeaderView::mousePressEvent(&moved);
}

void StickyHeader::mouseMoveEvent(QMouseEvent *event)
{
    const int x = event->position().toPoint().x();
    if (m_resized >= 0) {
        dragTo(x);
        return;
    }
    if (event->buttons() == Qt::NoButton && (handleAt(x) >= 0 || shiftAt(x) != 0)) {
        setCursor(handleAt(x) >= 0 ? Qt::SplitHCursor : Qt::ArrowCursor);
        return;
    }
    const int shift = event->buttons() == Qt::NoButton ? 0 : m_shift;
    QMouseEvent moved = shifted(*event, shift);
    QHeaderView::mouseMoveEvent(&moved);
}

void StickyHeader::mouseReleaseEvent(QMouseEvent *event)
{
    if (std::exchange(m_resized, -1) >= 0)
        return;
    QMouseEvent moved = shifted(*event, m_shift);
    m_shift = 0;
    QHeaderView::mouseReleaseEvent(&moved);
}

void StickyHeader::mouseDoubleClickEvent(QMouseEvent *event)
{
    QMouseEvent moved = shifted(*event, shiftAt(event->position().toPoint().x()));
    QHeaderView::mouseDoubleClickEvent(&moved);
}
