#pragma once

#include "look/icons.h"

#include <QIconEngine>

/// Draws one SVG of ours in the colour that the palette has for its meaning at the moment of
/// painting. What was drawn is kept by size and colour in QPixmapCache.
class IconEngine final : public QIconEngine
{
public:
    IconEngine(const QString &name, Meaning meaning, Badge badge, Meaning badgeMeaning);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override;
    QIconEngine *clone() const override;
    QString key() const override;
    QString iconName() override;
    bool isNull() override;

private:
    QPixmap drawn(const QSize &deviceSize, QIcon::Mode mode) const;
    QString m_name;
    Meaning m_meaning;
    Badge m_badge;
    Meaning m_badgeMeaning;
};
