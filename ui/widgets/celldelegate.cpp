#include "widgets/celldelegate.h"

#include "document/rowset.h"
#include "look/look.h"
#include "models/celltext.h"

#include <QApplication>
#include <QPainter>

namespace {

/// Text whose end says as much as its start.
bool isPath(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    return (slash >= 0 && text.indexOf(u'/', slash + 1) > slash && !text.contains(u' '))
        || text.contains(u":\\") || text.startsWith(u"\\\\");
}

/// No more of a text than may fit: eliding measures all that it is given.
QString cutToWidth(const QString &text, const QStyleOptionViewItem &option)
{
    const int narrow = std::max(1, option.fontMetrics.averageCharWidth() / 3);
    const qsizetype most = std::max(16, option.rect.width() / narrow);
    if (text.size() <= most)
        return text;
    if (option.textElideMode == Qt::ElideMiddle)
        return text.left(most / 2) + QChar(0x2026) + text.right(most / 2);
    return text.left(most) + QChar(0x2026);
}

/// The sign beside the colour: a corner for another value, a plus for a new row.
void paintChange(QPainter *painter, const QStyleOptionViewItem &item, const QModelIndex &index)
{
    const auto change = CellChange(index.data(ChangeRole).toInt());
    if (change == CellChange::None || (change == CellChange::New && index.column() > 0))
        return;
    const bool selected = item.state.testFlag(QStyle::State_Selected);
    const QColor color = selected
        ? item.palette.color(QPalette::HighlightedText)
        : Look::color(change == CellChange::New ? Meaning::Ok : Meaning::Warning, item.palette);
    constexpr qreal size = 7;
    const bool mirrored = item.direction == Qt::RightToLeft;
    const QPointF corner = mirrored ? QPointF(item.rect.right() + 1, item.rect.top())
                                    : QPointF(item.rect.topLeft());
    const qreal step = mirrored ? -size : size;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (change == CellChange::Changed) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawPolygon(
            QPolygonF({corner, corner + QPointF(step, 0), corner + QPointF(0, size)}));
    } else {
        painter->setPen(QPen(color, 1.5));
        const QPointF middle = corner + QPointF(step / 2 + (mirrored ? -0.5 : 0.5), size / 2 + 1);
        painter->drawLine(middle - QPointF(3, 0), middle + QPointF(3, 0));
        painter->drawLine(middle - QPointF(0, 3), middle + QPointF(0, 3));
    }
    painter->restore();
}

} // namespace

CellDelegate::CellDelegate(QObject *parent)
    : RowDelegate(parent)
{
    setLines(true);
}

/// A cell with nothing but text is drawn without the style's own layout of icon, check box and
/// lines: a full table has hundreds of them, and the style takes three times as long.
void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    if (!item.icon.isNull() || item.state.testFlag(QStyle::State_HasFocus)
        || item.state.testFlag(QStyle::State_Editing)) {
        RowDelegate::paint(painter, option, index);
        paintChange(painter, item, index);
        return;
    }
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &item, item.widget) + 1;
    const QRect area = item.rect.adjusted(margin, 0, -margin, 0);
    const bool selected = item.state.testFlag(QStyle::State_Selected);
    painter->save();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    painter->setPen(Look::line(item.palette));
    painter->drawLine(item.rect.bottomLeft(), item.rect.bottomRight());
    if (!item.text.isEmpty()) {
        painter->setFont(item.font);
        painter->setPen(item.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
        const QFontMetrics metrics(item.font);
        painter->drawText(area,
                          int(QStyle::visualAlignment(item.direction, item.displayAlignment))
                              | Qt::TextSingleLine,
                          metrics.elidedText(item.text, item.textElideMode, area.width()));
    }
    painter->restore();
    paintChange(painter, item, index);
}

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    RowDelegate::initStyleOption(option, index);
    if (const auto change = CellChange(index.data(ChangeRole).toInt()); change != CellChange::None)
        option->backgroundBrush = Look::tint(
            change == CellChange::New ? Meaning::Ok : Meaning::Warning, option->palette);
    const QVariant kind = index.data(CellKindRole);
    if (!kind.isValid())
        return;
    const auto value = CellKind(kind.toInt());
    if (value == CellKind::Nil || value == CellKind::Absent) {
        option->palette.setColor(QPalette::Text, Look::muted(option->palette));
        option->font.setItalic(value == CellKind::Nil);
    }
    if (isPath(option->text))
        option->textElideMode = Qt::ElideMiddle;
    if (option->rect.width() > 0)
        option->text = cutToWidth(option->text, *option);
}
