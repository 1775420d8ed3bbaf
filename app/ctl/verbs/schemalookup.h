#pragma once

#include "export/exporter.h"
#include "protocol/cimclass.h"
#include "protocol/resourcelocator.h"
#include "session/session.h"

#include <functional>
#include <optional>

/// The class that is asked for: the one a WQL query reads from, else the resource's; empty for "*".
QString classAsked(const ResourceLocator &resource, const QString &query);

/// The class behind a resource, where the host describes it: for types and the order of columns.
/// Answers nothing, soon, when there is no class to ask about or the host has no class metadata;
/// that is no error.
void lookUpSchema(Session &session, const ResourceLocator &resource, const QString &query,
                  std::function<void(std::optional<CimClass>)> answer);

/// Types of leaves that have the name of a property or parameter.
LeafTypes schemaTypes(const std::vector<CimProperty> &properties);
