#pragma once

#include <QHeaderView>

#include <vector>

/// A header of columns some of which stay in view: one that would be scrolled out at the start
/// sticks there instead, beside those before it. As a rule of sticky columns that needs no order of
/// the user's to change. They take at most half of the width; more scroll as the others do.
class StickyHeader final : public QHeaderView
{
    Q_OBJECT
public:
    explicit StickyHeader(QWidget *parent = nullptr);

    /// A column that sticks just now, and where, in the viewport.
    struct Stuck
    {
        int column;
        int left, width;
    };
    void setStickyColumns(const std::vector<int> &columns); ///< logical
    /// From the start on. Empty while nothing is scrolled out.
    std::vector<Stuck> stuck() const;
    int stuckWidth() const;
    /// What they would cover of the columns behind them, if all before `column` stuck.
    int coveredBefore(int column) const;
    bool isSticky(int column) const;
    int columnAt(int x) const; ///< what is seen there; -1: none
    void updateStuck();        ///< it was scrolled

protected:
    void paintEvent(QPaintEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    std::vector<int> inOrder() const;
    int shiftAt(int x) const;
    int handleAt(int x) const; ///< the stuck column whose edge is there; -1: none
    void dragTo(int x);
    std::vector<int> m_sticky;
    int m_shift = 0; ///< of the button that is held
    // The base takes no move left of the viewport's start, where a stuck column would be.
    int m_resized = -1; ///< column whose edge is dragged
    int m_dragFrom = 0, m_widthBefore = 0;
};
