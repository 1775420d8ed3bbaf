#pragma once

#include "document/rowset.h"
#include "protocol/resourcelocator.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

/// What a host's objects have to do with each other, as a tree that grows as one walks: below an
/// object the roles it plays in associations, below a role the classes of the objects at the other
/// end, below a class these objects, and below each of them its own roles. One question an object
/// (the association instances that refer to it) gives all three levels.
class AssociationTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, DetailColumn };
    enum class Kind { Object, Role, Class };

    explicit AssociationTreeModel(QObject *parent = nullptr);
    ~AssociationTreeModel() override;

    static QString objectText(const ResourceLocator &object); ///< its keys, else its class

    /// The object one starts at: the invisible root.
    void setObject(const ResourceLocator &object);
    const ResourceLocator &object() const;

    Kind kind(const QModelIndex &index) const;
    ResourceLocator locator(const QModelIndex &index) const; ///< of an Object
    int count(const QModelIndex &index) const;               ///< objects below a Role or Class

    /// Rows [from, to) of what refers to the object at `index`.
    void addReferences(const QModelIndex &index, const RowSet &rows, std::uint32_t from,
                       std::uint32_t to);
    /// All has arrived, or `problem` says why it has not.
    void setRead(const QModelIndex &index, const QString &problem = {});

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// Somebody opened an object: ask what refers to it.
    void wanted(const QPersistentModelIndex &index, const ResourceLocator &object);

private:
    struct Node;
    Node *nodeOf(const QModelIndex &index) const;
    QModelIndex indexOf(const Node *node, int column = 0) const;
    Node *child(Node *parent, Kind kind, const QString &name, const QString &note);
    Node *append(Node *parent, std::unique_ptr<Node> node);
    void addLink(Node *object, Node *role, const QString &resultRole,
                 const ResourceLocator &target);
    QString detailText(const Node &node) const;

    std::unique_ptr<Node> m_root;
};
