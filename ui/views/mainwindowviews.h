#pragma once

#include "inventory/readyviews.h"

#include <QObject>

#include <memory>

class HostConnection;
class QMenu;
class QWidget;
class HostsDock;
class OverviewPage;
class Page;

/// The window's ready views: read on first use, offered in the Hosts tree and on overview pages,
/// opened by their addresses ("view:windows.services", "registry:HKLM\SOFTWARE"), saved as the
/// user's own.
class MainWindowViews final : public QObject
{
    Q_OBJECT
public:
    /// `folder`: of the user's own views; empty: the usual one.
    MainWindowViews(HostsDock &dock, const QString &folder, QObject *parent);

    const ReadyViews &views();
    /// Makes the page of such an address (`pageMade`), or says that there is no such view; false
    /// where it is none of ours.
    bool open(HostConnection *host, const QString &address);
    void offer(OverviewPage *page); ///< the views of its host
    void watch(Page *page);         ///< opens and saves what it asks to
    void hostConnected(HostConnection *host);
    /// What one does with a view of the user's own; nothing for another one.
    void fillMenu(QMenu *menu, const QString &id);

Q_SIGNALS:
    void openRequested(HostConnection *host, const QString &address);
    void pageMade(Page *page); ///< whoever listens takes it
    void queryRequested(HostConnection *host, const QString &cimNamespace, const QString &wql);
    void closeRequested(Page *page); ///< of a view that is no longer there
    void failed(const Error &error);
    void said(const QString &sentence); ///< what is wrong with files of the user's
    void viewsChanged();

private:
    void reload();
    void sayProblems();
    Page *createViewPage(HostConnection *host, const ReadyView &view, const ViewValues &values);
    void rename(const QString &id);
    void remove(const QString &id);
    QWidget *asking() const; ///< whose questions these are
    Page *createPage(HostConnection *host, const QString &address);
    void save(HostConnection *host, ReadyView view);
    HostsDock &m_dock;
    QString m_folder;
    std::shared_ptr<const ReadyViews> m_views;
};
