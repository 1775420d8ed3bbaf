#pragma once

#include "common/costly.h"
#include "protocol/request.h"

#include <optional>

/// Whether an enumeration is known to be hard on a host: in root/cimv2 of Windows by the table here,
/// elsewhere by the catalogues (inventory/inventory.h). A filter that narrows the answer makes it
/// harmless for most classes. Callers ask before they send: the window with a question, winrmctl
/// with a note and `--allow-costly`. Source: the documentation of the providers (Windows Installer,
/// accounts, event log, files).
std::optional<Costly> costOf(const ResourceLocator &resource, const Filter &filter = {},
                             PolymorphismMode polymorphism = PolymorphismMode::Unstated);
