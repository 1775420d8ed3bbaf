#include "inventory/ciminventory.h"
#include "protocol/namespaces.h"
#include "session/getoperation.h"
#include "session/session.h"

using namespace Qt::StringLiterals;

namespace {

ResourceLocator schemaQuestion(const QString &cimNamespace, const QString &className)
{
    ResourceLocator resource;
    resource.uri = QString::fromLatin1(uri::classMetadata);
    resource.setSelector(u"__cimnamespace"_s, cimNamespace);
    resource.setSelector(u"ClassName"_s, className);
    for (const auto &name : {u"IncludeInheritanceHierarchy"_s, u"IncludeInheritedElements"_s,
                             u"IncludeQualifiers"_s, u"IncludeClassOrigin"_s})
        resource.options.push_back({.name = name, .value = u"true"_s, .type = u"xs:boolean"_s});
    return resource;
}

} // namespace

struct SchemaOperation::Private
{
    QString cimNamespace, className;
    CimClass schema;
    DocumentPtr document;
};

SchemaOperation::SchemaOperation(Session *session, const QString &cimNamespace,
                                 const QString &className)
    : CompositeOperation(session, u"Schema of "_s + className)
    , d(std::make_unique<Private>())
{
    d->cimNamespace = QString(cimNamespace).replace(u'\\', u'/');
    d->className = className;
}

SchemaOperation::~SchemaOperation() = default;

const CimClass &SchemaOperation::schema() const
{
    return d->schema;
}

DocumentPtr SchemaOperation::document() const
{
    return d->document;
}

void SchemaOperation::run()
{
    auto *get = new GetOperation(session(), schemaQuestion(d->cimNamespace, d->className));
    connect(get, &Operation::finished, this, [this, get](const Outcome &outcome) {
        if (outcome.error) {
            finish(outcome);
            return;
        }
        const auto schema = readCimClass(get->reply().content);
        if (schema) {
            d->schema = *schema;
            d->document = get->reply().document;
        }
        finish({.error = schema ? Error() : schema.error()});
    });
    startPart(get);
}
