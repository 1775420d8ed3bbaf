#include "ctl/resourceargument.h"

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

} // namespace

Result<ResourceLocator> resourceArgument(const Arguments &arguments)
{
    if (arguments.words.isEmpty())
        return usage(u"%1 needs a resource, for instance winrm/config"_s.arg(arguments.verb));
    if (arguments.words.size() > 1)
        return usage(u"unexpected word: %1"_s.arg(arguments.words.at(1)));
    QString word = arguments.words.first();
    // A bare class name with --namespace is a class of it.
    if (!arguments.cimNamespace.isEmpty() && isClassName(word.section(u'?', 0, 0)))
        word = u"wmi/%1/%2"_s.arg(QString(arguments.cimNamespace).replace(u'\\', u'/'), word);
    auto resource = parseResource(word);
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
