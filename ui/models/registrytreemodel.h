#pragma once

#include "inventory/registry.h"

#include <QAbstractItemModel>

#include <memory>

/// The keys of a host's registry: hives, and below them what was read. A branch is asked for when
/// it is opened (`keysWanted`) and handed over (`setKeys`).
class RegistryTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    explicit RegistryTreeModel(QObject *parent = nullptr);
    ~RegistryTreeModel() override;

    /// "HKLM\SOFTWARE", as addresses have it; of a hive its name alone.
    QString path(const QModelIndex &index) const;
    RegistryHive hive(const QModelIndex &index) const;
    QString subKey(const QModelIndex &index) const; ///< below the hive
    QModelIndex hiveIndex(RegistryHive hive) const;
    QModelIndex child(const QModelIndex &parent, const QString &name) const; ///< ignoring case
    bool isRead(const QModelIndex &index) const;                             ///< or failed
    void setKeys(const QModelIndex &index, const QStringList &names);
    void setFailed(const QModelIndex &index, const QString &sentence);
    void forget(const QModelIndex &index);      ///< asks again on the next opening
    static QString hiveName(RegistryHive hive); ///< "HKLM"

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void keysWanted(const QModelIndex &index);

private:
    struct Node;
    Node *nodeOf(const QModelIndex &index) const;
    std::unique_ptr<Node> m_root;
};
