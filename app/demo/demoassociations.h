#pragma once

#include "demo/demodata.h"
#include "demo/soaprequest.h"

#include <optional>

/// A question for the associations of one instance: `ASSOCIATORS OF`, `REFERENCES OF`, or the
/// filter of the association dialect (DSP0227 1.1, 17).
struct AssociationQuery
{
    bool references = false; ///< the association instances themselves
    std::string className;   ///< of the instance asked about
    std::vector<std::pair<std::string, std::string>> keys;
    std::string associationClass;
    std::string resultClass;
    std::string role;
    std::string resultRole;
    std::vector<std::string> properties; ///< IncludeResultProperty
};

/// nullopt when the text is a query of another kind. Throws SoapFault when it is one but broken.
std::optional<AssociationQuery> parseAssociationWql(std::string_view text);
/// The child of a w:Filter. Throws SoapFault.
AssociationQuery readAssociationFilter(Node filter);

/// What the query finds, in the order of classes and rows; each instance once. Throws SoapFault.
std::vector<DemoObject> associated(const AssociationQuery &query, const DemoSchema &schema,
                                   const DemoData &data, const std::string &ns);
