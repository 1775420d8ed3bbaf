#pragma once

#include "document/rowset.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <vector>

/// What is documented of one WinRM setting. Source: resources/inventory/winrm-config.json. Texts
/// are English; catalogueText (text/sentences.h) translates them where they are shown.
struct ConfigSetting
{
    QString path; ///< "Service/Auth/Basic", "Listener/Port", "PlugInConfiguration/@Enabled"
    QString title, meaning;
    QString type;                      ///< as in the catalogue: boolean, uint32, sddl ...
    QString defaultValue, defaultNote; ///< null: no documented default; empty: an empty value
    QStringList otherDefaults;         ///< of other versions or documents: count as unchanged too
    QString range;                     ///< "500 to 4294967295", a hint only; empty without
    QStringList values;
    QString unit;
    QString writable;        ///< "true", "false", "policy"
    QString policy;          ///< Group Policy name
    QString uri;             ///< relative to winrm/: "config/service/auth"
    CimType cimType() const; ///< String for texts, enumerations, lists and SDDL
};

struct ConfigGroup
{
    QString path, title, meaning;
};

/// The built-in table of the WinRM configuration. Loaded once, on first use. Any thread.
class ConfigCatalogue
{
public:
    static const ConfigCatalogue &builtIn();
    const ConfigSetting *setting(QStringView path) const; ///< ignoring case; null when unknown
    const ConfigGroup *group(QStringView path) const;
    /// Compares a read value with the documented default: true when the setting is known, has a
    /// default and differs from it and from its otherDefaults. Booleans as XML Schema and OMI write
    /// them; enumerations ignore case, lists the space around their commas.
    bool isChanged(QStringView path, QStringView value) const;

private:
    ConfigCatalogue();
    std::vector<ConfigSetting> m_settings;
    std::vector<ConfigGroup> m_groups;
    QHash<QString, std::size_t> m_settingByPath; ///< lower case
    QHash<QString, std::size_t> m_groupByPath;
};
