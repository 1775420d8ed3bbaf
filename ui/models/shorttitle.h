#pragma once

#include <QString>

struct ResourceLocator;

/// The title of an operation or exchange for a list: in place of a whole resource URI the class or
/// the last part of its path ("Get Win32_Service schema"), with its selectors but the namespace.
/// Titles with an alias stay as they are. The whole title belongs into the tip.
QString shortTitle(const QString &title);

/// One object for a tab: its class and the first of its keys that says something, "Win32_Service
/// WinRM"; the class alone without keys.
QString objectTitle(const ResourceLocator &object);
