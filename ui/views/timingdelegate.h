#pragma once

#include "look/rowdelegate.h"

/// How long an exchange took, as a number over a bar: its length beside the longest one of the
/// list, its parts (connecting, sending, waiting, receiving) in shades. The tip has them in words.
class TimingDelegate final : public RowDelegate
{
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};
