#pragma once

#include "protocol/writereplies.h"
#include "protocol/writerequests.h"

#include <span>

/// The registry of a Windows host over the static methods of StdRegProv (root/default). Paths are
/// below the hive, with backslashes. ReturnValue is a Win32 code: 0 done, 2 not there, 5 denied.
enum class RegistryHive : std::uint32_t {
    ClassesRoot = 0x80000000,
    CurrentUser = 0x80000001, ///< of the account the host runs the method as
    LocalMachine = 0x80000002,
    Users = 0x80000003,
    CurrentConfig = 0x80000005,
};

enum class RegistryType {
    String = 1,
    ExpandString = 2,
    Binary = 3,
    DWord = 4,
    MultiString = 7,
    QWord = 11
};

struct RegistryValueName
{
    QString name; ///< empty: the default value
    RegistryType type = RegistryType::String;
    bool operator==(const RegistryValueName &) const = default;
};

struct RegistryHiveName
{
    RegistryHive hive;
    QLatin1StringView brief; ///< "HKLM"
    QLatin1StringView full;  ///< "HKEY_LOCAL_MACHINE"
};
std::span<const RegistryHiveName> registryHives(); ///< in the order of their usefulness
/// By either name, ignoring case.
std::optional<RegistryHive> registryHiveNamed(QStringView name);

InvokeParameters registryKeys(RegistryHive hive, const QString &path);   ///< EnumKey
InvokeParameters registryValues(RegistryHive hive, const QString &path); ///< EnumValues
InvokeParameters registryValue(RegistryHive hive, const QString &path,
                               const RegistryValueName &value); ///< Get...Value
InvokeParameters registryCreateKey(RegistryHive hive, const QString &path);
InvokeParameters registryDeleteKey(RegistryHive hive, const QString &path);
/// Set...Value: `texts` is one text or number, the strings of a MultiString, or the bytes of a
/// Binary as numbers.
InvokeParameters registrySetValue(RegistryHive hive, const QString &path,
                                  const RegistryValueName &value, const QStringList &texts);
InvokeParameters registryDeleteValue(RegistryHive hive, const QString &path, const QString &name);

QStringList readRegistryKeys(const InvokeReply &reply);
/// Values of types that StdRegProv cannot read are left out.
std::vector<RegistryValueName> readRegistryValues(const InvokeReply &reply);
/// As registrySetValue takes it.
QStringList readRegistryValue(const InvokeReply &reply);
