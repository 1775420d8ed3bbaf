#include "widgets/celldelegate.h"

#include "document/rowset.h"
#include "look/look.h"
#include "models/celltext.h"

#include <QApplication>
#include <QPainter>
#include <QTreeView>

#include <algorithm>

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

QColor CellDelegate::soughtGround(const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base),
                 accent = Look::color(Meaning::Accent, palette);
    const auto mixed = [&](double part) {
        const auto channel = [part](int one, int other) {
            return qRound(one + (other - one) * part);
        };
        return QColor(channel(base.red(), accent.red()), channel(base.green(), accent.green()),
                      channel(base.blue(), accent.blue()));
    };
    double part = 0.25;
    while (part > 0.05 && Look::contrast(palette.color(QPalette::Text), mixed(part)) < 4.5)
        part -= 0.05;
    return mixed(part);
}

std::vector<std::pair<qsizetype, qsizetype>> CellDelegate::foundIn(const QString &text,
                                                                   const QStringList &sought)
{
    std::vector<std::pair<qsizetype, qsizetype>> found;
    for (const QString &one : sought) {
        for (qsizetype at = 0; !one.isEmpty(); at += one.size()) {
            at = text.indexOf(one, at, Qt::CaseInsensitive);
            if (at < 0)
                break;
            found.emplace_back(at, one.size());
        }
    }
    std::ranges::sort(found);
    std::vector<std::pair<qsizetype, qsizetype>> joined;
    for (const auto &[at, size] : found) {
        if (!joined.empty() && at <= joined.back().first + joined.back().second)
            joined.back().second = std::max(joined.back().second, at + size - joined.back().first);
        else
            joined.emplace_back(at, size);
    }
    return joined;
}

QStringList CellDelegate::soughtIn(int column) const
{
    return m_sought.isEmpty() ? QStringList() : m_sought.value(-1) + m_sought.value(column);
}

/// The text, elided, on the ground of what is found in it.
void CellDelegate::paintText(QPainter *painter, const QStyleOptionViewItem &item, const QRect &area,
                             const QStringList &sought) const
{
    const bool selected = item.state.testFlag(QStyle::State_Selected);
    const QFontMetrics metrics(item.font);
    const QString text = metrics.elidedText(item.text, item.textElideMode, area.width());
    const auto alignment = QStyle::visualAlignment(item.direction, item.displayAlignment);
    const QColor ink = item.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    painter->setFont(item.font);
    // Letters of a script that runs from right to left do not stand where they are counted.
    const auto found = sought.isEmpty() || text.isRightToLeft()
        ? std::vector<std::pair<qsizetype, qsizetype>>()
        : foundIn(text, sought);
    if (!found.empty()) {
        const int whole = metrics.horizontalAdvance(text);
        const int start = alignment & Qt::AlignRight ? area.right() + 1 - whole : area.left();
        const int top = area.top() + (area.height() - metrics.height()) / 2;
        for (const auto &[at, size] : found) {
            const int left = start + metrics.horizontalAdvance(text.left(at));
            const int right = start + metrics.horizontalAdvance(text.left(at + size));
            const QRect ground(left, top, std::max(right - left, 2), metrics.height());
            if (!selected)
                painter->fillRect(ground, soughtGround(item.palette));
            painter->fillRect(QRect(ground.left(), ground.bottom(), ground.width(), 2),
                              selected ? ink : Look::color(Meaning::Accent, item.palette));
        }
    }
    painter->setPen(ink);
    painter->drawText(area, int(alignment) | Qt::TextSingleLine, text);
}

/// A cell of a table is drawn without the style's own layout of icon, check box and lines: there
/// are hundreds of them, and the style takes three times as long. A tree's has more to say.
void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    if (qobject_cast<const QTreeView *>(item.widget)) {
        RowDelegate::paint(painter, option, index);
        paintChange(painter, item, index);
        return;
    }
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &item, item.widget) + 1;
    QRect area = item.rect.adjusted(margin, 0, -margin, 0);
    painter->save();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    if (!item.icon.isNull()) {
        const bool selected = item.state.testFlag(QStyle::State_Selected);
        const QRect place = QStyle::alignedRect(item.direction, Qt::AlignLeft | Qt::AlignVCenter,
                                                item.decorationSize, area);
        item.icon.paint(painter, place, Qt::AlignCenter,
                        selected ? QIcon::Selected : QIcon::Normal);
        const int taken = item.decorationSize.width() + Look::Inside + 1;
        area = QStyle::visualRect(item.direction, area, area.adjusted(taken, 0, 0, 0));
    }
    painter->setPen(Look::line(item.palette));
    painter->drawLine(item.rect.bottomLeft(), item.rect.bottomRight());
    if (!item.text.isEmpty())
        paintText(painter, item, area, soughtIn(index.column()));
    if (item.state.testFlag(QStyle::State_HasFocus)) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(item);
        focus.state |= QStyle::State_KeyboardFocusChange | QStyle::State_Item;
        focus.backgroundColor = item.palette.color(
            item.state.testFlag(QStyle::State_Selected) ? QPalette::Highlight : QPalette::Window);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, item.widget);
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
