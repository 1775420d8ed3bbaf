#pragma once

#include "common/result.h"

#include <QString>

#include <memory>
#include <vector>

struct EndpointReference;

/// One key of a resource. A value is text or, for keys that are references, an endpoint reference.
struct Selector
{
    QString name;
    QString value;
    std::shared_ptr<const EndpointReference>
        reference; ///< set instead of `value` for a reference key
    bool operator==(const Selector &) const;
};

/// w:Option. `value` null (QString()) is sent as xsi:nil.
struct Option
{
    QString name;
    QString value;
    QString type; ///< QName text such as "xs:boolean"; empty: not sent
    bool mustComply = false;
    bool operator==(const Option &) const = default;
};

/// Names one resource: IWSManResourceLocator as a value. `uri` is the full resource URI, as it goes
/// into w:ResourceURI: aliases expanded, no query.
struct ResourceLocator
{
    QString uri;
    std::vector<Selector> selectors; ///< names are unique, ignoring case
    std::vector<Option> options;
    bool mustUnderstandOptions = false;
    QString fragmentPath;
    QString fragmentDialect;

    bool operator==(const ResourceLocator &) const = default;
    const Selector *selector(QStringView name) const; ///< ignoring case; null when there is none
    void setSelector(const QString &name, const QString &value); ///< replaces one of that name
    QString className() const;                                   ///< last part of `uri`
    /// The CIM namespace: of a WMI URI its path, else the `__cimnamespace` selector; "root/cimv2"
    /// form, may be empty.
    QString cimNamespace() const;
};

/// Reads what winrm.cmd takes: a full URI or an alias (`winrm/config`, `wmicimv2/Win32_Service`,
/// `wmi/root/cimv2/X`, `cimv2/X`, `shell/cmd`, `wsman/...`), with `?Name=Value+Name="quoted value"`
/// selectors, `%XX` decoded. Aliases ignore case; the rest is kept. Kind::Local, Cause::LocalUsage
/// when it is empty, has a broken query, repeats a selector, is an `https://schemas` URI, or no URI
/// at all. Source: winrm.vbs (URI aliases, key syntax), MS-WSMV 2.2.4 ResourceURI.
Result<ResourceLocator> parseResource(const QString &text);

/// The same, written the short way where an alias fits: what the address bar and titles show.
QString shortResource(const ResourceLocator &locator);

/// The WMI form for a class of a namespace ("root/cimv2"; backslashes accepted): what Windows
/// takes.
ResourceLocator wmiClass(const QString &cimNamespace, const QString &className);
/// The DMTF form with the `__cimnamespace` selector: what AMT, iDRAC, OMI and openwsman take.
ResourceLocator dmtfClass(const QString &cimNamespace, const QString &className);
