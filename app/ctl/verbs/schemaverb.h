#pragma once

#include "ctl/hostverb.h"
#include "protocol/cimclass.h"

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
    QString m_namespace, m_class;
};

/// A class as a document that people can read: Name, SuperClass, Description, Property and Method
/// elements.
DocumentPtr schemaDocument(const CimClass &schema);
