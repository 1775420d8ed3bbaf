#pragma once

#include "document/document.h"
#include "models/celltext.h"

#include <QAbstractItemModel>

#include <vector>

/// A document, or a part of one, as a tree: elements and, before their children, attributes that
/// carry data (those of xsi: and the namespaces are left out). Children are listed when they are
/// first asked for; a listed node takes 24 bytes.
///
/// The node given is the invisible root unless `showRoot`.
class DocumentTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, ValueColumn, NoteColumn };

    explicit DocumentTreeModel(QObject *parent = nullptr);
    ~DocumentTreeModel() override;

    void setDocument(DocumentPtr document, Node root, bool showRoot = false);
    void setDocument(const DocumentPtr &document);
    void clear() { setDocument({}, {}); }
    DocumentPtr document() const { return m_document; }
    Node rootNode() const { return m_root; }

    Node node(const QModelIndex &index) const; ///< of an attribute: its element
    bool isAttribute(const QModelIndex &index) const;
    bool isBranch(const QModelIndex &index) const; ///< an element with child elements
    QString name(const QModelIndex &index) const;  ///< "Port", "@Name"
    QString value(const QModelIndex &index) const;
    QString path(const QModelIndex &index) const; ///< "Service/Auth/Basic", without the root
    std::size_t bytesPerNode() const;             ///< of this model's own table

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    QModelIndex sibling(int row, int column, const QModelIndex &index) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

protected:
    /// Children of a node that are shown; all of them here.
    virtual bool isShown(Node node) const;
    virtual bool showsAttribute(Node node, const AttributeView &attribute) const;

private:
    struct Item
    {
        std::uint32_t node = 0;
        std::int32_t attribute = -1;
        std::uint32_t parent = 0;
        std::uint32_t row = 0;
        std::uint32_t firstChild = 0;
        std::uint32_t childCount = unlisted;
    };
    static constexpr std::uint32_t unlisted = 0xFFFFFFFF;
    const Item &listed(std::uint32_t item) const; ///< with its children listed
    std::uint32_t itemOf(const QModelIndex &index) const;
    Node nodeOf(const Item &item) const;

    DocumentPtr m_document;
    Node m_root;
    mutable std::vector<Item> m_items; ///< grows as nodes are looked at; the content never changes
};
