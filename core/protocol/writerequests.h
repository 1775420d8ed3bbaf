#pragma once

#include "protocol/patch.h"
#include "protocol/request.h"

/// Requests that may change something. Where a value is secret the Request also holds what traces
/// may keep (`Request::shown`).

struct PutParameters
{
    ResourceLocator resource; ///< with a fragmentPath: `representation` is one of `fragmentOf`
    Representation representation;
    /// Names of the properties to write; the rest of the instance is left alone. Only WMI of
    /// Windows 8 / Server 2012 and later honours it (option
    /// wmiarray:__MIInstanceModifiedPropertiesList); empty: not sent.
    QStringList modified;
};

struct InvokeParameters
{
    ResourceLocator resource;
    QString method; ///< its name, or the whole action URI
    /// `Method_INPUT` in the resource's namespace and its parameters; without a name: none.
    Representation input;
};

/// WS-Transfer Put (DSP0226 7).
Request writePut(const RequestSettings &settings, const PutParameters &parameters);
/// WS-Transfer Create. Keys of a configuration resource are selectors; those of a CIM instance are
/// properties.
Request writeCreate(const RequestSettings &settings, const ResourceLocator &resource,
                    const Representation &representation);
Request writeDelete(const RequestSettings &settings, const ResourceLocator &resource);
/// Action = resource URI, "/", method (DSP0227 13, MS-WSMV 2.2.4 Invoke).
Request writeInvoke(const RequestSettings &settings, const InvokeParameters &parameters);

/// The instance that Create or Put sends for `resource`: its class as root, in the namespace that
/// is the resource's URI, without properties.
Representation emptyRepresentation(const ResourceLocator &resource);
/// A name of CIM (DSP0004), or an action URI that ends in one.
bool isMethodName(const QString &method);
/// `Method_INPUT` without parameters; `method` may be an action URI.
Representation emptyInput(const ResourceLocator &resource, const QString &method);
/// w:XmlFragment around the one property that a fragment Put writes, in the resource's namespace
/// ...
Representation fragmentOf(const Property &property);
/// ... or around text, for a path that ends in text().
Representation fragmentOfText(const QString &text);
/// True with the option msftwinrm:UsePreciseArrays = true.
bool wantsPreciseArrays(const ResourceLocator &resource);
