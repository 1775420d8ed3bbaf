#pragma once

#include <QObject>

class QDockWidget;
class QFrame;
class QMainWindow;

/// Lets a window be narrow: with little room the details go below, to the docks at the bottom, and
/// the hosts lie over the page when they are asked for, until one is chosen, Esc or a click beside
/// them. With room again all stands where it stood.
class NarrowLayout final : public QObject
{
    Q_OBJECT
public:
    static constexpr int StateVersion = 1;
    struct Docks
    {
        QDockWidget *hosts;   ///< left
        QDockWidget *details; ///< right
        QDockWidget *bottom;  ///< one of those below
    };
    NarrowLayout(QMainWindow &window, const Docks &docks);
    ~NarrowLayout() override;

    bool isNarrow() const { return m_narrow; }
    void showHosts(bool shown); ///< as dock or over the page
    bool hostsShown() const;
    void hideOverlay(); ///< something was chosen
    /// Of the docks where there is room, to be kept; QMainWindow::saveState.
    QByteArray wideState() const;
    void leave(); ///< before the docks are arranged anew; `fit` afterwards
    void fit();   ///< to the window's present width
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void hostsShownChanged(bool shown);

private:
    void enter();
    void placeOverlay();
    QMainWindow &m_window;
    Docks m_docks;
    QFrame *m_overlay;
    QWidget *m_content = nullptr; ///< of the hosts dock, while narrow
    QByteArray m_wideState;
    int m_wideWidth; ///< less is narrow
    bool m_narrow = false;
};
