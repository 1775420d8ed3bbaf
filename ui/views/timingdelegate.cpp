#include "views/timingdelegate.h"

#include "look/look.h"
#include "models/tracemodel.h"

#include <QPainter>

#include <array>

namespace {

constexpr int barHeight = 3;
/// Of the accent: connecting, sending, waiting for the host, receiving.
constexpr std::array<double, 4> opacities{0.35, 0.6, 1.0, 0.6};

} // namespace

void TimingDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    RowDelegate::paint(painter, option, index);
    const auto parts = index.data(TraceModel::TimingRole).value<TraceTiming>();
    if (parts.longest <= 0)
        return;
    const QRect room = option.rect.adjusted(Look::Inside, 0, -Look::Inside, 0);
    const bool selected = option.state & QStyle::State_Selected;
    const QColor color = selected ? option.palette.highlightedText().color()
                                  : Look::color(Meaning::Accent, option.palette);
    painter->save();
    double left = room.left();
    for (std::size_t i = 0; i < parts.microseconds.size(); ++i) {
        const double width = double(room.width()) * double(parts.microseconds[i])
            / double(parts.longest);
        painter->setOpacity(opacities[i]);
        painter->fillRect(QRectF(left, room.bottom() - barHeight, width, barHeight), color);
        left += width;
    }
    painter->restore();
}
