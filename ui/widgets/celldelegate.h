#pragma once

#include "look/rowdelegate.h"

/// Values as look.md wants them (CellRole of models/celltext.h): null as a muted word, absent as a
/// muted dash, an empty text as nothing, paths and URIs elided in the middle.
class CellDelegate final : public RowDelegate
{
    Q_OBJECT
public:
    explicit CellDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};
