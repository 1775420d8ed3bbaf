#include "look/iconengine.h"

#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace {

/// The file's text, read once. Empty for a name that is not there.
const QByteArray &svgText(const QString &name)
{
    static QHash<QString, QByteArray> texts;
    auto it = texts.find(name);
    if (it == texts.end()) {
        QFile file(u":/icons/"_s + name + u".svg"_s);
        if (!file.open(QIODevice::ReadOnly))
            qWarning("There is no icon \"%s\"", qPrintable(name));
        it = texts.insert(name, file.isOpen() ? file.readAll() : QByteArray());
    }
    return *it;
}

QColor strokeColor(Meaning meaning, QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    switch (mode) {
    case QIcon::Disabled:
        return palette.color(QPalette::Disabled, QPalette::WindowText);
    case QIcon::Selected:
        return palette.color(QPalette::Active, QPalette::HighlightedText);
    case QIcon::Normal:
    case QIcon::Active:
        break;
    }
    return Look::color(meaning, palette);
}

/// Corners of an octagon around `center`.
QPolygonF octagon(const QPointF &center, double radius)
{
    QPolygonF shape;
    const double a = radius, b = radius * 0.414;
    for (const QPointF &p : {QPointF(-b, -a), QPointF(b, -a), QPointF(a, -b), QPointF(a, b),
                             QPointF(b, a), QPointF(-b, a), QPointF(-a, b), QPointF(-a, -b)})
        shape << center + p;
    return shape;
}

/// In a 16 x 16 grid, at the lower right corner, with a gap cut out of the icon around it.
void paintBadge(QPainter &painter, Badge badge, const QColor &color)
{
    const QPointF center(12.25, 12.25);
    painter.setCompositionMode(QPainter::CompositionMode_Clear);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::black);
    painter.drawEllipse(center, 4.5, 4.5);
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap));
    switch (badge) {
    case Badge::Ring:
        painter.drawEllipse(center, 2.25, 2.25);
        break;
    case Badge::Arc:
        painter.drawArc(QRectF(center - QPointF(2.5, 2.5), QSizeF(5, 5)), 90 * 16, -250 * 16);
        break;
    case Badge::Dot:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(center, 3.25, 3.25);
        break;
    case Badge::Octagon:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPolygon(octagon(center, 3.75));
        painter.setCompositionMode(QPainter::CompositionMode_Clear);
        painter.setPen(QPen(Qt::black, 1.5, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(center + QPointF(-2.25, 0), center + QPointF(2.25, 0));
        break;
    case Badge::None:
        break;
    }
}

} // namespace

IconEngine::IconEngine(const QString &name, Meaning meaning, Badge badge, Meaning badgeMeaning)
    : m_name(name)
    , m_meaning(meaning)
    , m_badge(badge)
    , m_badgeMeaning(badgeMeaning)
{ }

void IconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State)
{
    const double scale = painter->device() ? painter->device()->devicePixelRatioF() : 1;
    QPixmap picture = drawn((QSizeF(rect.size()) * scale).toSize(), mode);
    picture.setDevicePixelRatio(scale);
    painter->drawPixmap(rect.topLeft(), picture);
}

QPixmap IconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State)
{
    return drawn(size, mode);
}

QPixmap IconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal)
{
    return drawn(size, mode); // QIcon gives device pixels
}

QPixmap IconEngine::drawn(const QSize &deviceSize, QIcon::Mode mode) const
{
    const QColor color = strokeColor(m_meaning, mode);
    const QColor badgeColor = strokeColor(m_badgeMeaning, mode);
    const QString key = u"winrm:%1:%2x%3:%4:%5:%6"_s.arg(m_name)
                            .arg(deviceSize.width())
                            .arg(deviceSize.height())
                            .arg(color.rgba(), 0, 16)
                            .arg(int(m_badge))
                            .arg(badgeColor.rgba(), 0, 16);
    QPixmap picture;
    if (deviceSize.isEmpty() || QPixmapCache::find(key, &picture))
        return picture;
    QImage image(deviceSize, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QByteArray text = svgText(m_name);
    text.replace("#000000", color.name().toLatin1());
    QSvgRenderer renderer(text);
    const int side = std::min(deviceSize.width(), deviceSize.height());
    const QRectF area((deviceSize.width() - side) / 2, (deviceSize.height() - side) / 2, side,
                      side);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, area);
    if (m_badge != Badge::None) {
        painter.translate(area.topLeft());
        painter.scale(side / 16.0, side / 16.0);
        paintBadge(painter, m_badge, badgeColor);
    }
    painter.end();
    picture = QPixmap::fromImage(image);
    QPixmapCache::insert(key, picture);
    return picture;
}

QIconEngine *IconEngine::clone() const
{
    return new IconEngine(*this);
}

QString IconEngine::key() const
{
    return u"winrm"_s;
}

QString IconEngine::iconName()
{
    return m_name;
}

bool IconEngine::isNull()
{
    return svgText(m_name).isEmpty();
}
