#pragma once

#include "connection/profile.h"
#include "models/hoststreemodel.h"

#include <QDockWidget>

#include <functional>

class HostList;
class HostsFilterModel;
class QLabel;
class QLineEdit;
class QMenu;
class QTimer;
class QToolButton;
class QTreeView;
class TagBar;

/// Where: the tree of hosts with a filter above. Reads namespaces when they are opened; everything
/// else it only asks for.
class HostsDock final : public QDockWidget
{
    Q_OBJECT
public:
    explicit HostsDock(HostList &list, QWidget *parent = nullptr);

    HostsTreeModel &model() const { return *m_model; }
    HostConnection *currentHost() const; ///< null: none
    void reveal(HostConnection *host);   ///< selects it and opens its branch

    /// The tags to filter by; while they are not shown they keep no host out.
    bool tagsShown() const { return m_tagsShown; }
    void setTagsShown(bool shown);
    QByteArray saveState() const; ///< the tags chosen
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void connectRequested(HostConnection *host);
    void disconnectRequested(HostConnection *host);
    void editRequested(HostConnection *host);
    void removeRequested(HostConnection *host);
    void overviewRequested(HostConnection *host);
    void configurationRequested(HostConnection *host, const QString &part); ///< empty: all of it
    void namespaceRequested(HostConnection *host, const QString &cimNamespace);
    void classRequested(HostConnection *host, const QString &cimNamespace, const QString &name);
    void schemaRequested(HostConnection *host, const QString &cimNamespace, const QString &name);
    void addressRequested(HostConnection *host, const QString &address); ///< of a ready view
    void viewMenuShown(QMenu *menu, const QString &id); ///< of a ready view: what else it offers
    void newRequested();
    void currentHostChanged(HostConnection *host);
    void bookmarkRequested(const HostBookmark &bookmark);
    void bookmarkRemoved(const HostBookmark &bookmark);
    void tagsShownChanged(bool shown);
    void failed(const Error &error); ///< a host could not be moved or tagged

private:
    QModelIndex source(const QModelIndex &index) const;
    void readNamespaces(HostConnection *host, const QString &parent);
    void activate(const QModelIndex &index);
    void hostChanged(HostConnection *host);
    void showMenu(const QPoint &at);
    void fillHostMenu(class QMenu *menu, HostConnection *host);
    void fillBookmarkMenu(class QMenu *menu, const HostBookmark &bookmark);
    QLayout *makeFilters();
    void prepareView();
    void applyFilter();
    void showTags(); ///< those that the hosts have now
    void hostEdited(HostConnection *host);
    void noteTicket();
    void change(const QStringList &profileIds, const std::function<void(ProfileSummary &)> &work);

    HostList &m_list;
    HostsTreeModel *m_model;
    HostsFilterModel *m_filtered;
    QTreeView *m_view;
    QLineEdit *m_filter;
    QToolButton *m_tagButton;
    TagBar *m_tags;
    class EmptyHint *m_hint = nullptr; ///< why the tree is empty
    QTimer *m_minute;                  ///< while a ticket ends
    bool m_tagsShown = true;
};
