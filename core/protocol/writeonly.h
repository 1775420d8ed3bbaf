#pragma once

#include <QStringView>

/// True for the name of an element, parameter, option or selector whose value is to be written and
/// never shown: it ends in Password, Passwd, Passphrase or Pwd (certificate mappings, RunAsPassword
/// of plug-ins, StartPassword, RSEPassword ...). PasswordExpires and the like say something about a
/// password and are no secret.
bool isWriteOnlyName(QStringView name);
