#pragma once

#include <QAbstractItemModel>
#include <QIcon>
#include <QStringList>

#include <memory>
#include <vector>

/// A small tree of texts (a schema, a list of classes), shown in columns, filtered by the words of
/// a field: a row stays when every word stands in one of its columns, or in a row below it. For
/// some ten thousand rows; large tables are RowTableModel's.
class TextTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role { DataRole = Qt::UserRole, MonospaceRole };
    struct Row
    {
        QStringList cells;
        QIcon icon;
        QString tip;
        QVariant data;    ///< under DataRole
        QString searched; ///< more text that the filter looks at
        std::vector<Row> rows;
    };

    explicit TextTreeModel(const QStringList &headers, QObject *parent = nullptr);
    ~TextTreeModel() override;

    void setHeaders(const QStringList &headers); ///< as many as there were
    void setRows(std::vector<Row> rows);
    void setFilter(const QString &words);
    int totalRows() const;   ///< of the top level, hidden ones included
    int visibleRows() const; ///< of the top level

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    struct Item
    {
        const Row *row = nullptr;
        int parent = 0;
        int place = 0;
        std::vector<int> children;
    };
    void rebuild();
    int addVisible(const Row &row, int parent, const QStringList &words, bool all);
    QStringList m_headers;
    std::vector<Row> m_rows;
    QString m_filter;
    std::vector<Item> m_items; ///< visible ones; 0 is the invisible root
};
