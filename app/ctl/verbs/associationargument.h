#pragma once

#include "protocol/association.h"

/// What to find from an object: winrm.cmd's filter
/// `{object=RESOURCE;associationclassname=C;resultclassname=C;role=P;resultrole=P}` (`object` is
/// required). Cause::LocalUsage for anything else.
Result<AssociationFilter> associationFilter(const QString &text, AssociationFilter::Find find,
                                            const QString &cimNamespace);

/// One of its parts but the object, as a word `role=Antecedent`. Cause::LocalUsage for an unknown
/// name, one given twice, and one that References does not know.
Done narrowAssociation(AssociationFilter &filter, const QString &word);
