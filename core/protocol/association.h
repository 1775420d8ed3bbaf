#pragma once

#include "protocol/request.h"

/// What to find from one object over its associations (DSP0227 10.3; associators and references of
/// WQL). Empty members do not narrow the answer.
struct AssociationFilter
{
    enum class Find {
        Associators, ///< b:AssociatedInstances: the objects at the other end
        References,  ///< b:AssociationInstances: the association objects themselves
    };
    Find find = Find::Associators;
    ResourceLocator object;   ///< with its keys
    QString associationClass; ///< of Associators only
    QString resultClass;
    QString role;                  ///< the property of the association that names `object`
    QString resultRole;            ///< of Associators only
    QStringList includeProperties; ///< of the results; empty: all

    bool operator==(const AssociationFilter &) const = default;
};

/// The filter's XML and dialect. `address` is a:Address of the object; empty: the anonymous role.
Filter toFilter(const AssociationFilter &association, const QString &address = {});

/// The resource such an enumeration goes to: all classes of the object's namespace, in the form
/// (WMI or DMTF) in which the object is named.
ResourceLocator associationResource(const ResourceLocator &object);

/// The whole question.
EnumerateParameters associationQuestion(const AssociationFilter &association);
