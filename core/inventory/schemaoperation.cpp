#include "inventory/ciminventory.h"
#include "inventory/classsketch.h"
#include "inventory/costly.h"
#include "inventory/hostidentityoperation.h"
#include "inventory/knownotherwise.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"
#include "session/enumerateoperation.h"
#include "session/getoperation.h"
#include "session/session.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

ResourceLocator schemaQuestion(const QString &cimNamespace, const QString &className)
{
    ResourceLocator resource;
    resource.uri = QString::fromLatin1(uri::classMetadata);
    if (!cimNamespace.isEmpty())
        resource.setSelector(u"__cimnamespace"_s, cimNamespace);
    resource.setSelector(u"ClassName"_s, className);
    for (const auto &name : {u"IncludeInheritanceHierarchy"_s, u"IncludeInheritedElements"_s,
                             u"IncludeQualifiers"_s, u"IncludeClassOrigin"_s})
        resource.options.push_back({.name = name, .value = u"true"_s, .type = u"xs:boolean"_s});
    return resource;
}

/// Only such a name goes into a query.
bool isPlainName(const QString &name)
{
    return !name.isEmpty() && std::ranges::all_of(name, [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'_';
    });
}

EnumerateParameters metaClassQuestion(const QString &cimNamespace, const QString &className)
{
    return {.resource = wmiClass(cimNamespace, u"*"_s),
            .filter = {.text = u"select * from meta_class where __Class = \"%1\""_s.arg(className),
                       .dialect = toText(uri::wql)}};
}

QStringList keyNames(const RowReference &reference)
{
    QStringList names;
    for (const RowSelector &selector : reference.selectors)
        names.append(toText(selector.name));
    return names;
}

} // namespace

struct SchemaOperation::Private
{
    Private(const ResourceLocator &locator, const QString &inNamespace, Fallback wished)
        : resource(locator)
        , cimNamespace(inNamespace)
        , fallback(wished)
        , sketch(locator.className())
    { }
    QString className() const { return resource.className(); }

    /// What the catalogue says of the class; null where it lists none.
    const CatalogueClass *listed(const Session &session) const
    {
        return catalogueOf(session).find(className());
    }

    ResourceLocator resource;
    QString cimNamespace;
    bool byName = false; ///< of namespace and class, and not a resource that somebody named
    Fallback fallback;
    Source source = Source::Metadata;
    CimClass schema;
    DocumentPtr document;
    QByteArray raw; ///< reply that told of the class
    ClassSketch sketch;
    RowSet rows;     ///< of the listing that runs
    QByteArray page; ///< last reply of it
    Error firstError;
};

SchemaOperation::SchemaOperation(Session *session, const QString &cimNamespace,
                                 const QString &className, Fallback fallback)
    : SchemaOperation(session,
                      classLocator(*session, QString(cimNamespace).replace(u'\\', u'/'), className),
                      fallback)
{
    d->byName = true;
}

SchemaOperation::SchemaOperation(Session *session, const ResourceLocator &resource,
                                 Fallback fallback)
    : CompositeOperation(session, u"Schema of "_s + resource.className())
    , d(std::make_unique<Private>(resource, resource.cimNamespace(), fallback))
{ }

SchemaOperation::~SchemaOperation() = default;

const QString &SchemaOperation::cimNamespace() const
{
    return d->cimNamespace;
}

const CimClass &SchemaOperation::schema() const
{
    return d->schema;
}

SchemaOperation::Source SchemaOperation::source() const
{
    return d->source;
}

DocumentPtr SchemaOperation::document() const
{
    return d->document;
}

const QByteArray &SchemaOperation::rawReply() const
{
    return d->raw;
}

void SchemaOperation::run()
{
    if (d->fallback != Fallback::None && !catalogueOf(*session()).metadata) {
        identify(); // such a host has no answer, and says so for every class
        return;
    }
    askMetadata();
}

void SchemaOperation::askMetadata()
{
    auto *get = new GetOperation(session(), schemaQuestion(d->cimNamespace, d->className()));
    connect(get, &Operation::finished, this,
            [this, get](const Outcome &outcome) { describe(outcome, *get); });
    startPart(get);
}

