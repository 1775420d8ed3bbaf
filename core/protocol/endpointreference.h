#pragma once

#include "document/document.h"
#include "document/rowset.h"
#include "protocol/resourcelocator.h"

/// wsa:EndpointReference as WS-Management uses it (DSP0226 5.4.2): address, resource URI,
/// selectors.
struct EndpointReference
{
    QString address; ///< often the anonymous role or the URL the request went to
    ResourceLocator resource;
    bool operator==(const EndpointReference &) const = default;
};

/// True for an element whose children are those of an endpoint reference (a:Address or
/// a:ReferenceParameters), whatever its own name: EPRs in properties have no a:EndpointReference
/// around them, except those of iDRAC.
bool isEndpointReference(Node element);
EndpointReference readEndpointReference(Node element);
/// `__cimnamespace`, which says where an object is and not which one.
bool isNamespaceSelector(const Selector &selector);
/// The values of its keys in their order, references as referenceText has them; empty ones are left
/// out. What people call an object: "WinRM".
QStringList keyValues(const ResourceLocator &object);
std::vector<Selector> readSelectors(Node selectorSet); ///< in their order
EndpointReference toEndpointReference(const RowReference &reference);
/// `Class.Key="value",Key2="value"`: how a reference is shown to people.
QString referenceText(const EndpointReference &reference);
