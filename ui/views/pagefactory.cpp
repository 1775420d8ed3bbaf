#include "views/pagefactory.h"

#include "hosts/hostconnection.h"
#include "inventory/ciminventory.h"
#include "protocol/endpointreference.h"
#include "protocol/namespaces.h"
#include "views/configurationpage.h"
#include "views/instancespage.h"
#include "views/namespacepage.h"
#include "views/resourcepage.h"
#include "views/schemapage.h"

using namespace Qt::StringLiterals;

namespace {

bool equals(const QString &text, std::string_view other)
{
    return text.compare(QLatin1StringView(other.data(), qsizetype(other.size())),
                        Qt::CaseInsensitive)
        == 0;
}

bool startsWith(const QString &text, std::string_view other)
{
    return text.startsWith(QLatin1StringView(other.data(), qsizetype(other.size())),
                           Qt::CaseInsensitive);
}

bool hasKeys(const ResourceLocator &resource)
{
    return !std::all_of(resource.selectors.begin(), resource.selectors.end(), isNamespaceSelector);
}

bool isListed(const ResourceLocator &resource)
{
    if (hasKeys(resource))
        return false;
    if (!startsWith(resource.uri, uri::config))
        return true;
    const QString last = resource.className().toLower();
    return last == u"listener"_s || last == u"plugin"_s || last == u"certmapping"_s;
}

} // namespace

Page *createPage(HostConnection *host, const ResourceLocator &resource, QWidget *parent)
{
    if (equals(resource.uri, uri::config) && resource.selectors.empty())
        return new ConfigurationPage(host, parent);
    if (equals(resource.uri, uri::classMetadata)) {
        const Selector *name = resource.selector(u"ClassName");
        if (name)
            return new SchemaPage(host, resource.cimNamespace(), name->value, parent);
        return new NamespacePage(host, resource.cimNamespace(), parent);
    }
    if (resource.className() == u"*"_s && !resource.cimNamespace().isEmpty())
        return new NamespacePage(host, resource.cimNamespace(), parent);
    if (isListed(resource))
        return new InstancesPage(host, {.resource = resource}, parent);
    return new ResourcePage(host, resource, parent);
}

ResourceLocator namespaceResource(const QString &cimNamespace)
{
    return wmiClass(cimNamespace, u"*"_s);
}

ResourceLocator schemaResource(const QString &cimNamespace, const QString &className)
{
    ResourceLocator locator;
    locator.uri = QString::fromLatin1(uri::classMetadata.data(),
                                      qsizetype(uri::classMetadata.size()));
    locator.setSelector(u"__cimnamespace"_s, cimNamespace);
    locator.setSelector(u"ClassName"_s, className);
    return locator;
}
