#pragma once

#include "profileimport/profilefile.h"

#include <QHash>

/// Variables of a host as Ansible knows them, groups' and its own together.
using AnsibleVariables = QHash<QString, QString>;

/// Whether Ansible would reach this host by WinRM: `ansible_connection` is winrm or psrp, or is not
/// given where a port of WinRM or one of the plug-ins' variables is.
bool isWinRmHost(const AnsibleVariables &variables);

/// The connection that the variables describe. `name` stands where no ansible_host is given.
/// Source: documentation of the connection plug-ins ansible.builtin.winrm and ansible.builtin.psrp.
ReadProfile profileFromAnsible(const QString &name, const AnsibleVariables &variables);