void SchemaOperation::describe(const Outcome &outcome, const GetOperation &get)
{
    d->firstError = outcome.error;
    if (!outcome.error) {
        const auto schema = readCimClass(get.reply().content);
        if (schema) {
            d->schema = *schema;
            d->document = get.reply().document;
            d->raw = get.rawReply();
            finish({});
            return;
        }
        d->firstError = schema.error();
    }
    if (d->fallback == Fallback::None || !mayBeKnownOtherwise(d->firstError))
        finish({.error = d->firstError});
    else
        identify();
}

void SchemaOperation::identify()
{
    auto *who = new HostIdentityOperation(session());
    connect(who, &Operation::finished, this, &SchemaOperation::learn);
    startPart(who);
}

void SchemaOperation::learn()
{
    if (d->byName)
        d->resource = classLocator(*session(), d->cimNamespace, d->className());
    if (session()->isWindows() && !d->cimNamespace.isEmpty() && isPlainName(d->className()))
        askMetaClass();
    else
        askInstance(EnumerationMode::ObjectAndReference);
}

/// One row is all that is needed.
EnumerateOperation *SchemaOperation::list(const EnumerateParameters &question)
{
    d->rows = RowSet();
    d->page.clear();
    auto *listing = new EnumerateOperation(session(), question,
                                           {.maxRows = 1, .keepRawPages = true});
    connect(listing, &EnumerateOperation::rowsReceived, this,
            [this](const RowBatchPtr &batch) { d->rows.append(batch); });
    connect(listing, &EnumerateOperation::pageReceived, this,
            [this](const QByteArray &envelope) { d->page = envelope; });
    return listing;
}

void SchemaOperation::askMetaClass()
{
    auto *listing = list(metaClassQuestion(d->cimNamespace, d->className()));
    connect(listing, &Operation::finished, this, [this] {
        if (d->rows.rowCount() > 0) {
            d->source = Source::MetaClass;
            d->raw = d->page;
            const DocumentPtr instance = d->rows.rowDocument(0);
            d->sketch.addInstance(instance->root());
        }
        askInstance(EnumerationMode::ObjectAndReference);
    });
    startPart(listing);
}

void SchemaOperation::askInstance(EnumerationMode mode)
{
    const CatalogueClass *const listed = d->listed(*session());
    if (costOf(d->resource) || (listed && listed->costly)) {
        conclude();
        return;
    }
    auto *listing = list({.resource = d->resource, .mode = mode});
    connect(listing, &Operation::finished, this,
            [this, mode](const Outcome &outcome) { instanceRead(mode, outcome); });
    startPart(listing);
}

void SchemaOperation::instanceRead(EnumerationMode mode, const Outcome &outcome)
{
    const bool refused = outcome.error.kind == Error::Kind::Fault && d->rows.rowCount() == 0;
    if (refused && mode == EnumerationMode::ObjectAndReference) {
        askInstance(EnumerationMode::Object); // the host may know no endpoint references
        return;
    }
    if (!d->firstError)
        d->firstError = outcome.error;
    if (d->rows.rowCount() > 0) {
        if (d->source == Source::Metadata)
            d->source = Source::Instance;
        d->raw = d->page;
        const DocumentPtr instance = d->rows.rowDocument(0);
        d->sketch.addInstance(instance->root());
        if (d->rows.hasReference(0))
            d->sketch.addKeys(keyNames(d->rows.reference(0)));
    }
    conclude();
}

void SchemaOperation::conclude()
{
    const CatalogueClass *const listed = d->listed(*session());
    if (listed && d->sketch.isEmpty() && !catalogueOf(*session()).metadata) {
        d->source = Source::Catalogue;
        d->sketch.addKeys(listed->keys);
        d->sketch.addProperties(listed->properties);
    }
    if (listed)
        d->sketch.setDescription(listed->meaning);
    if (d->sketch.isEmpty() && !d->firstError) {
        d->fallback =
            Fallback::None; // there is no instance: what the host itself says of the class
        askMetadata();
        return;
    }
    if (d->sketch.isEmpty()) {
        finish({.error = d->firstError});
        return;
    }
    const auto document = d->sketch.document();
    const auto schema = document ? readCimClass(document.value()->root().firstChild())
                                 : Result<CimClass>(document.error());
    if (schema) {
        d->schema = schema.value();
        d->document = document.value();
    }
    finish({.error = schema ? Error() : schema.error()});
}
