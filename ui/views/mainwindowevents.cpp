#include "views/mainwindow.h"
#include "views/mainwindowstate.h"
#include "views/page.h"
#include "views/pagetabs.h"

#include <QCloseEvent>
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
