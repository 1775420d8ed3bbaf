#include "look/rowdelegate.h"

#include "look/look.h"

#include <QApplication>
#include <QPainter>

#include <utility>

namespace {

/// Where the style puts a line of text: an odd pixel is below it.
QRect lineIn(const QStyleOptionViewItem &option, QRect area)
{
    area.setTop(area.top() + (area.height() - option.fontMetrics.height()) / 2);
    area.setHeight(option.fontMetrics.height());
    return area;
}

void paintMuted(QPainter *painter, const QStyleOptionViewItem &option, QRect area,
                const QString &text)
{
    const bool selected = option.state & QStyle::State_Selected;
    painter->setFont(option.font);
    painter->setPen(selected ? option.palette.color(QPalette::HighlightedText)
                             : Look::muted(option.palette));
    painter->drawText(lineIn(option, area), Qt::AlignTrailing | Qt::TextSingleLine, text);
}

/// `right`: how far from the row's end.
void paintSign(QPainter *painter, const QStyleOptionViewItem &option, const QIcon &sign, int right)
{
    const bool selected = option.state & QStyle::State_Selected;
    const QRect place(option.rect.right() - right - Look::IconSize + 1,
                      option.rect.top() + (option.rect.height() - Look::IconSize) / 2,
                      Look::IconSize, Look::IconSize);
    sign.paint(painter, QStyle::visualRect(option.direction, option.rect, place), Qt::AlignCenter,
               selected ? QIcon::Selected : QIcon::Normal);
}

void paintNumber(QPainter *painter, const QStyleOptionViewItem &option, const QString &text)
{
    const bool selected = option.state & QStyle::State_Selected;
    const QRect area = option.rect.adjusted(Look::Inside, 0, -Look::Between, 0);
    painter->setFont(option.font);
    painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(lineIn(option, area), Qt::AlignRight | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(text, Qt::ElideLeft, area.width()));
}

void paintChips(QPainter *painter, const QStyleOptionViewItem &option, int left, int right,
                const QStringList &chips)
{
    const bool selected = option.state & QStyle::State_Selected;
    const QColor color = selected ? option.palette.color(QPalette::HighlightedText)
                                  : Look::muted(option.palette);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(color);
    for (const QString &chip : chips) {
        const int width = option.fontMetrics.horizontalAdvance(chip) + 2 * Look::Inside;
        if (left + width > right)
            return;
        const QRect box = QStyle::visualRect(
            option.direction, option.rect,
            QRect(left, option.rect.top() + 3, width, option.rect.height() - 6));
        painter->drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter->drawText(box, Qt::AlignCenter | Qt::TextSingleLine, chip);
        left += width + Look::Inside;
    }
}

/// From the leading edge to where the name ends and something else may begin.
int nameEnd(const QStyleOptionViewItem &item, const QStyle &style)
{
    const QRect text = style.subElementRect(QStyle::SE_ItemViewItemText, &item, item.widget);
    const int before = item.direction == Qt::RightToLeft ? item.rect.right() - text.right()
                                                         : text.left() - item.rect.left();
    const int margin = style.pixelMetric(QStyle::PM_FocusFrameHMargin, &item, item.widget) + 1;
    return before + margin + item.fontMetrics.horizontalAdvance(item.text) + Look::Between;
}

} // namespace

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(Look::rowHeight(option.fontMetrics));
    return size;
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    const QString muted = index.data(MutedRole).toString();
    const int textWidth = muted.isEmpty()
        ? 0
        : item.fontMetrics.horizontalAdvance(muted) + Look::Between;
    const auto sign = index.data(SignRole).value<QIcon>();
    const int signWidth = sign.isNull() ? 0 : Look::IconSize + Look::Inside;
    // The summary gives way before the name does.
    const int nameWidth = nameEnd(item, *style);
    const bool fits = textWidth > 0 && nameWidth + textWidth + signWidth <= item.rect.width();
    const int mutedWidth = (fits ? textWidth : 0) + signWidth;

    painter->save();
    // A number keeps its distance from the text of the next column.
    QString number;
    if (item.displayAlignment & Qt::AlignRight)
        number = std::exchange(item.text, {});
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    if (!number.isEmpty())
        paintNumber(painter, item, number);
    if (fits)
        paintMuted(painter, item, item.rect.adjusted(0, 0, -Look::Inside, 0), muted);
    if (!sign.isNull())
        paintSign(painter, item, sign, fits ? textWidth : Look::Inside);
    if (const QStringList chips = index.data(ChipsRole).toStringList(); !chips.isEmpty())
        paintChips(painter, item, item.rect.left() + nameWidth, item.rect.right() - mutedWidth,
                   chips);
    if (const auto band = index.data(BandRole).value<QColor>(); band.isValid()) {
        QRect area = item.rect;
        const int left = item.direction == Qt::RightToLeft ? area.right() - 2 : area.left();
        painter->fillRect(QRect(left, area.top() + 2, 3, area.height() - 4), band);
    }
    if (m_lines) {
        painter->setPen(Look::line(item.palette));
        painter->drawLine(item.rect.bottomLeft(), item.rect.bottomRight());
    }
    painter->restore();
}
