#pragma once

#include "models/documenttreemodel.h"

struct ConfigSetting;

/// The WinRM configuration of a host (ConfigurationOperation's document) with what the catalogue
/// knows: groups by their titles, settings by the names that winrm.cmd uses, each with its value,
/// documented default and marks. Listeners read "* : HTTP, port 5985", plug-ins and certificate
/// mappings by name. A part that could not be read says why in its value column.
class ConfigTreeModel final : public DocumentTreeModel
{
    Q_OBJECT
public:
    enum ConfigColumn { SettingColumn, SettingValueColumn, DefaultColumn, TitleColumn };
    enum ConfigRole {
        ChangedRole = Qt::UserRole + 20, ///< bool: differs from the documented default
        PolicyRole,                      ///< bool: set by Group Policy
        PathRole,                        ///< as the catalogue names it
        UnavailableRole,                 ///< bool: the part could not be read
    };

    using DocumentTreeModel::DocumentTreeModel;

    /// What the catalogue says of a row; null when it is not listed or a group.
    const ConfigSetting *setting(const QModelIndex &index) const;
    QString configurationPath(const QModelIndex &index) const;
    bool isChanged(const QModelIndex &index) const;
    bool isPolicy(const QModelIndex &index) const;
    /// Id of the cause and the host's words, where a part is Unavailable.
    QString unavailable(const QModelIndex &index) const;
    QString label(
        const QModelIndex &index) const; ///< "Service", "Listeners", "* : HTTP, port 5985"

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

protected:
    bool isShown(Node node) const override;
    bool showsAttribute(Node node, const AttributeView &attribute) const override;

private:
    QString groupTitle(const QModelIndex &index) const;
    QString countText(const QModelIndex &index) const;
    QString defaultText(const QModelIndex &index) const;
    QVariant nameData(const QModelIndex &index, int role) const;
    QStringView iconName(const QModelIndex &index) const;
};

/// "5 KiB"-like: a value with the unit of its setting, for reading.
QString settingText(const ConfigSetting &setting, const QString &value);
