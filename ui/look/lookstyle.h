#pragma once

#include <QProxyStyle>

/// Fusion, with outlines of fields, check boxes and radio buttons that can be seen on light and on
/// dark ground (Look::outline): Fusion takes its own from a darker window color, which is lost in a
/// dark palette. Columns have room between them, so that a number at the right never touches the
/// word beside it. Where there is a desktop, its own style is used in place of this.
class LookStyle final : public QProxyStyle
{
    Q_OBJECT
public:
    LookStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override;

    /// No pictures on the buttons of dialogs: Fusion's own are bitmaps that dark ground swallows.
    int styleHint(StyleHint hint, const QStyleOption *option = nullptr,
                  const QWidget *widget = nullptr,
                  QStyleHintReturn *returned = nullptr) const override;

private:
    void drawMenuButton(const class QStyleOptionToolButton &button, QPainter *painter,
                        const QWidget *widget) const;
};
