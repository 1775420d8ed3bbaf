#include "look/lookstyle.h"

#include "look/look.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QStyleOption>

using namespace Qt::StringLiterals;

namespace {

QColor outlineOf(const QStyleOption &option)
{
    const QPalette &palette = option.palette;
    if (!(option.state & QStyle::State_Enabled))
        return palette.color(QPalette::Mid);
    if (option.state & QStyle::State_Selected) // in a row on the highlight's ground
        return palette.color(QPalette::HighlightedText);
    if (option.state & (QStyle::State_HasFocus | QStyle::State_On | QStyle::State_NoChange))
        return Look::color(Meaning::Accent, palette);
    return Look::outline(palette);
}

/// The square in the middle of an indicator's area, on whole pixels.
QRectF markArea(const QStyleOption &option)
{
    const int side = std::min(option.rect.width(), option.rect.height());
    QRect square(0, 0, side, side);
    square.moveCenter(option.rect.center());
    return QRectF(square).adjusted(0.5, 0.5, -0.5, -0.5);
}

bool isMarked(const QStyleOption &option)
{
    return option.state & (QStyle::State_On | QStyle::State_NoChange);
}

void setUp(QPainter &painter, const QStyleOption &option)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(outlineOf(option));
    painter.setBrush(option.palette.brush(isMarked(option) && enabled ? QPalette::Highlight
                                              : option.state & QStyle::State_Sunken
                                              ? QPalette::Midlight
                                              : QPalette::Base));
}

QColor markOf(const QStyleOption &option)
{
    return option.palette.color(option.state & QStyle::State_Enabled ? QPalette::HighlightedText
                                                                     : QPalette::Text);
}

void drawCheckBox(QPainter &painter, const QStyleOption &option)
{
    const QRectF area = markArea(option);
    setUp(painter, option);
    painter.drawRoundedRect(area, 2.5, 2.5);
    if (!isMarked(option))
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(markOf(option), std::max(1.5, area.width() / 7), Qt::SolidLine,
                        Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&area](double x, double y) {
        return QPointF(area.left() + x * area.width(), area.top() + y * area.height());
    };
    if (option.state & QStyle::State_NoChange)
        painter.drawLine(at(0.27, 0.5), at(0.73, 0.5));
    else
        painter.drawPolyline(QPolygonF{at(0.25, 0.53), at(0.43, 0.71), at(0.76, 0.31)});
}

void drawRadioButton(QPainter &painter, const QStyleOption &option)
{
    const QRectF area = markArea(option);
    setUp(painter, option);
    painter.drawEllipse(area);
    if (!isMarked(option))
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(markOf(option));
    painter.drawEllipse(area.center(), area.width() * 0.22, area.height() * 0.22);
}

void drawFieldFrame(QPainter &painter, const QStyleOption &option)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(outlineOf(option));
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
}

} // namespace

LookStyle::LookStyle()
    : QProxyStyle(u"Fusion"_s)
{ }

int LookStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *returned) const
{
    return hint == SH_DialogButtonBox_ButtonsHaveIcons
        ? 0
        : QProxyStyle::styleHint(hint, option, widget, returned);
}

void LookStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                              QPainter *painter, const QWidget *widget) const
{
    painter->save();
    switch (element) {
    case PE_IndicatorCheckBox:
        drawCheckBox(*painter, *option);
        break;
    case PE_IndicatorRadioButton:
        drawRadioButton(*painter, *option);
        break;
    case PE_FrameLineEdit:
        drawFieldFrame(*painter, *option);
        break;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
    painter->restore();
}

/// A button with text that opens a menu: the arrow stands beside the text, not in the corner.
void LookStyle::drawMenuButton(const QStyleOptionToolButton &button, QPainter *painter,
                               const QWidget *widget) const
{
    QStyleOptionToolButton option = button;
    option.features &= ~QStyleOptionToolButton::HasMenu;
    const bool open = option.state & (State_Sunken | State_On);
    const bool hovered = option.state & State_Enabled && option.state & State_MouseOver;
    if (open || hovered || !(option.state & State_AutoRaise))
        proxy()->drawPrimitive(PE_PanelButtonTool, &option, painter, widget);
    const int strip = Look::Groups;
    option.rect = visualRect(button.direction, button.rect, button.rect.adjusted(0, 0, -strip, 0));
    proxy()->drawControl(CE_ToolButtonLabel, &option, painter, widget);
    option.rect = visualRect(
        button.direction, button.rect,
        QRect(button.rect.right() - strip, button.rect.center().y() - 4, 9, 9));
    proxy()->drawPrimitive(PE_IndicatorArrowDown, &option, painter, widget);
    if (button.state & State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(button);
        focus.rect.adjust(2, 2, -2, -2);
        proxy()->drawPrimitive(PE_FrameFocusRect, &focus, painter, widget);
    }
}

void LookStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                   QPainter *painter, const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (control == CC_ToolButton && button && button->features & QStyleOptionToolButton::HasMenu
        && !(button->features & QStyleOptionToolButton::MenuButtonPopup)
        && button->toolButtonStyle != Qt::ToolButtonIconOnly) {
        drawMenuButton(*button, painter, widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (control != CC_SpinBox || !spin || !spin->frame)
        return;
    painter->save();
    drawFieldFrame(*painter, *option);
    painter->restore();
}

int LookStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                           const QWidget *widget) const
{
    if (metric == PM_FocusFrameHMargin && qobject_cast<const QAbstractItemView *>(widget))
        return Look::Inside; // at both sides of a cell
    if (metric == PM_HeaderMargin)
        return Look::Inside + 1; // as the cells below
    return QProxyStyle::pixelMetric(metric, option, widget);
}
