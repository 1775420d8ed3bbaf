#pragma once

#include <QTableView>

class StickyHeader;

/// A table some of whose columns stay in view while the others are scrolled sideways (StickyHeader
/// says which, and where). They are drawn over the others in the one viewport: there is one view,
/// one selection and one scroll position, whatever the number of rows.
class StickyTableView : public QTableView
{
    Q_OBJECT
public:
    explicit StickyTableView(QWidget *parent = nullptr);

    StickyHeader *stickyHeader() const { return m_header; }
    QModelIndex indexAt(const QPoint &pos) const override;
    QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void setSelectionModel(QItemSelectionModel *selectionModel) override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;

private:
    void paintCell(class QPainter *painter, const QModelIndex &index, const QRect &area) const;
    QRect stuckArea(int width) const;
    StickyHeader *m_header;
    QItemSelectionModel *m_headerSelection = nullptr; ///< always empty
    int m_stuckWidth = 0; ///< when it was last scrolled
};
