#include "views/mainwindow.h"
#include "views/mainwindowstate.h"
#include "views/page.h"
#include "views/pagetabs.h"

#include <QAction>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QMimeData>

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_state->save();
    for (Page *page : m_tabs->pages())
        page->stop();
    for (HostConnection *host : m_hosts->hosts())
        host->disconnectFromHost();
    event->accept();
}

/// On X11 a text field knows Ctrl+E as the end of the line and Ctrl+D as Delete. Here they export
/// and bookmark, wherever the cursor is; what edits stays with the field.
bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride || !watched->isWidgetType()
        || static_cast<QWidget *>(watched)->window() != this)
        return QMainWindow::eventFilter(watched, event);
    const QKeySequence keys(static_cast<QKeyEvent *>(event)->keyCombination());
    for (const QAction *action : {m_actions.exportContent, m_actions.bookmark}) {
        if (action->isEnabled() && action->shortcut() == keys) {
            event->ignore();
            return true;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            openFile(url.toLocalFile());
    }
    event->acceptProposedAction();
}
