#pragma once

#include "common/result.h"
#include "connection/profile.h"

#include <vector>

/// What a person should know of a profile that was read from another program's file.
struct ImportNote
{
    enum class Kind {
        SecretLeft,    ///< the file has a password, which is never taken
        ChecksOff,     ///< the certificate is not checked, as the file wants it
        ClearText,     ///< messages are not sealed, as the file wants it
        OtherService,  ///< was a connection of another kind (`detail`: RDP): its port is not taken
        Unsupported,   ///< a setting that has no counterpart here (`detail`: its name)
        UnusableValue, ///< a setting whose value cannot be read (`detail`: its name)
    };
    Kind kind;
    QString detail;
    bool operator==(const ImportNote &) const = default;
};

struct ReadProfile
{
    Profile profile; ///< never with a secret; SecretStorage::Ask
    std::vector<ImportNote> notes;
};

/// An entry that is no host for us.
struct LeftEntry
{
    enum class Reason {
        OtherProtocol, ///< `detail`: ssh, SSH2 ...
        NoHost,        ///< none is named
        BadHost,       ///< what is named cannot be one
        Unresolved,    ///< the host is a template of the other program
        BadOptions,    ///< `detail`: what is wrong with them
    };
    QString name;
    Reason reason;
    QString detail;
};

/// A file of connections, as this program or another one wrote it.
struct ProfileFile
{
    enum class Format {
        Own, ///< ProfileStore::exportProfiles()
        MRemoteNg,
        AnsibleInventory, ///< INI form, or the JSON of `ansible-inventory --list`
        Table, ///< CSV: Windows Admin Center, Remote Desktop Manager, and any with known columns
    };
    Format format = Format::Own;
    std::vector<ReadProfile> profiles;
    std::vector<LeftEntry> left;
};

/// Reads connections from a file; which kind it is shows in its content. Never takes a secret.
///
/// At most 16 MiB and 10,000 entries. LocalProfileCorrupt for what is none of these formats, cannot
/// be read as a whole, or is encrypted; single entries that cannot be used are in `left`.
///
/// mRemoteNG: confCons.xml, not encrypted as a file. RDP and PowerShell connections are taken,
/// folders and inherited user names count. Source: mRemoteNG's documentation (configuration files).
///
/// Ansible: groups, children, variables of hosts and groups, ranges such as `web[01:10]`. Taken are
/// hosts with `ansible_connection` winrm or psrp, or without one but with a port of WinRM or
/// `ansible_winrm_*`. Source: Ansible's documentation (inventory, ansible.builtin.winrm, psrp).
///
/// Tables: a header that names a column for the host (or a name that is one), then any of user,
/// domain, port, folder or group, tags, type, authentication, description. Delimiter , ; or tab.
Result<ProfileFile> readProfileFile(const QByteArray &bytes);
