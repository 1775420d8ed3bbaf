#pragma once

#include "ctl/hostverb.h"
#include "inventory/ciminventory.h"

/// `schema RESOURCE`: what a class has: properties, methods, qualifiers, descriptions.
class SchemaVerb final : public HostVerb
{
    Q_OBJECT
public:
    using HostVerb::HostVerb;

protected:
    Done prepare() override;
    void ask() override;

private:
    void saySource(SchemaOperation::Source source);
    ResourceLocator m_resource;
    bool m_byName = false; ///< the host decides how the class is asked for
};

/// A class as a document that people can read: Name, SuperClass, Description, Property and Method
/// elements.
DocumentPtr schemaDocument(const CimClass &schema);
