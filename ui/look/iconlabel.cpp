#include "look/iconlabel.h"

#include <QPainter>
#include <QStyle>

IconLabel::IconLabel(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setVisible(false);
}

void IconLabel::set(const QString &text, const QIcon &icon, Meaning meaning)
{
    const bool resized = text != m_text || icon.isNull() != m_icon.isNull();
    m_text = text;
    m_icon = icon;
    m_meaning = meaning;
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    if (resized)
        updateGeometry();
    update();
}

QSize IconLabel::sizeHint() const
{
    const int icon = m_icon.isNull() ? 0 : Look::IconSize + Look::Inside;
    return {icon + fontMetrics().horizontalAdvance(m_text) + 1,
            std::max(Look::IconSize, fontMetrics().height())};
}

QSize IconLabel::minimumSizeHint() const
{
    const int icon = m_icon.isNull() ? 0 : Look::IconSize + Look::Inside;
    const int text = std::min(fontMetrics().horizontalAdvance(m_text) + 1,
                              fontMetrics().averageCharWidth() * 6);
    return {icon + text, sizeHint().height()};
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QRect area = rect();
    if (!m_icon.isNull()) {
        QRect place(0, (height() - Look::IconSize) / 2, Look::IconSize, Look::IconSize);
        m_icon.paint(&painter, QStyle::visualRect(layoutDirection(), rect(), place),
                     Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
        area.setLeft(Look::IconSize + Look::Inside);
    }
    painter.setPen(Look::color(m_meaning, palette()));
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), area),
                     Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, Qt::ElideRight, area.width()));
}
