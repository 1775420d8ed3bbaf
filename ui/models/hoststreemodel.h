#pragma once

#include "common/error.h"
#include "inventory/hostcatalogue.h"

#include <QAbstractItemModel>
#include <QStringList>

#include <memory>
#include <vector>

class HostConnection;
class ReadyViews;

/// A resource of a host, to come back to, as the tree shows it.
struct HostBookmark
{
    QString hostId;   ///< whose it is, as its owner names it
    QString hostName; ///< shown
    QString address;  ///< of the resource
    QString title;    ///< shown
    bool operator==(const HostBookmark &) const = default;
};

/// The Hosts tree: folders of profiles, hosts, and under a connected host its configuration and its
/// CIM namespaces; behind them the bookmarks. It knows the hosts as values; what has to be asked of
/// them it names
/// (`namespacesWanted`) and is handed (`setNamespaces`).
class HostsTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum class Kind {
        Folder,
        Host,
        Configuration,
        ConfigurationPart, ///< `name` is the element: "Client", "Service", "Winrs", "Listeners",
                           ///< "Plugins", "CertMappings"
        Cim,
        Namespace, ///< `name` in full: "root/cimv2"
        Class,     ///< recently used, or of a group; `name` of it, `cimNamespace` in full
        Group,     ///< of classes, where the host cannot be asked for them; `name` is its title
        Views,     ///< the ready views for this kind of host
        ViewGroup, ///< `name` is its title
        View,      ///< `name` is its id
        Bookmarks, ///< stands last, while there are any; belongs to no host
        Bookmark,  ///< `name` is its address
    };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int of Kind
        NameRole,                    ///< the node's name as above; of a folder its full path
        NamespaceRole,               ///< of a Namespace, Class or Cim ("root")
        TagsRole,                    ///< of a host: QStringList
        ReadOnlyRole,                ///< of a host: bool; known from its first connection on
    };

    explicit HostsTreeModel(QObject *parent = nullptr);
    ~HostsTreeModel() override;

    void addHost(HostConnection *host);
    void removeHost(HostConnection *host);
    void updateHost(HostConnection *host); ///< its state, session, name, folder, tags or color

    /// What stands below a host while it is connected; updateHost() does it by the host's state.
    void showConnected(HostConnection *host, bool connected);

    void setNamespaces(HostConnection *host, const QString &parent, const QStringList &children);
    void setNamespacesFailed(HostConnection *host, const QString &parent, const QString &sentence);
    /// In place of the namespaces of "root": what the catalogue lists of such a host.
    void setGroups(HostConnection *host, const std::vector<CatalogueGroup> &groups);
    /// What is offered below connected hosts, to each what is for its kind.
    void setViews(std::shared_ptr<const ReadyViews> views);
    void setBookmarks(const std::vector<HostBookmark> &bookmarks);
    const HostBookmark *bookmark(const QModelIndex &index) const; ///< null: it is none
    /// Asks again on the next opening.
    void forgetNamespaces(const QModelIndex &index);
    /// Remembers a class as used, newest first, at most `MaxRecent` a namespace.
    void noteClass(HostConnection *host, const QString &cimNamespace, const QString &className);
    QStringList recentClasses(
        HostConnection *host) const; ///< "root/cimv2:Win32_Service", oldest first
    static constexpr int MaxRecent = 6;

    HostConnection *host(
        const QModelIndex &index) const; ///< of the node or of a parent; may be null
    Kind kind(const QModelIndex &index) const;
    QModelIndex indexOf(HostConnection *host) const;
    QModelIndex indexOf(HostConnection *host, Kind kind, const QString &name) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    static QString stateText(const HostConnection &host); ///< "not connected", "Basic, TLS"
    /// "ticket ends at 14:05 (in 9 minutes)", from ten minutes before; else nothing.
    static QString ticketNote(const HostConnection &host, const QDateTime &now);

    // A host can be dragged onto a folder, or among the hosts that are in none.
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;
    static QStringList draggedHosts(const QMimeData *data); ///< ids of saved connections

Q_SIGNALS:
    void namespacesWanted(HostConnection *host, const QString &parent);
    void viewsChanged();                                                ///< those of some host
    void dropped(const QStringList &profileIds, const QString &folder); ///< to be moved there

private:
    struct Node;
    Node *nodeOf(const QModelIndex &index) const;
    QModelIndex indexOfNode(const Node *node) const;
    Node *findHost(const HostConnection *host) const;
    Node *findNamespace(Node *within, const QString &name) const;
    Node *folderFor(const QString &path);
    void insert(Node *parent, std::size_t row, std::unique_ptr<Node> child);
    void removeChildren(Node *parent);
    void dropEmptyFolders(Node *folder);
    void fillConnected(Node *host);
    void fillViews(Node *host);
    std::unique_ptr<Node> groupNode(HostConnection *host, const CatalogueGroup &group) const;
    void append(Node *space, std::vector<std::unique_ptr<Node>> nodes);
    void addRecent(Node *space);
    void place(std::unique_ptr<Node> host);
    std::unique_ptr<Node> take(Node *node);
    QVariant hostData(const Node &node, int role) const;
    static QStringList facts(const HostConnection &host);
    QIcon icon(const Node &node) const;
    QString title(const Node &node) const;

    std::unique_ptr<Node> m_root;
    std::shared_ptr<const ReadyViews> m_views;
    struct Recent
    {
        const HostConnection *host;
        QString cimNamespace, className;
    };
    std::vector<Recent> m_recent; ///< newest first
    std::vector<HostBookmark> m_bookmarks;
};
