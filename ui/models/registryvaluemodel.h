#pragma once

#include "inventory/registry.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

/// The values of one registry key: name, type and data. Names and types come first, the data of
/// each when it was read.
class RegistryValueModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, TypeColumn, DataColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setValues(const std::vector<RegistryValueName> &values);
    void setData(const QString &name, const QStringList &data); ///< as readRegistryValue gives it
    void setFailed(const QString &name, const QString &sentence);
    const RegistryValueName &value(int row) const { return m_values[std::size_t(row)].name; }
    QString fullText(int row) const; ///< of the data; strings a line each

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

    static QString typeName(RegistryType type); ///< "REG_SZ"

private:
    struct Value
    {
        RegistryValueName name;
        std::optional<QStringList> data;
        QString problem;
    };
    QString shown(const Value &value) const;
    int rowOf(const QString &name) const;
    std::vector<Value> m_values;
};
