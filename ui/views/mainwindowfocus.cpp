#include "look/focus.h"
#include "views/activitydock.h"
#include "views/hostsdock.h"
#include "views/mainwindow.h"
#include "views/narrowlayout.h"
#include "views/tracedock.h"

#include <QStackedWidget>

#include <algorithm>

// The way through the window without a mouse.

/// To the next part that is in sight and takes the keyboard, around and around.
void MainWindow::goToPart(int step)
{
    std::vector<QWidget *> parts;
    for (QWidget *part : std::initializer_list<QWidget *>{
             m_hostsDock, m_stack->currentWidget(), m_detailsDock, m_activityDock, m_traceDock}) {
        // Of tabbed docks only the one on top has a region that is seen.
        if (!part->visibleRegion().isEmpty() && Focus::targetIn(part))
            parts.push_back(part);
    }
    const auto count = int(parts.size());
    if (count == 0)
        return;
    const auto present = std::ranges::find_if(parts, &Focus::isIn);
    const int at = present == parts.end() ? (step > 0 ? -1 : 0) : int(present - parts.begin());
    Focus::enter(parts[std::size_t((at + step + count) % count)]);
}
