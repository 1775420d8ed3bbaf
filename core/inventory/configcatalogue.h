#pragma once

#include "document/rowset.h"

#include <QString>
#include <QStringList>

#include <vector>

/// What is documented of one WinRM setting. Source: resources/inventory/winrm-config.json.
struct ConfigSetting
{
    QString path; ///< "Service/Auth/Basic", "Listener/Port", "PlugInConfiguration/@Enabled"
    QString title, meaning;
    QString type; ///< as in the catalogue: boolean, uint32, sddl ...
    QString defaultValue, defaultNote;
    QString range;
    QStringList values;
    QString unit;
    QString writable; ///< "true", "false", "policy"
    QString policy;   ///< Group Policy name
    QString uri;      ///< relative to winrm/: "config/service/auth"
    CimType cimType() const;
};

struct ConfigGroup
{
    QString path, title, meaning;
};

/// The built-in table of the WinRM configuration. Loaded once, on first use.
class ConfigCatalogue
{
public:
    static const ConfigCatalogue &builtIn();
    const ConfigSetting *setting(QStringView path) const; ///< ignoring case; null when unknown
    const ConfigGroup *group(QStringView path) const;
    /// Compares a read value with the documented default: true when the setting is known, has a
    /// default and differs.
    bool isChanged(QStringView path, QStringView value) const;

private:
    std::vector<ConfigSetting> m_settings;
    std::vector<ConfigGroup> m_groups;
};
