#pragma once

#include "protocol/resourcelocator.h"
#include "views/hostpage.h"

#include <QPersistentModelIndex>

class AssociationTreeModel;
class EnumerateOperation;
class FilterField;
class QTreeView;

/// What an instance is associated with: the roles it plays, the classes at the other ends, their
/// objects, and from each of those on.
class AssociationsPage final : public HostPage
{
    Q_OBJECT
public:
    AssociationsPage(HostConnection *host, const ResourceLocator &object,
                     QWidget *parent = nullptr);

    QString title() const override;
    QIcon icon() const override;
    QString key() const override;
    QString address() const override;
    QStringList breadcrumb() const override;
    bool canFind() const override { return true; }
    void find() override;
    void copy() override;
    void stop() override;
    Details details() const override;
    QString statusText() const override;

protected:
    void read() override;
    bool hasContent() const override;

private:
    EnumerateOperation *ask(const QPersistentModelIndex &index, const ResourceLocator &object);
    void askMore(const QPersistentModelIndex &index, const ResourceLocator &object);
    void openCurrent();
    void openHere();
    void showMenu(const QPoint &at);
    ResourceLocator m_object;
    AssociationTreeModel *m_model;
    QTreeView *m_tree;
    FilterField *m_filter;
    std::vector<QPointer<EnumerateOperation>> m_more; ///< of objects that were opened in the tree
};
