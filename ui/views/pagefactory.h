#pragma once

class HostConnection;
class Page;
class QString;
class QWidget;
struct ResourceLocator;

/// The page for a resource of a host, as the Hosts tree, the address bar and links open it:
///
///     winrm/config                                    ConfigurationPage
///     wmi/root/cimv2/*  (`namespaceResource`)         NamespacePage
///     class metadata    (`schemaResource`)            SchemaPage
///     a class, winrm/config/listener and the like     InstancesPage
///     anything with selectors, winrm/config/...       ResourcePage
Page *createPage(HostConnection *host, const ResourceLocator &resource, QWidget *parent = nullptr);

/// Names a namespace ("root/cimv2") and the schema of a class, for `createPage`.
ResourceLocator namespaceResource(const QString &cimNamespace);
ResourceLocator schemaResource(const QString &cimNamespace, const QString &className);
