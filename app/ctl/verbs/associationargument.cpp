#include "ctl/verbs/associationargument.h"

#include "ctl/resourceargument.h"

#include <array>

using namespace Qt::StringLiterals;

namespace {

Error usage(const QString &message)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, message);
}

struct Part
{
    QLatin1StringView name;
    QString AssociationFilter::*member;
    bool associatorsOnly;
};

constexpr std::array parts{
    Part{"associationclassname"_L1, &AssociationFilter::associationClass, true},
    Part{"resultclassname"_L1, &AssociationFilter::resultClass, false},
    Part{"role"_L1, &AssociationFilter::role, false},
    Part{"resultrole"_L1, &AssociationFilter::resultRole, true},
};

} // namespace

Done narrowAssociation(AssociationFilter &filter, const QString &word)
{
    const QString name = word.section(u'=', 0, 0).trimmed();
    const QString value = word.section(u'=', 1).trimmed();
    for (const Part &part : parts) {
        if (name.compare(part.name, Qt::CaseInsensitive) != 0)
            continue;
        if (value.isEmpty() || !(filter.*part.member).isEmpty())
            return usage(u"%1 takes one name"_s.arg(part.name));
        if (part.associatorsOnly && filter.find == AssociationFilter::Find::References)
            return usage(u"%1 narrows associators only"_s.arg(part.name));
        filter.*part.member = value;
        return {};
    }
    return usage(
        u"\"%1\" is none of associationclassname=, resultclassname=, role=, resultrole="_s.arg(
            word));
}

Result<AssociationFilter> associationFilter(const QString &text, AssociationFilter::Find find,
                                            const QString &cimNamespace)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.startsWith(u'{') || !trimmed.endsWith(u'}'))
        return usage(u"an association filter is {object=RESOURCE;...}"_s);
    AssociationFilter filter{.find = find};
    for (const QString &part : trimmed.sliced(1, trimmed.size() - 2).split(u';')) {
        if (part.trimmed().isEmpty())
            continue;
        if (part.section(u'=', 0, 0).trimmed().compare("object"_L1, Qt::CaseInsensitive) == 0) {
            const auto object = namedResource(part.section(u'=', 1).trimmed(), cimNamespace);
            if (!object)
                return object.error();
            filter.object = *object;
        } else if (const Done narrowed = narrowAssociation(filter, part); !narrowed) {
            return narrowed.error();
        }
    }
    if (filter.object.uri.isEmpty())
        return usage(u"an association filter needs object=RESOURCE"_s);
    return filter;
}
