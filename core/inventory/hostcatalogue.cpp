#include "inventory/hostcatalogue.h"

#include "inventory/catalogueresource.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

bool same(const QString &one, QStringView other)
{
    return other.compare(one, Qt::CaseInsensitive) == 0;
}

template<typename T>
T *named(std::vector<T> &list, QString T::*name, const QString &wanted)
{
    const auto found = std::ranges::find_if(list,
                                            [&](const T &one) { return same(one.*name, wanted); });
    return found == list.end() ? nullptr : &*found;
}

} // namespace

ResourceLocator catalogueResource(const QString &uri, const QString &className,
                                  const QString &cimNamespace)
{
    ResourceLocator resource{.uri = uri + className};
    const QString space = QString(cimNamespace).replace(u'\\', u'/');
    if (uri.contains(namespaceMark))
        resource.uri.replace(namespaceMark, space);
    else if (!space.isEmpty())
        resource.setSelector(u"__cimnamespace"_s, space);
    return resource;
}

const CatalogueClass *HostCatalogue::find(QStringView className) const
{
    for (const CatalogueGroup &group : groups) {
        for (const CatalogueClass &known : group.classes) {
            if (same(known.name, className))
                return &known;
        }
    }
    return nullptr;
}

std::optional<ResourceLocator> HostCatalogue::locate(const QString &className,
                                                     const QString &inNamespace) const
{
    const CatalogueClass *const known = find(className);
    if (known && (inNamespace.isEmpty() || same(known->cimNamespace, inNamespace)))
        return known->resource;
    const QString space = !inNamespace.isEmpty() ? inNamespace
        : known                                  ? known->cimNamespace
                                                 : cimNamespace;
    for (const CataloguePrefix &prefix : prefixes) {
        if (className.startsWith(prefix.prefix, Qt::CaseInsensitive))
            return catalogueResource(prefix.uri, known ? known->name : className, space);
    }
    return known ? std::optional(known->resource) : std::nullopt;
}

std::vector<CatalogueClass> HostCatalogue::classesOf(const QString &space) const
{
    std::vector<CatalogueClass> found;
    for (const CatalogueGroup &group : groups) {
        for (const CatalogueClass &known : group.classes) {
            if (same(known.cimNamespace, space))
                found.push_back(known);
        }
    }
    return found;
}

void HostCatalogue::add(const HostCatalogue &other)
{
    kind = other.kind;
    metadata = other.metadata;
    classList = other.classList;
    cimNamespace = other.cimNamespace;
    if (!other.title.isEmpty())
        title = other.title;
    for (const CatalogueNamespace &space : other.namespaces) {
        if (auto *known = named(namespaces, &CatalogueNamespace::name, space.name))
            *known = space;
        else
            namespaces.push_back(space);
    }
    prefixes.insert(prefixes.begin(), other.prefixes.begin(), other.prefixes.end());
    QSet<QString> replaced;
    for (const CatalogueGroup &group : other.groups) {
        for (const CatalogueClass &known : group.classes)
            replaced.insert(known.name.toLower());
    }
    for (CatalogueGroup &group : groups) {
        std::erase_if(group.classes, [&replaced](const CatalogueClass &known) {
            return replaced.contains(known.name.toLower());
        });
    }
    for (const CatalogueGroup &group : other.groups) {
        auto *target = named(groups, &CatalogueGroup::title, group.title);
        if (!target)
            target = &groups.emplace_back(CatalogueGroup{group.title, group.meaning, {}});
        else if (!group.meaning.isEmpty())
            target->meaning = group.meaning;
        target->classes.insert(target->classes.end(), group.classes.begin(), group.classes.end());
    }
    std::erase_if(groups, [](const CatalogueGroup &group) { return group.classes.empty(); });
}
