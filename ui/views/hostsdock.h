#pragma once

#include "models/hoststreemodel.h"

#include <QDockWidget>

class HostList;
class QLineEdit;
class QSortFilterProxyModel;
class QMenu;
class QTreeView;

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

private:
    QModelIndex source(const QModelIndex &index) const;
    void readNamespaces(HostConnection *host, const QString &parent);
    void activate(const QModelIndex &index);
    void hostChanged(HostConnection *host);
    void showMenu(const QPoint &at);
    void fillHostMenu(class QMenu *menu, HostConnection *host);

    HostsTreeModel *m_model;
    QSortFilterProxyModel *m_filtered;
    QTreeView *m_view;
    QLineEdit *m_filter;
};
