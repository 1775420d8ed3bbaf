#pragma once

#include "document/rowset.h"
#include "export/exporter.h"
#include "protocol/resourcelocator.h"

/// Types of the WinRM configuration, which carries none on the wire: from the built-in table.
bool isConfiguration(const ResourceLocator &resource);
/// Of the leaves below `root`, which was read from `resource` (all of it or a branch).
LeafTypes configurationTypes(const ResourceLocator &resource, Node root);
/// Of the columns of listeners, certificate mappings and plug-ins.
void applyConfiguration(RowSet &rows);
