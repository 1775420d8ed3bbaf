#include "ctl/resourceargument.h"

#include "inventory/inventory.h"

using namespace Qt::StringLiterals;

namespace {

Error usage(const QString &message)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, message);
}

bool isClassName(const QString &word)
{
    return !word.contains(u'/') && !word.contains(u':');
}

/// A class by its name alone, in the short form of its resource: as the catalogues have it, else a
/// WMI class of the namespace that was given. Other words stay as they are.
Result<QString> expandClassName(const QString &word, const QString &cimNamespace)
{
    const QString name = word.section(u'?', 0, 0);
    const QString query = word.section(u'?', 1);
    if (!isClassName(name))
        return word;
    const auto known = Inventory::standard().locate(name, cimNamespace);
    if (!known && !cimNamespace.isEmpty())
        return u"wmi/%1/%2"_s.arg(QString(cimNamespace).replace(u'\\', u'/'), word);
    if (!known && !Inventory::standard().kindsWith(name).empty())
        return usage(
            u"how %1 is named depends on the host: write wmicimv2/%1 for Windows, cimv2/%1 "
            "for others, with --namespace where they have several"_s.arg(name));
    if (!known)
        return word;
    const QString resource = shortResource(*known);
    if (query.isEmpty())
        return resource;
    return resource + (known->selectors.empty() ? u'?' : u'+') + query;
}

} // namespace

Result<ResourceLocator> namedResource(const QString &word, const QString &cimNamespace)
{
    const auto expanded = expandClassName(word, cimNamespace);
    return expanded ? parseResource(*expanded) : expanded.error();
}

Result<ResourceLocator> resourceArgument(const Arguments &arguments)
{
    if (arguments.words.isEmpty())
        return usage(u"%1 needs a resource, for instance winrm/config"_s.arg(arguments.verb));
    if (arguments.words.size() > 1)
        return usage(u"unexpected word: %1"_s.arg(arguments.words.at(1)));
    auto resource = namedResource(arguments.words.first(), arguments.cimNamespace);
    if (!resource)
        return resource;
    if (!arguments.cimNamespace.isEmpty() && resource->cimNamespace().isEmpty())
        resource->setSelector(u"__cimnamespace"_s,
                              QString(arguments.cimNamespace).replace(u'\\', u'/'));
    for (const Selector &selector : arguments.selectors) {
        if (resource->selector(selector.name))
            return usage(u"the selector %1 is given twice"_s.arg(selector.name));
        resource->selectors.push_back(selector);
    }
    if (!arguments.fragment.isEmpty() && arguments.verb != "get"_L1 && arguments.verb != "put"_L1)
        return usage(u"--fragment is for get and put"_s);
    resource->fragmentPath = arguments.fragment;
    resource->options = arguments.options;
    for (const Option &option : arguments.options)
        resource->mustUnderstandOptions |= option.mustComply;
    return resource;
}
