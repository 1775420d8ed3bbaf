#pragma once

#include <QStyledItemDelegate>

/// Roles that RowDelegate paints beyond the usual ones. Models give them; both are for column 0.
enum RowRole {
    MutedRole = Qt::UserRole + 900, ///< QString: muted, at the right end of the row
    BandRole,                       ///< QColor: a band at the left edge; invalid: none
    ChipsRole,                      ///< QStringList: small outlined words behind the text
    SignRole,                       ///< QIcon: before the muted text; null: none
};

/// A row of a tree or list: font height + 8, a muted summary at the right, a colour band at the
/// left, on request a faint line below. What has no room gives way: chips first, then the summary;
/// a sign stays.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setLines(bool lines) { m_lines = lines; }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    bool m_lines = false;
};
