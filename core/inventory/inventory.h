#pragma once

#include "inventory/hostcatalogue.h"

/// The catalogues of all kinds of hosts. Read once, then a value that nobody changes; any thread.
class Inventory
{
public:
    static const Inventory &builtIn();
    /// The built-in catalogues and those in userFolder(), read on first use.
    static const Inventory &standard();
    /// $XDG_DATA_HOME/winrm-console/inventory (~/.local/share without that variable).
    static QString userFolder();
    /// The built-in catalogues and the *.json of a folder, in the order of their names: at most 64
    /// files. One that cannot be read is left out and named in problems().
    static Inventory withFolder(const QString &folder);

    /// Empty, with kind Other and metadata, where nothing is known.
    const HostCatalogue &of(HostKind kind) const;
    /// The resource of a class that is named by its name alone, where all catalogues that know it
    /// mean the same; nothing where none does, or where it depends on the host.
    std::optional<ResourceLocator> locate(const QString &className,
                                          const QString &cimNamespace = {}) const;
    /// Kinds whose catalogue names such a class or its prefix.
    std::vector<HostKind> kindsWith(const QString &className) const;
    const std::vector<Error> &problems() const { return m_problems; } ///< FileDetails, reason

private:
    Inventory() = default;
    HostCatalogues m_catalogues;
    std::vector<Error> m_problems;
};
