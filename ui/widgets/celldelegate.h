#pragma once

#include "look/rowdelegate.h"

#include <QHash>
#include <QStringList>

/// Values as look.md wants them (CellRole of models/celltext.h): null as a muted word, absent as a
/// muted dash, an empty text as nothing, paths and URIs elided in the middle. The letters that are
/// looked for are underlined on a tinted ground.
class CellDelegate final : public RowDelegate
{
    Q_OBJECT
public:
    explicit CellDelegate(QObject *parent = nullptr);

    /// Texts that are looked for, by column; -1: in any.
    void setSought(const QHash<int, QStringList> &texts) { m_sought = texts; }
    /// The ground of found letters: text on it keeps 4.5:1.
    static QColor soughtGround(const QPalette &palette);
    /// Where a text has letters that are looked for: start and length, in order, none overlapping.
    static std::vector<std::pair<qsizetype, qsizetype>> foundIn(const QString &text,
                                                                const QStringList &sought);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    void paintText(QPainter *painter, const QStyleOptionViewItem &item, const QRect &area,
                   const QStringList &sought) const;
    QStringList soughtIn(int column) const;
    QHash<int, QStringList> m_sought;
};
